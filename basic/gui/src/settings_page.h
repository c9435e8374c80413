#pragma once
// Everything that can be set: the window's own preferences, the features with their switches (made
// from what the modules declare), and who one is.

#include <QWidget>

#include "basic/gui/bridge.h"

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace basic::gui {

class Preferences;

class SettingsPage final : public QWidget {
  Q_OBJECT

 public:
  SettingsPage(Bridge& bridge, Preferences& preferences, QWidget* parent = nullptr);

  /// Asks the client how things are. When the page is shown.
  void refresh();

 protected:
  void changeEvent(QEvent* event) override;

 signals:
  void left();

 private:
  QWidget* make_looks();
  QWidget* make_habits();
  QWidget* make_self();
  void show_features(const std::vector<ModuleInfo>& modules);
  void show_self(const Client::Status& status);
  void switch_feature(const std::string& module, bool on);
  void set_feature(const std::string& module, const std::string& key, const std::string& value);
  QWidget* make_field(const std::string& module, const Setting& setting);
  void answered(const base::Result<void>& done);
  void draw_icons();

  Bridge& bridge_;
  Preferences& preferences_;
  QToolButton* back_ = nullptr;
  QVBoxLayout* features_ = nullptr;
  QLabel* name_ = nullptr;
  QLabel* fingerprint_ = nullptr;
  QLabel* nodes_ = nullptr;
  QLabel* trouble_ = nullptr;
};

}  // namespace basic::gui
