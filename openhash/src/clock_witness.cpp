#include "openhash/clock_witness.h"

#include <algorithm>
#include <vector>

namespace openhash {
namespace {

using namespace std::chrono_literals;

/// Nodes take what is signed so far ahead of their time.
constexpr std::chrono::seconds kAheadAllowed = 10min;
/// Locations live so shortly that a smaller difference tells: somebody else's clock may be a little
/// ahead, and a node a little late in dropping what is over.
constexpr std::chrono::seconds kLittleAhead = 90s;
constexpr std::chrono::seconds kLate = 2min;
constexpr base::Duration kRemembered = 10min;
constexpr std::size_t kMostOwners = 16;

/// A clock that shows `wall` now, at the start of our count.
std::chrono::seconds at_start(base::WallTime wall, base::Instant now) {
  return wall.time_since_epoch() - std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
}

/// What clock it must be about whose owner's record is given out; none: it says nothing.
std::optional<base::WallTime> time_told(const Record& record, base::WallTime wall) {
  const std::chrono::seconds age = wall - record.issued;
  if (record.kind != Kind::location) {
    return age < -kAheadAllowed ? std::optional(record.issued) : std::nullopt;
  }
  const bool fits = age >= -kLittleAhead && age <= record.valid_for + kLate;
  return fits ? wall : record.issued;
}

std::string span_in_words(std::chrono::seconds span) {
  if (span < 90min)
    return std::to_string(std::chrono::round<std::chrono::minutes>(span) / 1min) + " min";
  if (span < 48h) return std::to_string(std::chrono::round<std::chrono::hours>(span) / 1h) + " h";
  return std::to_string(std::chrono::round<std::chrono::days>(span) / 24h) + " days";
}

}  // namespace

void ClockWitness::saw(const Rules& rules, const Key& key, base::ByteView bytes,
                       base::WallTime wall, base::Instant now) {
  const base::Result<Record> told = decode(bytes);
  if (!told) return;
  const auto time = time_told(*told, wall);
  if (!time || !open_record(rules, key, bytes, told->issued)) return;
  samples_.insert_or_assign(told->owner, Sample{at_start(*time, now), now});
  if (samples_.size() <= kMostOwners) return;
  samples_.erase(
      std::ranges::min_element(samples_, {}, [](const auto& entry) { return entry.second.at; }));
}

std::optional<std::chrono::seconds> ClockWitness::ahead(base::WallTime wall,
                                                        base::Instant now) const {
  std::vector<std::chrono::seconds> all;
  for (const auto& [owner, sample] : samples_) {
    if (now - sample.at <= kRemembered) all.push_back(at_start(wall, now) - sample.theirs);
  }
  if (all.empty()) return std::nullopt;
  // Of an even number the one of the two in the middle that says less.
  std::ranges::sort(all);
  const auto low = all[(all.size() - 1) / 2];
  const auto high = all[all.size() / 2];
  const auto middle = std::chrono::abs(low) < std::chrono::abs(high) ? low : high;
  const bool fits = middle >= -kLittleAhead && middle <= validity_cap(Kind::location) + kLate;
  return fits ? std::nullopt : std::optional(middle);
}

std::string clock_is_wrong(std::chrono::seconds ahead) {
  const std::string span = span_in_words(std::chrono::abs(ahead));
  if (ahead > 0s)
    return "the clock of this machine is about " + span +
           " ahead of those of others, and nothing it signs is kept: set it";
  return "the clock of this machine is at least " + span +
         " behind those of others, and nothing it signs is kept: set it";
}

}  // namespace openhash
