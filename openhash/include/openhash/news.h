#pragma once
// What a watch has handed on, so that it hands on only what is newer.

#include <map>

#include "openhash/record.h"

namespace openhash {

/// The sequence of a record in its place. Once over it bars only itself: a clock that was ahead may
/// have signed it.
struct Given {
  std::uint64_t sequence = 0;
  base::Instant over{};

  Given(const Record& record, base::Instant now)
      : sequence(record.sequence), over(now + record.valid_for) {}
  [[nodiscard]] bool bars(const Record& record, base::Instant now) const {
    return record.sequence == sequence || (record.sequence < sequence && now < over);
  }
};

class News {
 public:
  explicit News(std::uint32_t network) : network_(network) {}

  /// Whether `record` is newer than what was taken before of its owner, kind and slot.
  bool take(const Record& record, base::Instant now) {
    const Given given(record, now);
    const auto [last, first] = given_.try_emplace(slot_of(record, network_), given);
    if (!first && last->second.bars(record, now)) return false;
    last->second = given;
    return true;
  }

 private:
  std::uint32_t network_;
  std::map<std::uint64_t, Given> given_;  // by value id
};

}  // namespace openhash
