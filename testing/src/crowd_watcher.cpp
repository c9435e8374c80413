// What ohim's watcher does with its tracker: its timer, and what the tracker wants done.

#include <algorithm>
#include <charconv>

#include "crowd_impl.h"

namespace sim {
namespace {

using namespace std::chrono_literals;

/// So that a timer that is due at once cannot stop the world.
constexpr base::Duration kLeastSleep = 1ms;

/// The number in "user123".
UserId number_in(const ohim::Name& name) {
  UserId number = 0;
  const std::string& text = name.str();
  std::from_chars(text.data() + 4, text.data() + text.size(), number);
  return number;
}

}  // namespace

void Crowd::Impl::drive(User& user) {
  using What = ohim::Tracker::Action::What;
  for (const ohim::Tracker::Action& action : user.tracker->actions(now)) {
    const std::uint32_t contact = contact_of(user, number_in(action.buddy));
    if (action.what == What::read_location) {
      start_read(user, contact);
    } else {
      start_dial(user, contact, static_cast<std::uint32_t>(action.place));
    }
  }
  for (const ohim::Tracker::Change& change : user.tracker->take_changes()) show(user, change);
  const std::optional<base::Instant> wake = user.tracker->wake();
  user.wake_wanted = wake ? std::max(*wake, now + kLeastSleep) : kNever;
  if (user.wake_wanted >= user.wake_queued) return;
  user.wake_queued = user.wake_wanted;
  Happening happening;
  happening.user = id_of(user);
  happening.run = user.run;
  later(user.wake_queued - now, crowd::What::wake, happening);
}

void Crowd::Impl::woken(User& user, const Happening& happening) {
  if (happening.at != user.wake_queued) return;  // another was put in for an earlier time
  user.wake_queued = kNever;
  if (user.wake_wanted <= now) return drive(user);
  if (user.wake_wanted == kNever) return;
  user.wake_queued = user.wake_wanted;
  later(user.wake_queued - now, What::wake, happening);
}

void Crowd::Impl::line_noticed(User& user, const Happening& happening) {
  if (happening.stamp != user.line_stamp) return;
  const bool is_healed = happening.step() != 0;
  if (user.reaches_store != user.line_known) {
    user.line_known = user.reaches_store;
    user.tracker->own_line(user.line_known, now);
  } else if (is_healed) {
    user.tracker->look_again(now);
  }
  drive(user);
}

void Crowd::Impl::show(User& user, const ohim::Tracker::Change& change) {
  Contact& contact = user.contacts[contact_of(user, number_in(change.buddy))];
  const ohim::Presence presence = change.state.presence;
  mix(std::uint64_t{contact.who} << 8 ^ static_cast<std::uint64_t>(presence) << 4 ^
      static_cast<std::uint64_t>(change.state.known_by));
  if (presence == contact.shown) return;
  const bool was_unknown = std::exchange(contact.shown, presence) == ohim::Presence::unknown;
  if (was_unknown) --user.unknowns;
  if (presence == ohim::Presence::unknown) ++user.unknowns;
  if (user.unknowns == 0 && !std::exchange(user.all_known, true)) {
    report.all_known.add(now - user.on_since);
  }
  book(user, contact, kShown);
}

}  // namespace sim
