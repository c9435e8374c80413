// Small crowds: each story is one thing that happens, and what is shown after it.

#include "testing/crowd.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sim {
namespace {

using namespace std::chrono_literals;
using ohim::KnownBy;
using ohim::Presence;

/// A few people who all list each other, and whom everybody can dial.
class SmallCrowd : public ::testing::Test {
 protected:
  static constexpr std::uint32_t kPeople = 8;

  static CrowdOptions options() {
    CrowdOptions options;
    options.users = kPeople;
    options.buddies = kPeople - 1;
    options.mutual = 1;
    options.walled = 0;
    options.read_loss = 0;
    options.script = Script::none;
    return options;
  }
  void everybody_signs_on() {
    for (std::uint32_t user = 0; user < kPeople; ++user) {
      crowd.sign_on(user);
      crowd.advance(1s);
    }
    crowd.advance(10s);
    ASSERT_TRUE(crowd.agrees()) << ::testing::PrintToString(crowd.wrong());
  }
  void expect_agreement_within(base::Duration limit) {
    crowd.advance(limit);
    EXPECT_TRUE(crowd.agrees()) << ::testing::PrintToString(crowd.wrong());
    EXPECT_EQ(crowd.report().broken_promises, 0U);
  }

  Crowd crowd{options()};
};

TEST_F(SmallCrowd, SeesWhoSignsOnAndWhoSignsOff) {
  everybody_signs_on();
  EXPECT_EQ(crowd.shown(0, 1).known_by, KnownBy::link);
  crowd.sign_off(1);
  expect_agreement_within(1s);
  EXPECT_EQ(crowd.shown(0, 1).presence, Presence::offline);
  crowd.sign_on(1);
  expect_agreement_within(1s);
  EXPECT_EQ(crowd.shown(0, 1).presence, Presence::online);
}

TEST_F(SmallCrowd, SeesWhoseProcessEnds) {
  everybody_signs_on();
  crowd.crash(3);
  expect_agreement_within(2s);
  EXPECT_FALSE(crowd.is_on(3));
}

TEST_F(SmallCrowd, SeesWhoseMachineIsGone) {
  everybody_signs_on();
  crowd.vanish(3);
  crowd.advance(1s);
  EXPECT_EQ(crowd.shown(0, 3).presence, Presence::online) << "nobody was told";
  EXPECT_FALSE(crowd.agrees());
  expect_agreement_within(9s);
  crowd.sign_on(3);
  expect_agreement_within(5s);
}

TEST_F(SmallCrowd, SeesWhoStandsStillAndGoesOn) {
  everybody_signs_on();
  crowd.freeze(2);
  crowd.sleep(5);
  expect_agreement_within(10s);
  crowd.advance(10min);
  crowd.wake(2);
  crowd.wake(5);
  expect_agreement_within(10s);
}

TEST_F(SmallCrowd, NobodyIsShownWhileTheOwnLineIsCut) {
  everybody_signs_on();
  crowd.cut(0);
  expect_agreement_within(10s);
  EXPECT_EQ(crowd.shown(0, 1).presence, Presence::unknown);
  EXPECT_EQ(crowd.shown(1, 0).presence, Presence::offline);
  crowd.advance(5min);
  crowd.mend(0);
  expect_agreement_within(10s);
}

TEST_F(SmallCrowd, AgreesAfterARegionWasCutOff) {
  everybody_signs_on();
  for (const auto lost :
       {Crowd::Lost::everything, Crowd::Lost::the_store, Crowd::Lost::other_regions}) {
    crowd.cut_region(1, lost);
    crowd.advance(3min);
    crowd.heal_region(1);
    expect_agreement_within(10s);
  }
}

TEST_F(SmallCrowd, ShortCutIsNotSeen) {
  everybody_signs_on();
  crowd.count_anew();
  crowd.cut(0);
  crowd.advance(2s);
  crowd.mend(0);
  crowd.advance(1min);
  EXPECT_EQ(crowd.report().of(Verdict::offline_while_there), 0);
  EXPECT_EQ(crowd.report().dials, 0U) << "the links have held";
}

TEST_F(SmallCrowd, TellsWhyInWords) {
  everybody_signs_on();
  EXPECT_EQ(crowd.why(0, 1).cause, ohim::Cause::link);
  crowd.vanish(1);
  crowd.advance(2s);
  ASSERT_EQ(crowd.wrong().size(), kPeople - 1);
  EXPECT_NE(crowd.wrong().front().find("wrongly for 2.0 s"), std::string::npos)
      << crowd.wrong().front();
}

TEST_F(SmallCrowd, CountsWhatTheStoreDoes) {
  everybody_signs_on();
  crowd.count_anew();
  crowd.advance(2h);
  const CrowdReport report = crowd.report();
  EXPECT_EQ(report.store.puts, 2 * 90 * kPeople) << "a location is renewed every 40 s";
  EXPECT_EQ(report.store.gets, 0U) << "who is linked is not looked up";
  EXPECT_EQ(report.naive.gets, 2 * 60 * kPeople * (kPeople - 1));
  EXPECT_DOUBLE_EQ(report.user_hours, 2.0 * kPeople);
}

TEST_F(SmallCrowd, NothingIsAskedOfWhoIsNotThere) {
  crowd.sign_off(0);
  crowd.crash(0);
  crowd.wake(0);
  crowd.mend(0);
  crowd.heal_region(99);
  crowd.cut_region(99, Crowd::Lost::everything);
  crowd.advance(1h);
  EXPECT_TRUE(crowd.agrees());
  EXPECT_EQ(crowd.shown(0, 1).presence, Presence::unknown);
}

// --- towns of some size ---

CrowdReport live(std::uint64_t seed, Script script, base::Duration span) {
  CrowdOptions options;
  options.users = 40;
  options.buddies = 10;
  options.script = script;
  options.seed = seed;
  Crowd crowd(options);
  crowd.advance(span);
  return crowd.report();
}

TEST(Crowd, OneSeedGivesOneTrace) {
  for (const Script script : {Script::day, Script::storm}) {
    const CrowdReport once = live(7, script, 30min);
    const CrowdReport again = live(7, script, 30min);
    EXPECT_EQ(once.trace, again.trace);
    EXPECT_EQ(to_text(once), to_text(again));
    EXPECT_NE(once.trace, live(8, script, 30min).trace);
  }
}

TEST(Crowd, TraceDoesNotDependOnTheSizeOfTheSteps) {
  CrowdOptions options;
  options.users = 40;
  options.script = Script::storm;
  Crowd at_once(options);
  Crowd in_steps(options);
  at_once.advance(10min);
  for (int i = 0; i < 600; ++i) in_steps.advance(1s);
  EXPECT_EQ(at_once.report().trace, in_steps.report().trace);
}

TEST(Crowd, ListsAreAsLongAsAsked) {
  CrowdOptions options;
  options.users = 100;
  options.buddies = 20;
  options.mutual = 0.5;
  options.script = Script::none;
  const Crowd crowd(options);
  int mutual = 0;
  for (std::uint32_t user = 0; user < options.users; ++user) {
    const auto list = crowd.buddies(user);
    EXPECT_EQ(list.size(), options.buddies);
    for (const std::uint32_t buddy : list) {
      const auto back = crowd.buddies(buddy);
      mutual += std::ranges::find(back, user) != back.end() ? 1 : 0;
    }
  }
  EXPECT_EQ(mutual, 100 * 20 / 2);
}

TEST(Crowd, OneAloneIsATownToo) {
  CrowdOptions options;
  options.users = 1;
  Crowd crowd(options);
  crowd.advance(24h);
  EXPECT_TRUE(crowd.agrees());
  EXPECT_NE(to_text(crowd.report()).find("1 users"), std::string::npos);
}

TEST(Crowd, ReportHasATableAndAPicture) {
  const CrowdReport report = live(1, Script::storm, 30min);
  const std::string text = to_text(report);
  for (const char* const words : {"shown online while gone", "machine gone", "times fewer"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words;
  }
  const std::string picture = to_svg(report);
  EXPECT_EQ(picture.rfind("<svg", 0), 0U);
  EXPECT_EQ(picture.find("nan"), std::string::npos);
  EXPECT_EQ(picture.substr(picture.size() - 7), "</svg>\n");
}

}  // namespace
}  // namespace sim
