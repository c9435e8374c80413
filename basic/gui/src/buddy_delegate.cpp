#include "buddy_delegate.h"

#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>

#include "paint.h"
#include "words.h"

namespace basic::gui {
namespace {

/// Where things stand in a row of a buddy, for text that runs to the right.
struct Places {
  qreal gap;
  QRectF card;    // the rounded background
  QRectF avatar;  // a square
  QRectF text;    // from the avatar to the right end
};

/// Round things in the row, in lines of text.
constexpr qreal kAvatarLines = 2.25;

Places places_in(const QRectF& row, const QFontMetricsF& metrics) {
  const qreal gap = std::round(metrics.height() * 0.45);
  const QRectF card = row.adjusted(gap, 1, -gap, -1);
  const qreal size = std::round(metrics.height() * kAvatarLines);
  const QRectF avatar(card.left() + gap, card.center().y() - size / 2, size, size);
  const qreal left = avatar.right() + gap * 1.5;
  return {gap, card, avatar, QRectF(left, card.top(), card.right() - gap - left, card.height())};
}

QRectF mirrored(const QStyleOptionViewItem& option, const QRectF& box) {
  if (option.direction == Qt::LeftToRight) return box;
  QRectF other = box;
  other.moveRight(option.rect.right() + 1 - (box.left() - option.rect.left()));
  return other;
}

/// One line at the leading edge of the row whichever way its own letters run, cut with dots.
void draw_line(QPainter& painter, const QStyleOptionViewItem& option, const QRectF& box,
               const QString& text) {
  const QFontMetricsF metrics(painter.font());
  const QString line = metrics.elidedText(text, Qt::ElideRight, box.width());
  const auto side = option.direction == Qt::LeftToRight ? Qt::AlignLeft : Qt::AlignRight;
  painter.drawText(mirrored(option, box),
                   int(side | Qt::AlignAbsolute | Qt::AlignVCenter | Qt::TextSingleLine), line);
}

void draw_background(QPainter& painter, const QStyleOptionViewItem& option, const QRectF& card) {
  const bool chosen = option.state & QStyle::State_Selected;
  const bool hovered = option.state & QStyle::State_MouseOver;
  constexpr qreal kRadius = 8;
  painter.setPen(Qt::NoPen);
  if (chosen || hovered) {
    painter.setBrush(chosen ? theme().selected : theme().hover);
    painter.drawRoundedRect(card, kRadius, kRadius);
  }
  if (option.state & QStyle::State_HasFocus) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().accent, 2));
    painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), kRadius - 1, kRadius - 1);
  }
}

QColor behind(const QStyleOptionViewItem& option) {
  if (option.state & QStyle::State_Selected) return theme().selected;
  if (option.state & QStyle::State_MouseOver) return theme().hover;
  return theme().surface;
}

QFont header_font(const QFont& font) {
  QFont small = font;
  small.setPointSizeF(font.pointSizeF() * 0.86);
  small.setWeight(QFont::DemiBold);
  small.setCapitalization(QFont::AllUppercase);
  small.setLetterSpacing(QFont::PercentageSpacing, 105);
  return small;
}

/// A triangle that points down when the group is open, else to where the text runs.
void draw_fold(QPainter& painter, const QRectF& box, bool open, bool left_to_right) {
  painter.save();
  painter.translate(box.center());
  painter.rotate(open ? 90 : left_to_right ? 0 : 180);
  const qreal r = box.width() * 0.26;
  painter.setPen(QPen(theme().subtle, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPolyline(QPolygonF({{-r * 0.6, -r}, {r * 0.6, 0}, {-r * 0.6, r}}));
  painter.restore();
}

void paint_group(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) {
  const QFontMetricsF metrics(option.font);
  const Places places = places_in(option.rect, metrics);
  QStyleOptionViewItem plain = option;
  plain.state.setFlag(QStyle::State_Selected, false);
  draw_background(painter, plain, places.card);

  const qreal fold = metrics.height();
  const QRectF triangle(places.card.left() + places.gap * 0.5, places.card.center().y() - fold / 2,
                        fold, fold);
  draw_fold(painter, mirrored(option, triangle), option.state & QStyle::State_Open,
            option.direction == Qt::LeftToRight);

  const int total = index.data(BuddyModel::kTotalRole).toInt();
  const bool blocked = index.data(BuddyModel::kBlockedRole).toBool();
  const QString online = QString::number(index.data(BuddyModel::kOnlineRole).toInt());
  const QString count =
      blocked ? QString::number(total) : QStringLiteral("%1/%2").arg(online).arg(total);
  painter.setFont(header_font(option.font));
  painter.setPen(theme().subtle);
  const qreal width = QFontMetricsF(painter.font()).horizontalAdvance(count) + places.gap;
  QRectF title = places.card.adjusted(places.gap + fold, 0, -places.gap - width, 0);
  draw_line(painter, option, title, index.data(Qt::DisplayRole).toString());
  QFont quiet = painter.font();
  quiet.setWeight(QFont::Normal);
  painter.setFont(quiet);
  const QRectF number(title.right(), title.top(), width, title.height());
  const auto side = option.direction == Qt::LeftToRight ? Qt::AlignRight : Qt::AlignLeft;
  painter.drawText(mirrored(option, number), int(side | Qt::AlignAbsolute | Qt::AlignVCenter),
                   count);
}

/// Draws a symbol that ends at the end of `line`; returns what is left of the line.
QRectF draw_mark(QPainter& painter, const QStyleOptionViewItem& option, const QRectF& line,
                 Symbol symbol, const QColor& colour) {
  const qreal size = std::round(QFontMetricsF(option.font).height() * 0.9);
  const QRectF box(line.right() - size, line.center().y() - size / 2, size, size);
  const QIcon icon = symbol_icon(symbol, colour, static_cast<int>(size));
  icon.paint(&painter, mirrored(option, box).toAlignedRect());
  return line.adjusted(0, 0, -size - size * 0.3, 0);
}

}  // namespace

BuddyDelegate::BuddyDelegate(QObject* parent)
    : QStyledItemDelegate(parent), now_([] { return QDateTime::currentDateTime(); }) {}

void BuddyDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setFont(option.font);
  const auto* const buddy = index.data(BuddyModel::kBuddyRole).value<const Buddy*>();
  if (buddy) {
    paint_buddy(*painter, option, *buddy, index.data(BuddyModel::kBlockedRole).toBool());
  } else {
    paint_group(*painter, option, index);
  }
  painter->restore();
}

