#pragma once
// Light, dark or of high contrast: as the desktop has it now.

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>
#include <QString>
#include <QVariant>

#include "theme.h"

namespace basic::gui {

/// Asks the desktop (org.freedesktop.portal.Settings) and listens for changes; never waits. Until
/// it answers, and where nobody does, the palette that the application started with decides: so
/// make this before use_theme().
class DesktopTheme final : public QObject {
  Q_OBJECT

 public:
  explicit DesktopTheme(QDBusConnection bus, QObject* parent = nullptr);

  [[nodiscard]] Theme::Kind kind() const;

 signals:
  void changed(basic::gui::Theme::Kind kind);

 private:
  void read(const QString& key);
  void learn(const QString& key, const QVariant& value);

 private slots:
  void on_setting(const QString& space, const QString& key, const QDBusVariant& value);

 private:
  QDBusConnection bus_;
  bool palette_is_dark_;
  uint scheme_ = 0;  ///< 1: dark, 2: light, all else: no preference
  bool contrast_ = false;
};

}  // namespace basic::gui
