#include "watcher.h"

#include <algorithm>
#include <set>

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
/// How often to look whether the store still reaches anybody, and whether we slept; more often
/// while our own line is in doubt.
constexpr base::Duration kLook = 1s;
constexpr base::Duration kLookInDoubt = 500ms;
/// The store greets somebody every 3 s. When a link falls silent and the store, too, has heard
/// nothing for this long, it is our own line.
constexpr base::Duration kHeardLately = 4s;
/// How long that is asked more strictly after a link fell silent.
constexpr base::Duration kSuspicion = 5s;
/// A look that comes so much too late, or finds the wall clock so far ahead: we slept.
constexpr base::Duration kSlept = 5s;
/// Of each buddy, for dialling places that fell silent.
constexpr std::size_t kPlacesRemembered = 8;
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
    : world_(world),
      store_(store),
      host_(host),
      tracker_(options),
      looked_at_(world.clock.now()),
      looked_at_wall_(world.clock.wall()),
      addresses_(world.transport.own_addresses()) {}

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
    const auto links = links_.find(buddy);
    if (links == links_.end()) continue;
    for (const auto& [place, opened] : links->second) tracker_.link_up(buddy, place, opened, now);
  }
  drive_soon();
}

void Watcher::link_up(const Name& buddy, PlaceId place, Tracker::Opened opened) {
  links_[buddy].insert_or_assign(place, opened);
  if (Subject* const at = subject(buddy)) at->nowhere.clear();
  tracker_.link_up(buddy, place, opened, world_.clock.now());
  drive();
}

void Watcher::link_down(const Name& buddy, PlaceId place, Tracker::LinkEnd how) {
  const auto links = links_.find(buddy);
  if (links != links_.end() && links->second.erase(place) > 0 && links->second.empty()) {
    links_.erase(links);
  }
  const base::Instant now = world_.clock.now();
  if (how == Tracker::LinkEnd::silent) {
    suspect_until_ = now + kSuspicion;
    check_line();
  }
  tracker_.link_down(buddy, place, how, now);
  drive();
  drive_soon();  // whoever is back in a moment is to be pushed
}

bool Watcher::linked(const Name& buddy, PlaceId place) const {
  const auto links = links_.find(buddy);
  return links != links_.end() && links->second.contains(place);
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
      if (action.what == Tracker::Action::What::read_location) {
        reads_.push_back(action.buddy);
      } else {
        dials_.emplace_back(action.buddy, action.place);
      }
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
  for (auto& [buddy, location] : std::exchange(moved_, {})) {
    tasks_.start(follow(buddy, std::move(location)));
  }
  while (dialing_ < kDialsAtOnce && !dials_.empty()) {
    const auto [buddy, place] = dials_.front();
    dials_.pop_front();
    ++dialing_;
    tasks_.start(dial(buddy, place));
  }
}

void Watcher::arm() {
  const base::Instant now = world_.clock.now();
  const bool in_doubt = !line_up_ || now < suspect_until_;
  const base::Instant look = looked_at_ + (in_doubt ? kLookInDoubt : kLook);
  const base::Instant wake = std::min(tracker_.wake().value_or(look), look);
  wake_ = world_.clock.call_after(std::max<base::Duration>(wake - now, 0s), [this] {
    look_around();
    tidy_watches();
    drive();
  });
}

// A watch costs the store something, so it is set up only where no link brings the news, and after
// the first read, which matters more.
void Watcher::tidy_watches() {
  std::vector<Name> unwatched;
  for (auto& [buddy, subject] : subjects_) {
    const bool wanted = subject.owner && subject.read_once && tracker_.wants_push(buddy);
    if (!wanted) subject.watch.reset();
    if (wanted && subject.watch == nullptr) unwatched.push_back(buddy);
  }
  for (const Name& buddy : unwatched) {
    openhash::OnRecord pushed = [this, buddy](const openhash::Record& record) {
      on_pushed(buddy, record);
    };
    auto watch =
        store_.watch(named_key(Kind::location, buddy), std::move(pushed), openhash::Fallback::none);
    if (Subject* const at = subject(buddy)) at->watch = std::move(watch);
  }
}

