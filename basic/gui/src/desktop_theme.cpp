#include "desktop_theme.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QPalette>
#include <utility>

namespace basic::gui {
namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kSpace = QStringLiteral("org.freedesktop.appearance");
const QString kScheme = QStringLiteral("color-scheme");
const QString kContrast = QStringLiteral("contrast");

/// Read() answers with a variant in a variant; later portals may not.
QVariant unwrapped(QVariant value) {
  for (int depth = 0; depth < 4 && value.canConvert<QDBusVariant>(); ++depth)
    value = value.value<QDBusVariant>().variant();
  return value;
}

}  // namespace

DesktopTheme::DesktopTheme(QDBusConnection bus, QObject* parent)
    : QObject(parent),
      bus_(std::move(bus)),
      palette_is_dark_(QGuiApplication::palette().color(QPalette::Window).lightness() < 128) {
  if (!bus_.isConnected()) return;
  bus_.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
               SLOT(on_setting(QString, QString, QDBusVariant)));
  read(kScheme);
  read(kContrast);
}

Theme::Kind DesktopTheme::kind() const {
  if (contrast_) return Theme::Kind::high_contrast;
  const bool dark = scheme_ == 1 || (scheme_ != 2 && palette_is_dark_);
  return dark ? Theme::Kind::dark : Theme::Kind::light;
}

void DesktopTheme::read(const QString& key) {
  QDBusMessage message =
      QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
  message.setArguments({kSpace, key});
  const auto* const watcher = new QDBusPendingCallWatcher(bus_.asyncCall(message), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this,
          [this, key](QDBusPendingCallWatcher* finished) {
            finished->deleteLater();
            const QDBusPendingReply<QDBusVariant> reply = *finished;
            if (!reply.isError()) learn(key, reply.value().variant());
          });
}

void DesktopTheme::learn(const QString& key, const QVariant& value) {
  const Theme::Kind before = kind();
  const uint number = unwrapped(value).toUInt();
  if (key == kScheme) scheme_ = number;
  if (key == kContrast) contrast_ = number == 1;
  if (kind() != before) emit changed(kind());
}

void DesktopTheme::on_setting(const QString& space, const QString& key, const QDBusVariant& value) {
  if (space == kSpace) learn(key, value.variant());
}

}  // namespace basic::gui
