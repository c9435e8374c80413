#pragma once
// Sealed record bodies: XChaCha20-Poly1305 with a key commitment, padded so that all look alike
// (docs/presence.md has the bytes).

#include <string_view>

#include "base/bytes.h"
#include "base/entropy.h"
#include "base/result.h"
#include "base/secret.h"
#include "openhash/record.h"

namespace ohim {

/// Where a sealed body stands. All of it is authenticated, so a body cannot be moved to another
/// record, nor an old one be passed off as new.
struct SealedPlace {
  std::string_view label;  ///< of the use, as in "ohim/1/vault"
  std::uint32_t network = 0;
  std::string_view name;
  openhash::Key key;
  openhash::PublicKey owner{};
  std::uint64_t sequence = 0;
};

/// What fits: a full body less nonce (24), commitment (16) and tag (16).
inline constexpr std::size_t kSealedRoom = openhash::kMaxBody - 24 - 16 - 16;

/// A body of exactly kMaxBody bytes. `plain` is at most kSealedRoom bytes, and padded with zeros.
base::Bytes seal(const base::Secret& key, const SealedPlace& place, base::ByteView plain,
                 base::Entropy& entropy);

/// The plain text, kSealedRoom bytes of it. `malformed`: another key, another place, or damaged.
base::Result<base::Secret> unseal(const base::Secret& key, const SealedPlace& place,
                                  base::ByteView body);

}  // namespace ohim
