#include "location_record.h"

#include <sodium.h>

#include <algorithm>
#include <cassert>
#include <optional>

#include "labelled.h"
#include "ohim/presence_detection.h"
#include "records.h"

namespace ohim {
namespace {

enum class Mode : std::uint8_t { everyone = 0 };

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kPlain = 1 + kMaxLocation;
constexpr std::size_t kSlot = kPlain + kTag;
constexpr std::uint8_t kSlots = 2;
constexpr std::uint8_t kMostSlots = 3;
constexpr std::uint32_t kEpoch = 0;  // mode everyone has no keys to change
static_assert(kSlot == 240);

/// In mode everyone the key is known to all who know the owner: the shape is the same as when it
/// is not.
base::Secret open_key(const openhash::PublicKey& owner, std::uint32_t network) {
  const auto key = labelled_hash<32>("ohim/1/location-everyone", network, owner);
  return base::Secret::copy_of(key);
}

base::Bytes associated_data(const openhash::PublicKey& owner, std::uint32_t network,
                            std::uint32_t epoch, std::uint64_t sequence) {
  const base::Bytes content = base::Writer().bytes(owner).u32(epoch).u64(sequence).take();
  return labelled("ohim/1/location-slot", network, content);
}

base::Bytes seal_slot(base::ByteView content, const openhash::PublicKey& owner,
                      std::uint32_t network, std::uint64_t sequence, base::ByteView nonce) {
  base::Writer plain;
  plain.u8(static_cast<std::uint8_t>(content.size())).bytes(content).pad_to(kPlain);
  const base::Secret key = open_key(owner, network);
  const base::Bytes aad = associated_data(owner, network, kEpoch, sequence);
  base::Bytes slot(kSlot);
  crypto_aead_xchacha20poly1305_ietf_encrypt(slot.data(), nullptr, plain.view().data(), kPlain,
                                             aad.data(), aad.size(), nullptr, nonce.data(),
                                             key.data());
  return slot;
}

/// The bytes in a slot, or none if the slot is not for this key.
std::optional<base::Bytes> open_slot(base::ByteView slot, const base::Secret& key,
                                     base::ByteView aad, base::ByteView nonce) {
  base::Bytes plain(kPlain);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, slot.data(),
                                                 slot.size(), aad.data(), aad.size(), nonce.data(),
                                                 key.data()) != 0) {
    return std::nullopt;
  }
  base::Reader in(plain);
  const base::ByteView content = in.bytes(in.u8());
  if (!in.ok()) return std::nullopt;
  return base::to_bytes(content);
}

base::Bytes make_body(base::ByteView content, const openhash::PublicKey& owner,
                      std::uint32_t network, std::uint64_t sequence, base::Entropy& entropy) {
  std::array<std::uint8_t, kNonce> nonce;
  entropy.fill(nonce);
  base::Bytes decoy(kSlot);
  entropy.fill(decoy);
  const base::Bytes real = seal_slot(content, owner, network, sequence, nonce);
  const bool real_first = (entropy.u64() & 1) != 0;
  base::Writer body;
  body.u32(kEpoch).u8(static_cast<std::uint8_t>(Mode::everyone)).u16(0).u8(kSlots).bytes(nonce);
  body.bytes(real_first ? real : decoy).bytes(real_first ? decoy : real);
  return body.take();
}

}  // namespace

openhash::Record make_location(const UserKeys& keys, base::ByteView content, std::uint64_t sequence,
                               unsigned slot, std::chrono::seconds valid_for, base::WallTime now,
                               base::Entropy& entropy) {
  assert(content.size() <= kMaxLocation);
  openhash::Record record = make_named(keys, openhash::Kind::location, sequence, now);
  record.valid_for = std::min(valid_for, record.valid_for);
  if (content.empty()) {
    record.flags = openhash::kBlank;
  } else {
    record.body =
        make_body(content, keys.identity().public_key(), keys.network(), sequence, entropy);
  }
  record.set_device_slot(slot);
  sign_named(record, keys);
  return record;
}

base::Result<base::Bytes> open_location(const openhash::Record& record, std::uint32_t network) {
  if (record.blank()) return base::fail(base::Errc::not_found, "signed off");
  base::Reader in(record.body);
  const std::uint32_t epoch = in.u32();
  const std::uint8_t mode = in.u8();
  in.u16();  // chunks of the ring, which mode everyone has not
  const std::uint8_t slots = in.u8();
  const base::ByteView nonce = in.bytes(kNonce);
  if (!in.ok() || mode != static_cast<std::uint8_t>(Mode::everyone) || slots == 0 ||
      slots > kMostSlots || in.rest().size() != slots * kSlot) {
    return base::fail(base::Errc::malformed, "a location in a form that we do not know");
  }
  const base::Secret key = open_key(record.owner, network);
  const base::Bytes aad = associated_data(record.owner, network, epoch, record.sequence);
  for (std::uint8_t i = 0; i < slots; ++i) {
    if (auto content = open_slot(in.bytes(kSlot), key, aad, nonce)) return std::move(*content);
  }
  return base::fail(base::Errc::malformed, "a location of which no slot is for us");
}

}  // namespace ohim
