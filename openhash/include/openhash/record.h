#pragma once
// The one envelope for everything stored: owner, sequence, validity, signature. docs/record.md has
// the bytes and test vectors; security.md section 4 the reasons.

#include <array>
#include <chrono>
#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "openhash/key.h"

namespace openhash {

using PublicKey = std::array<std::uint8_t, 32>;  ///< Ed25519
using Signature = std::array<std::uint8_t, 64>;  ///< Ed25519

/// An Ed25519 key pair that signs; move-only, wiped when it goes.
class SigningKey {
 public:
  /// `seed` is 32 bytes.
  explicit SigningKey(const base::Secret& seed);
  SigningKey(SigningKey&&) noexcept = default;
  SigningKey& operator=(SigningKey&&) noexcept = default;

  [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
  [[nodiscard]] Signature sign(base::ByteView message) const;

 private:
  base::Secret secret_;
  PublicKey public_key_{};
};

bool verify(const PublicKey& key, base::ByteView message, const Signature& signature);

/// What a record is about. The number is on the wire.
enum class Kind : std::uint8_t {
  identity = 1,
  location = 2,
  list = 3,
  ring = 4,
  inbox = 5,
  opaque = 6,
  revoke = 7,
  /// "My record at this key has changed": short-lived, under a fresh value id each time, because
  /// the engine pushes new values but not edits in place. Body: the kind that changed.
  notice = 8,
};

enum RecordFlag : std::uint8_t {
  kBlank = 1,      ///< the paper's "blank": the owner holds the place, there is nothing in it now
  kWithdrawn = 2,  ///< the owner gave the claim up
  kRevoked = 4,
};
/// Locations only: two bits of the flags say which of a user's places it is about. Each has a value
/// of its own, so that places do not overwrite one another.
inline constexpr unsigned kDeviceSlots = 4;

inline constexpr std::size_t kMaxName = 32;
inline constexpr std::size_t kMaxBody = 860;
inline constexpr std::size_t kMaxRecord = 1024;

struct Record {
  Kind kind = Kind::opaque;
  std::uint8_t flags = 0;
  std::string name;  ///< whose; empty for opaque records
  PublicKey owner{};
  std::uint64_t sequence = 0;
  base::WallTime issued{};
  std::chrono::seconds valid_for{};
  std::uint64_t work = 0;  ///< nonce, see rules.h
  base::Bytes body;
  Signature signature{};

  [[nodiscard]] bool blank() const { return (flags & kBlank) != 0; }
  [[nodiscard]] unsigned device_slot() const { return flags >> 4U & (kDeviceSlots - 1); }
  /// `slot` is below kDeviceSlots.
  void set_device_slot(unsigned slot) {
    flags = static_cast<std::uint8_t>((flags & 0x0fU) | slot << 4U);
  }
  [[nodiscard]] base::WallTime valid_until() const { return issued + valid_for; }
  bool operator==(const Record&) const = default;
};

/// Sets `record.owner` and `record.signature`. The signature covers network, key and all fields.
void sign(Record& record, std::uint32_t network, const Key& key, const SigningKey& signer);
bool verify(const Record& record, std::uint32_t network, const Key& key);

/// The record must be within the limits above (our own bug otherwise).
base::Bytes encode(const Record& record);
/// Strict: exact length, known kind and flags, limits. `malformed` says which rule. Does not
/// verify.
base::Result<Record> decode(base::ByteView bytes);

/// The value id under which a node files this record; never 0. Derived from owner and kind, so
/// nobody can occupy somebody else's. For a notice also from the sequence.
std::uint64_t slot_of(const Record& record, std::uint32_t network);

}  // namespace openhash
