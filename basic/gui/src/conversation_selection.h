#pragma once
// What is selected in a conversation: from somewhere in one text to somewhere in another. Pure.

#include <QString>
#include <utility>

#include "conversation_log.h"

namespace basic::gui {

/// Before which letter of which text.
struct TextPoint {
  int row = -1;
  int position = 0;
  auto operator<=>(const TextPoint&) const = default;
};

class ConversationSelection {
 public:
  void start(TextPoint at) { anchor_ = cursor_ = at; }
  void extend(TextPoint to) { cursor_ = to; }
  void set(TextPoint from, TextPoint to) {
    anchor_ = from;
    cursor_ = to;
  }
  void clear() { anchor_ = cursor_ = {}; }
  [[nodiscard]] bool empty() const { return anchor_ == cursor_ || anchor_.row < 0; }
  [[nodiscard]] TextPoint anchor() const { return anchor_; }
  [[nodiscard]] TextPoint from() const { return std::min(anchor_, cursor_); }
  [[nodiscard]] TextPoint to() const { return std::max(anchor_, cursor_); }
  /// What of a text of that length is selected: from, to.
  [[nodiscard]] std::pair<int, int> within(int row, int length) const;

  /// Keep it on the same texts. What loses one of its ends ends there.
  void rows_inserted(int first, int count);
  void rows_removed(int first, int count);

 private:
  TextPoint anchor_;
  TextPoint cursor_;
};

/// Who is who in what is copied.
struct Speakers {
  QString own;
  QString theirs;
};

/// As plain text; with names and times, if it is of several texts.
QString copied(const ConversationLog& log, const ConversationSelection& selection,
               const Speakers& speakers);

/// The word around `position`; where there is none, what stands there instead.
std::pair<int, int> word_at(const QString& text, int position);

}  // namespace basic::gui
