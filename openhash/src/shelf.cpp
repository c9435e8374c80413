#include "shelf.h"

#include <algorithm>
#include <set>

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kFleeting = 120s;  // kinds that are signed anew all the time
constexpr base::Duration kRace = 5s;  // in which a second claim to a name is kept as well
// A reply with more than 16 values does not pass the guard, and nobody may hide others by adding
// his own: so together these are 16.
constexpr std::size_t kMostNotices = 8;
constexpr std::size_t kMostRecords = 8;
constexpr std::size_t kMostNoticesOfOne = 6;

std::size_t most_owners(Kind kind) {
  switch (kind) {
    case Kind::opaque:
      return 4;
    case Kind::inbox:
      return 64;
    default:
      return kMostRecords;
  }
}

/// The engine keeps a value no longer than its kind may be valid. A location or a notice signed by
/// a clock that was ahead would seem valid for longer, and keep out what its owner signs after
/// setting that clock right.
bool is_dropped(const Shelf::Held& held, base::Instant time) {
  const std::chrono::seconds cap = validity_cap(held.record.kind);
  return cap <= kFleeting && held.taken + cap < time;
}

bool is_claim(const Record& record) {
  return record.kind == Kind::identity && (record.flags & kWithdrawn) == 0;
}

}  // namespace

Shelf::Answer Shelf::offer(const Key& key, std::uint64_t id, Kind kind, base::ByteView bytes,
                           base::WallTime now, base::Instant time, const Source& source) {
  base::Result<Record> record = open_record(rules_, key, bytes, now);
  if (!record || !is_current(*record, now)) return Answer::refused;
  if (record->kind != kind || slot_of(*record, rules_.network) != id) return Answer::refused;
  return place(key, std::move(*record), now, time, &source);
}

bool Shelf::is_sound(const Place& place, base::WallTime now) const {
  const Held* const held = find(place.key, place.id);
  return held != nullptr && open_record(rules_, place.key, encode(held->record), now).has_value();
}

Shelf::Answer Shelf::restore(const Key& key, base::ByteView bytes, base::WallTime now) {
  base::Result<Record> record = decode(bytes);
  if (!record || !is_current(*record, now)) return Answer::refused;
  return place(key, std::move(*record), now, base::Instant::min(), nullptr);
}

/// `source` null: quotas do not matter.
Shelf::Answer Shelf::place(const Key& key, Record record, base::WallTime now, base::Instant since,
                           const Source* source) {
  const std::uint64_t id = slot_of(record, rules_.network);
  const auto at_key = keys_.find(key);
  if (at_key != keys_.end()) {
    Slots& slots = at_key->second;
    const auto held = slots.find(id);
    if (held != slots.end()) {
      if (held->second.record == record) return Answer::held;
      if (!supersedes(record, held->second.record) && !is_dropped(held->second, since)) {
        return Answer::refused;
      }
      held->second.record = std::move(record);  // a claim keeps the time of its first version
      held->second.taken = since;
      return Answer::taken;
    }
    if (!has_room(slots, record, now, since)) return Answer::refused;
    if (is_claim(record) && since != base::Instant::min() &&
        !may_claim(slots, record, now, since)) {
      return Answer::refused;
    }
  }
  if (source != nullptr && !quotas_.has_room(record.owner, *source)) return Answer::refused;
  const Prefix prefix = source != nullptr ? source->prefix : Prefix{};
  quotas_.add(record.owner, prefix);
  keys_[key].emplace(id, Held{std::move(record), since, since, prefix});
  ++size_;
  return Answer::taken;
}

bool Shelf::has_room(const Slots& slots, const Record& record, base::WallTime now,
                     base::Instant time) const {
  std::set<PublicKey> owners;
  std::size_t notices = 0;
  std::size_t notices_of_owner = 0;
  std::size_t records = 0;
  for (const auto& [id, held] : slots) {
    if (!is_current(held.record, now)) continue;
    if (held.record.kind == Kind::notice) {
      if (is_dropped(held, time)) continue;
      ++notices;
      if (held.record.owner == record.owner) ++notices_of_owner;
    } else {
      ++records;
      owners.insert(held.record.owner);
    }
  }
  if (record.kind == Kind::notice) {
    return notices < kMostNotices && notices_of_owner < kMostNoticesOfOne;
  }
  if (record.kind == Kind::location && records >= kMostRecords) return false;
  return owners.contains(record.owner) || owners.size() < most_owners(record.kind);
}

bool Shelf::may_claim(const Slots& slots, const Record& record, base::WallTime now,
                      base::Instant time) const {
  std::optional<base::Instant> first;
  for (const auto& [id, held] : slots) {
    if (held.record.owner == record.owner || !is_claim(held.record)) continue;
    if (!is_current(held.record, now)) continue;
    first = std::min(first.value_or(held.since), held.since);
  }
  if (!first) return true;
  return *first != base::Instant::min() && time - *first <= kRace;
}

const Shelf::Held* Shelf::find(const Key& key, std::uint64_t id) const {
  const auto at_key = keys_.find(key);
  if (at_key == keys_.end()) return nullptr;
  const auto held = at_key->second.find(id);
  return held == at_key->second.end() ? nullptr : &held->second;
}

std::vector<Shelf::Place> Shelf::after(const Place& from, std::size_t count) const {
  std::vector<Place> places;
  for (const bool wrapped : {false, true}) {
    auto at_key = wrapped ? keys_.begin() : keys_.lower_bound(from.key);
    for (; at_key != keys_.end(); ++at_key) {
      for (const auto& [id, held] : at_key->second) {
        const Place place{at_key->first, id};
        if (places.size() == count || (wrapped && place > from)) return places;
        if (wrapped || place > from) places.push_back(place);
      }
    }
  }
  return places;
}

void Shelf::put_back(const Place& place, std::optional<Held> before) {
  const auto at_key = keys_.find(place.key);
  if (at_key == keys_.end()) return;
  const auto held = at_key->second.find(place.id);
  if (held == at_key->second.end()) return;
  if (before) {  // of the same owner and source
    held->second = std::move(*before);
    return;
  }
  quotas_.remove(held->second.record.owner, held->second.source);
  at_key->second.erase(held);
  if (at_key->second.empty()) keys_.erase(at_key);
  --size_;
}

void Shelf::sweep(base::WallTime now) {
  for (auto at_key = keys_.begin(); at_key != keys_.end();) {
    size_ -= std::erase_if(at_key->second, [this, now](const auto& slot) {
      const Held& held = slot.second;
      if (is_current(held.record, now)) return false;
      quotas_.remove(held.record.owner, held.source);
      return true;
    });
    at_key = at_key->second.empty() ? keys_.erase(at_key) : std::next(at_key);
  }
}

}  // namespace openhash
