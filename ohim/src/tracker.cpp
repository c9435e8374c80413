#include "ohim/tracker.h"

#include <algorithm>
#include <utility>

namespace ohim {
namespace {

/// A location is read again when this much of what was left of its validity is over: in time for
/// its renewal to be found before it ends.
constexpr double kReadAgainAt = 0.75;
/// But not more often than this, when little is left.
constexpr base::Duration kLeastReadGap = std::chrono::seconds(2);

base::Duration scaled(base::Duration duration, double factor) {
  return base::Duration(
      static_cast<base::Duration::rep>(static_cast<double>(duration.count()) * factor));
}

/// SplitMix64 (Steele, Lea, Flood 2014): enough to spread polls.
std::uint64_t next_random(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15;
  std::uint64_t z = state;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
  z = (z ^ z >> 27) * 0x94D049BB133111EB;
  return z ^ z >> 31;
}

bool is_due(const std::optional<base::Instant>& when, base::Instant now) {
  return when && *when <= now;
}

void take_earlier(std::optional<base::Instant>& earliest,
                  const std::optional<base::Instant>& candidate) {
  if (candidate && (!earliest || *candidate < *earliest)) earliest = candidate;
}

}  // namespace

std::string_view to_string(Presence presence) {
  switch (presence) {
    case Presence::online:
      return "online";
    case Presence::offline:
      return "offline";
    case Presence::unknown:
      break;
  }
  return "unknown";
}

std::string_view to_string(KnownBy known_by) {
  switch (known_by) {
    case KnownBy::link:
      return "link";
    case KnownBy::lease:
      return "lease";
    case KnownBy::poll:
      return "poll";
    case KnownBy::none:
      break;
  }
  return "none";
}

Tracker::Tracker(TrackerOptions options) : options_(options), random_(options.seed) {}

// --- whom we watch ---

void Tracker::add(const Name& name, base::Instant now) {
  auto [at, is_new] = buddies_.try_emplace(name);
  if (!is_new) return;
  Buddy& buddy = at->second;
  buddy.shown.since = now;
  buddy.dial_back_off = options_.dial_back_off;
  buddy.read_back_off = options_.dial_back_off;
  buddy.read_due = now;
}

void Tracker::remove(const Name& name) {
  const auto at = buddies_.find(name);
  if (at == buddies_.end()) return;
  if (at->second.linked) --links_;
  buddies_.erase(at);
}

bool Tracker::has(const Name& name) const { return buddies_.contains(name); }

Tracker::Buddy* Tracker::find(const Name& name) {
  const auto at = buddies_.find(name);
  return at == buddies_.end() ? nullptr : &at->second;
}

// --- what the store says ---

void Tracker::location_found(const Name& name, std::uint64_t sequence, base::Instant until,
                             base::Instant now) {
  if (until <= now) return location_absent(name, now);
  Buddy* const buddy = find(name);
  if (buddy == nullptr) return;
  buddy->reading = false;
  buddy->unreadable = false;
  buddy->read_back_off = options_.dial_back_off;
  if (buddy->linked) {
    buddy->sequence = std::max(buddy->sequence, sequence);
    return;
  }
  const bool is_news = sequence > buddy->sequence;
  const bool is_left_over = buddy->said_goodbye && !is_news;
  if (sequence < buddy->sequence || is_left_over) {
    poll_later(*buddy, now);
    return show(name, *buddy, now);
  }
  weigh(*buddy, sequence);
  buddy->sequence = sequence;
  buddy->valid_until = until;
  if (!buddy->dialing) {
    if (!buddy->dial_due) {
      buddy->dial_due = now;
    } else if (is_news) {
      // It says that she lives, or lives again: do not sit out a long back-off.
      const base::Instant soonest = std::max(now, buddy->failed_at + options_.dial_back_off);
      buddy->dial_due = std::min(*buddy->dial_due, soonest);
    }
  }
  buddy->read_due = now + std::max(kLeastReadGap, jittered(scaled(until - now, kReadAgainAt)));
  if (buddy->verdict == Presence::online) believe(*buddy, Presence::online, KnownBy::lease);
  show(name, *buddy, now);
}

void Tracker::location_absent(const Name& name, base::Instant now) {
  Buddy* const buddy = find(name);
  if (buddy == nullptr) return;
  buddy->reading = false;
  buddy->unreadable = false;
  buddy->read_back_off = options_.dial_back_off;
  if (buddy->linked) return;
  buddy->valid_until.reset();
  buddy->dial_due.reset();
  trust(*buddy);
  buddy->dial_back_off = options_.dial_back_off;
  believe(*buddy, Presence::offline, KnownBy::poll);
  poll_later(*buddy, now);
  show(name, *buddy, now);
}

void Tracker::location_unreadable(const Name& name, base::Instant now) {
  Buddy* const buddy = find(name);
  if (buddy == nullptr) return;
  buddy->reading = false;
  buddy->unreadable = true;
  if (buddy->linked) return;
  buddy->read_due = now + jittered(buddy->read_back_off);
  buddy->read_back_off = std::min(buddy->read_back_off * 2, poll_interval());
  expire(*buddy, now);
  show(name, *buddy, now);
}

// --- what dialling and links say ---

void Tracker::dial_failed(const Name& name, DialFailure how, base::Instant now) {
  Buddy* const buddy = find(name);
  if (buddy == nullptr || !buddy->dialing) return;
  buddy->dialing = false;
  if (buddy->linked) return;
  expire(*buddy, now);
  if (buddy->valid_until) {
    const bool may_be_there = how == DialFailure::silent && !buddy->doubted;
    if (may_be_there) {
      believe(*buddy, Presence::online, KnownBy::lease);
    } else {
      believe(*buddy, Presence::offline, KnownBy::poll);
    }
    dial_after_back_off(*buddy, now);
  }
  show(name, *buddy, now);
}

void Tracker::link_up(const Name& name, base::Instant now) {
  Buddy* const buddy = find(name);
  if (buddy == nullptr) return;
  buddy->dialing = false;
  if (buddy->linked) return;
  ++links_;
  buddy->linked = true;
  buddy->linked_since = now;
  trust(*buddy);
  buddy->read_due.reset();
  buddy->dial_due.reset();
  show(name, *buddy, now);
}

void Tracker::link_down(const Name& name, LinkEnd how, base::Instant now) {
  Buddy* const buddy = find(name);
  if (buddy == nullptr || !buddy->linked) return;
  --links_;
  buddy->linked = false;
  buddy->dialing = false;
  if (now - buddy->linked_since >= options_.steady_link) {
    buddy->dial_back_off = options_.dial_back_off;
  }
  if (how == LinkEnd::ours) {
    believe(*buddy, Presence::online, KnownBy::lease);
    if (buddy->valid_until && *buddy->valid_until <= now) buddy->valid_until.reset();
    buddy->read_due = now;
    return show(name, *buddy, now);
  }
  believe(*buddy, Presence::offline, KnownBy::poll);
  buddy->doubted = true;
  if (how == LinkEnd::goodbye) {
    buddy->said_goodbye = true;
    buddy->valid_until.reset();
    poll_later(*buddy, now);
  } else {
    buddy->read_due = now;
    const bool flapping = now - buddy->linked_since < options_.steady_link;
    if (buddy->valid_until && *buddy->valid_until <= now) buddy->valid_until.reset();
    if (buddy->valid_until && !flapping) buddy->dial_due = now;
    if (flapping) dial_after_back_off(*buddy, now);
  }
  show(name, *buddy, now);
}

void Tracker::own_line(bool up, base::Instant now) {
  if (up == line_up_) return;
  line_up_ = up;
  for (auto& [name, buddy] : buddies_) {
    if (!buddy.linked) {
      believe(buddy, Presence::unknown, KnownBy::none);
      buddy.read_back_off = options_.dial_back_off;
      if (up && !buddy.reading) buddy.read_due = now;
      if (up && buddy.valid_until && !buddy.dialing) buddy.dial_due = now;
    }
    show(name, buddy, now);
  }
}

// --- what to do, and when ---

std::vector<Tracker::Action> Tracker::actions(base::Instant now) {
  std::vector<Action> due;
  for (auto& [name, buddy] : buddies_) {
    if (buddy.linked) continue;
    expire(buddy, now);
    show(name, buddy, now);
    if (!line_up_) continue;
    if (!buddy.reading && is_due(buddy.read_due, now)) {
      buddy.reading = true;
      buddy.read_due.reset();
      due.push_back({Action::What::read_location, name});
    }
    if (!buddy.dialing && buddy.valid_until && is_due(buddy.dial_due, now)) {
      buddy.dialing = true;
      buddy.dial_due.reset();
      due.push_back({Action::What::dial, name});
    }
  }
  return due;
}

std::optional<base::Instant> Tracker::wake() const {
  std::optional<base::Instant> earliest;
  for (const auto& [name, buddy] : buddies_) {
    if (buddy.linked) continue;
    take_earlier(earliest, buddy.valid_until);
    if (!line_up_) continue;
    if (!buddy.reading) take_earlier(earliest, buddy.read_due);
    if (!buddy.dialing && buddy.valid_until) take_earlier(earliest, buddy.dial_due);
  }
  return earliest;
}

BuddyState Tracker::state(const Name& name) const {
  const auto at = buddies_.find(name);
  return at == buddies_.end() ? BuddyState{} : at->second.shown;
}

std::vector<Tracker::Change> Tracker::take_changes() { return std::exchange(changes_, {}); }

// --- below: one buddy ---

/// A location that ended without a renewal: she is gone, unless it is we who could not look.
void Tracker::expire(Buddy& buddy, base::Instant now) const {
  if (!buddy.valid_until || *buddy.valid_until > now) return;
  buddy.valid_until.reset();
  buddy.dial_due.reset();
  if (buddy.linked || !line_up_) return;
  if (buddy.unreadable) {
    believe(buddy, Presence::unknown, KnownBy::none);
  } else {
    believe(buddy, Presence::offline, KnownBy::lease);
  }
  if (!buddy.reading && !buddy.unreadable) buddy.read_due = now;
}

/// Her link ended. The first location seen since may be one that she left behind, and while it may,
/// silence where it points is no sign of life. One that is renewed is no leftover.
void Tracker::weigh(Buddy& buddy, std::uint64_t sequence) const {
  if (!buddy.doubted) return;
  if (buddy.seen_in_doubt && sequence > *buddy.seen_in_doubt) {
    trust(buddy);
  } else {
    buddy.seen_in_doubt = sequence;
  }
}

void Tracker::trust(Buddy& buddy) const {
  buddy.doubted = false;
  buddy.said_goodbye = false;
  buddy.seen_in_doubt.reset();
}

void Tracker::believe(Buddy& buddy, Presence presence, KnownBy by) const {
  buddy.verdict = presence;
  buddy.verdict_by = by;
}

void Tracker::show(const Name& name, Buddy& buddy, base::Instant now) {
  BuddyState state = buddy.shown;
  if (buddy.linked) {
    state.presence = Presence::online;
    state.known_by = KnownBy::link;
  } else if (!line_up_) {
    state.presence = Presence::unknown;
    state.known_by = KnownBy::none;
  } else {
    state.presence = buddy.verdict;
    state.known_by = buddy.verdict_by;
  }
  if (state == buddy.shown) return;
  if (state.presence != buddy.shown.presence) state.since = now;
  buddy.shown = state;
  changes_.push_back({name, state});
}

void Tracker::poll_later(Buddy& buddy, base::Instant now) {
  buddy.read_due = now + jittered(poll_interval());
}

void Tracker::dial_after_back_off(Buddy& buddy, base::Instant now) {
  buddy.failed_at = now;
  buddy.dial_due = now + jittered(buddy.dial_back_off);
  buddy.dial_back_off = std::min(buddy.dial_back_off * 2, options_.dial_back_off_cap);
}

base::Duration Tracker::poll_interval() const {
  const auto unlinked = static_cast<base::Duration::rep>(buddies_.size() - links_);
  return std::max(options_.poll_offline, options_.poll_spacing * unlinked);
}

base::Duration Tracker::jittered(base::Duration interval) {
  const double fraction = static_cast<double>(next_random(random_) >> 11) * 0x1.0p-53;
  return scaled(interval, 1 + options_.jitter * (2 * fraction - 1));
}

}  // namespace ohim
