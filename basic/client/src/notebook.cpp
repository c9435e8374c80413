#include "notebook.h"

#include <algorithm>
#include <utility>

namespace basic {
namespace {

constexpr std::chrono::minutes kLookEvery{1};
/// What a crash of this client may forget of those who were on line all the time.
constexpr unsigned kLooksUntilWritten = 10;

}  // namespace

Notebook::Notebook(base::World& world, Profile& profile) : world_(world), profile_(profile) {}

void Notebook::open() {
  looked_ = world_.clock.wall();
  looks_ = 0;
  next_look_ = world_.clock.call_after(kLookEvery, [this] { look(); });
}

base::Task<void> Notebook::close() {
  next_look_.cancel();
  const std::set<ohim::Name> present = present_;
  for (const ohim::Name& buddy : present) gone(buddy);
  if (!unwritten_.empty()) co_await write_or_warn();
}

void Notebook::reset() {
  present_.clear();
  unwritten_.clear();
}

void Notebook::look() {
  looked_ = world_.clock.wall();
  next_look_ = world_.clock.call_after(kLookEvery, [this] { look(); });
  if (++looks_ % kLooksUntilWritten == 0) {
    for (const ohim::Name& buddy : present_) {
      unwritten_.try_emplace(buddy, of(buddy)).first->second.last_seen = looked_;
    }
  }
  if (!unwritten_.empty()) tasks_.start(write_or_warn());
}

void Notebook::seen(const ohim::Name& buddy) { present_.insert(buddy); }

void Notebook::gone(const ohim::Name& buddy) {
  if (present_.erase(buddy) == 0) return;
  unwritten_.try_emplace(buddy, of(buddy)).first->second.last_seen = known_until();
}

/// Now; but if this machine slept in between, nothing is known of that time.
base::WallTime Notebook::known_until() const {
  const base::WallTime now = world_.clock.wall();
  return looked_ == base::WallTime{} ? now : std::min(now, looked_ + 2 * kLookEvery);
}

base::WallTime Notebook::last_seen(const ohim::Name& buddy) const {
  return present_.contains(buddy) ? world_.clock.wall() : of(buddy).last_seen;
}

void Notebook::lists_us(const ohim::Name& buddy, bool on_her_list) {
  BuddyNotes notes = of(buddy);
  if (notes.lists_us == on_her_list) return;
  notes.lists_us = on_her_list;
  unwritten_.insert_or_assign(buddy, notes);
}

std::vector<ohim::Name> Notebook::who_lists_us() const {
  std::vector<ohim::Name> names;
  for (const auto& [name, notes] : profile_.notes()) {
    if (notes.lists_us) names.push_back(name);
  }
  return names;
}

base::Task<base::Result<void>> Notebook::wish(ohim::Name buddy, bool on) {
  unwritten_.try_emplace(buddy, of(buddy)).first->second.tell_when_online = on;
  return write();
}

bool Notebook::wished(const ohim::Name& buddy) const { return of(buddy).tell_when_online; }

bool Notebook::grant(const ohim::Name& buddy) {
  if (!wished(buddy)) return false;
  unwritten_.try_emplace(buddy, of(buddy)).first->second.tell_when_online = false;
  tasks_.start(write_or_warn());
  return true;
}

BuddyNotes Notebook::of(const ohim::Name& buddy) const {
  if (const auto found = unwritten_.find(buddy); found != unwritten_.end()) return found->second;
  const NotesByBuddy& written = profile_.notes();
  const auto found = written.find(buddy);
  return found == written.end() ? BuddyNotes() : found->second;
}

base::Task<base::Result<void>> Notebook::write() {
  return profile_.set_notes(std::exchange(unwritten_, {}));
}

base::Task<void> Notebook::write_or_warn() {
  const base::Result<void> written = co_await write();
  if (!written) world_.log.warn("when buddies were seen is not kept: " + written.error().message());
}

}  // namespace basic
