// What a tracker shows, and why.

#include <algorithm>
#include <utility>

#include "ohim/tracker.h"

namespace ohim {
namespace {

using namespace std::chrono_literals;

/// A dial to somebody whose host drops packets is given up after this (basic's transport).
constexpr base::Duration kDialLimit = 5s;

/// "3 s", "2 min", "5 h", "2 days".
std::string span_in_words(base::Duration span) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(span).count();
  if (seconds < 120) return std::to_string(std::max<std::int64_t>(seconds, 0)) + " s";
  if (seconds < 2 * 3600) return std::to_string(seconds / 60) + " min";
  if (seconds < 2 * 24 * 3600) return std::to_string(seconds / 3600) + " h";
  return std::to_string(seconds / (24 * 3600)) + " days";
}

/// Of the places in their order; none is 0. The numbers in it are multiplied one after the other,
/// so that small ones do not cancel out.
std::uint64_t add_place(std::uint64_t digest, PlaceId place, KnownBy known_by) {
  constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15;
  digest = (digest ^ (place + 1)) * kMix;
  digest = (digest ^ digest >> 32 ^ (static_cast<std::uint64_t>(known_by) + 1)) * kMix;
  return digest ^ digest >> 32;
}

/// What the cause says; `ago` is how long it has been known.
std::string cause_in_words(Cause cause, const std::string& ago) {
  switch (cause) {
    case Cause::not_looked:
      return "nobody has been asked yet";
    case Cause::link:
      return "a link to her has stood for " + ago;
    case Cause::unsteady:
      return "a link to her stands, but several broke lately, so it has to last first";
    case Cause::lease:
      return "her location was still valid " + ago + " ago, but nobody answers where it points";
    case Cause::questioned:
      return "her link was lost just now, and she is being dialled";
    case Cause::absent:
      return "there was no location of hers " + ago + " ago";
    case Cause::goodbye:
      return "she said goodbye " + ago + " ago";
    case Cause::link_closed:
      return "her end closed the link " + ago + " ago, without a goodbye";
    case Cause::link_silent:
      return "her link fell silent " + ago + " ago";
    case Cause::lease_over:
      return "her location ran out " + ago + " ago and was not renewed";
    case Cause::refused:
      return "whoever answered where her location points " + ago + " ago was not she";
    case Cause::unreadable:
      return "the store did not say where she is, " + ago + " ago";
    case Cause::own_line_cut:
      return "our own line has been cut for " + ago;
    case Cause::resumed:
      return "this machine slept until " + ago + " ago, and she was not heard of since";
  }
  return "nobody knows";
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

std::string_view to_string(Cause cause) {
  switch (cause) {
    case Cause::not_looked:
      return "not-looked";
    case Cause::link:
      return "link";
    case Cause::unsteady:
      return "unsteady";
    case Cause::lease:
      return "lease";
    case Cause::questioned:
      return "questioned";
    case Cause::absent:
      return "absent";
    case Cause::goodbye:
      return "goodbye";
    case Cause::link_closed:
      return "link-closed";
    case Cause::link_silent:
      return "link-silent";
    case Cause::lease_over:
      return "lease-over";
    case Cause::refused:
      return "refused";
    case Cause::unreadable:
      return "unreadable";
    case Cause::own_line_cut:
      return "own-line-cut";
    case Cause::resumed:
      return "resumed";
  }
  return "not-looked";
}

std::string in_words(const Why& why, base::Instant now) {
  std::string words = cause_in_words(why.cause, span_in_words(now - why.learned));
  const bool dial_matters = why.dial_failed && why.cause != Cause::refused &&
                            why.cause != Cause::own_line_cut && why.cause != Cause::lease;
  if (dial_matters) {
    const std::string ago = span_in_words(now - *why.dial_failed);
    words += why.dial_refused ? "; dialling her was refused " + ago + " ago"
                              : "; dialling her was not answered " + ago + " ago";
  }
  return words;
}

BuddyState Tracker::state(const Name& name) const {
  const Buddy* const buddy = find(name);
  return buddy == nullptr ? BuddyState{} : buddy->shown;
}

Why Tracker::why(const Name& name, base::Instant now) const {
  Why why;
  const Buddy* const buddy = find(name);
  if (buddy == nullptr) return why;
  why.state = buddy->shown;
  why.cause = buddy->cause;
  why.learned = buddy->learned;
  why.dial_failed = buddy->dial_failed;
  why.dial_refused = buddy->dial_refused;
  for (const auto& [id, place] : buddy->places) {
    if (!place.believed()) continue;
    why.lease_until = std::max(why.lease_until.value_or(*place.valid_until), *place.valid_until);
  }
  why.corrected_by = corrected_by(*buddy, now);
  return why;
}

std::optional<base::Instant> Tracker::corrected_by(const Buddy& buddy, base::Instant now) const {
  switch (buddy.cause) {
    case Cause::link:
    case Cause::questioned:
      return now + options_.link_bound + options_.question;
    case Cause::unsteady:
      return steady_at(buddy);
    case Cause::lease: {
      // She may have renewed it just before she vanished, and we may find that out first.
      base::Instant end = now + options_.lease_bound;
      for (const auto& [id, place] : buddy.places) {
        if (place.believed()) end = std::max(end, *place.valid_until);
      }
      return end;
    }
    default:
      break;
  }
  if (buddy.shown.presence == Presence::unknown || !line_up_) return std::nullopt;
  base::Instant look = buddy.read_due.value_or(now);
  for (const auto& [id, place] : buddy.places) {
    if (place.dial_due && place.worth_dialling()) look = std::min(look, *place.dial_due);
  }
  return std::max(look, now) + options_.read_limit + kDialLimit;
}

std::vector<PlaceState> Tracker::places(const Name& name) const {
  std::vector<PlaceState> places;
  const Buddy* const buddy = find(name);
  if (buddy == nullptr) return places;
  for (const auto& [id, place] : buddy->places) {
    const bool questioned = place.questioned_until && buddy->shown.presence == Presence::online;
    if (place.linked || questioned) {
      places.push_back({id, KnownBy::link, place.linked_since});
    } else if (line_up_ && online_by_lease(*buddy, place)) {
      places.push_back({id, KnownBy::lease, place.touched});
    }
  }
  std::ranges::stable_sort(places, [](const PlaceState& one, const PlaceState& other) {
    if (one.known_by != other.known_by) return one.known_by == KnownBy::link;
    return one.since > other.since;
  });
  return places;
}

bool Tracker::unsteady(const Buddy& buddy, base::Instant now) const {
  return buddy.breaks > options_.breaks_allowed && now < steady_at(buddy);
}

base::Instant Tracker::steady_at(const Buddy& buddy) const {
  base::Instant oldest = base::Instant::max();
  for (const auto& [id, place] : buddy.places) {
    if (place.linked) oldest = std::min(oldest, place.linked_since + options_.steady_link);
  }
  return oldest;
}

/// Nobody answers there, which is no sign of life if the location may be left over: as it may,
/// whatever place it is about, when it was signed before a link of hers came, or went without a
/// goodbye.
bool Tracker::online_by_lease(const Buddy& buddy, const Place& place) const {
  if (!place.believed() || place.answer != Answer::unanswered) return false;
  return !buddy.linked_at || *place.valid_until >= *buddy.linked_at + options_.lease_bound;
}

/// Links first, then places that are being questioned, then leases, then what is known without any.
void Tracker::judge(const Name& name, Buddy& buddy, base::Instant now) {
  const Place* linked = nullptr;
  const Place* questioned = nullptr;
  const Place* leased = nullptr;
  const bool was_online = buddy.shown.presence == Presence::online;
  std::uint64_t places = 0;
  for (const auto& [id, place] : buddy.places) {
    if (place.linked && (linked == nullptr || place.linked_since > linked->linked_since)) {
      linked = &place;
    }
    const bool is_questioned = place.questioned_until && *place.questioned_until > now;
    if (is_questioned) questioned = &place;
    const bool by_lease = online_by_lease(buddy, place);
    if (by_lease) leased = &place;
    if (place.linked || (is_questioned && was_online)) {
      places = add_place(places, id, KnownBy::link);
    } else if (by_lease && line_up_) {
      places = add_place(places, id, KnownBy::lease);
    }
  }
  Rest told = buddy.rest;
  if (linked != nullptr && unsteady(buddy, now) && !was_online) {
    told.cause = Cause::unsteady;
    if (told.presence == Presence::unknown) {
      told = {Presence::offline, KnownBy::poll, told.cause, now};
    }
  } else if (linked != nullptr) {
    told = {Presence::online, KnownBy::link, Cause::link, linked->linked_since};
  } else if (questioned != nullptr && was_online) {
    told = {Presence::online, KnownBy::link, Cause::questioned, questioned->touched};
  } else if (leased != nullptr && line_up_) {
    told = {Presence::online, KnownBy::lease, Cause::lease, leased->touched};
  }
  if (linked == nullptr && !line_up_) {
    told = {Presence::unknown, KnownBy::none, Cause::own_line_cut, buddy.rest.learned};
  }
  buddy.cause = told.cause;
  buddy.learned = told.learned;
  BuddyState state{told.presence, told.known_by, buddy.shown.since};
  const bool moved = std::exchange(buddy.shown_places, places) != places;
  if (state == buddy.shown && !moved) return;
  if (state.presence != buddy.shown.presence) state.since = now;
  buddy.shown = state;
  changes_.push_back({name, state});
}

}  // namespace ohim