// --- our own line, sleep, addresses ---

void Watcher::look_around() {
  check_line();
  const base::Instant now = world_.clock.now();
  if (now - looked_at_ < kLookInDoubt) return;
  check_sleep();
  check_neighbours();
  check_addresses();
  looked_at_ = now;
  looked_at_wall_ = world_.clock.wall();
}

/// While there is reason to doubt our own line, only fresh answers prove it.
void Watcher::check_line() {
  const base::Instant now = world_.clock.now();
  const bool in_doubt = !line_up_ || now < suspect_until_;
  const bool heard_lately = now - kHeardLately <= store_.last_heard();
  const bool up = store_.connected() && (heard_lately || !in_doubt);
  if (up) unread_in_a_row_ = 0;
  set_line(up);
}

void Watcher::set_line(bool up) {
  tracker_.own_line(up, world_.clock.now());
  if (std::exchange(line_up_, up) != up) host_.own_line_changed(up);
}

void Watcher::check_sleep() {
  const base::Instant now = world_.clock.now();
  const base::Duration passed = now - looked_at_;
  const base::Duration passed_on_the_wall = world_.clock.wall() - looked_at_wall_;
  const bool stopped = passed > kLook + kSlept;
  const bool slept = passed_on_the_wall > passed + kSlept;
  if (!stopped && !slept) return;
  world_.log.info("woke up after a sleep; everybody is looked at anew");
  tracker_.resumed(now);
  host_.connectivity_changed();
}

/// Storage nodes that were lost and are back: a partition of the network may have healed.
void Watcher::check_neighbours() {
  const auto nodes = store_.nodes();
  const auto answering =
      static_cast<std::size_t>(std::ranges::count(nodes, true, &openhash::NodeHealth::answering));
  if (answering < nodes_answering_) nodes_lost_ = true;
  if (answering > nodes_answering_ && std::exchange(nodes_lost_, false)) {
    tracker_.look_again(world_.clock.now());
  }
  nodes_answering_ = answering;
}

void Watcher::check_addresses() {
  std::vector<base::Endpoint> addresses = world_.transport.own_addresses();
  if (addresses == addresses_) return;
  addresses_ = std::move(addresses);
  host_.connectivity_changed();
}

// --- reading ---

base::Task<void> Watcher::read(Name buddy) {
  co_await look_up(buddy);
  if (Subject* const at = subject(buddy)) at->read_once = true;
  --reading_;
  drive_soon();
}

base::Task<void> Watcher::look_up(Name buddy) {
  auto owner = co_await host_.owner_of(buddy);
  if (Subject* const at = subject(buddy)) {
    if (owner) {
      if (at->owner != *owner) at->locations = {};
      at->owner = *owner;
      co_await read_of(buddy, *owner);
    } else if (owner.error().code == Errc::no_such_user) {
      unread_in_a_row_ = 0;
      tracker_.located(buddy, {}, world_.clock.now());
    } else {
      unreadable(buddy, owner.error());
    }
  }
}

