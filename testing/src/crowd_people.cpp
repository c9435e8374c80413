// Who knows whom, and what happens to programs, machines and lines.

#include <algorithm>
#include <cmath>
#include <string>

#include "crowd_impl.h"

namespace sim {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration kAnnounceSoon = 2s;  // after the store can be reached again
constexpr base::Duration kTryAgain = 2s;      // a sign-on that does not reach the store
// As ohim's watcher: how long a process or a machine stood still if that counts as a sleep.
constexpr base::Duration kStoppedNoticed = 10s;
constexpr base::Duration kSleptNoticed = 5s;

ohim::Name name_of(UserId id) { return *ohim::Name::parse("user" + std::to_string(id)); }

}  // namespace

// --- who knows whom ---

/// People stand in a circle, in any order. Each is on the lists of her nearest neighbours, as they
/// are on hers; and lists some of those beyond, to one side, who do not list her.
void Crowd::Impl::settle_down() {
  const auto count = static_cast<UserId>(std::max<std::size_t>(options.users, 1));
  users.reserve(count);
  std::vector<UserId> circle(count);
  for (UserId id = 0; id < count; ++id) {
    User& user = users.emplace_back(name_of(id), dice.next());
    user.habit = static_cast<Habit>(dice.below(kHabits));
    user.region = id % static_cast<std::uint32_t>(options.regions);
    user.walled = dice.chance(options.walled);
    circle[id] = id;
    std::swap(circle[id], circle[dice.below(id + 1)]);
  }
  const auto wanted = static_cast<UserId>(std::min<std::size_t>(options.buddies, count - 1));
  const double mutual = std::clamp(options.mutual, 0.0, 1.0);
  const auto both = static_cast<UserId>(std::lround(wanted * mutual));
  const UserId near = both / 2;
  for (UserId at = 0; at < count; ++at) {
    const auto neighbour = [&](UserId steps) { return circle[(at + steps) % count]; };
    for (UserId step = 1; step <= near; ++step) {
      list(circle[at], neighbour(step));
      list(neighbour(step), circle[at]);
    }
    if (both % 2 == 1)
      list(circle[at], neighbour(count / 2));  // opposite; an even circle's odd one
    for (UserId step = 1; step <= wanted - both; ++step) list(circle[at], neighbour(near + step));
  }
  for (User& user : users) std::ranges::sort(user.contacts, {}, &Contact::who);
  for (UserId id = 0; id < count; ++id) {
    for (Contact& contact : users[id].contacts) contact.back = contact_of(users[contact.who], id);
  }
}

/// Before the contacts are sorted.
void Crowd::Impl::list(UserId watcher, UserId buddy) {
  const auto side = [this](UserId one, UserId other) -> Contact& {
    std::vector<Contact>& contacts = users[one].contacts;
    const auto at = std::ranges::find(contacts, other, &Contact::who);
    if (at != contacts.end()) return *at;
    Contact& contact = contacts.emplace_back();
    contact.who = other;
    return contact;
  };
  side(watcher, buddy).lists = true;
  side(buddy, watcher).listed = true;
}

std::uint32_t Crowd::Impl::contact_of(const User& user, UserId who) const {
  const auto at = std::ranges::lower_bound(user.contacts, who, {}, &Contact::who);
  return static_cast<std::uint32_t>(at - user.contacts.begin());
}

bool Crowd::Impl::way_between(const User& one, const User& other) const {
  return one.line && other.line && (region_sees[one.region] >> other.region & 1) != 0;
}

// --- programs ---

void Crowd::Impl::start_program(User& user) {
  user.run = ++runs;
  user.on = user.powered = true;
  user.standing = false;
  user.on_since = user.booked = now;
  user.line_known = true;
  user.wake_wanted = user.wake_queued = kNever;
  user.reading = user.dialing = 0;
  user.unknowns = 0;
  user.all_known = false;
  ohim::TrackerOptions tracker = options.tracker;
  tracker.seed = user.life.next();
  user.tracker = std::make_unique<ohim::Tracker>(tracker);
  for (Contact& contact : user.contacts) {
    if (!contact.lists) continue;
    contact.shown = ohim::Presence::unknown;
    contact.read_once = contact.watching = false;
    contact.seen = 0;
    contact.read_at = {};
    ++user.unknowns;
    const User& buddy = users[contact.who];
    user.tracker->add(buddy.name, now);
    if (contact.said_lists) user.tracker->lists_us(buddy.name, contact.listed);
    contact.naive_online = std::ranges::any_of(
        buddy.leases, [this](const Lease& lease) { return issued(lease) + options.lease > now; });
    ++report.naive.gets;
  }
}

void Crowd::Impl::book_hours(User& user) {
  report.user_hours += std::chrono::duration<double, std::ratio<3600>>(now - user.booked).count();
  user.booked = now;
}

void Crowd::Impl::end_program(User& user) {
  stop_renewing(user);
  book_hours(user);
  for (Contact& contact : user.contacts) drop_watch(contact);
  user.on = user.standing = false;
  user.reads.clear();
  user.dials.clear();
  user.missed.clear();
}

