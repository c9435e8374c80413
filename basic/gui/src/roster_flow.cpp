#include "roster_flow.h"

#include <QStyle>
#include <QWidget>
#include <algorithm>

namespace basic::gui {

FlowLayout::FlowLayout(int gap) : gap_(gap) {}

void FlowLayout::addItem(QLayoutItem* item) { items_.emplace_back(item); }

QLayoutItem* FlowLayout::itemAt(int index) const {
  const bool there = index >= 0 && index < count();
  return there ? items_[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
  if (!itemAt(index)) return nullptr;
  QLayoutItem* const item = items_[static_cast<std::size_t>(index)].release();
  items_.erase(items_.begin() + index);
  return item;
}

int FlowLayout::heightForWidth(int width) const { return arrange(QRect(0, 0, width, 0), false); }

QSize FlowLayout::sizeHint() const {
  QSize size;
  for (const auto& item : items_) {
    if (item->isEmpty()) continue;
    const QSize wanted = item->sizeHint();
    const int gap = size.width() > 0 ? gap_ : 0;
    size = QSize(size.width() + gap + wanted.width(), std::max(size.height(), wanted.height()));
  }
  return size;
}

QSize FlowLayout::minimumSize() const {
  QSize size;
  for (const auto& item : items_) {
    if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
  }
  return size;
}

void FlowLayout::setGeometry(const QRect& box) {
  QLayout::setGeometry(box);
  arrange(box, true);
}

QSize FlowLayout::size_of(const QLayoutItem& item, int room) {
  QSize size = item.sizeHint();
  size.setWidth(std::min(size.width(), room));
  if (item.hasHeightForWidth()) size.setHeight(item.heightForWidth(size.width()));
  return size;
}

int FlowLayout::arrange(const QRect& box, bool place) const {
  int top = box.top();
  for (auto first = items_.begin(); first != items_.end();) {
    int width = 0;
    int height = 0;
    auto end = first;
    for (; end != items_.end(); ++end) {
      if ((*end)->isEmpty()) continue;
      const QSize size = size_of(**end, box.width());
      if (width > 0 && width + gap_ + size.width() > box.width()) break;
      width += (width > 0 ? gap_ : 0) + size.width();
      height = std::max(height, size.height());
    }
    if (place) place_line(first, end, box, QRect(box.left(), top, box.width(), height));
    first = end;
    top += height > 0 ? height + gap_ : 0;
  }
  return std::max(0, top - gap_ - box.top());
}

void FlowLayout::place_line(Items::const_iterator first, Items::const_iterator end,
                            const QRect& box, const QRect& line) const {
  const Qt::LayoutDirection direction =
      parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
  int left = line.left();
  for (; first != end; ++first) {
    if ((*first)->isEmpty()) continue;
    const QSize size = size_of(**first, box.width());
    const QPoint corner(left, line.top() + (line.height() - size.height()) / 2);
    (*first)->setGeometry(QStyle::visualRect(direction, box, QRect(corner, size)));
    left += size.width() + gap_;
  }
}

}  // namespace basic::gui