base::Task<void> Watcher::read_of(Name buddy, openhash::PublicKey owner) {
  openhash::OnRecord early = [this, buddy, owner](const openhash::Record& record) {
    // A blank one may be old news that a newer answer is about to correct.
    if (!note(buddy, owner, record) || record.blank()) return;
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
  set_line(true);
  for (const openhash::Record& record : *found) (void)note(buddy, owner, record);
  conclude(buddy);
  Subject* const at = subject(buddy);
  const bool only_others = !found->empty() && newest_of(*found, Kind::location, owner) == nullptr;
  if (at != nullptr && only_others && !std::exchange(at->questioned, true)) {
    co_await host_.question_owner(buddy);
  }
}

/// Whether it is newer than what was known.
bool Watcher::note(const Name& buddy, const openhash::PublicKey& owner,
                   const openhash::Record& record) {
  Subject* const at = subject(buddy);
  if (at == nullptr || at->owner != owner) return false;
  if (record.kind != Kind::location || record.owner != owner) return false;
  std::optional<Seen>& seen = at->locations[record.device_slot()];
  const base::Instant now = world_.clock.now();
  if (seen && record.sequence == seen->record.sequence) return false;
  // Once over it bars nothing: a clock that was ahead may have signed it.
  if (seen && record.sequence < seen->record.sequence && now < seen->over) return false;
  seen = Seen{host_.place_of(record), record, now + record.valid_for};
  if (record.blank()) return true;
  at->nowhere.erase(seen->place);
  at->last.insert_or_assign(seen->place, record);
  if (at->dialled.contains(seen->place)) moved_.emplace_back(buddy, record);
  if (at->last.size() > kPlacesRemembered) {
    const auto issued = [](const auto& entry) { return entry.second.issued; };
    at->last.erase(std::ranges::min_element(at->last, {}, issued));
  }
  return true;
}

/// Tells the tracker what the newest locations mean now.
void Watcher::conclude(const Name& buddy) {
  const Subject* const at = subject(buddy);
  if (at == nullptr) return;
  const base::Instant now = world_.clock.now();
  const base::WallTime wall = world_.clock.wall();
  std::vector<Tracker::Lease> leases;
  for (const std::optional<Seen>& seen : at->locations) {
    if (!seen || seen->record.blank() || seen->record.valid_until() <= wall) continue;
    // No longer than she may be gone, even if her clock is ahead of ours.
    const base::Instant until = std::min(seen->over, now + (seen->record.valid_until() - wall));
    leases.push_back({seen->place, seen->record.sequence, until});
  }
  tracker_.located(buddy, leases, now);
}

void Watcher::on_pushed(const Name& buddy, const openhash::Record& record) {
  const Subject* const at = subject(buddy);
  if (at == nullptr || !at->owner) return;
  if (!note(buddy, *at->owner, record)) return;
  conclude(buddy);
  drive_soon();
}

void Watcher::unreadable(const Name& buddy, const base::Error& error) {
  const base::Instant now = world_.clock.now();
  tracker_.location_unreadable(buddy, now);
  if (!is_unavailable(error)) return;  // a contested name says nothing about our line
  const std::size_t enough = std::min(kUnreadMeansCut, subjects_.size());
  if (++unread_in_a_row_ < enough) return;
  set_line(false);
}

// --- dialling ---

base::Task<void> Watcher::dial(Name buddy, PlaceId place) {
  auto how = Tracker::DialFailure::silent;
  // She dialled us, so nobody has needed her location until now.
  Subject* const at = subject(buddy);
  const bool unknown = at != nullptr && !at->nowhere.contains(place) && !location_of(buddy, place);
  if (unknown) {
    at->nowhere.insert(place);
    co_await look_up(buddy);
  }
  if (const auto location = location_of(buddy, place)) {
    if (Subject* const dialled = subject(buddy)) dialled->dialled.insert(place);
    const auto reached = co_await host_.reach(buddy, *location);
    if (Subject* const dialled = subject(buddy)) dialled->dialled.erase(place);
    if (!reached) how = failure_of(reached.error());
  }
  // A client that keeps no link has reached her all the same: then her location has to do.
  if (!linked(buddy, place)) tracker_.dial_failed(buddy, place, how, world_.clock.now());
  --dialing_;
  drive_soon();
}

/// She may have moved while her link to us stood, so that we dial where she was: as soon as a newer
/// location is found she is dialled there, too. How that ends is told by a link, or by nothing.
base::Task<void> Watcher::follow(Name buddy, openhash::Record location) {
  const auto reached = co_await host_.reach(buddy, std::move(location));
  if (!reached) world_.log.debug("not where she moved to, either: " + reached.error().message());
}

/// Where that place is, or was.
std::optional<openhash::Record> Watcher::location_of(const Name& buddy, PlaceId place) {
  const Subject* const at = subject(buddy);
  if (at == nullptr) return std::nullopt;
  const auto last = at->last.find(place);
  return last == at->last.end() ? std::nullopt : std::optional(last->second);
}

}  // namespace ohim
