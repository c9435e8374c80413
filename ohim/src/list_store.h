#pragma once
// Keeps one user's buddy list in the store so that it is always whole: chunks first, into places
// that the valid list does not use, then the manifest that makes them the valid one.

#include <map>
#include <optional>

#include "base/world.h"
#include "list_record.h"
#include "openhash/store.h"

namespace ohim {

/// One call of look(), load() and save() at a time.
class ListStore {
 public:
  /// All are borrowed and outlive this.
  ListStore(base::World& world, openhash::Store& store, const UserKeys& keys, std::uint64_t device);

  /// The list as stored, given what was found at its key. `not_found`: none of this user's is
  /// there. `store_unavailable`: parts of it cannot be had at the moment.
  base::Task<base::Result<base::Bytes>> load(std::vector<openhash::Record> found);

  /// What another machine of this user has stored since we loaded or saved last; none if that is
  /// still the valid list. `store_unavailable`.
  base::Task<base::Result<std::optional<base::Bytes>>> look();
  /// Whether `record` was stored by another machine since.
  [[nodiscard]] bool is_news(const openhash::Record& record) const;
  /// Whether the valid list, as far as we know, is this one.
  [[nodiscard]] bool is_stored(base::ByteView list) const;

  /// Replaces the stored list. Done when read back; until then the old one stays whole. `conflict`:
  /// another machine stored one meanwhile, look() at it. `too_large`, `store_unavailable`.
  base::Task<base::Result<void>> save(base::Bytes list);

  /// Stores a blank list unless the user has one: version 1, which supersedes nothing.
  base::Task<base::Result<void>> save_first();

 private:
  struct ChunkName {
    std::uint8_t set;
    std::uint16_t index;
  };
  base::Task<base::Result<base::Bytes>> load_chunks(ListManifest manifest);
  base::Task<base::Result<void>> save_as(const base::Bytes& list, std::uint64_t version);
  base::Task<base::Result<void>> save_chunk(ChunkName name, base::ByteView part,
                                            std::uint64_t version);
  base::Task<base::Result<void>> learn_from_conflict(std::uint64_t version, std::uint16_t chunks);
  using Found = base::Result<std::vector<openhash::Record>>;
  base::Task<std::vector<Found>> read_chunks(std::uint8_t set, std::uint16_t count);
  [[nodiscard]] std::uint64_t next_version() const;

  base::World& world_;
  openhash::Store& store_;
  const UserKeys& keys_;
  std::uint64_t device_;
  void is_live(const ListManifest& manifest);
  std::uint64_t live_ = 0;  // version of the valid list, as far as we know
  std::array<std::uint8_t, 32> live_hash_{};
  std::uint64_t floor_ = 0;  // highest version seen on any record of the list
  std::map<openhash::PublicKey, std::uint64_t> work_;  // of chunk owners; dear to find
};

}  // namespace ohim
