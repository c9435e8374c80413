// Scripts: what people do in a day, what a storm does to them, and those who do nothing.

#include <algorithm>

#include "crowd_impl.h"

namespace sim {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration kDay = 24h;
constexpr base::Duration kAllArrive = 1min;  // scripts without a clock: everybody, at the start

// What happens to the whole (Happening::contact); `user` is the region.
enum World : std::uint32_t { kStrike, kCutAll, kCutStore, kCutOthers, kHeal };

// In a storm, of a hundred strikes so many are for a region.
constexpr std::uint32_t kRegionStrikes = 2;

}  // namespace

void Crowd::Impl::begin_script() {
  switch (options.script) {
    case Script::none:
      return;
    case Script::day:
      for (User& user : users) plan_day(user, base::Instant{});
      // Each day: a region without everything, one without the store, one apart from the others.
      plan_region(base::Instant(11h), kCutAll, 1);
      plan_region(base::Instant(11h + 10min), kHeal, 1);
      plan_region(base::Instant(15h), kCutStore, 2);
      plan_region(base::Instant(15h + 5min), kHeal, 2);
      plan_region(base::Instant(20h), kCutOthers, 3);
      plan_region(base::Instant(20h + 3min), kHeal, 3);
      return;
    case Script::storm:
      for (User& user : users)
        plan(user, base::Instant(dice.between(0s, kAllArrive)), Act::sign_on);
      plan_region(base::Instant(2 * kAllArrive), kStrike, 0);
      return;
    case Script::idle:
      // The absent half has come and gone once, so that their watchers know whether they dial them.
      for (UserId id = 0; id < users.size(); ++id) {
        const base::Instant arrival(dice.between(0s, kAllArrive));
        const bool stays = id % 2 == 0;
        plan(users[id], stays ? arrival : arrival + 2 * kAllArrive, Act::sign_on);
        if (!stays) plan(users[id], arrival + 4 * kAllArrive, Act::sign_off);
      }
      return;
  }
}

void Crowd::Impl::plan(User& user, base::Instant at, Act what) {
  Happening happening;
  happening.user = id_of(user);
  happening.contact = static_cast<std::uint32_t>(what);
  later(at - now, What::act, happening);
}

void Crowd::Impl::act(UserId id, Act what) {
  switch (what) {
    case Act::sign_on:
      return sign_on(id);
    case Act::sign_off:
      return sign_off(id);
    case Act::crash:
      return crash(id);
    case Act::vanish:
      return vanish(id);
    case Act::sleep:
      return stand_still(id, true);
    case Act::freeze:
      return stand_still(id, false);
    case Act::wake:
      return go_on(id);
    case Act::cut:
      return plug(id, false);
    case Act::mend:
      return plug(id, true);
    case Act::plan:
      return plan_day(users[id], now);
  }
}

// --- days ---

