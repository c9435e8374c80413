#include "look.h"

#include <QPainter>
#include <QStyleOption>

#include "theme.h"

namespace basic::gui {
namespace {

void draw_check_box(QPainter& painter, const QRectF& box, QStyle::State state) {
  const bool enabled = state.testFlag(QStyle::State_Enabled);
  const bool on = state.testFlag(QStyle::State_On);
  const QColor fill = on ? (enabled ? theme().accent : theme().off) : theme().surface;
  const bool focused = state.testFlag(QStyle::State_HasFocus);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(on ? fill : theme().off, 1.4));
  if (focused) painter.setPen(QPen(theme().text, 2));
  painter.setBrush(fill);
  painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3.5, 3.5);
  if (on) {
    const qreal side = box.width();
    const QPointF mark[] = {box.topLeft() + QPointF(0.26, 0.52) * side,
                            box.topLeft() + QPointF(0.44, 0.69) * side,
                            box.topLeft() + QPointF(0.75, 0.32) * side};
    painter.setPen(
        QPen(theme().on_accent, side * 0.12, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(mark, 3);
  }
  painter.restore();
}

}  // namespace

Look::Look() : QProxyStyle(QStringLiteral("Fusion")) {}

void Look::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                         const QWidget* widget) const {
  if (element == PE_IndicatorCheckBox)
    return draw_check_box(*painter, QRectF(option->rect), option->state);
  QProxyStyle::drawPrimitive(element, option, painter, widget);
}

int Look::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
  // Grows with the letters beside it.
  if ((metric == PM_IndicatorWidth || metric == PM_IndicatorHeight) && option != nullptr)
    return option->fontMetrics.height();
  return QProxyStyle::pixelMetric(metric, option, widget);
}

}  // namespace basic::gui
