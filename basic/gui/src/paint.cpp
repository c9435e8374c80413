#include "paint.h"

#include <QPainterPath>
#include <QTextBoundaryFinder>
#include <array>

namespace basic::gui {
namespace {

/// Hues far enough apart to tell, each dark enough for white letters.
constexpr std::array<QRgb, 8> kAvatarColours = {0x3f6ad8, 0x1f7a5c, 0xa8530f, 0x8b3f9e,
                                                0xb3344a, 0x2b7488, 0x5a6b1c, 0x6650c8};

QColor avatar_colour(const QString& name) {
  // The same on every machine and in every run, unlike qHash().
  std::uint32_t hash = 2166136261U;
  for (const QChar letter : name) hash = (hash ^ letter.unicode()) * 16777619U;
  return QColor(kAvatarColours[hash % kAvatarColours.size()]);
}

/// All of it, where it is made of several code points.
QString first_letter(const QString& text) {
  QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
  const qsizetype end = finder.toNextBoundary();
  return end > 0 ? text.left(end) : QString();
}

QPixmap canvas(int size) {
  constexpr int kScale = 2;  // sharp on dense screens; reduced elsewhere
  QPixmap pixmap(size * kScale, size * kScale);
  pixmap.setDevicePixelRatio(kScale);
  pixmap.fill(Qt::transparent);
  return pixmap;
}

/// In a box of 20 by 20.
QPainterPath lines(Symbol symbol) {
  QPainterPath path;
  const auto line = [&path](qreal x1, qreal y1, qreal x2, qreal y2) {
    path.moveTo(x1, y1);
    path.lineTo(x2, y2);
  };
  switch (symbol) {
    case Symbol::add:
      line(10, 4, 10, 16);
      line(4, 10, 16, 10);
      break;
    case Symbol::search:
      path.addEllipse(QPointF(8.5, 8.5), 5, 5);
      line(12.2, 12.2, 16.5, 16.5);
      break;
    case Symbol::menu:
      for (const qreal y : {5.5, 10.0, 14.5}) line(3.5, y, 16.5, y);
      break;
    case Symbol::back:
      line(16, 10, 4, 10);
      line(9, 4.5, 3.8, 10);
      line(3.8, 10, 9, 15.5);
      break;
    case Symbol::send:
      path.moveTo(3, 4);
      path.lineTo(17.5, 10);
      path.lineTo(3, 16);
      path.lineTo(5.5, 10);
      path.closeSubpath();
      line(5.5, 10, 11, 10);
      break;
    case Symbol::emoji:
      path.addEllipse(QPointF(10, 10), 7, 7);
      path.addEllipse(QPointF(7.4, 8), 0.5, 0.7);
      path.addEllipse(QPointF(12.6, 8), 0.5, 0.7);
      path.moveTo(6.6, 11.8);
      path.quadTo(10, 15.4, 13.4, 11.8);
      break;
    case Symbol::settings:
      for (const auto& [y, knob] :
           {std::pair(5.5, 12.5), std::pair(10.0, 7.0), std::pair(14.5, 11.0)}) {
        line(3, y, knob - 1.8, y);
        line(knob + 1.8, y, 17, y);
        path.addEllipse(QPointF(knob, y), 1.8, 1.8);
      }
      break;
    case Symbol::close:
      line(5, 5, 15, 15);
      line(15, 5, 5, 15);
      break;
    case Symbol::more:
      for (const qreal y : {4.5, 10.0, 15.5}) path.addEllipse(QPointF(10, y), 0.9, 0.9);
      break;
    case Symbol::bell:
      path.moveTo(4.5, 14);
      path.quadTo(6, 12, 6, 9);
      path.cubicTo(6, 2.5, 14, 2.5, 14, 9);
      path.quadTo(14, 12, 15.5, 14);
      path.closeSubpath();
      path.moveTo(8.5, 16.5);
      path.quadTo(10, 18, 11.5, 16.5);
      break;
    case Symbol::block:
      path.addEllipse(QPointF(10, 10), 6.8, 6.8);
      line(5.3, 5.3, 14.7, 14.7);
      break;
  }
  return path;
}

QFont badge_font(const QFont& font) {
  QFont small = font;
  small.setWeight(QFont::DemiBold);
  small.setPointSizeF(font.pointSizeF() * 0.85);
  return small;
}

qreal badge_height(const QFont& small) { return QFontMetricsF(small).height() + 2; }

QString badge_words(int count) {
  return count > 99 ? QStringLiteral("99+") : QString::number(count);
}

QPixmap draw_symbol(Symbol symbol, const QColor& colour, int size) {
  QPixmap pixmap = canvas(size);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(size / 20.0, size / 20.0);
  painter.setPen(QPen(colour, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPath(lines(symbol));
  return pixmap;
}

QPainterPath bubble(const QRectF& box, qreal radius, bool tail_left) {
  QPainterPath path;
  path.addRoundedRect(box, radius, radius);
  QPainterPath tail;
  const qreal foot = tail_left ? box.left() + radius : box.right() - radius;
  const qreal tip = tail_left ? foot - radius * 0.4 : foot + radius * 0.4;
  tail.moveTo(foot, box.bottom() - 1);
  tail.lineTo(tip, box.bottom() + radius * 0.75);
  tail.lineTo(tail_left ? foot + radius : foot - radius, box.bottom() - 1);
  tail.closeSubpath();
  return path.united(tail);
}

QPixmap draw_app(int size, int unread) {
  QPixmap pixmap = canvas(size);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(size / 64.0, size / 64.0);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(0x5b8def));
  painter.drawPath(bubble(QRectF(20, 8, 40, 30), 9, false));
  painter.setBrush(QColor(0x2a5fd0));
  painter.setPen(QPen(Qt::white, 3));
  painter.drawPath(bubble(QRectF(4, 20, 42, 31), 9, true));
  painter.setPen(Qt::NoPen);
  painter.setBrush(Qt::white);
  for (const qreal x : {15.0, 25.0, 35.0}) painter.drawEllipse(QPointF(x, 35.5), 3, 3);
  if (unread > 0) {
    painter.setBrush(QColor(0xd8342c));
    painter.setPen(QPen(Qt::white, 3));
    painter.drawEllipse(QPointF(51, 51), 11, 11);
  }
  return pixmap;
}

}  // namespace

void paint_presence(QPainter& painter, const QRectF& box, Presence presence, const QColor& behind) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const QPointF middle = box.center();
  const qreal radius = std::min(box.width(), box.height()) / 2;
  // A rim keeps it apart from the picture below it.
  painter.setPen(Qt::NoPen);
  painter.setBrush(behind);
  painter.drawEllipse(middle, radius, radius);
  const qreal inner = radius * 0.76;
  switch (presence) {
    case Presence::online:
      painter.setBrush(theme().good);
      painter.drawEllipse(middle, inner, inner);
      break;
    case Presence::away: {
      QPainterPath moon;
      moon.addEllipse(middle, inner, inner);
      QPainterPath bite;
      bite.addEllipse(middle + QPointF(inner * 0.55, -inner * 0.45), inner * 0.75, inner * 0.75);
      painter.setBrush(theme().warn);
      painter.drawPath(moon.subtracted(bite));
      break;
    }
    case Presence::busy: {
      QPainterPath disc;
      disc.addEllipse(middle, inner, inner);
      QPainterPath bar;
      bar.addRect(middle.x() - inner * 0.58, middle.y() - inner * 0.18, inner * 1.16, inner * 0.36);
      painter.setBrush(theme().bad);
      painter.drawPath(disc.subtracted(bar));
      break;
    }
    case Presence::offline:
    case Presence::unknown: {
      QPen ring(theme().off, radius * 0.28);
      if (presence == Presence::unknown) ring.setDashPattern({1.1, 1.1});
      painter.setPen(ring);
      painter.setBrush(Qt::NoBrush);
      painter.drawEllipse(middle, inner - radius * 0.14, inner - radius * 0.14);
      break;
    }
  }
  painter.restore();
}

QIcon presence_icon(Presence presence, int size) {
  QPixmap pixmap = canvas(size);
  QPainter painter(&pixmap);
  paint_presence(painter, QRectF(0, 0, size, size), presence, Qt::transparent);
  painter.end();
  return pixmap;
}

void paint_avatar(QPainter& painter, const QRectF& box, const QString& name, const QString& shown) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(avatar_colour(name));
  painter.drawEllipse(box);
  QFont font = painter.font();
  font.setPixelSize(static_cast<int>(box.height() * 0.44));
  font.setWeight(QFont::DemiBold);
  painter.setFont(font);
  painter.setPen(Qt::white);
  painter.drawText(box, Qt::AlignCenter, first_letter(shown).toUpper());
  painter.restore();
}

qreal badge_width(const QFont& font, int count) {
  const QFont small = badge_font(font);
  const qreal height = badge_height(small);
  return std::max(height,
                  QFontMetricsF(small).horizontalAdvance(badge_words(count)) + height * 0.7);
}

qreal paint_badge(QPainter& painter, const QRectF& box, int count) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const qreal width = badge_width(painter.font(), count);
  painter.setFont(badge_font(painter.font()));
  const qreal height = badge_height(painter.font());
  const QRectF pill(box.right() - width, box.center().y() - height / 2, width, height);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme().accent);
  painter.drawRoundedRect(pill, height / 2, height / 2);
  painter.setPen(theme().on_accent);
  painter.drawText(pill, Qt::AlignCenter, badge_words(count));
  painter.restore();
  return width;
}

QIcon symbol_icon(Symbol symbol, const QColor& colour, int size) {
  QIcon icon(draw_symbol(symbol, colour, size));
  icon.addPixmap(draw_symbol(symbol, theme().off, size), QIcon::Disabled);
  return icon;
}

QIcon app_icon(int unread) {
  QIcon icon;
  for (const int size : {16, 24, 32, 48, 64, 128}) icon.addPixmap(draw_app(size, unread));
  return icon;
}

}  // namespace basic::gui
