#pragma once
// A button with one of our symbols on it.

#include <QToolButton>

#include "paint.h"

namespace basic::gui {

/// Its symbol has the size of the letters and a colour of the theme, also when that changes.
class SymbolButton final : public QToolButton {
  Q_OBJECT

 public:
  /// `says` is its accessible name and its tool tip.
  SymbolButton(Symbol symbol, QColor Theme::*colour, const QString& object_name,
               const QString& says, QWidget* parent);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void draw();

  Symbol symbol_;
  QColor Theme::*colour_;
};

}  // namespace basic::gui
