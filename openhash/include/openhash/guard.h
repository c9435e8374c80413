#pragma once
// Stands before the engine: a datagram that could crash or confuse it never gets there.

#include <cstdint>
#include <string_view>

#include "base/bytes.h"

namespace openhash {

/// Why a datagram was dropped; `ok` is passed on.
enum class Verdict : std::uint8_t {
  ok,
  oversized,    ///< over 1 472 bytes
  not_msgpack,  ///< truncated, trailing bytes, or a count larger than the bytes left
  too_deep,     ///< nesting, map, array, string or binary beyond the limits of security.md, 8
  bad_message,  ///< unknown shape: keys, types, empty error list, empty field selection, body not a
                ///< map
  foreign_value,  ///< carries a value of another type than ours, or with the engine's own signature
};
std::string_view to_string(Verdict verdict);

/// What the guard learns of a datagram on the way, for counting who holds what.
/// Views point into the datagram.
class Sightings {
 public:
  virtual ~Sightings() = default;
  /// A reply from node `node_id` (20 bytes); called before its values.
  virtual void on_reply(base::ByteView node_id) = 0;
  /// A record's bytes as carried in that reply, with the value id it is filed under.
  virtual void on_value(base::ByteView node_id, std::uint64_t value_id, base::ByteView record) = 0;
};

/// The engine's value types that are ours: this number + the record's Kind. One type a kind,
/// because the engine keeps lifetimes by type.
inline constexpr std::uint16_t kValueTypes = 0x4f40;

/// Checks one datagram: pure, bounded by its length, never allocates more than that.
Verdict inspect(base::ByteView datagram, Sightings* sightings = nullptr);

}  // namespace openhash
