#pragma once
// Records for tests: Milhouse's, in network 1001, with a fixed key.

#include <numeric>

#include "openhash/rules.h"

namespace openhash {

inline constexpr std::uint32_t kNetwork = 1001;
inline const base::WallTime kNow{std::chrono::seconds(1'700'000'000)};
inline constexpr Rules kEasyRules{.network = kNetwork, .work_named = 8, .work_opaque = 4};

/// The key with the seed first, first + 1, ... first + 31.
inline SigningKey signing_key(std::uint8_t first = 0) {
  base::Secret seed(32);
  std::iota(seed.data(), seed.data() + seed.size(), first);
  return SigningKey(seed);
}

inline Record location_of_milhouse(const SigningKey& owner) {
  Record record;
  record.kind = Kind::location;
  record.name = "milhouse";
  record.owner = owner.public_key();
  record.sequence = 7;
  record.issued = kNow;
  record.valid_for = std::chrono::seconds(120);
  record.body = base::to_bytes(base::view("somewhere"));
  return record;
}

/// Adds work and signature, and encodes.
inline base::Bytes sealed(Record record, const Key& key, const SigningKey& owner,
                          const Rules& rules = kEasyRules) {
  const std::atomic<bool> stop = false;
  record.work = *find_work(rules, record.kind, record.name, owner.public_key(), stop);
  sign(record, rules.network, key, owner);
  return encode(record);
}

}  // namespace openhash
