// What a tracker does next, and when.

#include <algorithm>
#include <utility>

#include "ohim/tracker.h"
#include "tracker_time.h"

namespace ohim {
namespace {

using namespace std::chrono_literals;

/// A place of which nothing was heard for so long is forgotten, with the sequences seen there.
constexpr base::Duration kForgetPlace = 10min;

/// SplitMix64 (Steele, Lea, Flood 2014): enough to spread polls.
std::uint64_t next_random(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15;
  std::uint64_t z = state;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
  z = (z ^ z >> 27) * 0x94D049BB133111EB;
  return z ^ z >> 31;
}

double hours(base::Duration duration) {
  return std::chrono::duration<double, std::ratio<3600>>(duration).count();
}

}  // namespace

/// Most calls are about one buddy, so the others are passed over until their time has come.
std::vector<Tracker::Action> Tracker::actions(base::Instant now) {
  std::vector<Action> due;
  for (auto& [name, buddy] : buddies_) {
    if (buddy.turn > now) continue;
    take_turn(name, buddy, now, due);
    buddy.turn = next_turn(buddy).value_or(base::Instant::max());
  }
  return due;
}

void Tracker::take_turn(const Name& name, Buddy& buddy, base::Instant now,
                        std::vector<Action>& due) {
  pass_time(buddy, now);
  judge(name, buddy, now);
  if (!line_up_) return;
  if (!buddy.reading && !buddy.linked() && is_due(buddy.read_due, now)) {
    buddy.reading = true;
    buddy.read_due.reset();
    due.push_back({Action::What::read_location, name, 0});
  }
  for (auto& [id, place] : buddy.places) {
    const bool free = !place.linked && !place.dialing && place.worth_dialling();
    if (!free || !is_due(place.dial_due, now)) continue;
    place.dialing = true;
    place.dial_began = now;
    place.dial_due.reset();
    due.push_back({Action::What::dial, name, id});
  }
}

std::optional<base::Instant> Tracker::wake() const {
  std::optional<base::Instant> earliest;
  for (const auto& [name, buddy] : buddies_) {
    if (buddy.turn == base::Instant::min()) {
      take_earlier(earliest, next_turn(buddy));
    } else if (buddy.turn != base::Instant::max()) {
      take_earlier(earliest, buddy.turn);
    }
  }
  return earliest;
}

std::optional<base::Instant> Tracker::next_turn(const Buddy& buddy) const {
  std::optional<base::Instant> earliest;
  const bool linked = buddy.linked();
  if (line_up_ && !buddy.reading && !linked) take_earlier(earliest, buddy.read_due);
  if (linked && buddy.cause == Cause::unsteady) {
    take_earlier(earliest, steady_at(buddy));
    take_earlier(earliest, buddy.forgiven + options_.forgive_break);
  }
  for (const auto& [id, place] : buddy.places) {
    if (place.linked) continue;
    take_earlier(earliest, place.valid_until);
    take_earlier(earliest, place.questioned_until);
    if (line_up_ && !place.dialing && place.worth_dialling()) {
      take_earlier(earliest, place.dial_due);
    }
  }
  return earliest;
}

bool Tracker::wants_push(const Name& name) const {
  const Buddy* const buddy = find(name);
  return buddy != nullptr && !dials_us(*buddy) && !buddy->linked();
}

std::vector<Tracker::Change> Tracker::take_changes() { return std::exchange(changes_, {}); }

// --- below: one buddy ---

void Tracker::pass_time(Buddy& buddy, base::Instant now) const {
  for (auto& [id, place] : buddy.places) {
    if (place.linked) continue;
    if (is_due(place.questioned_until, now)) place.questioned_until.reset();
    if (!is_due(place.valid_until, now)) continue;
    // It ended without a renewal: she is gone, unless it is we who could not look.
    const bool told = line_up_ && place.believed();
    let_go(place, now);
    if (told && buddy.unreadable) {
      buddy.rest = {Presence::unknown, KnownBy::none, Cause::unreadable, now};
    } else if (told) {
      buddy.rest = {Presence::offline, KnownBy::lease, Cause::lease_over, now};
    }
    const bool look = line_up_ && !buddy.linked() && !buddy.reading && !buddy.unreadable;
    if (look) buddy.read_due = now;
  }
  while (buddy.breaks > 0 && now - buddy.forgiven >= options_.forgive_break) {
    --buddy.breaks;
    buddy.forgiven += options_.forgive_break;
  }
  std::erase_if(buddy.places, [now](const auto& entry) {
    const Place& place = entry.second;
    return !place.linked && !place.dialing && !place.worth_dialling() &&
           now - place.touched >= kForgetPlace;
  });
}

void Tracker::poll_later(Buddy& buddy, base::Instant now) {
  const base::Duration cap = dials_us(buddy) ? options_.poll_mutual_cap : options_.poll_cap;
  const base::Duration pause = std::min(buddy.pause.value_or(first_pause(buddy)), cap);
  buddy.pause = std::min(pause * 2, cap);
  buddy.read_due = now + jittered(scaled(pause, stretch()));
}

void Tracker::dial_later(Place& place, base::Instant now) {
  place.dial_due = now + jittered(place.dial_back_off);
  place.dial_back_off = std::min(place.dial_back_off * 2, options_.dial_back_off_cap);
}

void Tracker::dial_lost(Place& place, base::Instant now) const {
  const base::Duration lost = now - *place.lost_at;
  if (lost > options_.lost_give_up) {
    place.lost_at.reset();
    return;
  }
  const bool quick = lost < options_.lost_quick;
  const base::Duration pause = quick ? options_.redial_lost : options_.redial_lost_cap;
  place.dial_due = std::max(now, place.dial_began + pause);
}

bool Tracker::dials_us(const Buddy& buddy) const {
  return buddy.dialled_us || (buddy.lists_us && reached_);
}

base::Duration Tracker::first_pause(const Buddy& buddy) const {
  return dials_us(buddy) ? options_.poll_mutual : options_.poll;
}

/// How much longer than planned all pauses are, so that all polls together keep to their number.
double Tracker::stretch() const {
  double polls = 0;
  for (const auto& [name, buddy] : buddies_) {
    if (buddy.linked()) continue;
    polls += 1 / hours(buddy.pause.value_or(first_pause(buddy)));
  }
  return std::max(1.0, polls / options_.polls_an_hour);
}

base::Duration Tracker::jittered(base::Duration interval) {
  const double fraction = static_cast<double>(next_random(random_) >> 11) * 0x1.0p-53;
  return scaled(interval, 1 + options_.jitter * (2 * fraction - 1));
}

}  // namespace ohim
