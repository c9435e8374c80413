#pragma once
// What the window is made of, and how its parts hear of each other.

#include <QEvent>
#include <QHash>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

#include "actions.h"
#include "basic/gui/window.h"
#include "command_palette.h"
#include "conversations.h"
#include "desktop_theme.h"
#include "key_page.h"
#include "notifier.h"
#include "now.h"
#include "preferences.h"
#include "roster.h"
#include "settings_page.h"
#include "start_page.h"
#include "strip.h"
#include "tray.h"

namespace basic::gui {

class Window::Impl final : public QObject {
 public:
  Impl(Window& window, Bridge& bridge, const std::filesystem::path& profile);

  void keep_shape();
  void finish();
  /// After a change of size: one pane or two.
  void fit();
  [[nodiscard]] bool wants_tray() const;
  void open(const QString& name);
  void show_roster();
  void set_now(Now now);

 protected:
  /// Of the whole application: whether the user does anything.
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void build();
  void connect_actions();
  void connect_news();
  void connect_panes();
  void connect_desktop();
  void connect_conditions();
  void apply_preferences();

  void entered(const QString& name, const QString& fingerprint, bool registered);
  void load();
  void sign_off();
  void show_page(QWidget* page);
  void set_show(Show show);
  void show_menu(const QPoint& at);
  void show_palette();
  void show_shortcuts();
  /// Title, icon and tray: what is seen of the window while it is not looked at. Done when the loop
  /// runs again: a thousand pieces of news come at once, and are shown once.
  void show_outside() { outside_.start(); }
  void show_outside_now();
  void warn(const QString& sentence);
  void look_at_conditions();
  void show_conditions(const std::vector<Condition>& conditions);
  void add_action(const Condition& condition, Strip::Message& message);
  void compare_key(const QString& name);
  void accept_key(const QString& name, const QString& fingerprint);

  void notify(const Text& text);
  /// Answers what a notification showed, which so counts as read.
  void reply(const QString& name, const QString& text);
  void toggle_window();
  void refresh_status();
  [[nodiscard]] bool looked_at(const QString& name) const;
  [[nodiscard]] QString shown(const QString& name) const;

  Window& window_;
  Bridge& bridge_;
  Preferences preferences_;
  Actions actions_;
  Strip* strip_ = nullptr;
  QStackedWidget* pages_ = nullptr;
  StartPage* start_ = nullptr;
  KeyPage* key_ = nullptr;
  QSplitter* talk_ = nullptr;
  RosterPane* roster_ = nullptr;
  Conversations* conversations_ = nullptr;
  SettingsPage* settings_ = nullptr;
  CommandPalette* palette_ = nullptr;
  DesktopTheme desktop_theme_;
  Notifier notifier_;
  Tray tray_;
  Client::Status status_;
  bool narrow_ = false;
  bool roster_in_front_ = true;  // when narrow
  int warnings_ = 0;
  QStringList condition_ids_;
  QTimer look_;
  QTimer outside_;
  int icon_shows_ = 0;                      // so many unread
  QHash<QString, TextNumber> last_notified_;  // by whom it is
  qint64 last_active_ = 0;
};

}  // namespace basic::gui
