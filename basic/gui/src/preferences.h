#pragma once
// What the user likes about the window itself. Kept in `window.ini` of the profile's folder; there
// is nothing secret in it but the name last used.

#include <QObject>
#include <QSettings>
#include <filesystem>

#include "theme.h"

namespace basic::gui {

enum class ThemeChoice { desktop, light, dark, high_contrast };

class Preferences final : public QObject {
  Q_OBJECT

 public:
  explicit Preferences(const std::filesystem::path& profile, QObject* parent = nullptr);

  [[nodiscard]] ThemeChoice theme_choice() const;
  void set_theme_choice(ThemeChoice choice);
  /// Each conversation in a tab, or one at a time.
  [[nodiscard]] bool tabs() const;
  void set_tabs(bool on);
  [[nodiscard]] bool notifications() const;
  void set_notifications(bool on);
  [[nodiscard]] bool sounds() const;
  void set_sounds(bool on);
  /// Closing the window leaves Basic running in the tray, where there is one.
  [[nodiscard]] bool stay_in_tray() const;
  void set_stay_in_tray(bool on);
  /// Minutes; 0: never.
  [[nodiscard]] int away_after() const;
  void set_away_after(int minutes);
  /// Per cent of the desktop's: 100 to 200. Of the next start.
  [[nodiscard]] int letters() const;
  void set_letters(int per_cent);
  /// "de"; empty: as the desktop has it. Of the next start.
  [[nodiscard]] QString language() const;
  void set_language(const QString& language);

  [[nodiscard]] QString last_name() const;
  void set_last_name(const QString& name);
  /// Shapes of windows and splitters, by a name each.
  [[nodiscard]] QByteArray shape(const QString& of) const;
  void set_shape(const QString& of, const QByteArray& shape);

 signals:
  void changed();

 private:
  void set(const QString& key, const QVariant& value);
  QSettings file_;
};

/// What the choice comes to on a desktop that is `desktop`.
Theme::Kind kind_of(ThemeChoice choice, Theme::Kind desktop);

}  // namespace basic::gui
