#pragma once
// Basic's buddy list (the paper's BasicBuddyList): keys, names, and what the user calls them.
// Compact bytes, laid out in docs/link.md; the engine seals them.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ohim/presence_detection.h"

namespace basic {

struct BuddyEntry {
  openhash::PublicKey key{};
  std::string alias;                ///< at most 64 bytes
  std::vector<std::string> groups;  ///< at most 4 of 32 bytes
  std::uint8_t flags = 0;           ///< those not known here; kept as they are, for later versions
  bool deleted = false;             ///< no buddy; kept, so that an older list cannot bring it back
  bool blocked = false;             ///< buddy or not: is refused, and not watched
  std::uint64_t time = 0;           ///< logical: the higher one is the newer
  std::uint64_t device = 0;         ///< who wrote it

  bool operator==(const BuddyEntry&) const = default;
};

class BuddyList final : public ohim::BuddyList {
 public:
  static constexpr std::size_t kMaxEntries = 1000;
  static constexpr std::size_t kMaxEntryBytes = 300;

  /// Those who are watched: not the blocked ones.
  [[nodiscard]] std::vector<ohim::Name> buddies() const override;
  [[nodiscard]] base::Bytes to_bytes() const override;
  base::Result<void> from_bytes(base::ByteView bytes) override;
  /// Of each entry the newer one: by time, then those who are kept before deleted ones, then by
  /// device. Of more than 1 000 the newest do not get in.
  base::Result<void> merge(base::ByteView theirs) override;
  /// Whose entries merges have changed since the last call.
  [[nodiscard]] std::vector<ohim::Name> take_merged();

  [[nodiscard]] bool has(const ohim::Name& name) const { return find(name) != nullptr; }
  /// Null unless `name` is a buddy. Who is blocked is none for as long as that lasts.
  [[nodiscard]] const BuddyEntry* find(const ohim::Name& name) const;
  /// `too_large` when 1 000 are on the list. Adding again renews the key; who is blocked stays so.
  base::Result<void> add(const ohim::Name& name, const openhash::PublicKey& key,
                         std::uint64_t device);
  /// False if `name` is not on the list.
  bool remove(const ohim::Name& name, std::uint64_t device);

  /// What the user calls a buddy (at most 64 bytes), and the groups she is in (at most 4 of 32,
  /// each with a name). `not_found` if `name` is no buddy; `too_large`; `malformed` (not UTF-8, no
  /// name).
  base::Result<void> set_alias(const ohim::Name& name, std::string alias, std::uint64_t device);
  base::Result<void> set_groups(const ohim::Name& name, std::vector<std::string> groups,
                                std::uint64_t device);

  [[nodiscard]] bool blocked(const ohim::Name& name) const;
  [[nodiscard]] std::vector<ohim::Name> all_blocked() const;
  /// `name`, a buddy or a stranger, who owns `key`. `too_large` as add().
  base::Result<void> block(const ohim::Name& name, const openhash::PublicKey& key,
                           std::uint64_t device);
  /// Whoever was a buddy is one again. False if `name` is not blocked.
  bool unblock(const ohim::Name& name, std::uint64_t device);

  /// What stands there for `name`, deleted or not; and back to that. For a change that failed.
  [[nodiscard]] std::optional<BuddyEntry> snapshot(const ohim::Name& name) const;
  void restore(const ohim::Name& name, std::optional<BuddyEntry> entry);
  /// Puts `entry` there as a change made now: for one that lost to a change made elsewhere at the
  /// same time, of which the user did not know.
  void insist(const ohim::Name& name, BuddyEntry entry, std::uint64_t device);

  bool operator==(const BuddyList& other) const { return entries_ == other.entries_; }

 private:
  [[nodiscard]] std::uint64_t next_time() const;
  /// Null if she is none.
  BuddyEntry* buddy(const ohim::Name& name);
  /// Null if there is no room.
  BuddyEntry* entry_for(const ohim::Name& name);
  /// False if none is deleted.
  bool drop_oldest_deleted();
  void drop_what_is_too_many();
  std::map<ohim::Name, BuddyEntry> entries_;
  std::set<ohim::Name> merged_;
};

}  // namespace basic
