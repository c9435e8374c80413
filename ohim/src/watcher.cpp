#include "watcher.h"

#include <algorithm>

#include "ohim/errc.h"
#include "records.h"
#include "store_error.h"

namespace ohim {
namespace {

using namespace std::chrono_literals;
using openhash::Kind;

constexpr std::size_t kReadsAtOnce = 32;
/// A dial to somebody behind a firewall takes 5 s: with 300 such buddies all is known in 25 s.
constexpr std::size_t kDialsAtOnce = 64;
/// How often to ask the store whether it still reaches anybody.
constexpr base::Duration kLineCheck = 5s;
/// So many failed reads with no good one between them are our own line's fault.
constexpr std::size_t kUnreadMeansCut = 3;

/// refused and timed_out leave the buddy where her location says she is (see handshake()).
Tracker::DialFailure failure_of(const base::Error& error) {
  const bool may_be_there =
      error.code == base::Errc::timed_out || error.code == base::Errc::refused;
  return may_be_there ? Tracker::DialFailure::silent : Tracker::DialFailure::refused;
}

}  // namespace

Watcher::Watcher(base::World& world, openhash::Store& store, WatcherHost& host,
                 TrackerOptions options)
    : world_(world), store_(store), host_(host), tracker_(options) {}

void Watcher::set_buddies(const std::vector<Name>& buddies) {
  const base::Instant now = world_.clock.now();
  const std::set<Name> wanted(buddies.begin(), buddies.end());
  std::erase_if(subjects_, [&](const auto& entry) {
    if (wanted.contains(entry.first)) return false;
    tracker_.remove(entry.first);
    return true;
  });
  for (const Name& buddy : wanted) {
    if (!subjects_.try_emplace(buddy).second) continue;
    tracker_.add(buddy, now);
    if (links_.contains(buddy)) tracker_.link_up(buddy, now);
  }
  drive_soon();
}

void Watcher::link_up(const Name& buddy) {
  links_.insert(buddy);
  tracker_.link_up(buddy, world_.clock.now());
  drive();
}

void Watcher::link_down(const Name& buddy, Tracker::LinkEnd how) {
  links_.erase(buddy);
  tracker_.link_down(buddy, how, world_.clock.now());
  drive();
}

Watcher::Subject* Watcher::subject(const Name& buddy) {
  const auto at = subjects_.find(buddy);
  return at == subjects_.end() ? nullptr : &at->second;
}

// --- the engine room ---

// Hooks and tasks that run in here may come back to us; the outermost call goes round again.
void Watcher::drive() {
  drive_again_ = true;
  if (driving_) return;
  driving_ = true;
  while (std::exchange(drive_again_, false)) {
    for (const Tracker::Action& action : tracker_.actions(world_.clock.now())) {
      const bool is_read = action.what == Tracker::Action::What::read_location;
      (is_read ? reads_ : dials_).push_back(action.buddy);
    }
    for (const Tracker::Change& change : tracker_.take_changes()) {
      host_.presence_changed(change.buddy, change.state);
    }
    start_queued();
  }
  driving_ = false;
  arm();
}

/// For callbacks from inside the store, where hooks had better not run.
void Watcher::drive_soon() {
  soon_ = world_.clock.call_after(0s, [this] {
    tidy_watches();
    drive();
  });
}

void Watcher::start_queued() {
  while (reading_ < kReadsAtOnce && !reads_.empty()) {
    const Name buddy = reads_.front();
    reads_.pop_front();
    ++reading_;
    tasks_.start(read(buddy));
  }
  while (dialing_ < kDialsAtOnce && !dials_.empty()) {
    const Name buddy = dials_.front();
    dials_.pop_front();
    ++dialing_;
    tasks_.start(dial(buddy));
  }
}

void Watcher::arm() {
  const base::Instant now = world_.clock.now();
  const base::Instant wake = tracker_.wake().value_or(now + kLineCheck);
  const base::Duration delay = std::clamp<base::Duration>(wake - now, 0s, kLineCheck);
  wake_ = world_.clock.call_after(delay, [this] {
    check_line();
    tidy_watches();
    drive();
  });
}

// A watch costs the store something, so it is set up only where no link brings the news, and after
// the first read, which matters more.
void Watcher::tidy_watches() {
  std::vector<Name> unwatched;
  for (auto& [buddy, subject] : subjects_) {
    const bool wanted = subject.owner && subject.read_once && !links_.contains(buddy);
    if (!wanted) subject.watch.reset();
    if (wanted && subject.watch == nullptr) unwatched.push_back(buddy);
  }
  for (const Name& buddy : unwatched) {
    auto watch =
        store_.watch(named_key(Kind::location, buddy),
                     [this, buddy](const openhash::Record& record) { on_pushed(buddy, record); });
    if (Subject* const at = subject(buddy)) at->watch = std::move(watch);
  }
}

void Watcher::check_line() {
  const bool up = store_.connected();
  if (up) unread_in_a_row_ = 0;
  tracker_.own_line(up, world_.clock.now());
}

// --- reading ---

base::Task<void> Watcher::read(Name buddy) {
  auto owner = co_await host_.owner_of(buddy);
  if (Subject* const at = subject(buddy)) {
    if (owner) {
      if (at->owner != *owner) at->location.reset();
      at->owner = *owner;
      co_await read_of(buddy, *owner);
    } else if (owner.error().code == Errc::no_such_user) {
      unread_in_a_row_ = 0;
      tracker_.location_absent(buddy, world_.clock.now());
    } else {
      unreadable(buddy, owner.error());
    }
  }
  if (Subject* const at = subject(buddy)) at->read_once = true;
  --reading_;
  drive_soon();
}

base::Task<void> Watcher::read_of(Name buddy, openhash::PublicKey owner) {
  openhash::OnRecord early = [this, buddy, owner](const openhash::Record& record) {
    note(buddy, owner, record);
    const Subject* const at = subject(buddy);
    if (at == nullptr || !at->location || at->location->blank()) return;
    conclude(buddy);
    drive_soon();
  };
  const openhash::Key key = named_key(Kind::location, buddy);
  const auto found = co_await store_.get(key, early);
  if (!found) {
    unreadable(buddy, found.error());
    co_return;
  }
  unread_in_a_row_ = 0;
  tracker_.own_line(true, world_.clock.now());
  for (const openhash::Record& record : *found) note(buddy, owner, record);
  conclude(buddy);
  Subject* const at = subject(buddy);
  const bool only_others = !found->empty() && newest_of(*found, Kind::location, owner) == nullptr;
  if (at != nullptr && only_others && !std::exchange(at->questioned, true)) {
    co_await host_.question_owner(buddy);
  }
}

void Watcher::note(const Name& buddy, const openhash::PublicKey& owner,
                   const openhash::Record& record) {
  Subject* const at = subject(buddy);
  if (at == nullptr || at->owner != owner) return;
  if (record.kind != Kind::location || record.owner != owner) return;
  if (!at->location || record.sequence > at->location->sequence) at->location = record;
}

/// Tells the tracker what the newest location means now.
void Watcher::conclude(const Name& buddy) {
  const Subject* const at = subject(buddy);
  if (at == nullptr) return;
  const base::Instant now = world_.clock.now();
  if (!at->location || at->location->blank()) return tracker_.location_absent(buddy, now);
  const base::Instant until = now + (at->location->valid_until() - world_.clock.wall());
  tracker_.location_found(buddy, at->location->sequence, until, now);
}

void Watcher::on_pushed(const Name& buddy, const openhash::Record& record) {
  Subject* const at = subject(buddy);
  if (at == nullptr || !at->owner || record.owner != *at->owner) return;
  if (record.kind == Kind::notice) {
    const bool is_news = !at->location || record.sequence > at->location->sequence;
    const bool queued = std::ranges::find(reads_, buddy) != reads_.end();
    if (is_news && !queued) reads_.push_back(buddy);
  } else {
    const std::uint64_t before = at->location ? at->location->sequence : 0;
    note(buddy, *at->owner, record);
    if (!at->location || at->location->sequence == before) return;
    conclude(buddy);
  }
  drive_soon();
}

void Watcher::unreadable(const Name& buddy, const base::Error& error) {
  const base::Instant now = world_.clock.now();
  tracker_.location_unreadable(buddy, now);
  if (!is_unavailable(error)) return;  // a contested name says nothing about our line
  const std::size_t enough = std::min(kUnreadMeansCut, subjects_.size());
  if (++unread_in_a_row_ >= enough) tracker_.own_line(false, now);
}

// --- dialling ---

base::Task<void> Watcher::dial(Name buddy) {
  const Subject* const at = subject(buddy);
  if (at != nullptr && at->location) {
    const openhash::Record location = *at->location;
    const auto reached = co_await host_.reach(buddy, location);
    const base::Instant now = world_.clock.now();
    if (!reached) {
      tracker_.dial_failed(buddy, failure_of(reached.error()), now);
    } else if (!links_.contains(buddy)) {
      // She is there, but the client keeps no link: her location has to do.
      tracker_.dial_failed(buddy, Tracker::DialFailure::silent, now);
    }
  }
  --dialing_;
  drive_soon();
}

}  // namespace ohim
