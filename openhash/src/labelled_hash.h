#pragma once
// BLAKE2b-256 over a label of its own and the network number, as every hash of the project begins
// (security.md, section 3).

#include <sodium.h>

#include "base/bytes.h"

namespace openhash {

/// Cheap to copy: prepare what is common once, add what differs to copies.
class LabelledHash {
 public:
  using Digest = std::array<std::uint8_t, 32>;

  LabelledHash(std::string_view label, std::uint32_t network) {
    static const int ready = sodium_init();  // Chooses the fastest BLAKE2b of this processor.
    (void)ready;
    crypto_generichash_init(&state_, nullptr, 0, sizeof(Digest));
    add(base::view(label)).add_u32(network);
  }

  LabelledHash& add(base::ByteView bytes) {
    crypto_generichash_update(&state_, bytes.data(), bytes.size());
    return *this;
  }
  LabelledHash& add_u8(std::uint8_t value) { return add({&value, 1}); }
  LabelledHash& add_u32(std::uint32_t value) { return add(base::Writer().u32(value).view()); }
  LabelledHash& add_u64(std::uint64_t value) {
    std::array<std::uint8_t, 8> raw;
    for (int i = 0; i < 8; ++i) raw[i] = static_cast<std::uint8_t>(value >> (56 - 8 * i));
    return add(raw);
  }

  /// Nothing may be added afterwards.
  Digest finish() {
    Digest digest;
    crypto_generichash_final(&state_, digest.data(), digest.size());
    return digest;
  }
  /// The first eight bytes of the digest, as a number.
  std::uint64_t finish_u64() {
    const Digest digest = finish();
    return base::Reader(digest).u64();
  }

 private:
  crypto_generichash_state state_;
};

}  // namespace openhash
