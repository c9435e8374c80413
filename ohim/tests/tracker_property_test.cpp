// The tracker under random inputs: what must hold whatever comes.

#include <gtest/gtest.h>

#include <random>

#include "ohim/tracker.h"

namespace ohim {
namespace {

using namespace std::chrono_literals;
using What = Tracker::Action::What;
using DialFailure = Tracker::DialFailure;
using LinkEnd = Tracker::LinkEnd;
using Opened = Tracker::Opened;

/// Random inputs in random order, and what must hold after each.
class TrackerPropertyTest : public ::testing::TestWithParam<int> {
 protected:
  struct Known {
    bool linked = false;
    base::Instant until{};   // the latest end of any lease ever reported
    base::Instant silent{};  // when a link fell silent last
    base::Instant closed{};  // when one was closed
    int reads = 0;
    int dials = 0;
  };

  void act() {
    for (const auto& action : tracker.actions(now)) {
      Known& buddy = known.at(action.buddy);
      EXPECT_FALSE(buddy.linked);
      EXPECT_TRUE(line);
      if (action.what == What::dial) {
        const bool lost = now - buddy.silent <= 70min;
        const bool questioned = now - buddy.closed < 1200ms;
        EXPECT_TRUE(buddy.until > now || lost || questioned) << "dials where she may be";
        ++buddy.dials;
      } else {
        ++buddy.reads;
      }
    }
  }
  void check() {
    const auto wake = tracker.wake();
    if (wake) {
      EXPECT_GT(*wake, now);
    }
    for (const auto& [name, buddy] : known) {
      const BuddyState state = tracker.state(name);
      const Why why = tracker.why(name, now);
      const bool questioned = why.cause == Cause::questioned;
      const bool unsteady = why.cause == Cause::unsteady;
      EXPECT_EQ(state.known_by == KnownBy::link, questioned || (buddy.linked && !unsteady));
      EXPECT_EQ(state.presence == Presence::unknown, state.known_by == KnownBy::none);
      EXPECT_LE(state.since, now);
      EXPECT_EQ(state, why.state);
      EXPECT_LE(why.learned, now);
      EXPECT_FALSE(in_words(why, now).empty());
      if (state.presence == Presence::online) {
        EXPECT_TRUE(why.corrected_by && *why.corrected_by > now);
      }
      if (buddy.linked) {
        EXPECT_TRUE(state.presence == Presence::online || unsteady);
      }
      if (!buddy.linked && !line) {
        EXPECT_EQ(state.presence, Presence::unknown);
      }
      if (!buddy.linked && !questioned && state.presence == Presence::online) {
        EXPECT_GT(buddy.until, now);
      }
    }
  }
  void random_input(const Name& name, Known& buddy) {
    switch (dice() % 10) {
      case 0: {
        const base::Instant until = now + std::chrono::seconds(dice() % 80) - 10s;
        tracker.located(name, {{kPlace, dice() % 50, until}}, now);
        buddy.until = std::max(buddy.until, until);
        break;
      }
      case 1:
        return tracker.located(name, {}, now);
      case 2:
        return tracker.location_unreadable(name, now);
      case 3:
        return tracker.dial_failed(name, kPlace, DialFailure::refused, now);
      case 4:
        return tracker.dial_failed(name, kPlace, DialFailure::silent, now);
      case 5:
        buddy.linked = true;
        return tracker.link_up(name, kPlace, dice() % 2 == 0 ? Opened::by_us : Opened::by_her, now);
      case 6:
        return end_link(name, buddy);
      case 7:
        line = dice() % 4 != 0;
        return tracker.own_line(line, now);
      case 8:
        return dice() % 2 == 0 ? tracker.look_again(now) : tracker.resumed(now);
      default:
        tracker.remove(name);
        tracker.add(name, now);
        buddy = Known();
    }
  }
  void end_link(const Name& name, Known& buddy) {
    constexpr LinkEnd kEnds[] = {LinkEnd::goodbye, LinkEnd::broken, LinkEnd::silent, LinkEnd::ours};
    const LinkEnd how = kEnds[dice() % 4];
    if (buddy.linked && how == LinkEnd::silent) buddy.silent = now;
    if (buddy.linked && how == LinkEnd::broken) buddy.closed = now;
    if (buddy.linked && how == LinkEnd::ours) buddy.until = std::max(buddy.until, now + 5s);
    buddy.linked = false;
    tracker.link_down(name, kPlace, how, now);
  }

  static constexpr PlaceId kPlace = 1;
  std::mt19937 dice{static_cast<unsigned>(GetParam())};
  base::Instant now{1h};
  bool line = true;
  Tracker tracker;
  std::map<Name, Known> known;
};

TEST_P(TrackerPropertyTest, holds_whatever_comes) {
  for (const char* text : {"lisa", "bart", "milhouse"}) {
    known.emplace(*Name::parse(text), Known());
    tracker.add(*Name::parse(text), now);
  }
  for (int step = 0; step < 3000; ++step) {
    auto at = known.begin();
    std::advance(at, dice() % known.size());
    random_input(at->first, at->second);
    if (dice() % 3 == 0) now += std::chrono::milliseconds(dice() % 20'000);
    act();
    check();
    ASSERT_FALSE(HasFailure()) << "step " << step;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, TrackerPropertyTest, ::testing::Range(0, 20));

}  // namespace
}  // namespace ohim
