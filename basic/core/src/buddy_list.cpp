#include "basic/buddy_list.h"

#include <algorithm>
#include <tuple>

#include "basic/display.h"

namespace basic {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kDeleted = 1;
constexpr std::uint8_t kBlocked = 2;
constexpr std::uint8_t kUnknownFlags = static_cast<std::uint8_t>(~(kDeleted | kBlocked));
constexpr std::size_t kMaxAlias = 64;
constexpr std::size_t kMaxGroups = 4;
constexpr std::size_t kMaxGroup = 32;

void write(base::Writer& out, const ohim::Name& name, const BuddyEntry& entry) {
  const int flags = (entry.flags & kUnknownFlags) | (entry.deleted ? kDeleted : 0) |
                    (entry.blocked ? kBlocked : 0);
  out.bytes(entry.key).u8(static_cast<std::uint8_t>(flags));
  out.u64(entry.time).u64(entry.device);
  out.text8(name.str()).text8(entry.alias).u8(static_cast<std::uint8_t>(entry.groups.size()));
  for (const std::string& group : entry.groups) out.text8(group);
}

bool is_buddy(const BuddyEntry& entry) { return !entry.deleted && !entry.blocked; }

bool is_label(const std::string& text, std::size_t limit) {
  return text.size() <= limit && is_utf8(text);
}

/// Name and entry; empty if it is not one.
std::optional<std::pair<ohim::Name, BuddyEntry>> read_entry(base::Reader& in) {
  BuddyEntry entry;
  entry.key = in.array<32>();
  const std::uint8_t flags = in.u8();
  entry.deleted = (flags & kDeleted) != 0;
  entry.blocked = (flags & kBlocked) != 0;
  entry.flags = flags & kUnknownFlags;
  entry.time = in.u64();
  entry.device = in.u64();
  const std::string text = in.text8();
  entry.alias = in.text8();
  const std::size_t groups = in.u8();
  if (groups > kMaxGroups) return std::nullopt;
  for (std::size_t i = 0; i < groups; ++i) entry.groups.push_back(in.text8());
  const auto group_fits = [](const std::string& group) { return is_label(group, kMaxGroup); };
  if (!in.ok() || !is_label(entry.alias, kMaxAlias)) return std::nullopt;
  if (!std::ranges::all_of(entry.groups, group_fits)) return std::nullopt;
  const auto name = ohim::Name::parse(text);
  if (!name || name->str() != text) return std::nullopt;
  return std::pair(*name, std::move(entry));
}

using Entries = std::map<ohim::Name, BuddyEntry>;

base::Result<Entries> read_entries(base::ByteView bytes) {
  Entries read;
  if (bytes.empty()) return read;
  const auto malformed = base::fail(base::Errc::malformed, "this is no buddy list of version 1");
  base::Reader in(bytes);
  if (in.u8() != kVersion) return malformed;
  const std::size_t count = in.u16();
  if (count > BuddyList::kMaxEntries) return malformed;
  for (std::size_t i = 0; i < count; ++i) {
    auto entry = read_entry(in);
    if (!entry || !read.insert(std::move(*entry)).second) return malformed;
  }
  if (!in.finished()) return malformed;
  return read;
}

/// A total order, so that all machines keep the same one. Of two that one machine made at the same
/// time, as after a failure, any will do.
auto age(const BuddyEntry& entry) {
  return std::tuple(entry.time, !entry.deleted, entry.device, entry.blocked, entry.flags,
                    std::tie(entry.key, entry.alias, entry.groups));
}

bool is_newer(const BuddyEntry& one, const BuddyEntry& other) { return age(one) > age(other); }

base::Error no_buddy(const ohim::Name& name) {
  return base::fail(base::Errc::not_found, name.str() + " is not on the buddy list; add her first");
}

base::Error full() {
  return base::fail(base::Errc::too_large, "a buddy list has at most 1000 entries; remove one");
}

}  // namespace

std::vector<ohim::Name> BuddyList::buddies() const {
  std::vector<ohim::Name> names;
  for (const auto& [name, entry] : entries_) {
    if (is_buddy(entry)) names.push_back(name);
  }
  return names;
}

base::Bytes BuddyList::to_bytes() const {
  if (entries_.empty()) return {};
  base::Writer out;
  out.u8(kVersion).u16(static_cast<std::uint16_t>(entries_.size()));
  for (const auto& [name, entry] : entries_) write(out, name, entry);
  return out.take();
}

base::Result<void> BuddyList::from_bytes(base::ByteView bytes) {
  auto read = read_entries(bytes);
  if (!read) return read.error();
  entries_ = std::move(*read);
  return {};
}

base::Result<void> BuddyList::merge(base::ByteView theirs) {
  auto read = read_entries(theirs);
  if (!read) return read.error();
  for (auto& [name, entry] : *read) {
    const auto [mine, is_new] = entries_.try_emplace(name, entry);
    if (!is_new && !is_newer(entry, mine->second)) continue;
    mine->second = std::move(entry);
    merged_.insert(name);
  }
  drop_what_is_too_many();
  return {};
}

std::vector<ohim::Name> BuddyList::take_merged() {
  const std::set<ohim::Name> names = std::exchange(merged_, {});
  return {names.begin(), names.end()};
}

const BuddyEntry* BuddyList::find(const ohim::Name& name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() || !is_buddy(found->second) ? nullptr : &found->second;
}

