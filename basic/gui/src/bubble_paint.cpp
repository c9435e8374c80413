#include "bubble_paint.h"

#include <QPainterPath>
#include <algorithm>

#include "paint.h"
#include "theme.h"

namespace basic::gui {
namespace {

QColor mixed(const QColor& colour, qreal share, const QColor& with) {
  return QColor::fromRgbF(static_cast<float>(colour.redF() * share + with.redF() * (1 - share)),
                          static_cast<float>(colour.greenF() * share + with.greenF() * (1 - share)),
                          static_cast<float>(colour.blueF() * share + with.blueF() * (1 - share)));
}

/// Round, but less so where it joins one of the same person.
QPainterPath outline(const QRectF& box, qreal radius, bool own, const BubbleLook& look) {
  const qreal most = std::min(radius, std::min(box.width(), box.height()) / 2);
  const qreal small = most * 0.3;
  const qreal above = look.joined_above ? small : most;
  const qreal below = look.joined_below ? small : most;
  const qreal top_left = own ? most : above;
  const qreal top_right = own ? above : most;
  const qreal bottom_right = own ? below : most;
  const qreal bottom_left = own ? most : below;
  QPainterPath path;
  path.moveTo(box.left() + top_left, box.top());
  path.lineTo(box.right() - top_right, box.top());
  path.arcTo(box.right() - 2 * top_right, box.top(), 2 * top_right, 2 * top_right, 90, -90);
  path.lineTo(box.right(), box.bottom() - bottom_right);
  path.arcTo(box.right() - 2 * bottom_right, box.bottom() - 2 * bottom_right, 2 * bottom_right,
             2 * bottom_right, 0, -90);
  path.lineTo(box.left() + bottom_left, box.bottom());
  path.arcTo(box.left(), box.bottom() - 2 * bottom_left, 2 * bottom_left, 2 * bottom_left, 270,
             -90);
  path.lineTo(box.left(), box.top() + top_left);
  path.arcTo(box.left(), box.top(), 2 * top_left, 2 * top_left, 180, -90);
  path.closeSubpath();
  return path;
}

void paint_box(QPainter& painter, const QRectF& box, const BubbleStyle& style, bool own,
               const BubbleLook& look) {
  const bool lined = !own || theme().kind == Theme::Kind::high_contrast;
  painter.setPen(lined ? QPen(theme().line, 1) : QPen(Qt::NoPen));
  painter.setBrush(own ? theme().own_bubble : theme().their_bubble);
  const qreal inset = lined ? 0.5 : 0;
  painter.drawPath(outline(box.adjusted(inset, inset, -inset, -inset), style.radius, own, look));
}

void paint_focus(QPainter& painter, const QRectF& box, const BubbleStyle& style, bool own,
                 const BubbleLook& look) {
  painter.setPen(QPen(theme().accent, 2));
  painter.setBrush(Qt::NoBrush);
  painter.drawPath(outline(box.adjusted(-3, -3, 3, 3), style.radius + 3, own, look));
}

/// A clock while it is on its way, a tick when it has arrived.
void paint_mark(QPainter& painter, const QRectF& box, Fate fate, const QColor& colour) {
  const qreal side = std::min(box.width(), box.height());
  const QPointF middle = box.center();
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(colour, side * 0.1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  if (fate == Fate::pending) {
    const qreal radius = side * 0.36;
    painter.drawEllipse(middle, radius, radius);
    painter.drawPolyline(QPolygonF({middle + QPointF(0, -radius * 0.6), middle,
                                    middle + QPointF(radius * 0.45, radius * 0.3)}));
  } else {
    painter.drawPolyline(QPolygonF({middle + QPointF(-side * 0.34, side * 0.02),
                                    middle + QPointF(-side * 0.08, side * 0.28),
                                    middle + QPointF(side * 0.38, -side * 0.28)}));
  }
}

void paint_footer(QPainter& painter, const ShownText& text, const BubbleLayout& layout,
                  const BubbleStyle& style) {
  QColor colour =
      text.outgoing ? mixed(theme().own_text, 0.86, theme().own_bubble) : theme().subtle;
  if (layout.is_emoji()) colour = theme().subtle;
  painter.setFont(style.small);
  painter.setPen(colour);
  painter.drawText(layout.footer(), Qt::AlignLeft | Qt::AlignVCenter, layout.time());
  if (!text.outgoing || text.fate == Fate::failed) return;
  const QRectF& box = layout.footer();
  paint_mark(painter, QRectF(box.right() - style.mark, box.top(), style.mark, box.height()),
             text.fate, colour);
}

void paint_failure(QPainter& painter, const ShownText& text, const BubbleLayout& layout,
                   const BubbleStyle& style) {
  const QRectF& box = layout.failure();
  if (box.isNull()) return;
  const QColor colour = text.sent_again ? theme().subtle : theme().bad;
  const qreal line = QFontMetricsF(style.small).height();
  const qreal side = style.mark;
  const QRectF disc(box.left(), box.top() + (line - side) / 2, side, side);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawEllipse(disc);
  painter.setPen(QPen(theme().window, side * 0.14, Qt::SolidLine, Qt::RoundCap));
  const QPointF middle = disc.center();
  painter.drawLine(middle + QPointF(0, -side * 0.24), middle + QPointF(0, side * 0.04));
  painter.drawPoint(middle + QPointF(0, side * 0.26));
  painter.setFont(style.small);
  painter.setPen(colour);
  const QRectF words = box.adjusted(style.mark + style.em * 0.3, 0, 1, 0);
  painter.drawText(words, Qt::TextWordWrap | Qt::AlignLeft, layout.failure_words());
}

QTextLayout::FormatRange marked(int from, int to, const QColor& ground, const QColor& letters) {
  QTextLayout::FormatRange range;
  range.start = from;
  range.length = to - from;
  range.format.setBackground(ground);
  range.format.setForeground(letters);
  return range;
}

QList<QTextLayout::FormatRange> marks(const ShownText& text, const BubbleLayout& layout,
                                      const BubbleLook& look) {
  QList<QTextLayout::FormatRange> ranges;
  for (const QString& words : look.found) {
    qsizetype at = 0;
    while (!words.isEmpty() && (at = text.text.indexOf(words, at, Qt::CaseInsensitive)) >= 0 &&
           at < layout.shown_length()) {
      const auto end = std::min<qsizetype>(at + words.size(), layout.shown_length());
      ranges.push_back(
          marked(static_cast<int>(at), static_cast<int>(end), theme().warn, theme().window));
      at = end;
    }
  }
  const int to = std::min(look.selected_to, layout.shown_length());
  if (look.selected_from < to) {
    const bool inverted = text.outgoing && !layout.is_emoji();
    ranges.push_back(marked(look.selected_from, to, inverted ? theme().own_text : theme().accent,
                            inverted ? theme().own_bubble : theme().on_accent));
  }
  return ranges;
}

}  // namespace

void paint_bubble(QPainter& painter, QPointF at, const ShownText& text, const BubbleLayout& layout,
                  const BubbleStyle& style, const BubbleLook& look) {
  painter.save();
  painter.translate(at);
  painter.setRenderHint(QPainter::Antialiasing);
  if (!layout.is_emoji()) paint_box(painter, layout.bubble(), style, text.outgoing, look);
  if (look.current) paint_focus(painter, layout.bubble(), style, text.outgoing, look);
  painter.setPen(text.outgoing && !layout.is_emoji() ? theme().own_text : theme().their_text);
  layout.words().draw(&painter, layout.words_at(), marks(text, layout, look));
  if (!layout.fold_button().isNull()) {
    painter.setFont(style.strong);
    painter.setPen(text.outgoing ? theme().own_text : theme().accent);
    painter.drawText(layout.fold_button(), Qt::TextDontClip | Qt::TextWordWrap | Qt::AlignLeft,
                     layout.fold_words());
  }
  paint_footer(painter, text, layout, style);
  paint_failure(painter, text, layout, style);
  painter.restore();
}

void paint_day(QPainter& painter, const QRectF& box, const BubbleStyle& style, const QString& day) {
  painter.setFont(style.small);
  painter.setPen(theme().subtle);
  painter.drawText(box, Qt::AlignCenter, day);
}

void paint_unread_line(QPainter& painter, const QRectF& box, const BubbleStyle& style,
                       const QString& words) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  QFont font = style.small;
  font.setWeight(QFont::DemiBold);
  painter.setFont(font);
  const QFontMetricsF metrics(font);
  const qreal height = metrics.height() + style.em * 0.2;
  QRectF pill(0, 0, metrics.horizontalAdvance(words) + height, height);
  pill.moveCenter(box.center());
  const qreal y = std::round(box.center().y()) + 0.5;
  painter.setPen(QPen(theme().accent, 1));
  painter.drawLine(QPointF(box.left() + style.margin, y), QPointF(pill.left(), y));
  painter.drawLine(QPointF(pill.right(), y), QPointF(box.right() - style.margin, y));
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme().accent);
  painter.drawRoundedRect(pill, height / 2, height / 2);
  painter.setPen(theme().on_accent);
  painter.drawText(pill, Qt::AlignCenter, words);
  painter.restore();
}

void paint_jump(QPainter& painter, const QRectF& box, int fresh, bool hovered, bool focused) {
  painter.setRenderHint(QPainter::Antialiasing);
  const QFontMetricsF metrics(painter.font());
  const qreal side = metrics.height() * 2.1;
  const QRectF disc(box.center().x() - side / 2, box.bottom() - side - 1, side, side);
  painter.setPen(QPen(focused ? theme().accent : theme().line, focused ? 2 : 1));
  painter.setBrush(hovered ? theme().hover : theme().surface);
  painter.drawEllipse(disc);
  const qreal step = side * 0.16;
  const QPointF middle = disc.center() + QPointF(0, step * 0.2);
  painter.setPen(QPen(theme().text, side * 0.06, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPolyline(
      QPolygonF({middle + QPointF(-step, -step * 0.5), middle + QPointF(0, step * 0.5),
                 middle + QPointF(step, -step * 0.5)}));
  if (fresh <= 0) return;
  const qreal width = badge_width(painter.font(), fresh);
  paint_badge(painter, QRectF(disc.center().x() - width / 2, box.top(), width, metrics.height()),
              fresh);
}

}  // namespace basic::gui
