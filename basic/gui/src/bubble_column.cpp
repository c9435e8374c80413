#include "bubble_column.h"

#include <algorithm>
#include <cmath>

namespace basic::gui {
namespace {

/// Texts of one person that come within this many seconds hang together.
constexpr qint64 kTogether = 5 * 60;
/// More than any view shows at once.
constexpr std::size_t kMostLayouts = 200;

}  // namespace

void BubbleColumn::set_style(const BubbleStyle& style) {
  style_ = style;
  drop_layouts();
  for (int row = 0; row < rows(); ++row) {
    Row& kept = at(row);
    if (!kept.measured) kept.height = guessed(row).height;
    kept.measured = false;
  }
  unmeasured_ = rows();
  placed_ = false;
}

// --- following the log ---------------------------------------------------------------------------

void BubbleColumn::reset() {
  rows_.clear();
  with_layout_.clear();
  unmeasured_ = 0;
  unread_row_ = log_.first_unread();
  placed_ = false;
  if (log_.size() > 0) inserted(0, log_.size());
}

void BubbleColumn::inserted(int first, int count) {
  drop_layouts();  // their rows are others now
  std::vector<Row> fresh;
  fresh.reserve(static_cast<std::size_t>(count));
  for (int row = first; row < first + count; ++row) fresh.push_back(guessed(row));
  rows_.insert(rows_.begin() + first, std::make_move_iterator(fresh.begin()),
               std::make_move_iterator(fresh.end()));
  unmeasured_ += count;
  if (unread_row_ >= first) unread_row_ += count;
  forget(first - 1);
  forget(first + count);
  placed_ = false;
}

void BubbleColumn::removed(int first, int count) {
  drop_layouts();
  const auto begin = rows_.begin() + first;
  unmeasured_ -= static_cast<int>(
      std::count_if(begin, begin + count, [](const Row& row) { return !row.measured; }));
  rows_.erase(begin, begin + count);
  unread_row_ = log_.first_unread();
  forget(first - 1);
  forget(first);
  placed_ = false;
}

void BubbleColumn::changed(int row) { forget(row); }

void BubbleColumn::unread_changed() {
  const int before = std::exchange(unread_row_, log_.first_unread());
  if (before == unread_row_) return;
  for (const int row : {before, unread_row_}) {
    forget(row - 1);
    forget(row);
  }
}

void BubbleColumn::toggle_fold(int row) {
  at(row).whole = !at(row).whole;
  forget(row);
}

void BubbleColumn::forget(int row) {
  if (row < 0 || row >= rows()) return;
  at(row).layout.reset();
  if (std::exchange(at(row).measured, false)) ++unmeasured_;
}

void BubbleColumn::drop_layouts() {
  for (const int row : with_layout_) at(row).layout.reset();
  with_layout_.clear();
}

// --- heights -------------------------------------------------------------------------------------

BubbleColumn::Row BubbleColumn::guessed(int row) const {
  Row guess;
  guess.height =
      static_cast<int>(std::ceil(guessed_height(log_.at(row), style_)) + style_.em * 0.25);
  return guess;
}

void BubbleColumn::place() const {
  if (placed_) return;
  tops_.resize(rows_.size() + 1);
  int y = static_cast<int>(style_.em * 0.5);
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    tops_[row] = y;
    y += rows_[row].height;
  }
  tops_.back() = y + static_cast<int>(style_.em * 0.7);
  placed_ = true;
}

int BubbleColumn::height() const {
  place();
  return rows_.empty() ? 0 : tops_.back();
}

int BubbleColumn::top(int row) const {
  place();
  return tops_[static_cast<std::size_t>(std::clamp(row, 0, rows()))];
}

int BubbleColumn::row_at(int y) const {
  if (rows_.empty()) return -1;
  place();
  const auto last = tops_.end() - 1;
  const auto below = std::upper_bound(tops_.begin(), last, y);
  return std::max(0, static_cast<int>(below - tops_.begin()) - 1);
}

bool BubbleColumn::measure(int row) {
  if (at(row).measured) return false;
  Row& kept = at(row);
  const qreal bubble = kept.layout ? kept.layout->height() : make_layout(row)->height();
  const int height = head_height(row) + static_cast<int>(bubble);
  kept.measured = true;
  --unmeasured_;
  if (std::exchange(kept.height, height) == height) return false;
  placed_ = false;
  return true;
}

bool BubbleColumn::measure_some(int row, const QDeadlineTimer& until) {
  bool any_changed = false;
  for (int distance = 0; distance < rows() && !all_measured(); ++distance) {
    for (const int next : {row - distance, row + distance}) {
      if (next < 0 || next >= rows() || is_measured(next)) continue;
      any_changed = measure(next) || any_changed;
      if (until.hasExpired()) return any_changed;
    }
  }
  return any_changed;
}

std::unique_ptr<BubbleLayout> BubbleColumn::make_layout(int row) const {
  const auto fold = at(row).whole ? BubbleLayout::Fold::whole : BubbleLayout::Fold::folded;
  return std::make_unique<BubbleLayout>(log_.at(row), style_, fold);
}

const BubbleLayout& BubbleColumn::layout(int row) {
  Row& kept = at(row);
  if (!kept.layout) {
    if (with_layout_.size() >= kMostLayouts) {
      // Half of them at a time: those made first were looked at first.
      const auto end = with_layout_.begin() + kMostLayouts / 2;
      std::for_each(with_layout_.begin(), end, [this](int old) { at(old).layout.reset(); });
      with_layout_.erase(with_layout_.begin(), end);
    }
    kept.layout = make_layout(row);
    with_layout_.push_back(row);
  }
  return *kept.layout;
}

// --- between the bubbles -------------------------------------------------------------------------

bool BubbleColumn::joined(int above, int below) const {
  if (above < 0 || below >= log_.size() || below == unread_row_) return false;
  const ShownText& first = log_.at(above);
  const ShownText& second = log_.at(below);
  return first.outgoing == second.outgoing && first.day == second.day &&
         first.fate != Fate::failed && std::abs(first.sent_at.secsTo(second.sent_at)) <= kTogether;
}

BubbleHead BubbleColumn::head(int row) const {
  BubbleHead head;
  head.day = row == 0 || log_.at(row - 1).day != log_.at(row).day;
  head.unread = row == unread_row_;
  head.joined_above = joined(row - 1, row);
  head.joined_below = joined(row, row + 1);
  return head;
}

int BubbleColumn::day_height() const { return static_cast<int>(style_.em * 2.2); }
int BubbleColumn::unread_height() const { return static_cast<int>(style_.em * 2.2); }

int BubbleColumn::head_height(int row) const {
  const BubbleHead shown = head(row);
  int height = static_cast<int>(std::ceil(style_.em * (shown.joined_above ? 0.16 : 0.6)));
  if (shown.day) height += day_height();
  if (shown.unread) height += unread_height();
  return height;
}

}  // namespace basic::gui