/// Ways of life, with the hours at which people rise, work, ride trains and go to bed.
void Crowd::Impl::plan_day(User& user, base::Instant midnight) {
  Dice& fate = user.life;
  const auto at = [&](base::Duration when, base::Duration give_or_take) {
    return midnight + when + fate.between(-give_or_take, give_or_take);
  };
  plan(user, midnight + kDay, Act::plan);
  switch (user.habit) {
    case Habit::office: {
      plan(user, at(8h + 30min, 45min), Act::sign_on);
      if (fate.chance(0.5)) {  // the others leave their machine on line
        const base::Instant lunch = at(12h + 15min, 30min);
        plan(user, lunch, Act::sign_off);
        plan(user, lunch + fate.between(20min, 1h), Act::sign_on);
      }
      return plan(user, at(17h + 30min, 1h), Act::sign_off);
    }
    case Habit::commuter:
      plan(user, at(7h, 30min), Act::sign_on);
      plan_bad_radio(user, midnight + 7h + 30min, midnight + 8h + 30min);
      plan_bad_radio(user, midnight + 17h + 30min, midnight + 18h + 30min);
      return plan(user, at(20h, 1h), Act::sign_off);
    case Habit::night_owl:
      plan(user, at(18h, 1h), Act::sign_on);
      return plan(user, at(27h, 1h), Act::sign_off);
    case Habit::always_on: {
      const base::Instant update = at(12h, 11h);
      if (midnight == base::Instant{}) plan(user, at(10min, 10min), Act::sign_on);
      plan(user, update, Act::sign_off);
      return plan(user, update + fate.between(10s, 2min), Act::sign_on);
    }
    case Habit::crasher: {
      const base::Instant end = at(22h, 1h);
      for (base::Instant when = at(9h, 1h); when < end;) {
        plan(user, when, Act::sign_on);
        const base::Instant hang = when + fate.about(4h);
        plan(user, hang, Act::freeze);
        plan(user, hang + fate.between(5s, 2min), Act::wake);
        when += fate.about(2h);
        plan(user, when, fate.chance(0.8) ? Act::crash : Act::vanish);
        when += fate.between(10s, 3min);
      }
      return plan(user, end, Act::sign_off);
    }
    case Habit::laptop: {
      if (midnight == base::Instant{}) plan(user, at(8h + 30min, 20min), Act::sign_on);
      const base::Instant end = at(22h + 30min, 30min);
      for (base::Instant when = at(9h, 5min); when < end;) {
        plan(user, when, Act::wake);
        when += 1min + fate.about(90min);
        plan(user, std::min(when, end), Act::sleep);
        when += fate.between(1min, 40min);
      }
      return;
    }
  }
}

void Crowd::Impl::plan_bad_radio(User& user, base::Instant from, base::Instant to) {
  for (base::Instant when = from + user.life.about(4min); when < to;) {
    plan(user, when, Act::cut);
    when += user.life.between(5s, 1min);
    plan(user, when, Act::mend);
    when += user.life.about(4min);
  }
}

// --- regions ---

void Crowd::Impl::plan_region(base::Instant at, std::uint32_t what, std::uint32_t region) {
  Happening happening;
  happening.user = region;
  happening.contact = what;
  later(at - now, What::world, happening);
}

void Crowd::Impl::world(const Happening& happening) {
  const std::uint32_t region = happening.user;
  if (options.script == Script::day) plan_region(now + kDay, happening.contact, region);
  switch (happening.contact) {
    case kStrike:
      return strike();
    case kCutAll:
      return cut_region(region, Lost::everything);
    case kCutStore:
      return cut_region(region, Lost::the_store);
    case kCutOthers:
      return cut_region(region, Lost::other_regions);
    default:
      return heal_region(region);
  }
}

// --- storms ---

void Crowd::Impl::strike() {
  if (strikes++ >= options.storm_strikes) return calm();
  plan_region(now + dice.about(options.storm_pause), kStrike, 0);
  if (dice.below(100) < kRegionStrikes) return strike_region();
  strike_user(dice.below(static_cast<std::uint32_t>(users.size())));
}

/// Each comes back by itself.
void Crowd::Impl::strike_user(UserId id) {
  User& user = users[id];
  const base::Instant again = now + dice.between(3s, 2min);
  switch (dice.below(6)) {
    case 0:
      sign_off(id);
      return plan(user, again, Act::sign_on);
    case 1:
      crash(id);
      return plan(user, again, Act::sign_on);
    case 2:
      vanish(id);
      return plan(user, again, Act::sign_on);
    case 3:
      stand_still(id, false);
      return plan(user, again, Act::wake);
    case 4:
      stand_still(id, true);
      return plan(user, again, Act::wake);
    default:
      plug(id, false);
      return plan(user, again, Act::mend);
  }
}

void Crowd::Impl::strike_region() {
  const std::uint32_t region = dice.below(static_cast<std::uint32_t>(options.regions));
  cut_region(region, static_cast<Lost>(dice.below(3)));
  plan_region(now + dice.between(5s, 2min), kHeal, region);
}

/// Everything is mended, and everybody on line.
void Crowd::Impl::calm() {
  for (std::uint32_t region = 0; region < options.regions; ++region) heal_region(region);
  for (UserId id = 0; id < users.size(); ++id) {
    plug(id, true);
    go_on(id);
    sign_on(id);
  }
}

}  // namespace sim