void Crowd::Impl::sign_on(UserId id) {
  User& user = users[id];
  if (user.on) return;
  if (!user.reaches_store) {
    Happening again;
    again.user = id;
    again.contact = static_cast<std::uint32_t>(Act::sign_on);
    return later(kTryAgain, What::act, again);
  }
  start_program(user);
  changed(user, Incident::signed_on_mutual, std::nullopt);
  touch_links(user);
  announce_later(user, true);
  drive(user);
}

void Crowd::Impl::sign_off(UserId id) {
  User& user = users[id];
  if (!user.live()) return;
  const std::uint32_t run = user.run;
  end_program(user);
  changed(user, Incident::signed_off, std::nullopt);
  close_links(user, What::goodbye);
  user.tracker.reset();
  if (!user.reaches_store) return;
  ++report.store.puts;
  ++report.naive.puts;
  Happening happening;
  happening.user = id;
  happening.run = run;
  later(draw(options.put_delay), What::blank, happening);
}

void Crowd::Impl::crash(UserId id) {
  User& user = users[id];
  if (!user.on || !user.powered) return;
  end_program(user);
  changed(user, Incident::crashed, std::nullopt);
  close_links(user, What::closed);
  user.tracker.reset();
}

void Crowd::Impl::vanish(UserId id) {
  User& user = users[id];
  if (!user.on) return;
  user.powered = false;
  end_program(user);
  changed(user, Incident::vanished, std::nullopt);
  close_links(user, What::silent);
  user.tracker.reset();
}

void Crowd::Impl::stand_still(UserId id, bool with_machine) {
  User& user = users[id];
  if (!user.live()) return;
  stop_renewing(user);
  user.standing = true;
  user.stands_since = now;
  user.powered = !with_machine;
  changed(user, with_machine ? Incident::vanished : Incident::froze, std::nullopt);
  touch_links(user);
}

void Crowd::Impl::go_on(UserId id) {
  User& user = users[id];
  if (!user.on || !user.standing) return;
  const base::Duration enough = user.powered ? kStoppedNoticed : kSleptNoticed;
  const bool is_noticed = now - user.stands_since > enough;
  user.standing = false;
  user.powered = true;
  changed(user, Incident::woke, Incident::woke);
  for (Happening happening : std::exchange(user.missed, {})) {
    happening.at = now;
    queue.push(happening, happening.what(), happening.step());
  }
  user.wake_queued = kNever;
  touch_links(user);
  if (is_noticed) user.tracker->resumed(now);
  announce_later(user, is_noticed);
  drive(user);
}

// --- lines ---

void Crowd::Impl::plug(UserId id, bool in) {
  User& user = users[id];
  if (user.line == in) return;
  user.line = in;
  path_changed(user, in ? Incident::mended : Incident::cut);
}

void Crowd::Impl::path_changed(User& user, Incident incident) {
  const bool reaches = user.line && region_has_store[user.region];
  const bool is_better = incident == Incident::mended || incident == Incident::healed;
  const bool store_changed = std::exchange(user.reaches_store, reaches) != reaches;
  if (store_changed && !reaches) {
    stop_renewing(user);
    user.lost_store = now;
  }
  changed(user, incident, is_better ? std::optional(incident) : std::nullopt);
  if (!user.on) return;
  touch_links(user);
  if (store_changed && reaches) announce_later(user, false);
  if (!store_changed && incident != Incident::healed) return;
  Happening happening;
  happening.user = id_of(user);
  happening.run = user.run;
  happening.stamp = ++user.line_stamp;
  const bool look_again = incident == Incident::healed;
  later(draw(reaches ? options.mend_noticed : options.cut_noticed), What::line, happening,
        look_again ? 1 : 0);
}

void Crowd::Impl::cut_region(std::uint32_t region, Lost what) {
  if (region >= options.regions) return;
  if (what != Lost::other_regions) region_has_store[region] = false;
  if (what != Lost::the_store) {
    const std::uint32_t itself = 1U << region;
    region_sees[region] = itself;
    for (std::uint32_t other = 0; other < options.regions; ++other) {
      if (other != region) region_sees[other] &= ~itself;
    }
  }
  for (User& user : users) {
    if (user.region == region) path_changed(user, Incident::cut);
  }
}

void Crowd::Impl::heal_region(std::uint32_t region) {
  if (region >= options.regions) return;
  region_has_store[region] = true;
  region_sees[region] = 0;
  for (std::uint32_t other = 0; other < options.regions; ++other) {
    region_sees[region] |= 1U << other;
    region_sees[other] |= 1U << region;
  }
  for (User& user : users) {
    if (user.region == region) path_changed(user, Incident::healed);
  }
}

// --- locations: when they begin and end ---

void Crowd::Impl::announce_later(User& user, bool is_news) {
  if (!user.live() || !user.reaches_store) return;
  Happening happening;
  happening.user = id_of(user);
  happening.run = user.run;
  const base::Duration pause = is_news ? 0s : dice.between(0s, kAnnounceSoon);
  later(pause + draw(options.put_delay), What::visible, happening, is_news ? 1 : 0);
}

}  // namespace sim
