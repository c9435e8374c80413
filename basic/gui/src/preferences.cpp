#include "preferences.h"

#include <algorithm>

namespace basic::gui {
namespace {

constexpr int kMostAwayMinutes = 9999;

}  // namespace

Preferences::Preferences(const std::filesystem::path& profile, QObject* parent)
    : QObject(parent),
      file_(QString::fromStdString((profile / "window.ini").string()), QSettings::IniFormat) {}

void Preferences::set(const QString& key, const QVariant& value) {
  if (file_.value(key) == value) return;
  file_.setValue(key, value);
  emit changed();
}

ThemeChoice Preferences::theme_choice() const {
  return static_cast<ThemeChoice>(std::clamp(file_.value("theme", 0).toInt(), 0, 3));
}
void Preferences::set_theme_choice(ThemeChoice choice) { set("theme", static_cast<int>(choice)); }

bool Preferences::tabs() const { return file_.value("tabs", false).toBool(); }
void Preferences::set_tabs(bool on) { set("tabs", on); }

bool Preferences::notifications() const { return file_.value("notifications", true).toBool(); }
void Preferences::set_notifications(bool on) { set("notifications", on); }

bool Preferences::sounds() const { return file_.value("sounds", true).toBool(); }
void Preferences::set_sounds(bool on) { set("sounds", on); }

bool Preferences::stay_in_tray() const { return file_.value("stayInTray", true).toBool(); }
void Preferences::set_stay_in_tray(bool on) { set("stayInTray", on); }

int Preferences::away_after() const {
  return std::clamp(file_.value("awayAfter", 10).toInt(), 0, kMostAwayMinutes);
}
void Preferences::set_away_after(int minutes) { set("awayAfter", minutes); }

int Preferences::letters() const {
  return std::clamp(file_.value("letters", 100).toInt(), 100, 200);
}
void Preferences::set_letters(int per_cent) { set("letters", per_cent); }

QString Preferences::language() const { return file_.value("language").toString(); }
void Preferences::set_language(const QString& language) { set("language", language); }

QString Preferences::last_name() const { return file_.value("lastName").toString(); }
void Preferences::set_last_name(const QString& name) { set("lastName", name); }

QByteArray Preferences::shape(const QString& of) const {
  return file_.value("shape/" + of).toByteArray();
}
void Preferences::set_shape(const QString& of, const QByteArray& shape) {
  file_.setValue("shape/" + of, shape);
}

Theme::Kind kind_of(ThemeChoice choice, Theme::Kind desktop) {
  switch (choice) {
    case ThemeChoice::light:
      return Theme::Kind::light;
    case ThemeChoice::dark:
      return Theme::Kind::dark;
    case ThemeChoice::high_contrast:
      return Theme::Kind::high_contrast;
    case ThemeChoice::desktop:
      break;
  }
  return desktop;
}

}  // namespace basic::gui
