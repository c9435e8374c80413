#include "seal.h"

#include <sodium.h>

#include <algorithm>
#include <cassert>

#include "labelled.h"

namespace ohim {
namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kCommitment = 16;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kNonce + kCommitment + kTag + kSealedRoom == openhash::kMaxBody);

/// XChaCha20-Poly1305 alone would open one text under several keys; this pins the key.
std::array<std::uint8_t, kCommitment> commitment(const base::Secret& key, std::uint32_t network,
                                                 base::ByteView nonce) {
  return keyed_hash<kCommitment>(key, "ohim/1/commitment", network, nonce);
}

base::Bytes associated_data(const SealedPlace& place) {
  base::Writer out;
  out.bytes(base::view(place.label)).u32(place.network).text8(place.name);
  out.bytes(place.key.bytes).bytes(place.owner).u64(place.sequence);
  return out.take();
}

}  // namespace

base::Bytes seal(const base::Secret& key, const SealedPlace& place, base::ByteView plain,
                 base::Entropy& entropy) {
  assert(key.size() == 32 && plain.size() <= kSealedRoom);
  base::Secret padded(kSealedRoom);
  std::ranges::copy(plain, padded.data());
  std::array<std::uint8_t, kNonce> nonce;
  entropy.fill(nonce);
  const base::Bytes aad = associated_data(place);

  base::Bytes sealed(kSealedRoom + kTag);
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data(), nullptr, padded.data(), padded.size(),
                                             aad.data(), aad.size(), nullptr, nonce.data(),
                                             key.data());
  base::Writer body;
  body.bytes(nonce).bytes(commitment(key, place.network, nonce)).bytes(sealed);
  return body.take();
}

base::Result<base::Secret> unseal(const base::Secret& key, const SealedPlace& place,
                                  base::ByteView body) {
  assert(key.size() == 32);
  if (body.size() != openhash::kMaxBody) {
    return base::fail(base::Errc::malformed, "a sealed body of the wrong size");
  }
  base::Reader in(body);
  const base::ByteView nonce = in.bytes(kNonce);
  const base::ByteView committed = in.bytes(kCommitment);
  const auto expected = commitment(key, place.network, nonce);
  if (sodium_memcmp(committed.data(), expected.data(), expected.size()) != 0) {
    return base::fail(base::Errc::malformed, "sealed with another key");
  }
  const base::Bytes aad = associated_data(place);
  base::Secret plain(kSealedRoom);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, in.rest().data(),
                                                 in.rest().size(), aad.data(), aad.size(),
                                                 nonce.data(), key.data()) != 0) {
    return base::fail(base::Errc::malformed, "sealed for another place, or damaged");
  }
  return plain;
}

}  // namespace ohim
