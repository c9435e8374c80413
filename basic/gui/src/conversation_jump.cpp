#include "conversation_jump.h"

#include <QPainter>

#include "bubble_paint.h"

namespace basic::gui {

JumpButton::JumpButton(QWidget* parent) : QAbstractButton(parent) {
  setObjectName(QStringLiteral("jumpToEnd"));
  setCursor(Qt::PointingHandCursor);
  setAttribute(Qt::WA_Hover);
  set_fresh(0);
}

void JumpButton::set_fresh(int count) {
  fresh_ = count;
  setAccessibleName(count > 0 ? tr("To the newest text, %n new", nullptr, count)
                              : tr("To the newest text"));
  setToolTip(accessibleName());
  update();
}

QSize JumpButton::sizeHint() const {
  const int line = fontMetrics().height();
  return {line * 3, line * 2 + line * 3 / 4};
}

void JumpButton::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setFont(font());
  paint_jump(painter, rect(), fresh_, underMouse() || isDown(), hasFocus());
}

}  // namespace basic::gui
