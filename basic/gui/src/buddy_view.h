#pragma once
// The list itself: mouse, keys and folds.

#include <QSet>
#include <QTimer>
#include <QTreeView>

namespace basic::gui {

/// A view of a BuddyModel through a BuddyFilter. Says what the user wants; does none of it.
class BuddyView final : public QTreeView {
  Q_OBJECT

 public:
  explicit BuddyView(QWidget* parent = nullptr);

  void setModel(QAbstractItemModel* model) override;
  /// The name in the current row; empty on a group.
  [[nodiscard]] QString current_name() const;
  /// While searching all groups are open, and what is folded then is not remembered.
  void set_searching(bool searching);
  /// Groups that are folded, as BuddyModel::kFoldRole names them.
  void set_folds(const QSet<QString>& folds);
  [[nodiscard]] const QSet<QString>& folds() const { return folds_; }
  /// Goes to the first buddy that is there.
  void go_to_first();
  /// Rename in place.
  void rename(const QString& name);

 signals:
  void opened(const QString& name);
  /// Text was typed: it is meant for the search.
  void typed(const QString& text);
  /// Up from the first row.
  void left_upwards();
  void menu_wanted(const QString& name, const QPoint& at);
  void remove_wanted(const QString& name);
  /// The mouse rests on her: `row` in global coordinates.
  void explanation_wanted(const QString& name, const QRect& row);
  void folds_changed();
  /// The mouse moves over the list, or has just done so: whoever is under it may be aimed at.
  void aiming(bool aims);

 protected:
  void drawBranches(QPainter*, const QRect&, const QModelIndex&) const override {}
  void keyPressEvent(QKeyEvent* event) override;
  void keyboardSearch(const QString& text) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void startDrag(Qt::DropActions actions) override;
  bool viewportEvent(QEvent* event) override;

 private:
  void apply_folds();
  void note_fold(const QModelIndex& group, bool folded);
  void toggle(const QModelIndex& group);
  void click(const QModelIndex& row);

  void note_pointer(const QEvent& event);

  QSet<QString> folds_;
  QTimer rest_;
  bool searching_ = false;
  bool applying_ = false;
};

}  // namespace basic::gui
