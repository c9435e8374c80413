#include "tray.h"

#include <QAction>
#include <QActionGroup>
#include <QPainter>
#include <QPixmap>
#include <QStringList>

#include "paint.h"
#include "theme.h"
#include "words.h"

namespace basic::gui {
namespace {

QPixmap with_presence(QPixmap mark, Presence presence) {
  QPainter painter(&mark);
  const QSizeF size = mark.deviceIndependentSize();
  // At the top left, where the mark leaves room; the dot of what is unread is opposite.
  const qreal side = size.width() * 0.42;
  paint_presence(painter, QRectF(0, 0, side, side), presence, theme().surface);
  return mark;
}

}  // namespace

QIcon tray_icon(Presence presence, int unread) {
  const QIcon mark = app_icon(unread);
  QIcon icon;
  for (const QSize size : mark.availableSizes())
    icon.addPixmap(with_presence(mark.pixmap(size), presence));
  return icon;
}

QString tray_words(const Tray::State& state) {
  QStringList parts{QStringLiteral("Basic")};
  if (!state.name.isEmpty()) {
    parts << state.name;
    parts << (state.presence == Presence::unknown ? Tray::tr("no connection") : words(state.show));
  }
  if (state.unread > 0) parts << Tray::tr("%1 unread").arg(state.unread);
  return parts.join(QStringLiteral(" · "));
}

Tray::Tray(QObject* parent) : QObject(parent) {
  menu_.setObjectName("trayMenu");
  menu_.setAccessibleName(tr("Basic"));
  fill_menu();
  icon_.setContextMenu(&menu_);
  connect(&icon_, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason why) {
    if (why == QSystemTrayIcon::Trigger || why == QSystemTrayIcon::MiddleClick)
      emit toggle_wanted();
  });
}

Tray::~Tray() { icon_.hide(); }

void Tray::fill_menu() {
  toggle_ = menu_.addAction(tr("Hide Basic"), this, &Tray::toggle_wanted);
  toggle_->setObjectName("trayToggle");
  menu_.addSeparator();
  auto* const group = new QActionGroup(&menu_);
  for (const Show show : {Show::online, Show::away, Show::busy, Show::invisible}) {
    QAction* const action = menu_.addAction(presence_icon(presence_of(show)), words(show), this,
                                            [this, show] { emit show_wanted(show); });
    action->setObjectName(QStringLiteral("trayStatus%1").arg(static_cast<int>(show)));
    action->setCheckable(true);
    group->addAction(action);
    statuses_[show] = action;
  }
  menu_.addSeparator();
  menu_.addAction(tr("Quit"), this, &Tray::quit_wanted)->setObjectName("trayQuit");
}

bool Tray::available() { return QSystemTrayIcon::isSystemTrayAvailable(); }

void Tray::show_state(const State& state) {
  icon_.setIcon(tray_icon(state.presence, state.unread));
  icon_.setToolTip(tray_words(state));
  toggle_->setText(state.window_shown ? tr("Hide Basic") : tr("Show Basic"));
  for (const auto& [show, action] : statuses_) {
    action->setEnabled(!state.name.isEmpty());
    action->setChecked(!state.name.isEmpty() && show == state.show);
    action->setIcon(presence_icon(presence_of(show)));  // the theme may be another
  }
  icon_.show();
}

void Tray::hide() { icon_.hide(); }

}  // namespace basic::gui
