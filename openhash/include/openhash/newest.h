#pragma once
// Of all versions that nodes answer with, the newest of each owner, kind and slot.

#include <map>
#include <vector>

#include "openhash/rules.h"

namespace openhash {

class Newest {
 public:
  Newest(const Rules& rules, const Key& key) : rules_(rules), key_(key) {}

  /// The record, if it is sound, current and newer than what was known in its place; else null.
  /// Valid until the next call. Notices are for watches, not for readers: they never count.
  const Record* add(base::ByteView bytes, base::WallTime now) {
    base::Result<Record> record = open_record(rules_, key_, bytes, now);
    if (!record || !is_current(*record, now) || record->kind == Kind::notice) return nullptr;
    return add(*record);
  }
  /// The same for one that has passed all checks before.
  const Record* add(const Record& record) {
    const auto [place, fresh] = records_.try_emplace(slot_of(record, rules_.network), record);
    if (!fresh) {
      if (!supersedes(record, place->second)) return nullptr;
      place->second = record;
    }
    return &place->second;
  }

  /// Null if nothing was seen in the place of value `id`.
  [[nodiscard]] const Record* find(std::uint64_t id) const {
    const auto place = records_.find(id);
    return place == records_.end() ? nullptr : &place->second;
  }

  [[nodiscard]] bool empty() const { return records_.empty(); }
  [[nodiscard]] std::vector<Record> all() const {
    std::vector<Record> records;
    for (const auto& [id, record] : records_) records.push_back(record);
    return records;
  }

 private:
  Rules rules_;
  Key key_;
  std::map<std::uint64_t, Record> records_;
};

}  // namespace openhash