base::Result<void> BuddyList::add(const ohim::Name& name, const openhash::PublicKey& key,
                                  std::uint64_t device) {
  const std::uint64_t time = next_time();
  BuddyEntry* entry = entry_for(name);
  if (entry == nullptr) return full();
  entry->key = key;
  entry->deleted = false;
  entry->time = time;
  entry->device = device;
  return {};
}

bool BuddyList::remove(const ohim::Name& name, std::uint64_t device) {
  const auto found = entries_.find(name);
  if (found == entries_.end() || !is_buddy(found->second)) return false;
  const std::uint64_t time = next_time();
  found->second.deleted = true;
  found->second.time = time;
  found->second.device = device;
  return true;
}

BuddyEntry* BuddyList::buddy(const ohim::Name& name) {
  const auto found = entries_.find(name);
  return found == entries_.end() || !is_buddy(found->second) ? nullptr : &found->second;
}

base::Result<void> BuddyList::set_alias(const ohim::Name& name, std::string alias,
                                        std::uint64_t device) {
  BuddyEntry* const entry = buddy(name);
  if (entry == nullptr) return no_buddy(name);
  if (alias.size() > kMaxAlias) {
    return base::fail(base::Errc::too_large, "an alias has at most 64 bytes; shorten it");
  }
  if (!is_utf8(alias)) return base::fail(base::Errc::malformed, "an alias must be UTF-8");
  entry->time = next_time();
  entry->device = device;
  entry->alias = std::move(alias);
  return {};
}

base::Result<void> BuddyList::set_groups(const ohim::Name& name, std::vector<std::string> groups,
                                         std::uint64_t device) {
  BuddyEntry* const entry = buddy(name);
  if (entry == nullptr) return no_buddy(name);
  if (groups.size() > kMaxGroups) {
    return base::fail(base::Errc::too_large, "a buddy is in at most 4 groups; leave one out");
  }
  for (const std::string& group : groups) {
    if (group.size() > kMaxGroup) {
      return base::fail(base::Errc::too_large, "a group's name has at most 32 bytes; shorten it");
    }
    if (group.empty() || !is_utf8(group)) {
      return base::fail(base::Errc::malformed, "a group's name must be UTF-8 and not empty");
    }
  }
  entry->time = next_time();
  entry->device = device;
  entry->groups = std::move(groups);
  return {};
}

bool BuddyList::blocked(const ohim::Name& name) const {
  const auto found = entries_.find(name);
  return found != entries_.end() && found->second.blocked;
}

std::vector<ohim::Name> BuddyList::all_blocked() const {
  std::vector<ohim::Name> names;
  for (const auto& [name, entry] : entries_) {
    if (entry.blocked) names.push_back(name);
  }
  return names;
}

base::Result<void> BuddyList::block(const ohim::Name& name, const openhash::PublicKey& key,
                                    std::uint64_t device) {
  const std::uint64_t time = next_time();
  const bool stranger = !entries_.contains(name);
  BuddyEntry* entry = entry_for(name);
  if (entry == nullptr) return full();
  if (stranger) entry->deleted = true;
  entry->key = key;
  entry->blocked = true;
  entry->time = time;
  entry->device = device;
  return {};
}

bool BuddyList::unblock(const ohim::Name& name, std::uint64_t device) {
  if (!blocked(name)) return false;
  const std::uint64_t time = next_time();
  BuddyEntry& entry = entries_[name];
  entry.blocked = false;
  entry.time = time;
  entry.device = device;
  return true;
}

std::optional<BuddyEntry> BuddyList::snapshot(const ohim::Name& name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

void BuddyList::restore(const ohim::Name& name, std::optional<BuddyEntry> entry) {
  if (entry) {
    entries_[name] = std::move(*entry);
    drop_what_is_too_many();
  } else {
    entries_.erase(name);
  }
}

void BuddyList::insist(const ohim::Name& name, BuddyEntry entry, std::uint64_t device) {
  entry.time = next_time();
  entry.device = device;
  entries_[name] = std::move(entry);
  drop_what_is_too_many();
}

std::uint64_t BuddyList::next_time() const {
  std::uint64_t newest = 0;
  for (const auto& [name, entry] : entries_) newest = std::max(newest, entry.time);
  return newest + 1;
}

BuddyEntry* BuddyList::entry_for(const ohim::Name& name) {
  const bool is_new = !entries_.contains(name);
  if (is_new && entries_.size() >= kMaxEntries) drop_oldest_deleted();
  if (is_new && entries_.size() >= kMaxEntries) return nullptr;
  return &entries_[name];
}

/// The same ones on every machine.
void BuddyList::drop_what_is_too_many() {
  while (entries_.size() > kMaxEntries) {
    if (drop_oldest_deleted()) continue;
    const auto newest = std::ranges::max_element(
        entries_, [](const auto& a, const auto& b) { return is_newer(b.second, a.second); });
    merged_.insert(newest->first);
    entries_.erase(newest);
  }
}

bool BuddyList::drop_oldest_deleted() {
  auto oldest = entries_.end();
  for (auto it = entries_.begin(); it != entries_.end(); ++it) {
    const bool older = oldest == entries_.end() || it->second.time < oldest->second.time;
    if (it->second.deleted && !it->second.blocked && older) oldest = it;
  }
  if (oldest == entries_.end()) return false;
  entries_.erase(oldest);
  return true;
}

}  // namespace basic
