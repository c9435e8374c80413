#pragma once
// Stands before the engine: a datagram that could crash or confuse it never gets there.

#include <cstdint>
#include <optional>
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

/// What a datagram says, for those who decide by sender and time (gate.h). Views point into it.
struct Facts {
  enum class Kind : std::uint8_t { request, reply, error, part };
  enum class Ask : std::uint8_t { ping, find, get, put, listen, update };
  Kind kind = Kind::request;
  Ask ask = Ask::ping;  ///< of a request
  std::uint32_t transaction = 0;
  base::ByteView id;  ///< the sender's, 20 bytes; a part has none
  bool client = false;
  unsigned parts_follow = 0;    ///< values that come in datagrams of their own
  unsigned part = 0;            ///< which of them this is
  base::ByteView nodes4;        ///< entries of 26 bytes: id, address, port
  base::ByteView nodes6;        ///< entries of 38 bytes
  base::ByteView seen_address;  ///< of a reply: ours, as the sender sees it; 4 or 16 bytes
  base::ByteView key;           ///< of a find, get, put or listen, 20 bytes
  std::uint32_t socket = 0;     ///< of a listen
};

/// The engine's value types that are ours: this number + the record's Kind. One type a kind,
/// because the engine keeps lifetimes by type.
inline constexpr std::uint16_t kValueTypes = 0x4f40;

/// Checks one datagram: pure, bounded by its length, never allocates more than that.
/// `facts` and `sightings` are filled and told only if it is `ok`.
Verdict inspect(base::ByteView datagram, Sightings* sightings = nullptr, Facts* facts = nullptr);

/// A datagram that our own engine sends: what kind, and which transaction. Nothing if it is none.
struct Heading {
  Facts::Kind kind = Facts::Kind::request;
  bool is_update = false;
  std::uint32_t transaction = 0;
};
std::optional<Heading> heading_of(base::ByteView datagram);

}  // namespace openhash
