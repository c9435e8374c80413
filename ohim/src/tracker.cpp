#include "ohim/tracker.h"

#include <algorithm>
#include <utility>

#include "tracker_time.h"

namespace ohim {
namespace {

using namespace std::chrono_literals;

/// A location is read again when this much of what was left of its validity is over: in time for
/// its renewal to be found before it ends.
constexpr double kReadAgainAt = 0.75;
/// But not more often than this, when little is left.
constexpr base::Duration kLeastReadGap = 2s;
/// When the network mends, all are looked at within this, but not all at once.
constexpr base::Duration kLookSpread = 4s;
/// Two who come at the same moment may each miss the other: whoever finds nobody looks once more.
constexpr base::Duration kLookTwice = 5s;

}  // namespace

Tracker::Tracker(TrackerOptions options) : options_(options), random_(options.seed) {}

bool Tracker::Buddy::linked() const {
  return std::ranges::any_of(places, [](const auto& entry) { return entry.second.linked; });
}

bool Tracker::Buddy::leased() const {
  return std::ranges::any_of(
      places, [](const auto& entry) { return entry.second.valid_until.has_value(); });
}

// --- whom we watch ---

void Tracker::add(const Name& name, base::Instant now) {
  auto [at, is_new] = buddies_.try_emplace(name);
  if (!is_new) return;
  Buddy& buddy = at->second;
  buddy.shown.since = now;
  buddy.learned = buddy.rest.learned = now;
  buddy.read_back_off = options_.dial_back_off;
  buddy.read_due = now;
}

void Tracker::remove(const Name& name) { buddies_.erase(name); }

bool Tracker::has(const Name& name) const { return buddies_.contains(name); }

/// For an input: she gets a turn with the next actions().
Tracker::Buddy* Tracker::find(const Name& name) {
  const auto at = buddies_.find(name);
  if (at == buddies_.end()) return nullptr;
  at->second.turn = base::Instant::min();
  return &at->second;
}

const Tracker::Buddy* Tracker::find(const Name& name) const {
  const auto at = buddies_.find(name);
  return at == buddies_.end() ? nullptr : &at->second;
}

Tracker::Place& Tracker::place_of(Buddy& buddy, PlaceId id, base::Instant now) const {
  const auto [at, is_new] = buddy.places.try_emplace(id);
  if (is_new) at->second.dial_back_off = options_.dial_back_off;
  at->second.touched = now;
  return at->second;
}

// --- what the store says ---

void Tracker::located(const Name& name, const std::vector<Lease>& leases, base::Instant now) {
  Buddy* const buddy = find(name);
  if (buddy == nullptr) return;
  pass_time(*buddy, now);
  const bool asked = std::exchange(buddy->reading, false);  // or else it was pushed
  buddy->unreadable = false;
  buddy->read_back_off = options_.dial_back_off;
  const auto is_named = [&leases, now](PlaceId id) {
    return std::ranges::any_of(
        leases, [id, now](const Lease& at) { return at.place == id && at.until > now; });
  };
  for (auto& [id, place] : buddy->places) {
    if (!place.linked && !is_named(id)) end_lease(*buddy, place, now);
  }
  for (const Lease& lease : leases) {
    if (lease.until > now) take_lease(*buddy, lease, now);
  }
  if (buddy->linked()) {
    buddy->read_due.reset();
  } else if (!buddy->leased()) {
    // What was said before explains better why she is off line than that she is not to be found.
    const bool explained = buddy->rest.presence == Presence::offline;
    if (!explained || buddy->rest.cause == Cause::absent) {
      buddy->rest = {Presence::offline, KnownBy::poll, Cause::absent, now};
    }
    if (asked && dials_us(*buddy) && std::exchange(buddy->look_twice, false)) {
      buddy->read_due = now + jittered(kLookTwice);
    } else if (asked || !buddy->read_due) {
      poll_later(*buddy, now);
    }
  } else {
    std::optional<base::Instant> first;
    for (const auto& [id, place] : buddy->places) take_earlier(first, place.valid_until);
    buddy->read_due = now + std::max(kLeastReadGap, jittered(scaled(*first - now, kReadAgainAt)));
  }
  judge(name, *buddy, now);
}

/// The place is not there: blanked, run out, or another run of hers stands there now.
void Tracker::end_lease(Buddy& buddy, Place& place, base::Instant now) const {
  if (place.believed()) buddy.rest = {Presence::offline, KnownBy::poll, Cause::absent, now};
  let_go(place, now);
  place.doubted = place.said_goodbye = false;
  place.seen_in_doubt.reset();
  place.dial_back_off = options_.dial_back_off;
}

void Tracker::let_go(Place& place, base::Instant now) const {
  if (place.valid_until) place.touched = now;
  place.valid_until.reset();
  place.answer = Answer::none;
  if (!place.lost_at) place.dial_due.reset();
}

void Tracker::take_lease(Buddy& buddy, const Lease& lease, base::Instant now) const {
  const bool is_known = buddy.places.contains(lease.place);
  Place& place = place_of(buddy, lease.place, now);
  // Somebody whose link just fell silent may have left this one behind, too.
  const bool left_behind = buddy.silent_at && now - *buddy.silent_at < options_.lease_bound;
  if (!is_known && left_behind) place.doubted = true;
  const bool is_news = lease.sequence > place.sequence;
  // What is over bars nothing: a clock that was ahead may have signed it.
  const bool is_older = place.valid_until && lease.sequence < place.sequence;
  if (is_older || (place.said_goodbye && !is_news)) return;
  // Her link ended. The first location seen since may be one that she left behind, and while it
  // may, silence where it points is no sign of life. One that is renewed is no leftover.
  if (place.doubted && place.seen_in_doubt && lease.sequence > *place.seen_in_doubt) {
    place.doubted = place.said_goodbye = false;
    place.seen_in_doubt.reset();
  } else if (place.doubted) {
    place.seen_in_doubt = lease.sequence;
  }
  place.sequence = lease.sequence;
  place.valid_until = lease.until;
  if (place.linked || place.dialing) return;
  if (!place.dial_due) {
    place.dial_due = now;
  } else if (is_news) {
    // It says that she lives, or lives again: do not sit out a long back-off.
    place.dial_due =
        std::min(*place.dial_due, std::max(now, place.dial_began + options_.dial_back_off));
  }
}

void Tracker::location_unreadable(const Name& name, base::Instant now) {
  Buddy* const buddy = find(name);
  if (buddy == nullptr) return;
  buddy->reading = false;
  buddy->unreadable = true;
  if (buddy->linked()) return;
  buddy->read_due = now + jittered(buddy->read_back_off);
  buddy->read_back_off = std::min(buddy->read_back_off * 2, first_pause(*buddy));
  pass_time(*buddy, now);
  judge(name, *buddy, now);
}

// --- what dialling and links say ---

void Tracker::dial_failed(const Name& name, PlaceId id, DialFailure how, base::Instant now) {
  Buddy* const buddy = find(name);
  if (buddy == nullptr) return;
  const auto at = buddy->places.find(id);
  if (at == buddy->places.end() || !at->second.dialing) return;
  Place& place = at->second;
  place.dialing = false;
  if (place.linked) return;
  buddy->dial_failed = now;
  buddy->dial_refused = how == DialFailure::refused;
  pass_time(*buddy, now);
  const bool was_questioned = std::exchange(place.questioned_until, std::nullopt).has_value();
  if (how == DialFailure::refused) {
    place.refused = place.sequence;
    place.lost_at.reset();
  }
  // Once refused, a location is left over, whoever keeps silent there later.
  const bool left_over = place.refused == place.sequence;
  const bool may_be_there = !left_over && !place.doubted && !was_questioned;
  place.answer = may_be_there ? Answer::unanswered : Answer::refused;
  if (!online_by_lease(*buddy, place) && place.valid_until &&
      buddy->rest.presence != Presence::offline) {
    const Cause cause = buddy->dial_refused ? Cause::refused : Cause::link_silent;
    buddy->rest = {Presence::offline, KnownBy::poll, cause, now};
  }
  if (place.lost_at) {
    dial_lost(place, now);
  } else if (place.valid_until) {
    dial_later(place, now);
  }
  judge(name, *buddy, now);
}

void Tracker::link_up(const Name& name, PlaceId id, Opened opened, base::Instant now) {
  Buddy* const buddy = find(name);
  if (buddy == nullptr) return;
  if (opened == Opened::by_her) buddy->dialled_us = reached_ = true;
  Place& place = place_of(*buddy, id, now);
  place.dialing = false;
  if (place.linked) return;
  place.linked = true;
  place.linked_since = now;
  buddy->linked_at = now;
  buddy->silent_at.reset();
  place.answer = Answer::none;
  place.refused.reset();
  place.doubted = place.said_goodbye = false;
  place.seen_in_doubt.reset();
  place.questioned_until.reset();
  place.lost_at.reset();
  place.dial_due.reset();
  buddy->dial_failed.reset();
  buddy->read_due.reset();
  buddy->pause.reset();
  judge(name, *buddy, now);
}

void Tracker::link_down(const Name& name, PlaceId id, LinkEnd how, base::Instant now) {
  Buddy* const buddy = find(name);
  if (buddy == nullptr) return;
  const auto at = buddy->places.find(id);
  if (at == buddy->places.end() || !at->second.linked) return;
  Place& place = at->second;
  place.linked = false;
  place.dialing = false;
  place.touched = now;
  if (how == LinkEnd::broken || how == LinkEnd::silent) buddy->linked_at = now;
  const bool young = now - place.linked_since < options_.steady_link;
  if (!young) place.dial_back_off = options_.dial_back_off;
  if (is_due(place.valid_until, now)) place.valid_until.reset();
  if (!buddy->linked() && !buddy->reading) buddy->read_due = now;
  switch (how) {
    case LinkEnd::ours:
      buddy->linked_at.reset();
      place.answer = Answer::unanswered;
      if (!place.valid_until) place.valid_until = now + options_.read_limit;
      break;
    case LinkEnd::goodbye:
      place.doubted = place.said_goodbye = true;
      place.valid_until.reset();
      buddy->rest = {Presence::offline, KnownBy::poll, Cause::goodbye, now};
      if (!buddy->linked() && !buddy->leased()) poll_later(*buddy, now);
      break;
    case LinkEnd::broken:
      buddy->rest = {Presence::offline, KnownBy::poll, Cause::link_closed, now};
      place.doubted = true;
      if (young) {
        dial_later(place, now);
      } else {
        question(place, options_.question_closed, now);
      }
      break;
    case LinkEnd::silent:
      buddy->rest = {Presence::offline, KnownBy::poll, Cause::link_silent, now};
      buddy->silent_at = place.lost_at = now;
      question(place, options_.question, now);
      break;
  }
  if (young && how != LinkEnd::ours && how != LinkEnd::goodbye) {
    if (buddy->breaks == 0) buddy->forgiven = now;
    ++buddy->breaks;
  }
  if (!line_up_) forget(*buddy, Cause::own_line_cut, now);
  judge(name, *buddy, now);
}

/// One dial decides whether she is gone; until then, and no longer than `limit`, she is not.
void Tracker::question(Place& place, base::Duration limit, base::Instant now) {
  place.doubted = true;
  place.questioned_until = now + limit;
  place.dial_due = now;
}

void Tracker::lists_us(const Name& name, bool on_her_list) {
  if (Buddy* const buddy = find(name)) buddy->lists_us = on_her_list;
}

// --- what we know of ourselves ---

/// Nothing is known of a buddy to whom there is no link.
void Tracker::forget(Buddy& buddy, Cause cause, base::Instant now) const {
  if (buddy.linked()) return;
  buddy.rest = {Presence::unknown, KnownBy::none, cause, now};
  for (auto& [id, place] : buddy.places) {
    place.answer = Answer::none;
    place.questioned_until.reset();
  }
}

void Tracker::own_line(bool up, base::Instant now) {
  if (up == line_up_) return;
  line_up_ = up;
  for (auto& [name, buddy] : buddies_) {
    buddy.turn = base::Instant::min();
    forget(buddy, up ? Cause::not_looked : Cause::own_line_cut, now);
    if (up && !buddy.linked()) {
      buddy.look_twice = true;
      buddy.read_back_off = options_.dial_back_off;
      if (!buddy.reading) buddy.read_due = now;
      for (auto& [id, place] : buddy.places) {
        if (place.worth_dialling() && !place.dialing) place.dial_due = now;
      }
    }
    judge(name, buddy, now);
  }
}

void Tracker::look_again(base::Instant now) {
  for (auto& [name, buddy] : buddies_) {
    if (buddy.linked()) continue;
    buddy.turn = base::Instant::min();
    const base::Instant soon = now + scaled(jittered(kLookSpread), 1 / (1 + options_.jitter));
    if (!buddy.reading) buddy.read_due = std::min(buddy.read_due.value_or(soon), soon);
    buddy.pause.reset();
    buddy.look_twice = true;
    for (auto& [id, place] : buddy.places) {
      if (place.worth_dialling() && !place.dialing) {
        place.dial_due = std::min(place.dial_due.value_or(soon), soon);
      }
    }
  }
}

void Tracker::resumed(base::Instant now) {
  for (auto& [name, buddy] : buddies_) {
    if (buddy.linked()) continue;
    buddy.turn = base::Instant::min();
    // Leases were measured on a clock that may have stood still; they are read again at once.
    for (auto& [id, place] : buddy.places) {
      if (!place.dialing) let_go(place, now);
    }
    forget(buddy, line_up_ ? Cause::resumed : Cause::own_line_cut, now);
    if (!buddy.reading) buddy.read_due = now;
    buddy.pause.reset();
    buddy.look_twice = true;
    judge(name, buddy, now);
  }
}

}  // namespace ohim
