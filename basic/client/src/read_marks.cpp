#include "read_marks.h"

#include <charconv>
#include <utility>

namespace basic {
namespace {

std::string key_of(const ohim::Name& buddy) { return "read/" + buddy.str(); }

TextNumber parse(const std::string& text) {
  TextNumber number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

ReadMarks::ReadMarks(Profile& profile, OnChange on_change)
    : profile_(profile), on_change_(std::move(on_change)) {}

void ReadMarks::open(std::vector<ohim::Name> buddies) {
  tasks_.start(count_all(std::move(buddies)));
}

void ReadMarks::close() {
  ++session_;
  marks_.clear();
}

TextNumber ReadMarks::stored(const ohim::Name& buddy) const {
  const std::optional<std::string> mark = profile_.setting(key_of(buddy));
  return mark ? parse(*mark) : 0;
}

ReadMarks::Mark& ReadMarks::of(const ohim::Name& buddy) {
  const auto found = marks_.find(buddy);
  if (found != marks_.end()) return found->second;
  Mark& mark = marks_[buddy];
  mark.up_to = stored(buddy);
  return mark;
}

TextNumber ReadMarks::read_up_to(const ohim::Name& buddy) const {
  const auto found = marks_.find(buddy);
  return found == marks_.end() ? stored(buddy) : found->second.up_to;
}

std::size_t ReadMarks::unread(const ohim::Name& buddy) const {
  const auto found = marks_.find(buddy);
  return found == marks_.end() ? 0 : found->second.unread;
}

void ReadMarks::arrived(const ohim::Name& buddy, TextNumber number) {
  Mark& mark = of(buddy);
  if (number <= mark.up_to || mark.unread == Profile::kMostCounted) return;
  if (!mark.counted || mark.counting) return tasks_.start(count(buddy));
  ++mark.unread;
  on_change_(buddy);
}

base::Task<base::Result<void>> ReadMarks::mark(ohim::Name buddy, TextNumber number) {
  Mark& mark = of(buddy);
  if (number <= mark.up_to) co_return base::Result<void>();
  mark.up_to = number;
  mark.moved = true;
  std::string value = std::to_string(number);
  base::Task<base::Result<void>> kept = profile_.set_setting(key_of(buddy), std::move(value));
  tasks_.start(count(buddy));
  co_return co_await kept;
}

base::Task<void> ReadMarks::count_all(std::vector<ohim::Name> buddies) {
  const unsigned session = session_;
  for (const ohim::Name& buddy : buddies) {
    if (session != session_) co_return;
    co_await count(buddy);
  }
}

base::Task<void> ReadMarks::count(ohim::Name buddy) {
  const unsigned session = session_;
  if (std::exchange(of(buddy).counting, true)) {
    of(buddy).again = true;
    co_return;
  }
  for (;;) {
    const base::Result<std::size_t> counted = co_await profile_.count_after(buddy, of(buddy).up_to);
    if (session != session_) co_return;
    Mark& mark = of(buddy);
    if (std::exchange(mark.again, false)) continue;
    mark.counting = false;
    mark.counted = counted.has_value();
    const std::size_t before = mark.unread;
    if (counted) mark.unread = *counted;
    if (std::exchange(mark.moved, false) || mark.unread != before) on_change_(buddy);
    co_return;
  }
}

}  // namespace basic
