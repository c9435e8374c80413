#pragma once
// The user herself, above the list: who she is, how she shows herself, her own words.

#include <QWidget>

#include "basic/gui/bridge.h"

class QActionGroup;
class QLabel;
class QToolButton;

namespace basic::gui {

class ElidedLabel;
class SymbolButton;

class OwnHeader final : public QWidget {
  Q_OBJECT

 public:
  /// `bridge` is borrowed.
  explicit OwnHeader(Bridge& bridge, QWidget* parent = nullptr);

  /// What the client says. Words that are being typed stay.
  void show_status(const Client::Status& status);
  /// Nobody answers: how others see her is unknown.
  void set_line_cut(bool cut);
  void clear();

 signals:
  /// The button for everything else was pressed: a menu fits there (global coordinates).
  void menu_wanted(const QPoint& at);

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  class Picture;
  class Words;

  void build_menu();
  void lay_out();
  void draw_icons();
  void commit_words();
  void look_at_words();
  void ask_status(Show show, const QString& words);
  void say(const QString& trouble);
  [[nodiscard]] Presence presence() const;

  Bridge& bridge_;
  Client::Status status_;
  bool line_cut_ = false;
  Picture* picture_;
  ElidedLabel* name_;
  Words* words_;
  QLabel* trouble_;
  QToolButton* state_button_;
  SymbolButton* menu_button_;
  QActionGroup* states_;
};

}  // namespace basic::gui
