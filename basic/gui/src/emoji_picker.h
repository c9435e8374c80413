#pragma once
// A card with emoji to choose from, found by name.

#include <QAbstractListModel>
#include <QFrame>

class QLineEdit;
class QListView;
class QModelIndex;

namespace basic::gui {

class EmojiModel final : public QAbstractListModel {
  Q_OBJECT

 public:
  explicit EmojiModel(QObject* parent = nullptr);
  /// Those with all of `words` at the beginning of a word of their names; none: all.
  void search(const QString& words);
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  std::vector<int> shown_;
};

/// Deletes itself when it is closed: after a choice, by Escape, or by a click elsewhere.
class EmojiPicker final : public QFrame {
  Q_OBJECT

 public:
  explicit EmojiPicker(QWidget* parent);
  void show_above(const QWidget* button);

 signals:
  void picked(const QString& emoji);

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void pick(const QModelIndex& index);

  EmojiModel* model_;
  QLineEdit* search_;
  QListView* list_;
};

}  // namespace basic::gui
