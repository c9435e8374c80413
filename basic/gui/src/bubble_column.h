#pragma once
// All bubbles of a conversation in one column: how high each is and where it stands. Those that
// nobody has looked at have a guessed height until there is time to measure them.

#include <QDate>
#include <QDeadlineTimer>
#include <memory>
#include <set>
#include <vector>

#include "bubble_layout.h"

namespace basic::gui {

/// What stands above a bubble, and how it hangs together with its neighbours.
struct BubbleHead {
  bool day = false;     ///< the first of a day
  bool unread = false;  ///< the first that is new
  bool joined_above = false;
  bool joined_below = false;
};

/// Follows `log` (borrowed) only when told. Heights and tops are whole pixels.
class BubbleColumn {
 public:
  explicit BubbleColumn(const ConversationLog& log) : log_(log) {}

  /// Forgets all measures, keeps what was measured as a guess.
  void set_style(const BubbleStyle& style);
  [[nodiscard]] const BubbleStyle& style() const { return style_; }
  /// Colours have changed.
  void repaint_all() { drop_layouts(); }

  void reset();
  void inserted(int first, int count);
  void removed(int first, int count);
  void changed(int row);
  /// The line before the first unread one is elsewhere now.
  void unread_changed();
  /// Folded is how long texts begin.
  void toggle_fold(int row);

  [[nodiscard]] int rows() const { return static_cast<int>(rows_.size()); }
  [[nodiscard]] int height() const;
  [[nodiscard]] int top(int row) const;
  [[nodiscard]] int row_height(int row) const { return at(row).height; }
  /// The one at `y`; what is above belongs to the first, what is below to the last. -1: none.
  [[nodiscard]] int row_at(int y) const;

  /// Whether its height was another one than guessed.
  bool measure(int row);
  [[nodiscard]] bool is_measured(int row) const { return at(row).measured; }
  /// Measures upwards and downwards from `row` until time is up. Whether any height has changed.
  bool measure_some(int row, const QDeadlineTimer& until);
  [[nodiscard]] bool all_measured() const { return unmeasured_ == 0; }

  /// Of a row that is shown; it stays until others have been shown for a while.
  const BubbleLayout& layout(int row);
  [[nodiscard]] BubbleHead head(int row) const;
  /// Where the layout's strip begins, below the top of the row.
  [[nodiscard]] int head_height(int row) const;
  [[nodiscard]] int day_height() const;
  [[nodiscard]] int unread_height() const;

 private:
  struct Row {
    int height = 0;
    bool measured = false;
    bool whole = false;  // unfolded
    std::unique_ptr<BubbleLayout> layout{};
  };

  [[nodiscard]] const Row& at(int row) const { return rows_[static_cast<std::size_t>(row)]; }
  Row& at(int row) { return rows_[static_cast<std::size_t>(row)]; }
  [[nodiscard]] Row guessed(int row) const;
  [[nodiscard]] std::unique_ptr<BubbleLayout> make_layout(int row) const;
  void forget(int row);
  void drop_layouts();
  void place() const;
  [[nodiscard]] bool joined(int above, int below) const;

  const ConversationLog& log_;
  BubbleStyle style_;
  std::vector<Row> rows_;
  int unmeasured_ = 0;
  int unread_row_ = -1;
  std::vector<int> with_layout_;   // rows, the last used at the end
  mutable std::vector<int> tops_;  // one more than rows
  mutable bool placed_ = false;
};

}  // namespace basic::gui
