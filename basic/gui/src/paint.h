#pragma once
// The small pictures that lists and headers share.

#include <QIcon>
#include <QPainter>
#include <QPixmap>
#include <QString>

#include "basic/show.h"
#include "theme.h"

namespace basic::gui {

/// A state as colour and as shape, for those who do not see the colour: a disc on line, a crescent
/// away, a disc with a bar busy, a ring off line, a ring with a gap unknown. `behind` is what it
/// stands on.
void paint_presence(QPainter& painter, const QRectF& box, Presence presence, const QColor& behind);
QIcon presence_icon(Presence presence, int size = 16);

/// A disc with the first letter of `shown`, in a colour that belongs to `name`.
void paint_avatar(QPainter& painter, const QRectF& box, const QString& name, const QString& shown);

/// How many are unread, in a pill that ends at the right of `box`. Returns its width.
qreal paint_badge(QPainter& painter, const QRectF& box, int count);
qreal badge_width(const QFont& font, int count);

/// Line drawings in the colour of the text, drawn by us so that they fit every theme and size.
enum class Symbol { add, search, menu, back, send, emoji, settings, close, more, bell, block };
QIcon symbol_icon(Symbol symbol, const QColor& colour, int size = 20);

/// The program's own mark: two speech bubbles that meet.
QIcon app_icon(int unread = 0);

}  // namespace basic::gui
