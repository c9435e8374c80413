#include "roster_button.h"

#include <QEvent>

namespace basic::gui {

SymbolButton::SymbolButton(Symbol symbol, QColor Theme::*colour, const QString& object_name,
                           const QString& says, QWidget* parent)
    : QToolButton(parent), symbol_(symbol), colour_(colour) {
  setObjectName(object_name);
  setAccessibleName(says);
  setToolTip(QStringLiteral("<qt>%1</qt>").arg(says.toHtmlEscaped()));
  draw();
}

void SymbolButton::draw() {
  const int size = fontMetrics().height() + 2;
  setIcon(symbol_icon(symbol_, theme().*colour_, size));
  setIconSize(QSize(size, size));
}

void SymbolButton::changeEvent(QEvent* event) {
  QToolButton::changeEvent(event);
  if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) draw();
}

}  // namespace basic::gui
