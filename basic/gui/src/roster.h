#pragma once
// The left pane: the user herself, the search, what waits for an answer, and her buddies.

#include <QSet>
#include <QTimer>
#include <QWidget>

#include "basic/gui/bridge.h"
#include "buddy_model.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace basic::gui {

class BuddyDelegate;
class BuddyFilter;
class BuddyView;
class NoticeBar;
class OwnHeader;
class PromptCard;
class RequestCards;
class RosterDeeds;
class SymbolButton;

/// Shows what the client says of buddies, as soon as it says so, and has done what the user does to
/// them. `bridge` is borrowed. As wide as it is made; at least about 240 pixels at 10 points.
class RosterPane final : public QWidget {
  Q_OBJECT

 public:
  explicit RosterPane(Bridge& bridge, QWidget* parent = nullptr);

  void signed_on(const Client::Status& status, const std::vector<Buddy>& buddies);
  /// The user's own state changed elsewhere (idle, another face).
  void status_changed(const Client::Status& status);
  /// While nobody answers it is not known how others see the user, and is not shown as if it were.
  void set_line_cut(bool cut);
  /// Whether it has the window to itself; else the place beside it says how to begin.
  void set_alone(bool alone);
  /// Signed off: nothing is shown of anybody.
  void clear();
  /// What can still be undone is done for good. Before signing off, and before the window closes.
  void flush();

  /// Makes her row the current one, if she has one that is shown.
  void select(const QString& name);
  /// Whose row is current; empty: nobody's.
  [[nodiscard]] QString selected() const;
  /// Null: not on the list. Valid until the loop runs again.
  [[nodiscard]] const Buddy* buddy(const QString& name) const;
  /// All on the list, by name.
  [[nodiscard]] std::vector<Buddy> buddies() const;
  /// Texts of all of them.
  [[nodiscard]] int unread() const { return model_->unread(); }
  /// Nobody is on the list.
  [[nodiscard]] bool alone() const { return model_->alone(); }
  /// Everything that can be done with her, as a menu (global coordinates).
  void show_menu(const QString& name, const QPoint& at);

  void focus_search();
  /// All are shown again.
  void end_search();
  void focus_list();
  /// Asks in a card for a name and adds its owner.
  void add_buddy();
  void set_now(Now now);

 signals:
  /// Her conversation is wanted.
  void opened(const QString& name);
  /// After any change of hers.
  void buddy_updated(const basic::Buddy& buddy);
  /// She is no longer on the list, or was blocked. An undo tells buddy_updated() again.
  void removed(const QString& name);
  /// Somebody came to the list or left it.
  void rows_changed();
  /// The button in the header was pressed: a menu fits there (global coordinates).
  void menu_wanted(const QPoint& at);

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void build();
  QWidget* make_search_row();
  QWidget* make_empty_page();
  void connect_bridge();
  void connect_list();
  void connect_requests();

  void search(const QString& words);
  void search_key(QKeyEvent* event);
  void show_emptiness();
  void empty_action();
  void fit_cards();

  void look_up(const QString& name);
  void added(const QString& name, const base::Result<Buddy>& result);
  void ask_group(const QString& name);
  void explain(const QString& name, const QRect& row, bool in_popover);
  void load_folds();
  void save_folds();
  [[nodiscard]] QModelIndex shown_row(const QString& name) const;

  Bridge& bridge_;
  Now now_;
  BuddyModel* model_;
  BuddyFilter* filter_;
  BuddyDelegate* delegate_;
  BuddyView* view_;
  OwnHeader* header_;
  QLineEdit* search_;
  SymbolButton* add_button_;
  QScrollArea* cards_;
  PromptCard* prompt_;
  RequestCards* requests_;
  QStackedWidget* stack_;
  QLabel* empty_sentence_;
  QPushButton* empty_button_;
  NoticeBar* notice_;
  RosterDeeds* deeds_;
  QTimer each_minute_;
  QString looking_for_;  // whom the card waits for
  bool signed_on_ = false;
  bool alone_ = true;
};

}  // namespace basic::gui
