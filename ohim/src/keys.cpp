#include "keys.h"

#include <sodium.h>

#include <algorithm>

#include "labelled.h"

namespace ohim {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kKey = 32;
constexpr std::size_t kEncoded = 1 + 3 * kKey + 4 + 8;

base::Secret random_key(base::Entropy& entropy) {
  base::Secret key(kKey);
  entropy.fill(key.bytes());
  return key;
}

}  // namespace

VaultContent make_vault_content(base::Entropy& entropy) {
  VaultContent content;
  content.identity_seed = random_key(entropy);
  content.agreement_key = random_key(entropy);
  content.data_key = random_key(entropy);
  return content;
}

base::Secret encode(const VaultContent& content) {
  // Numbers go through a Writer, keys never: its buffer would not be wiped.
  const base::Bytes numbers = base::Writer().u32(content.generation).u64(content.work).take();
  base::Secret plain(kEncoded);
  std::uint8_t* out = plain.data();
  *out++ = kVersion;
  for (const base::Secret* key :
       {&content.identity_seed, &content.agreement_key, &content.data_key}) {
    out = std::copy_n(key->data(), kKey, out);
  }
  std::ranges::copy(numbers, out);
  return plain;
}

base::Result<VaultContent> decode_vault_content(const base::Secret& plain) {
  base::Reader in(plain.view());
  if (in.u8() != kVersion) {
    return base::fail(base::Errc::malformed,
                      "the keys are kept in a form that a newer version of this program reads");
  }
  VaultContent content;
  content.identity_seed = base::Secret::copy_of(in.bytes(kKey));
  content.agreement_key = base::Secret::copy_of(in.bytes(kKey));
  content.data_key = base::Secret::copy_of(in.bytes(kKey));
  content.generation = in.u32();
  content.work = in.u64();
  if (!in.ok()) return base::fail(base::Errc::malformed, "the stored keys are cut short");
  return content;
}

UserKeys::UserKeys(Name name, std::uint32_t network, VaultContent content)
    : name_(std::move(name)),
      network_(network),
      content_(std::move(content)),
      identity_(content_.identity_seed),
      list_key_(derive_secret(content_.data_key, "ohim/1/list", network)) {}

std::array<std::uint8_t, 32> UserKeys::agreement_public() const {
  std::array<std::uint8_t, 32> key;
  crypto_scalarmult_base(key.data(), content_.agreement_key.data());
  return key;
}

ChunkPlace UserKeys::list_chunk(std::uint8_t set, std::uint16_t index) const {
  const base::Bytes which = base::Writer().u8(set).u16(index).take();
  openhash::ReplicaKeys keys;
  for (std::uint8_t replica = 0; replica < keys.size(); ++replica) {
    base::Bytes place = which;
    if (replica > 0) place.push_back(replica);
    keys[replica].bytes = keyed_hash<20>(content_.data_key, "ohim/1/list-chunk", network_, place);
  }
  return {keys, openhash::SigningKey(
                    derive_secret(content_.data_key, "ohim/1/list-chunk-owner", network_, which))};
}

base::Secret UserKeys::derive(std::string_view purpose) const {
  return derive_secret(content_.data_key, "ohim/1/purpose", network_, base::view(purpose));
}

}  // namespace ohim
