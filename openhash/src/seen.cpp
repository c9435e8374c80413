#include "seen.h"

#include <algorithm>

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration kRemembered = 10min;
constexpr std::size_t kMostKeys = 2048;

}  // namespace

void Seen::note(const Key& key, const Record& record, base::Instant now) {
  if (marks_.size() >= kMostKeys && !marks_.contains(key)) make_room(now);
  const Mark mark{Given(record, now), record.valid_until(), now};
  const auto [place, first] = marks_[key].try_emplace(slot_of(record, network_), mark);
  if (first) return;
  const bool older = record.sequence < place->second.given.sequence;
  if (!older || now - place->second.seen > kRemembered) place->second = mark;
}

bool Seen::is_old(const Key& key, const Record& record, base::Instant now) const {
  const auto marks = marks_.find(key);
  if (marks == marks_.end()) return false;
  const auto mark = marks->second.find(slot_of(record, network_));
  return mark != marks->second.end() && now - mark->second.seen <= kRemembered &&
         record.sequence < mark->second.given.sequence && mark->second.given.bars(record, now);
}

bool Seen::lacks(const Key& key, const std::vector<Record>& records, base::Instant now,
                 base::WallTime wall) const {
  const auto marks = marks_.find(key);
  if (marks == marks_.end()) return false;
  return std::ranges::any_of(marks->second, [&](const auto& entry) {
    const auto& [id, mark] = entry;
    if (now - mark.seen > kRemembered || mark.valid_until <= wall) return false;
    return std::ranges::none_of(records, [&, id = id, &mark = mark](const Record& record) {
      return slot_of(record, network_) == id && record.sequence >= mark.given.sequence;
    });
  });
}

/// What is forgotten anyway goes; else everything, which costs nothing but some second looks.
void Seen::make_room(base::Instant now) {
  std::erase_if(marks_, [now](const auto& entry) {
    return std::ranges::all_of(
        entry.second, [now](const auto& mark) { return now - mark.second.seen > kRemembered; });
  });
  if (marks_.size() >= kMostKeys) marks_.clear();
}

}  // namespace openhash