void BuddyDelegate::paint_buddy(QPainter& painter, const QStyleOptionViewItem& option,
                                const Buddy& buddy, bool blocked) const {
  const QFontMetricsF metrics(option.font);
  const Places places = places_in(option.rect, metrics);
  draw_background(painter, option, places.card);

  const bool away = blocked || buddy.presence == Presence::offline;
  painter.setOpacity(away && theme().kind != Theme::Kind::high_contrast ? 0.55 : 1);
  const QRectF avatar = mirrored(option, places.avatar);
  paint_avatar(painter, avatar, qt(buddy.name), shown_name(buddy));
  painter.setOpacity(1);
  if (!blocked) {
    const qreal dot = std::round(avatar.width() * 0.46);
    const qreal left = option.direction == Qt::LeftToRight ? avatar.right() - dot * 0.82
                                                           : avatar.left() - dot * 0.18;
    paint_presence(painter, QRectF(left, avatar.bottom() - dot * 0.86, dot, dot), buddy.presence,
                   behind(option));
  }

  const qreal middle = places.text.center().y();
  const qreal height = metrics.height() * 1.08;
  QRectF name_line(places.text.left(), middle - height, places.text.width(), height);
  QRectF words_line(places.text.left(), middle, places.text.width(), height);
  if (blocked) name_line = draw_mark(painter, option, name_line, Symbol::block, theme().bad);
  if (buddy.notify_when_online)
    name_line = draw_mark(painter, option, name_line, Symbol::bell, theme().subtle);
  if (buddy.unread > 0) {
    // At the end of the row: the badge is painted against the right end of its box.
    const bool left_to_right = option.direction == Qt::LeftToRight;
    const int unread = static_cast<int>(buddy.unread);
    const qreal width = badge_width(option.font, unread);
    const QRectF box(words_line.right() - width, words_line.top(), width, words_line.height());
    paint_badge(painter, left_to_right ? box : mirrored(option, box), unread);
    words_line.adjust(0, 0, -width - places.gap, 0);
  }

  QFont font = option.font;
  font.setWeight(buddy.unread > 0 ? QFont::Bold : QFont::Medium);
  painter.setFont(font);
  painter.setPen(blocked ? theme().subtle : theme().text);
  draw_line(painter, option, name_line, shown_name(buddy));
  font.setWeight(QFont::Normal);
  font.setPointSizeF(option.font.pointSizeF() * 0.92);
  painter.setFont(font);
  painter.setPen(theme().subtle);
  draw_line(painter, option, words_line, blocked ? tr("blocked") : shown_line(buddy, now_()));
}

QSize BuddyDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const qreal line = QFontMetricsF(option.font).height();
  const bool group = !index.parent().isValid();
  return {option.rect.width(), qRound(line * (group ? 1.9 : kAvatarLines + 0.85))};
}

QWidget* BuddyDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& /*option*/,
                                     const QModelIndex& index) const {
  auto* const field = new QLineEdit(parent);
  const QString name = index.data(BuddyModel::kNameRole).toString();
  field->setObjectName(QStringLiteral("aliasField"));
  field->setAccessibleName(tr("What you call %1").arg(name));
  field->setPlaceholderText(name);
  return field;
}

void BuddyDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
  auto* const field = qobject_cast<QLineEdit*>(editor);
  if (field) field->setText(index.data(Qt::EditRole).toString());
}

void BuddyDelegate::setModelData(QWidget* editor, QAbstractItemModel* model,
                                 const QModelIndex& index) const {
  const auto* const field = qobject_cast<QLineEdit*>(editor);
  if (field) model->setData(index, field->text(), Qt::EditRole);
}

void BuddyDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                         const QModelIndex& /*index*/) const {
  const Places places = places_in(option.rect, QFontMetricsF(option.font));
  QRectF box = places.text.adjusted(-places.gap, 0, 0, 0);
  const qreal height = editor->sizeHint().height();
  box = QRectF(box.left(), box.center().y() - height / 2, box.width(), height);
  editor->setGeometry(mirrored(option, box).toAlignedRect());
}

}  // namespace basic::gui
