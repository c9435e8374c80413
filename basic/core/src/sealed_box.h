#pragma once
// Sealing what a profile keeps: XChaCha20-Poly1305 with a random nonce in front (libsodium).

#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/entropy.h"
#include "base/secret.h"

namespace basic {

class SealedBox {
 public:
  /// `key` is 32 bytes or more; keys of our own are derived from it.
  explicit SealedBox(const base::Secret& key);

  /// `place` says where the box stands, so that one box cannot be put in another's place.
  [[nodiscard]] base::Bytes seal(base::ByteView content, base::ByteView place,
                                 base::Entropy& entropy) const;
  /// Empty if it is not a box of this key and place.
  [[nodiscard]] std::optional<base::Bytes> open(base::ByteView box, base::ByteView place) const;
  /// A name that only this key's owner can read or guess, the same every time.
  [[nodiscard]] base::Bytes tag(std::string_view name) const;

 private:
  base::Secret seal_key_;
  base::Secret tag_key_;
};

}  // namespace basic
