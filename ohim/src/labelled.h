#pragma once
// Hashes and derived keys. Whatever is hashed begins with a label of its own and the network
// number (security.md, section 3), so that no hash can stand in for another.

#include <sodium.h>

#include <array>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/secret.h"

namespace ohim {

/// label, network, content: what is hashed.
inline base::Bytes labelled(std::string_view label, std::uint32_t network, base::ByteView content) {
  return base::Writer().bytes(base::view(label)).u32(network).bytes(content).take();
}

/// BLAKE2b of N bytes; N is 16 to 64.
template <std::size_t N>
std::array<std::uint8_t, N> labelled_hash(std::string_view label, std::uint32_t network,
                                          base::ByteView content) {
  static_assert(N >= crypto_generichash_BYTES_MIN && N <= crypto_generichash_BYTES_MAX);
  std::array<std::uint8_t, N> digest;
  const base::Bytes input = labelled(label, network, content);
  crypto_generichash(digest.data(), N, input.data(), input.size(), nullptr, 0);
  return digest;
}

/// The same, keyed: what only those who hold `key` can compute. Not itself a secret.
template <std::size_t N>
std::array<std::uint8_t, N> keyed_hash(const base::Secret& key, std::string_view label,
                                       std::uint32_t network, base::ByteView content = {}) {
  static_assert(N >= crypto_generichash_BYTES_MIN && N <= crypto_generichash_BYTES_MAX);
  std::array<std::uint8_t, N> digest;
  const base::Bytes input = labelled(label, network, content);
  crypto_generichash(digest.data(), N, input.data(), input.size(), key.data(), key.size());
  return digest;
}

/// A key of 32 bytes made from another.
inline base::Secret derive_secret(const base::Secret& key, std::string_view label,
                                  std::uint32_t network, base::ByteView content = {}) {
  base::Secret derived(32);
  const base::Bytes input = labelled(label, network, content);
  crypto_generichash(derived.data(), derived.size(), input.data(), input.size(), key.data(),
                     key.size());
  return derived;
}

}  // namespace ohim
