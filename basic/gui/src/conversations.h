#pragma once
// The right side: the conversations that are open, one shown at a time; with tabs, if the user
// likes them.

#include <QMap>
#include <QWidget>

#include "basic/gui/bridge.h"
#include "now.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace basic::gui {

class ConversationPane;

class Conversations final : public QWidget {
  Q_OBJECT

 public:
  explicit Conversations(Bridge& bridge, QWidget* parent = nullptr);

  /// Shows the conversation with `buddy`, from where it was left.
  void open(const Buddy& buddy);
  void update(const Buddy& buddy);
  /// Its draft is kept.
  void close(const QString& name);
  void close_all();
  /// The one after (or before) the shown one, round and round.
  void step(int by);
  [[nodiscard]] QString current() const;
  [[nodiscard]] ConversationPane* pane() const;
  void set_tabs(bool on);
  /// Nobody is on the list: says how that changes.
  void set_alone(bool alone);
  /// With a way back to the buddies, which are not beside it.
  void set_narrow(bool narrow);
  /// What is typed is on disk soon, without waiting for a pause in typing.
  void keep_drafts();
  /// Of conversations opened from now on.
  void set_now(Now now) { now_ = std::move(now); }

 signals:
  void current_changed(const QString& name);
  void back_wanted();
  void first_buddy_wanted();
  void read(const QString& name);
  void menu_wanted(const QString& name, const QPoint& at);

 private:
  QWidget* make_empty_page();
  void show_pane(const QString& name);
  void follow_tab(int index);
  [[nodiscard]] int tab_of(const QString& name) const;
  void name_tab(const Buddy& buddy);

  Bridge& bridge_;
  QTabBar* tabs_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  QWidget* empty_ = nullptr;
  QLabel* alone_ = nullptr;
  QLabel* empty_words_ = nullptr;
  QPushButton* first_buddy_ = nullptr;
  QMap<QString, ConversationPane*> panes_;
  bool narrow_ = false;
  Now now_ = machine_time;
};

}  // namespace basic::gui
