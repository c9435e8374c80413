#pragma once
// A buddy list as records: a sealed manifest at "<name>'s buddy list", which holds a small list
// itself and points to sealed chunks for a large one (docs/buddy_list.md has the bytes).

#include "base/entropy.h"
#include "base/result.h"
#include "keys.h"
#include "openhash/rules.h"

namespace ohim {

/// Lists up to this size stand in the manifest.
inline constexpr std::size_t kInlineList = 700;
/// What one chunk carries.
inline constexpr std::size_t kChunk = 800;

struct ListManifest {
  std::uint64_t version = 0;
  std::uint64_t device = 0;  ///< which of the user's machines wrote it
  std::uint32_t length = 0;
  std::uint16_t chunks = 0;  ///< 0: the list is `bytes`
  std::array<std::uint8_t, 32> hash{};
  base::Bytes bytes;
};

/// Which of eight sets of places the chunks of a version stand at: two a device, in turn, so that
/// the chunks of the list that is valid now are never written over.
std::uint8_t chunk_set(std::uint64_t version, std::uint64_t device);

/// A manifest for `list` (at most kMaxBuddyList bytes).
ListManifest describe_list(base::ByteView list, std::uint64_t version, std::uint64_t device,
                           std::uint32_t network);
/// Whether `list` is what `manifest` describes.
bool matches(const ListManifest& manifest, base::ByteView list, std::uint32_t network);
/// The part of `list` that goes into chunk `index`.
base::ByteView chunk_of(base::ByteView list, std::uint16_t index);

openhash::Record make_manifest(const UserKeys& keys, const ListManifest& manifest,
                               base::WallTime now, base::Entropy& entropy);
/// `malformed`: not sealed by this user, or damaged.
base::Result<ListManifest> open_manifest(const UserKeys& keys, const openhash::Record& record);

openhash::Record make_chunk(const UserKeys& keys, const ChunkPlace& place, base::ByteView part,
                            std::uint64_t version, std::uint64_t work, base::WallTime now,
                            base::Entropy& entropy);
base::Result<base::Bytes> open_chunk(const UserKeys& keys, const ChunkPlace& place,
                                     const openhash::Record& record);

}  // namespace ohim
