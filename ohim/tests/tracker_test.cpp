// The tracker, without store or network: each input and what follows from it.

#include "ohim/tracker.h"

#include <gtest/gtest.h>

namespace ohim {
namespace {

using namespace std::chrono_literals;
using What = Tracker::Action::What;
using DialFailure = Tracker::DialFailure;
using LinkEnd = Tracker::LinkEnd;
using Opened = Tracker::Opened;

class TrackerTest : public ::testing::Test {
 protected:
  TrackerTest() {
    tracker.add(lisa, now);
    EXPECT_TRUE(due(What::read_location));
  }

  /// Whether this is due now; takes all that is.
  bool due(What what) {
    bool found = false;
    for (const auto& action : tracker.actions(now)) found |= action.what == what;
    return found;
  }
  /// How long until this becomes due, if within an hour.
  std::optional<base::Duration> next(What what) {
    const base::Instant begin = now;
    while (now - begin < 1h) {
      const auto wake = tracker.wake();
      if (!wake) return std::nullopt;
      now = std::max(now, *wake);
      if (due(what)) return now - begin;
    }
    return std::nullopt;
  }
  void pass(base::Duration span) {
    now += span;
    tracker.actions(now);
  }
  void found(std::uint64_t sequence, base::Duration valid = 90s) {
    tracker.located(lisa, {{kPlace, sequence, now + valid}}, now);
  }
  void absent() { tracker.located(lisa, {}, now); }
  void dialled(DialFailure how) {
    EXPECT_TRUE(due(What::dial));
    tracker.dial_failed(lisa, kPlace, how, now);
  }
  void up(PlaceId place = kPlace, Opened opened = Opened::by_us) {
    tracker.link_up(lisa, place, opened, now);
  }
  void down(LinkEnd how, PlaceId place = kPlace) { tracker.link_down(lisa, place, how, now); }
  void shows(Presence presence, KnownBy by) {
    EXPECT_EQ(to_string(tracker.state(lisa).presence), to_string(presence));
    EXPECT_EQ(to_string(tracker.state(lisa).known_by), to_string(by));
  }

