#pragma once
// Basic in the desktop's tray: how you are, whether something is unread, and the way back.

#include <QIcon>
#include <QMenu>
#include <QObject>
#include <QString>
#include <QSystemTrayIcon>
#include <map>
#include <memory>

#include "basic/show.h"

class QAction;

namespace basic::gui {

class Tray final : public QObject {
  Q_OBJECT

 public:
  /// What is to be seen there.
  struct State {
    QString name{};  ///< of the user; empty: not signed on, so there is no status to choose
    Show show = Show::online;
    Presence presence = Presence::unknown;  ///< as others see it; unknown: our line is cut
    int unread = 0;
    bool window_shown = true;
  };

  explicit Tray(QObject* parent = nullptr);
  ~Tray() override;

  /// Whether the desktop has a tray now. If not, closing the window must end the program.
  [[nodiscard]] static bool available();
  /// Nothing is in the tray before the first of these.
  void show_state(const State& state);
  void hide();

  [[nodiscard]] QMenu& menu() { return menu_; }
  [[nodiscard]] QString tool_tip() const { return icon_.toolTip(); }

 signals:
  /// Clicked, or chosen from the menu: show the window if it is hidden, else hide it.
  void toggle_wanted();
  void show_wanted(basic::Show show);
  void quit_wanted();

 private:
  void fill_menu();

  QMenu menu_;
  QSystemTrayIcon icon_;
  QAction* toggle_ = nullptr;
  std::map<Show, QAction*> statuses_;
};

/// The program's mark, a dot if something is unread, and the shape of `presence`.
QIcon tray_icon(Presence presence, int unread);
/// "Basic · lisa · away · 3 unread"
QString tray_words(const Tray::State& state);

}  // namespace basic::gui
