#pragma once
// Why a buddy is shown as she is, in words, and where they are shown.

#include <QFrame>

#include "basic/buddy.h"
#include "buddy_model.h"

namespace basic::gui {

/// Who she is, how she is and since when: "Milhouse (milhouse)", "online since 14:05".
struct WhyWords {
  QString heading;
  QString state;
  QStringList reasons;  ///< sentences: what it rests on, and how long it can be wrong
};
WhyWords why_words(const Explanation& why, const QDateTime& now);

/// The words as a tool tip takes them: no mark-up in them counts.
QString why_tooltip(const WhyWords& words);

/// A card beside a row with the same words, closed by Escape or a click elsewhere. It deletes
/// itself.
class WhyPopover final : public QFrame {
  Q_OBJECT

 public:
  WhyPopover(const WhyWords& words, QWidget* parent);
  /// Where it fits next to `row`, in global coordinates.
  void show_at(const QRect& row);
};

}  // namespace basic::gui