  static constexpr PlaceId kPlace = 1;
  const Name lisa = *Name::parse("lisa");
  base::Instant now{1h};
  Tracker tracker;
};

TEST_F(TrackerTest, nothing_is_known_at_first_and_the_location_is_read) {
  shows(Presence::unknown, KnownBy::none);
  EXPECT_FALSE(due(What::read_location)) << "given once";
  EXPECT_TRUE(tracker.take_changes().empty());
}

TEST_F(TrackerTest, absent_is_off_line_and_polled_with_jitter) {
  absent();
  shows(Presence::offline, KnownBy::poll);
  const auto first = next(What::read_location);
  ASSERT_TRUE(first);
  EXPECT_GE(*first, 45s);
  EXPECT_LE(*first, 75s);
  absent();
  const auto second = next(What::read_location);
  EXPECT_GE(*second, 90s) << "more and more seldom";
  EXPECT_NE(*second, *first * 2) << "not in step";
}

TEST_F(TrackerTest, location_is_dialled_and_believed_only_then) {
  found(1);
  shows(Presence::unknown, KnownBy::none);
  EXPECT_TRUE(due(What::dial));
  up();
  shows(Presence::online, KnownBy::link);
  EXPECT_FALSE(tracker.wake()) << "the link brings the news";
}

TEST_F(TrackerTest, refused_is_off_line_and_tried_again_more_and_more_seldom) {
  found(1, 2h);
  dialled(DialFailure::refused);
  shows(Presence::offline, KnownBy::poll);
  base::Duration last{0};
  for (int i = 0; i < 8; ++i) {
    const auto wait = next(What::dial);
    ASSERT_TRUE(wait);
    EXPECT_LE(*wait, 150s);
    EXPECT_GE(*wait, std::min<base::Duration>(last, 90s));
    last = *wait;
    tracker.dial_failed(lisa, kPlace, DialFailure::refused, now);
  }
}

TEST_F(TrackerTest, silent_is_on_line_by_lease_until_it_ends) {
  found(1);
  dialled(DialFailure::silent);
  shows(Presence::online, KnownBy::lease);
  pass(89s);
  shows(Presence::online, KnownBy::lease);
  pass(1s);
  shows(Presence::offline, KnownBy::lease);
}

TEST_F(TrackerTest, lease_is_read_again_before_it_ends) {
  found(1);
  dialled(DialFailure::silent);
  const auto wait = next(What::read_location);
  ASSERT_TRUE(wait);
  EXPECT_LT(*wait, 90s);
  EXPECT_GT(*wait, 45s);
  found(2);
  shows(Presence::online, KnownBy::lease);
}

TEST_F(TrackerTest, lease_that_ended_while_we_could_not_read_is_unknown) {
  found(1);
  dialled(DialFailure::silent);
  ASSERT_TRUE(next(What::read_location));
  tracker.location_unreadable(lisa, now);
  shows(Presence::online, KnownBy::lease);
  pass(60s);
  shows(Presence::unknown, KnownBy::none);
}

TEST_F(TrackerTest, unreadable_is_read_again_soon_then_more_seldom) {
  base::Duration waited{0};
  for (int i = 0; i < 10; ++i) {
    tracker.location_unreadable(lisa, now);
    shows(Presence::unknown, KnownBy::none);
    const auto wait = next(What::read_location);
    ASSERT_TRUE(wait);
    if (i == 0) {
      EXPECT_LE(*wait, 3s);
    }
    EXPECT_LE(*wait, 75s);
    waited += *wait;
  }
  EXPECT_GE(waited, 3min);
}

TEST_F(TrackerTest, goodbye_is_off_line_at_once_and_the_same_location_is_not_dialled) {
  found(7);
  up();
  down(LinkEnd::goodbye);
  shows(Presence::offline, KnownBy::poll);
  EXPECT_GE(*next(What::read_location), 30s);
  found(7);
  EXPECT_FALSE(due(What::dial));
  shows(Presence::offline, KnownBy::poll);
}

TEST_F(TrackerTest, renewal_just_before_the_goodbye_does_not_bring_her_back) {
  found(7);
  up();
  down(LinkEnd::goodbye);
  found(8);
  dialled(DialFailure::silent);
  shows(Presence::offline, KnownBy::poll);
  found(9);
  EXPECT_TRUE(next(What::dial));
  tracker.dial_failed(lisa, kPlace, DialFailure::silent, now);
  shows(Presence::online, KnownBy::lease);
}

TEST_F(TrackerTest, return_after_a_goodbye_is_dialled_at_once) {
  found(7);
  up();
  down(LinkEnd::goodbye);
  absent();
  found(8);
  dialled(DialFailure::silent);
  shows(Presence::online, KnownBy::lease);
}

TEST_F(TrackerTest, broken_link_is_read_and_dialled_at_once) {
  found(1);
  up();
  pass(30s);
  down(LinkEnd::broken);
  shows(Presence::online, KnownBy::link);
  const auto actions = tracker.actions(now);
  ASSERT_EQ(actions.size(), 2);
  EXPECT_EQ(actions[0].what, What::read_location);
  EXPECT_EQ(actions[1].what, What::dial);
}

TEST_F(TrackerTest, host_that_vanished_does_not_come_back_by_the_location_it_left) {
  up();
  pass(60s);
  down(LinkEnd::broken);
  found(7);
  dialled(DialFailure::silent);
  shows(Presence::offline, KnownBy::poll);
  ASSERT_TRUE(next(What::dial));
  tracker.dial_failed(lisa, kPlace, DialFailure::silent, now);
  shows(Presence::offline, KnownBy::poll);
}

TEST_F(TrackerTest, link_that_we_ended_leaves_her_where_her_location_says) {
  up();
  pass(60s);
  down(LinkEnd::ours);
  shows(Presence::online, KnownBy::lease);
  found(7);
  dialled(DialFailure::silent);
  shows(Presence::online, KnownBy::lease);
}

TEST_F(TrackerTest, renewal_after_a_broken_link_shows_that_she_lives) {
  up();
  pass(60s);
  down(LinkEnd::broken);
  found(7);
  dialled(DialFailure::silent);
  found(8);
  shows(Presence::offline, KnownBy::poll);
  ASSERT_TRUE(next(What::dial));
  tracker.dial_failed(lisa, kPlace, DialFailure::silent, now);
  shows(Presence::online, KnownBy::lease);
}

TEST_F(TrackerTest, flapping_link_is_dialled_with_back_off) {
  found(1, 1h);
  base::Duration last{0};
  for (int i = 0; i < 5; ++i) {
    up();
    pass(1s);
    down(LinkEnd::broken);
    const auto wait = next(What::dial);
    ASSERT_TRUE(wait);
    EXPECT_GT(*wait, last);
    last = *wait;
  }
  up();
  pass(11s);
  down(LinkEnd::broken);
  EXPECT_TRUE(due(What::dial)) << "it was steady";
}

TEST_F(TrackerTest, own_line_cut_shows_unknown_and_asks_nothing) {
  found(1);
  dialled(DialFailure::silent);
  tracker.own_line(false, now);
  shows(Presence::unknown, KnownBy::none);
  pass(2min);
  EXPECT_FALSE(tracker.wake());
  tracker.own_line(true, now);
  shows(Presence::unknown, KnownBy::none);
  EXPECT_TRUE(due(What::read_location));
}

TEST_F(TrackerTest, own_line_cut_does_not_touch_a_link) {
  up();
  tracker.own_line(false, now);
  shows(Presence::online, KnownBy::link);
  down(LinkEnd::broken);
  shows(Presence::unknown, KnownBy::none);
}

TEST_F(TrackerTest, newer_location_cuts_a_long_back_off_short) {
  found(1, 1h);
  dialled(DialFailure::refused);
  for (int i = 0; i < 6; ++i) {
    ASSERT_TRUE(next(What::dial));
    tracker.dial_failed(lisa, kPlace, DialFailure::refused, now);
  }
  pass(5s);
  found(2, 1h);
  EXPECT_TRUE(due(What::dial));
}

TEST_F(TrackerTest, older_location_is_not_believed) {
  found(5);
  dialled(DialFailure::refused);
  found(4, 5h);
  const auto wait = next(What::read_location);
  ASSERT_TRUE(wait);
  shows(Presence::offline, KnownBy::poll);
}

TEST_F(TrackerTest, late_outcomes_change_nothing) {
  up();
  tracker.dial_failed(lisa, kPlace, DialFailure::refused, now);
  absent();
  found(1);
  shows(Presence::online, KnownBy::link);
  tracker.remove(lisa);
  tracker.dial_failed(lisa, kPlace, DialFailure::refused, now);
  found(2);
  up();
  down(LinkEnd::broken);
  EXPECT_EQ(tracker.state(lisa), BuddyState{});
  EXPECT_FALSE(tracker.wake());
}

TEST_F(TrackerTest, a_second_place_by_lease_is_told_of_when_it_comes_and_goes) {
  up();
  (void)tracker.take_changes();
  const Tracker::Lease here{kPlace, 1, now + 90s};
  const Tracker::Lease elsewhere{2, 1, now + 90s};
  tracker.located(lisa, {here, elsewhere}, now);
  EXPECT_TRUE(tracker.take_changes().empty()) << "it was not dialled yet";
  EXPECT_TRUE(due(What::dial));
  tracker.dial_failed(lisa, 2, DialFailure::silent, now);
  const auto come = tracker.take_changes();
  ASSERT_EQ(come.size(), 1);
  EXPECT_EQ(come[0].state, tracker.state(lisa));
  EXPECT_EQ(tracker.places(lisa).size(), 2);
  pass(91s);
  EXPECT_EQ(tracker.take_changes().size(), 1);
  EXPECT_EQ(tracker.places(lisa).size(), 1);
}

TEST_F(TrackerTest, since_is_when_presence_changed_not_how_it_is_known) {
  found(1);
  dialled(DialFailure::silent);
  const base::Instant began = now;
  pass(10s);
  up();
  EXPECT_EQ(tracker.state(lisa).since, began);
  const auto changes = tracker.take_changes();
  ASSERT_EQ(changes.size(), 2);
  EXPECT_EQ(changes[1].state.known_by, KnownBy::link);
}

TEST(TrackerCostTest, many_buddies_stretch_the_polls) {
  Tracker tracker;
  base::Instant now{1h};
  for (int i = 0; i < 600; ++i) {
    const Name buddy = *Name::parse("buddy" + std::to_string(i));
    tracker.add(buddy, now);
  }
  std::size_t reads = 0;
  const base::Instant end = now + 1h;
  while (now < end) {
    for (const auto& action : tracker.actions(now)) {
      ++reads;
      tracker.located(action.buddy, {}, now);
    }
    now = *tracker.wake();
  }
  EXPECT_LT(reads, 600 + 120 * 1.2);
}

}  // namespace
}  // namespace ohim
