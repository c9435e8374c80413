// Links between programs, and how they begin and end.

#include <array>
#include <cmath>

#include "crowd_impl.h"

namespace sim {
namespace {

using namespace std::chrono_literals;
using ohim::Tracker;

constexpr std::uint32_t kDialsAtOnce = 64;  // as ohim's watcher
constexpr base::Duration kNextPing = 3s;    // after so much silence at most; a dead end answers it

/// When a link falls silent, and the store was not heard for so long: it is the own line.
constexpr base::Duration kHeardLately = 4s;

// Steps of a dial: repetitions of the first packet, as TCP does; then the handshake.
constexpr std::array<base::Duration, 4> kDialAgain{1s, 2s, 2s, 0s};
constexpr std::uint8_t kGivenUp = 3;
constexpr std::uint8_t kHandshake = 4;
constexpr std::uint8_t kLookUp = 5;  // before all that, for somebody whose location was never read

/// With 10 % loss, a ping and all its repetitions within the time are lost once in 40 hours.
constexpr int kPingTries = 5;
constexpr double kPingsASecond = 1.0 / 3;

}  // namespace

// --- dialling ---

void Crowd::Impl::start_dial(User& watcher, std::uint32_t contact, std::uint32_t place) {
  if (watcher.dialing >= kDialsAtOnce) {
    watcher.dials.emplace_back(contact, place);
    return;
  }
  ++watcher.dialing;
  ++report.dials;
  Happening happening;
  happening.user = id_of(watcher);
  happening.contact = contact;
  happening.run = watcher.run;
  happening.stamp = place;
  const Contact& at = watcher.contacts[contact];
  if (place == at.read_at[0] || place == at.read_at[1]) {
    return later(trip() + trip(), What::dial, happening);
  }
  ++report.store.gets;
  const bool answers = watcher.reaches_store;
  later(answers ? draw(options.read_delay) : options.dial_limit, What::dial, happening, kLookUp);
}

/// She had dialled us, so nobody has needed her location until now.
void Crowd::Impl::look_up(const Happening& happening) {
  User& watcher = users[happening.user];
  Contact& contact = watcher.contacts[happening.contact];
  if (watcher.reaches_store) {
    take_leases(watcher, contact);
  } else {
    watcher.tracker->location_unreadable(users[contact.who].name, now);
  }
  if (contact.read_at[0] != happening.stamp && contact.read_at[1] != happening.stamp) {
    return dial_failed(watcher, happening, Tracker::DialFailure::silent);
  }
  later(trip() + trip(), What::dial, happening);
  drive(watcher);
}

void Crowd::Impl::dial(const Happening& happening) {
  User& watcher = users[happening.user];
  const User& buddy = users[watcher.contacts[happening.contact].who];
  const std::uint8_t step = happening.step();
  if (step == kLookUp) return look_up(happening);
  const bool is_there = buddy.on && buddy.run == happening.stamp;
  const bool is_heard = buddy.powered && !buddy.walled && way_between(watcher, buddy);
  if (!is_heard || (is_there && buddy.standing)) {
    if (step == kGivenUp) return dial_failed(watcher, happening, Tracker::DialFailure::silent);
    const std::uint8_t tried = step == kHandshake ? kGivenUp - 1 : step;
    return later(kDialAgain[tried], What::dial, happening, tried + 1);
  }
  if (!is_there) return dial_failed(watcher, happening, Tracker::DialFailure::refused);
  if (step != kHandshake) return later(trip() + trip(), What::dial, happening, kHandshake);
  end_dial(watcher);
  connect(watcher, happening.contact);
}

void Crowd::Impl::dial_failed(User& watcher, const Happening& happening, Tracker::DialFailure how) {
  Contact& contact = watcher.contacts[happening.contact];
  end_dial(watcher);
  watcher.tracker->dial_failed(users[contact.who].name, happening.stamp, how, now);
  drive(watcher);
  tidy_watch(watcher, contact);
}

void Crowd::Impl::end_dial(User& watcher) {
  --watcher.dialing;
  if (watcher.dials.empty()) return;
  const auto [contact, place] = watcher.dials.front();
  watcher.dials.erase(watcher.dials.begin());
  start_dial(watcher, contact, place);
}

// --- links begin ---

void Crowd::Impl::connect(User& watcher, std::uint32_t contact) {
  User& buddy = users[watcher.contacts[contact].who];
  const std::uint32_t back = watcher.contacts[contact].back;
  for (std::uint32_t at = watcher.contacts[contact].link; at != kNone;) {
    const Link& link = links[at];
    const std::size_t side = link.user[0] == id_of(watcher) ? 0 : 1;
    const bool is_same = link.run[side] == watcher.run && link.run[1 - side] == buddy.run;
    if (is_same && link.up[0] && link.up[1]) return;  // crossed: the other one stays
    at = link.next[side];
  }
  drop_ends(watcher, contact, buddy.run);
  drop_ends(buddy, back, watcher.run);
  const std::uint32_t number = new_link();
  Link& link = links[number];
  link.user = {id_of(watcher), id_of(buddy)};
  link.contact = {contact, back};
  link.run = {watcher.run, buddy.run};
  link.next = {watcher.contacts[contact].link, buddy.contacts[back].link};
  link.up = {true, true};
  link.working = true;
  watcher.contacts[contact].link = buddy.contacts[back].link = number;
  ++report.links;
  if (options.loss > 0) {
    const double miss = 2 * std::pow(options.loss, kPingTries) * kPingsASecond;
    Happening hiccup;
    hiccup.user = number;
    hiccup.stamp = link.stamp;
    const std::chrono::duration<double> mean(1 / miss);
    later(dice.about(std::chrono::duration_cast<base::Duration>(mean)), What::hiccup, hiccup);
  }
  const Link copy = link;
  tell_link_up(copy, 0, Tracker::Opened::by_us);
  tell_link_up(copy, 1, Tracker::Opened::by_her);
}

void Crowd::Impl::tell_link_up(const Link& link, std::size_t side, Tracker::Opened opened) {
  User& user = users[link.user[side]];
  Contact& contact = user.contacts[link.contact[side]];
  if (!contact.lists) return;
  const ohim::Name& buddy = users[contact.who].name;
  user.tracker->link_up(buddy, link.run[1 - side], opened, now);
  contact.said_lists = true;
  user.tracker->lists_us(buddy, contact.listed);
  drive(user);
  tidy_watch(user, contact);
}

std::uint32_t Crowd::Impl::new_link() {
  if (free_links.empty()) {
    links.emplace_back();
    free_links.push_back(static_cast<std::uint32_t>(links.size() - 1));
  }
  const std::uint32_t number = free_links.back();
  free_links.pop_back();
  const std::uint32_t stamp = links[number].stamp;
  links[number] = Link{};
  links[number].stamp = stamp + 1;
  return number;
}

void Crowd::Impl::free_link(std::uint32_t number) {
  Link& link = links[number];
  for (std::size_t side = 0; side < 2; ++side) {
    std::uint32_t* at = &users[link.user[side]].contacts[link.contact[side]].link;
    while (*at != number) {
      Link& other = links[*at];
      at = &other.next[other.user[0] == link.user[side] ? 0 : 1];
    }
    *at = link.next[side];
  }
  ++link.stamp;
  free_links.push_back(number);
}

/// A new link to a place takes over from an old one that only this end believes in.
void Crowd::Impl::drop_ends(User& user, std::uint32_t contact, std::uint32_t place) {
  const UserId id = id_of(user);
  for (std::uint32_t number = user.contacts[contact].link; number != kNone;) {
    Link& link = links[number];
    const std::size_t side = link.user[0] == id ? 0 : 1;
    const std::uint32_t next = link.next[side];
    if (link.up[side] && link.run[1 - side] == place) {
      link.up[side] = false;
      if (!link.up[1 - side]) free_link(number);
    }
    number = next;
  }
}

bool Crowd::Impl::is_linked(const Contact& contact) const {
  for (std::uint32_t number = contact.link; number != kNone;) {
    const Link& link = links[number];
    const std::size_t side = link.user[0] == contact.who ? 1 : 0;
    if (link.up[side] && link.run[1 - side] == users[contact.who].run) return true;
    number = link.next[side];
  }
  return false;
}

// --- links break, mend and end ---

/// After anything that may have broken or mended the ways of her links.
void Crowd::Impl::touch_links(User& user) {
  const UserId id = id_of(user);
  for (const Contact& contact : user.contacts) {
    for (std::uint32_t number = contact.link; number != kNone;) {
      Link& link = links[number];
      const User& one = users[link.user[0]];
      const User& other = users[link.user[1]];
      const bool both = link.up[0] && link.up[1];
      const bool works = both && one.live() && other.live() && way_between(one, other);
      if (works != link.working) {
        link.working = works;
        ++link.stamp;
      }
      if (!works) {
        expect_end(number, 0);
        expect_end(number, 1);
      }
      number = link.next[link.user[0] == id ? 0 : 1];
    }
  }
}

/// One end of a link that does not work: it falls silent, if no ping is told before that nobody
/// knows the link any more.
void Crowd::Impl::expect_end(std::uint32_t number, std::size_t side) {
  const Link& link = links[number];
  const User& user = users[link.user[side]];
  const User& other = users[link.user[1 - side]];
  if (!link.up[side] || !user.live()) return;
  Happening happening;
  happening.user = number;
  happening.contact = static_cast<std::uint32_t>(side);
  happening.stamp = link.stamp;
  later(draw(options.silence), What::silent, happening);
  const bool is_told = !link.up[1 - side] && other.powered && way_between(user, other);
  if (is_told) later(dice.between(0s, kNextPing) + trip() + trip(), What::reset, happening);
}

/// Nothing passes any more. The end at `side` hears `how` after a trip, if it is not silence.
void Crowd::Impl::break_off(std::uint32_t number, std::size_t side, What how) {
  Link& link = links[number];
  link.working = false;
  ++link.stamp;
  Happening happening;
  happening.user = number;
  happening.contact = static_cast<std::uint32_t>(side);
  happening.stamp = link.stamp;
  if (how != What::silent) later(trip(), how, happening);
  expect_end(number, side);
}

/// Her program has ended. `how` her machine tells the other ends: closed, goodbye; silent: it
/// does not.
void Crowd::Impl::close_links(User& user, What how) {
  const UserId id = id_of(user);
  for (const Contact& contact : user.contacts) {
    for (std::uint32_t number = contact.link; number != kNone;) {
      Link& link = links[number];
      const std::size_t side = link.user[0] == id ? 0 : 1;
      const std::uint32_t next = link.next[side];
      const bool was_up = std::exchange(link.up[side], false);
      if (!link.up[1 - side]) {
        free_link(number);
      } else if (was_up && link.working) {
        break_off(number, 1 - side, how);
      }
      number = next;
    }
  }
}

void Crowd::Impl::link_event(const Happening& happening) {
  const std::uint32_t number = happening.user;
  const std::size_t side = happening.contact;
  const Link& link = links[number];
  if (link.stamp != happening.stamp) return;
  if (happening.what() == What::hiccup) {
    if (link.working) end_link(number, dice.below(2), Tracker::LinkEnd::silent);
    return;
  }
  const User& user = users[link.user[side]];
  const User& other = users[link.user[1 - side]];
  if (!link.up[side] || !user.live()) return;
  const bool is_told = !link.up[1 - side] && other.powered && way_between(user, other);
  if (happening.what() == What::silent) return end_link(number, side, Tracker::LinkEnd::silent);
  if (!is_told) return;
  const bool is_goodbye = happening.what() == What::goodbye;
  end_link(number, side, is_goodbye ? Tracker::LinkEnd::goodbye : Tracker::LinkEnd::broken);
}

/// One end gives the link up; the other is told if it can be.
void Crowd::Impl::end_link(std::uint32_t number, std::size_t side, Tracker::LinkEnd how) {
  Link& link = links[number];
  User& user = users[link.user[side]];
  Contact& contact = user.contacts[link.contact[side]];
  const std::uint32_t place = link.run[1 - side];
  link.up[side] = false;
  if (!link.up[1 - side]) {
    free_link(number);
  } else if (link.working) {
    break_off(number, 1 - side, What::closed);
  }
  const bool doubts = how == Tracker::LinkEnd::silent && !user.reaches_store;
  if (doubts && user.line_known && now - user.lost_store >= kHeardLately) {
    user.line_known = false;
    user.tracker->own_line(false, now);
  }
  if (!contact.lists) return;
  user.tracker->link_down(users[contact.who].name, place, how, now);
  drive(user);
  tidy_watch(user, contact);
}

}  // namespace sim
