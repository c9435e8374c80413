#include "openhash/record.h"

#include <sodium.h>

#include <cassert>

#include "labelled_hash.h"

namespace openhash {
namespace {

constexpr std::uint16_t kMagic = 0x4f48;  // "OH"
constexpr std::uint8_t kFormat = 1;
constexpr std::uint8_t kKnownFlags = kBlank | kWithdrawn | kRevoked;
constexpr std::uint8_t kDeviceSlotFlags = (kDeviceSlots - 1) << 4U;
/// The year 36 812: far enough, and sums of times stay far from overflowing.
constexpr std::uint64_t kLastSecond = std::uint64_t{1} << 40;

std::uint8_t flags_of(Kind kind) {
  return kind == Kind::location ? kKnownFlags | kDeviceSlotFlags : kKnownFlags;
}

base::Error bad(std::string why) {
  return base::fail(base::Errc::malformed, "not a record: " + std::move(why));
}

bool known(std::uint8_t kind) {
  return kind >= static_cast<std::uint8_t>(Kind::identity) &&
         kind <= static_cast<std::uint8_t>(Kind::notice);
}

/// All of the envelope but the signature.
base::Bytes unsigned_bytes(const Record& record) {
  assert(record.name.size() <= kMaxName && record.body.size() <= kMaxBody);
  base::Writer out;
  out.u16(kMagic).u8(kFormat).u8(static_cast<std::uint8_t>(record.kind)).u8(record.flags);
  out.text8(record.name).bytes(record.owner).u64(record.sequence);
  out.u64(static_cast<std::uint64_t>(record.issued.time_since_epoch().count()));
  out.u32(static_cast<std::uint32_t>(record.valid_for.count())).u64(record.work);
  out.u16(static_cast<std::uint16_t>(record.body.size())).bytes(record.body);
  return out.take();
}

/// What is signed: the record as it stands, and where it stands.
base::Bytes signed_message(const Record& record, std::uint32_t network, const Key& key) {
  base::Writer out;
  out.bytes(base::view("ohim/1/record")).u32(network).bytes(key.bytes);
  out.bytes(unsigned_bytes(record));
  return out.take();
}

}  // namespace

SigningKey::SigningKey(const base::Secret& seed) : secret_(crypto_sign_SECRETKEYBYTES) {
  assert(seed.size() == crypto_sign_SEEDBYTES);
  crypto_sign_seed_keypair(public_key_.data(), secret_.data(), seed.data());
}

Signature SigningKey::sign(base::ByteView message) const {
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret_.data());
  return signature;
}

bool verify(const PublicKey& key, base::ByteView message, const Signature& signature) {
  return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                     key.data()) == 0;
}

void sign(Record& record, std::uint32_t network, const Key& key, const SigningKey& signer) {
  record.owner = signer.public_key();
  record.signature = signer.sign(signed_message(record, network, key));
}

bool verify(const Record& record, std::uint32_t network, const Key& key) {
  return verify(record.owner, signed_message(record, network, key), record.signature);
}

base::Bytes encode(const Record& record) {
  base::Bytes out = unsigned_bytes(record);
  out.insert(out.end(), record.signature.begin(), record.signature.end());
  return out;
}

base::Result<Record> decode(base::ByteView bytes) {
  if (bytes.size() > kMaxRecord) return base::fail(base::Errc::too_large, "over 1024 bytes");
  base::Reader in(bytes);
  if (in.u16() != kMagic) return bad("it does not begin with OH");
  if (in.u8() != kFormat) return bad("a newer format; a newer version of this program reads it");
  const std::uint8_t kind = in.u8();
  if (!known(kind)) return bad("unknown kind");
  Record record;
  record.kind = static_cast<Kind>(kind);
  record.flags = in.u8();
  record.name = in.text8();
  record.owner = in.array<32>();
  record.sequence = in.u64();
  const std::uint64_t issued = in.u64();
  record.valid_for = std::chrono::seconds(in.u32());
  record.work = in.u64();
  record.body = base::to_bytes(in.bytes(in.u16()));
  record.signature = in.array<64>();
  if (!in.finished()) return bad("bytes are missing or left over");
  if ((record.flags & ~flags_of(record.kind)) != 0) return bad("unknown flags");
  if (record.name.size() > kMaxName) return bad("the name is longer than 32 bytes");
  if (record.body.size() > kMaxBody) return bad("the body is longer than 860 bytes");
  if (issued > kLastSecond) return bad("an impossible time of issue");
  record.issued = base::WallTime(std::chrono::seconds(issued));
  return record;
}

std::uint64_t slot_of(const Record& record, std::uint32_t network) {
  LabelledHash hash("ohim/1/slot", network);
  hash.add(record.owner)
      .add_u8(static_cast<std::uint8_t>(record.kind))
      .add_u8(static_cast<std::uint8_t>(record.device_slot()));
  if (record.kind == Kind::notice) hash.add_u64(record.sequence);
  const std::uint64_t slot = hash.finish_u64();
  return slot == 0 ? 1 : slot;  // To the engine, 0 means "choose one".
}

}  // namespace openhash
