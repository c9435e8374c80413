// The window's side that the desktop sees: notifications, tray, title, and the two ways to find
// what can be done.

#include <QApplication>

#include "paint.h"
#include "shortcuts_page.h"
#include "window_impl.h"
#include "words.h"

namespace basic::gui {

void Window::Impl::connect_desktop() {
  connect(&desktop_theme_, &DesktopTheme::changed, this, [this] { apply_preferences(); });
  connect(&notifier_, &Notifier::open_wanted, this, [this](const QString& name) {
    window_.come_forward();
    open(name);
  });
  connect(&notifier_, &Notifier::reply_wanted, this, [this](const QString& name) {
    window_.come_forward();
    open(name);
  });
  connect(&notifier_, &Notifier::reply_typed, this,
          [this](const QString& name, const QString& text) { reply(name, text); });
  connect(conversations_, &Conversations::read, &notifier_, &Notifier::close);
  connect(&tray_, &Tray::toggle_wanted, this, [this] { toggle_window(); });
  connect(&tray_, &Tray::show_wanted, this, [this](Show show) { set_show(show); });
  connect(&tray_, &Tray::quit_wanted, this, [] { QApplication::quit(); });
  connect(&bridge_, &Bridge::text_arrived, this, [this](const Text& text) { notify(text); });
  connect(&bridge_, &Bridge::came_online, this, [this](const Buddy& buddy) {
    if (preferences_.notifications()) notifier_.notify_online(qt(buddy.name), shown_name(buddy));
  });
  connect(&bridge_, &Bridge::asked, this, [this](const QString& name) {
    if (preferences_.notifications() && !window_.isActiveWindow()) notifier_.notify_request(name);
  });
}

bool Window::Impl::looked_at(const QString& name) const {
  return window_.isActiveWindow() && pages_->currentWidget() == talk_ &&
         conversations_->isVisible() && conversations_->current() == name;
}

QString Window::Impl::shown(const QString& name) const {
  const Buddy* const buddy = roster_->buddy(name);
  return buddy ? shown_name(*buddy) : name;
}

void Window::Impl::notify(const Text& text) {
  const QString name = qt(text.from);
  if (!preferences_.notifications() || looked_at(name)) return;
  last_notified_[name] = text.number;
  notifier_.notify_text(name, shown(name), qt(text.text));
}

/// What was typed where nothing of the window is to be seen must not get lost either: what cannot
/// be sent stands in the conversation, which says why.
void Window::Impl::reply(const QString& name, const QString& text) {
  bridge_.ask(
      this,
      [buddy = name.toStdString(), number = last_notified_.take(name)](Client& client) {
        return client.mark_read(buddy, number);
      },
      [](const base::Result<void>& /*kept*/) {});  // if not: it is marked with the next one
  bridge_.ask(
      this,
      [to = name.toStdString(), text = text.toStdString()](Client& client) {
        return client.send_text(to, text);
      },
      [this, name](const base::Result<Client::Delivery>& sent) {
        if (sent) return;
        window_.come_forward();
        open(name);
      });
}

void Window::Impl::toggle_window() {
  if (window_.isVisible() && !window_.isMinimized()) {
    keep_shape();
    window_.hide();
  } else {
    window_.come_forward();
  }
  show_outside();
}

void Window::Impl::show_palette() {
  std::vector<CommandPalette::Person> people;
  for (const Buddy& buddy : roster_->buddies())
    people.push_back({qt(buddy.name), shown_name(buddy)});
  palette_->open({actions_.all().begin(), actions_.all().end()}, people);
}

void Window::Impl::show_shortcuts() {
  std::vector<ShortcutGroup> groups = shortcut_groups(actions_.all());
  groups.push_back(
      {Actions::tr("In a conversation"),
       {{Actions::tr("Send"), QKeySequence(Qt::Key_Return).toString(QKeySequence::NativeText)},
        {Actions::tr("New line"),
         QKeySequence(Qt::SHIFT | Qt::Key_Return).toString(QKeySequence::NativeText)},
        {Actions::tr("Copy what is selected"),
         QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText)}}});
  ShortcutsPage page(groups, &window_);
  page.exec();
}

void Window::Impl::show_outside_now() {
  const int unread = roster_->unread();
  conversations_->set_alone(status_.signed_on && roster_->alone());
  const QString name = conversations_->current();
  const QString title = name.isEmpty() ? QString() : shown(name);
  window_.setWindowTitle(unread > 0 ? QStringLiteral("(%1) %2").arg(unread).arg(title).trimmed()
                                    : title);
  if (std::exchange(icon_shows_, unread) != unread) QApplication::setWindowIcon(app_icon(unread));
  if (!Tray::available()) return;
  const bool on = status_.signed_on;
  const bool seen = on && status_.store_connected && status_.show != Show::invisible;
  tray_.show_state({.name = qt(status_.username),
                    .show = status_.show,
                    .presence = seen                            ? presence_of(status_.show)
                                : on && status_.store_connected ? Presence::offline
                                                                : Presence::unknown,
                    .unread = unread,
                    .window_shown = window_.isVisible()});
}

bool Window::Impl::wants_tray() const {
  return preferences_.stay_in_tray() && status_.signed_on && Tray::available();
}

}  // namespace basic::gui
