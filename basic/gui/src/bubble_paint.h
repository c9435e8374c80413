#pragma once
// How bubbles, and what stands between them, look.

#include <QPainter>
#include <QStringList>

#include "bubble_layout.h"

namespace basic::gui {

/// What the same bubble shows at one time and not at another.
struct BubbleLook {
  bool joined_above = false;  ///< to a bubble of the same person
  bool joined_below = false;
  bool current = false;  ///< has the keyboard's attention
  int selected_from = 0;
  int selected_to = 0;
  QStringList found{};  ///< words of a search, to be marked wherever they occur
};

/// `at`: where the top left corner of the layout's strip comes to stand.
void paint_bubble(QPainter& painter, QPointF at, const ShownText& text, const BubbleLayout& layout,
                  const BubbleStyle& style, const BubbleLook& look);

/// Both fill the width of `box` and stand in its middle.
void paint_day(QPainter& painter, const QRectF& box, const BubbleStyle& style, const QString& day);
void paint_unread_line(QPainter& painter, const QRectF& box, const BubbleStyle& style,
                       const QString& words);

/// An arrow down in a disc, and how many are new.
void paint_jump(QPainter& painter, const QRectF& box, int fresh, bool hovered, bool focused);

}  // namespace basic::gui
