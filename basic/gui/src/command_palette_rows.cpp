#include "command_palette_rows.h"

#include <QListView>
#include <QPainter>
#include <algorithm>

#include "theme.h"

namespace basic::gui {
namespace {

int padding(const QStyleOptionViewItem& option) { return option.fontMetrics.height() / 3; }

QFont heading_font(const QFont& font) {
  QFont bold = font;
  bold.setWeight(QFont::DemiBold);
  return bold;
}

int aligned(const QStyleOptionViewItem& option, Qt::Alignment side) {
  return static_cast<int>(QStyle::visualAlignment(option.direction, side) | Qt::AlignVCenter);
}

/// At the side where reading begins.
void paint_words(QPainter& painter, const QStyleOptionViewItem& option, const QRect& inside,
                 int width, const QString& words) {
  const QRect room = QStyle::alignedRect(option.direction, Qt::AlignLeft | Qt::AlignVCenter,
                                         {std::max(0, width), inside.height()}, inside);
  painter.setPen(theme().text);
  const QString fitting = painter.fontMetrics().elidedText(words, Qt::ElideRight, room.width());
  painter.drawText(room, aligned(option, Qt::AlignLeft), fitting);
}

void paint_keys(QPainter& painter, const QStyleOptionViewItem& option, const QRect& inside,
                const QString& keys) {
  painter.setPen(theme().subtle);
  painter.drawText(inside, aligned(option, Qt::AlignRight), keys);
}

}  // namespace

bool RowDelegate::needs_two_lines(const QStyleOptionViewItem& option, const QModelIndex& index,
                                  int width) const {
  const QString keys = index.data(kKeys).toString();
  if (narrow_ == Narrow::words_only || keys.isEmpty()) return false;
  const QString words = index.data().toString();
  return option.fontMetrics.horizontalAdvance(words) + option.fontMetrics.horizontalAdvance(keys) +
             6 * padding(option) >
         width;
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const int line = option.fontMetrics.height();
  if (index.data(kHeading).toBool()) return {0, line + 4 * padding(option)};
  const auto* const list = qobject_cast<const QListView*>(option.widget);
  const bool two = list != nullptr && needs_two_lines(option, index, list->viewport()->width());
  return {0, (two ? 2 : 1) * line + 2 * padding(option)};
}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  const int gap = padding(option);
  QRect inside = option.rect.adjusted(2 * gap, 0, -2 * gap, 0);
  if (index.data(kHeading).toBool()) {
    painter->setFont(heading_font(option.font));
    paint_words(*painter, option, inside.adjusted(0, 2 * gap, 0, 0), inside.width(),
                index.data().toString());
    painter->restore();
    return;
  }
  if (option.state & QStyle::State_Selected) {
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme().selected);
    painter->drawRoundedRect(option.rect, 6, 6);
  }
  painter->setFont(option.font);
  const QString keys = index.data(kKeys).toString();
  if (needs_two_lines(option, index, option.rect.width())) {
    inside.adjust(0, gap, 0, -gap);
    const int half = inside.height() / 2;
    paint_keys(*painter, option, inside.adjusted(0, half, 0, 0), keys);
    paint_words(*painter, option, inside.adjusted(0, 0, 0, -half), inside.width(),
                index.data().toString());
  } else {
    const QString words = index.data().toString();
    const int taken = option.fontMetrics.horizontalAdvance(keys) + 2 * gap;
    const bool both =
        !keys.isEmpty() && option.fontMetrics.horizontalAdvance(words) + taken <= inside.width();
    if (both) paint_keys(*painter, option, inside, keys);
    paint_words(*painter, option, inside, inside.width() - (both ? taken : 0), words);
  }
  painter->restore();
}

}  // namespace basic::gui
