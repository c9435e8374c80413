#include "list_record.h"

#include <algorithm>
#include <cassert>

#include "labelled.h"
#include "ohim/presence_detection.h"
#include "records.h"
#include "seal.h"

namespace ohim {
namespace {

constexpr std::size_t kManifestHead = 8 + 8 + 4 + 2 + 32;
static_assert(kManifestHead + kInlineList <= kSealedRoom);
static_assert(2 + kChunk <= kSealedRoom);

std::array<std::uint8_t, 32> hash_of(base::ByteView list, std::uint32_t network) {
  return labelled_hash<32>("ohim/1/list-hash", network, list);
}

SealedPlace manifest_place(const UserKeys& keys, std::uint64_t sequence) {
  return {"ohim/1/list-manifest",
          keys.network(),
          keys.name().str(),
          named_key(openhash::Kind::list, keys.name()),
          keys.identity().public_key(),
          sequence};
}

SealedPlace chunk_place(const UserKeys& keys, const openhash::Key& key,
                        const openhash::PublicKey& owner, std::uint64_t sequence) {
  return {"ohim/1/list-chunk", keys.network(), keys.name().str(), key, owner, sequence};
}

}  // namespace

std::uint8_t chunk_set(std::uint64_t version, std::uint64_t device) {
  return static_cast<std::uint8_t>(2 * (device % 4) + version % 2);
}

ListManifest describe_list(base::ByteView list, std::uint64_t version, std::uint64_t device,
                           std::uint32_t network) {
  assert(list.size() <= kMaxBuddyList);
  ListManifest manifest;
  manifest.version = version;
  manifest.device = device;
  manifest.length = static_cast<std::uint32_t>(list.size());
  manifest.hash = hash_of(list, network);
  if (list.size() <= kInlineList) {
    manifest.bytes = base::to_bytes(list);
  } else {
    manifest.chunks = static_cast<std::uint16_t>((list.size() + kChunk - 1) / kChunk);
  }
  return manifest;
}

bool matches(const ListManifest& manifest, base::ByteView list, std::uint32_t network) {
  return manifest.length == list.size() && manifest.hash == hash_of(list, network);
}

base::ByteView chunk_of(base::ByteView list, std::uint16_t index) {
  const std::size_t begin = std::min(list.size(), index * kChunk);
  return list.subspan(begin, std::min(kChunk, list.size() - begin));
}

openhash::Record make_manifest(const UserKeys& keys, const ListManifest& manifest,
                               base::WallTime now, base::Entropy& entropy) {
  base::Writer plain;
  plain.u64(manifest.version).u64(manifest.device).u32(manifest.length).u16(manifest.chunks);
  plain.bytes(manifest.hash).bytes(manifest.bytes);
  openhash::Record record = make_named(keys, openhash::Kind::list, manifest.version, now);
  if (manifest.length == 0) record.flags = openhash::kBlank;
  record.body = seal(keys.list_key(), manifest_place(keys, record.sequence), plain.view(), entropy);
  sign_named(record, keys);
  return record;
}

base::Result<ListManifest> open_manifest(const UserKeys& keys, const openhash::Record& record) {
  const auto plain = unseal(keys.list_key(), manifest_place(keys, record.sequence), record.body);
  if (!plain) return plain.error();
  base::Reader in(plain->view());
  ListManifest manifest;
  manifest.version = in.u64();
  manifest.device = in.u64();
  manifest.length = in.u32();
  manifest.chunks = in.u16();
  manifest.hash = in.array<32>();
  if (manifest.chunks == 0) manifest.bytes = base::to_bytes(in.bytes(manifest.length));
  const bool fits =
      manifest.length <= kMaxBuddyList && manifest.chunks <= (kMaxBuddyList + kChunk - 1) / kChunk;
  if (!in.ok() || !fits || manifest.version != record.sequence) {
    return base::fail(base::Errc::malformed, "a buddy list in a form that we do not know");
  }
  return manifest;
}

openhash::Record make_chunk(const UserKeys& keys, const ChunkPlace& place, base::ByteView part,
                            std::uint64_t version, std::uint64_t work, base::WallTime now,
                            base::Entropy& entropy) {
  base::Writer plain;
  plain.u16(static_cast<std::uint16_t>(part.size())).bytes(part);
  openhash::Record record;
  record.kind = openhash::Kind::opaque;
  record.sequence = version;
  record.issued = now;
  record.valid_for = openhash::validity_cap(record.kind);
  record.work = work;
  const SealedPlace sealed_place =
      chunk_place(keys, place.keys[0], place.owner.public_key(), version);
  record.body = seal(keys.list_key(), sealed_place, plain.view(), entropy);
  openhash::sign(record, keys.network(), place.keys[0], place.owner);
  return record;
}

base::Result<base::Bytes> open_chunk(const UserKeys& keys, const ChunkPlace& place,
                                     const openhash::Record& record) {
  const SealedPlace sealed_place = chunk_place(keys, place.keys[0], record.owner, record.sequence);
  const auto plain = unseal(keys.list_key(), sealed_place, record.body);
  if (!plain) return plain.error();
  base::Reader in(plain->view());
  const base::ByteView part = in.bytes(in.u16());
  if (!in.ok() || part.size() > kChunk) {
    return base::fail(base::Errc::malformed, "a damaged part of a buddy list");
  }
  return base::to_bytes(part);
}

}  // namespace ohim
