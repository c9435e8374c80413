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

/// What the guard learns of a datagram on the way, for counting who holds what. The caller knows
/// the sender's address. Views point into the datagram.
///
/// The engine puts values of together 600 bytes or more into datagrams of their own, one each,
/// after the one that announces them; those name nothing but the transaction. So a value is tied
/// to its reply by sender and transaction.
class Sightings {
 public:
  virtual ~Sightings() = default;
  /// A reply from node `node_id` (20 bytes); called before the values that it carries itself.
  virtual void on_reply(std::uint32_t transaction, base::ByteView node_id) = 0;
  /// A record's bytes, filed under `value_id`: in a reply, or in a datagram of its own, which may
  /// also belong to a put or a push; it is a reply's if on_reply named its transaction.
  virtual void on_value(std::uint32_t transaction, std::uint64_t value_id,
                        base::ByteView record) = 0;
};

/// The engine's value types that are ours: this number + the record's Kind. One type a kind,
/// because the engine keeps lifetimes by type.
inline constexpr std::uint16_t kValueTypes = 0x4f40;

/// Checks one datagram: pure, bounded by its length, never allocates more than that.
Verdict inspect(base::ByteView datagram, Sightings* sightings = nullptr);

}  // namespace openhash
