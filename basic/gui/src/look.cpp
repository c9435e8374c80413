#include "look.h"

#include <QPainter>
#include <QStyleOption>
#include <algorithm>

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

void draw_tab_close(QPainter& painter, const QRectF& box, QStyle::State state) {
  const qreal arm = box.width() * 0.22;
  const QPointF middle = box.center();
  const bool hovered = state.testFlag(QStyle::State_MouseOver);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  if (hovered) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().hover);
    painter.drawRoundedRect(box, 4, 4);
  }
  painter.setPen(
      QPen(hovered ? theme().text : theme().subtle, arm * 0.4, Qt::SolidLine, Qt::RoundCap));
  painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm));
  painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm));
  painter.restore();
}

/// Around the row that what is dragged would fall on.
void draw_drop_target(QPainter& painter, const QRectF& row) {
  if (row.height() < 2) return;  // between rows; nothing falls there
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme().accent, 2));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(row.adjusted(7, 1, -7, -1), 8, 8);
  painter.restore();
}

/// As the stylesheet has it for fields that are typed into.
void draw_field(QPainter& painter, const QRect& rect, QStyle::State state) {
  constexpr qreal kRound = 8;
  const bool focused = state.testFlag(QStyle::State_HasFocus);
  const bool enabled = state.testFlag(QStyle::State_Enabled);
  const qreal inside = focused ? 1 : 0.5;
  painter.setPen(QPen(focused ? theme().accent : theme().line, 2 * inside));
  painter.setBrush(enabled ? theme().surface : theme().window);
  painter.drawRoundedRect(QRectF(rect).adjusted(inside, inside, -inside, -inside), kRound, kRound);
}

void draw_chevron(QPainter& painter, QPointF middle, qreal size, bool up, bool enabled) {
  const qreal tip = up ? -size / 2 : size / 2;
  painter.setPen(QPen(enabled ? theme().subtle : theme().line, 1.6, Qt::SolidLine, Qt::RoundCap,
                      Qt::RoundJoin));
  painter.setBrush(Qt::NoBrush);
  painter.drawPolyline(QPolygonF(
      {middle + QPointF(-size, -tip), middle + QPointF(0, tip), middle + QPointF(size, -tip)}));
}

}  // namespace

Look::Look() : QProxyStyle(QStringLiteral("Fusion")) {}

void Look::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                         const QWidget* widget) const {
  if (element == PE_IndicatorCheckBox)
    return draw_check_box(*painter, QRectF(option->rect), option->state);
  if (element == PE_IndicatorTabClose) return draw_tab_close(*painter, option->rect, option->state);
  if (element == PE_IndicatorItemViewItemDrop) return draw_drop_target(*painter, option->rect);
  QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Look::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                              QPainter* painter, const QWidget* widget) const {
  if (control != CC_ComboBox && control != CC_SpinBox)
    return QProxyStyle::drawComplexControl(control, option, painter, widget);
  const qreal size = option->fontMetrics.height() / 4.0;
  const bool enabled = option->state.testFlag(State_Enabled);
  const auto draw_at = [&](SubControl part, bool up, bool possible) {
    const QRectF place = subControlRect(control, option, part, widget);
    draw_chevron(*painter, place.center(), size, up, enabled && possible);
  };
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  draw_field(*painter, option->rect, option->state);
  if (control == CC_ComboBox) {
    draw_at(SC_ComboBoxArrow, false, true);
  } else if (const auto* const spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) {
    draw_at(SC_SpinBoxUp, true, spin->stepEnabled.testFlag(QAbstractSpinBox::StepUpEnabled));
    draw_at(SC_SpinBoxDown, false, spin->stepEnabled.testFlag(QAbstractSpinBox::StepDownEnabled));
  }
  painter->restore();
}

QSize Look::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                             const QWidget* widget) const {
  const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
  if (type != CT_ComboBox && type != CT_SpinBox) return size;
  constexpr int kAround = 14;  // padding and border of the fields beside it
  return {size.width() + kAround, std::max(size.height(), option->fontMetrics.height() + kAround)};
}

int Look::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
  // Grows with the letters beside it.
  if (metric == PM_IndicatorWidth || metric == PM_IndicatorHeight) {
    if (widget != nullptr) return widget->fontMetrics().height();  // a stylesheet has no option
    if (option != nullptr) return option->fontMetrics.height();
  }
  return QProxyStyle::pixelMetric(metric, option, widget);
}

}  // namespace basic::gui
