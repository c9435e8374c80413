#include "preference.h"

#include <gtest/gtest.h>

namespace openhash {
namespace {

using namespace std::chrono_literals;

/// Three ways, and a minute hand.
class PreferenceTest : public ::testing::Test {
 protected:
  void answer(std::size_t way, base::Duration latency) { ways.answered(way, now, latency); }
  void answer_often(std::size_t way, base::Duration latency) {
    for (int i = 0; i < 20; ++i) answer(way, latency);
  }
  void pass(base::Duration span) { now += span; }

  Preference ways{3};
  base::Instant now{std::chrono::hours(1)};
};

TEST_F(PreferenceTest, TakesTheFirstThatAnswers) {
  EXPECT_EQ(ways.chosen(), 0U);
  answer(2, 40ms);
  EXPECT_EQ(ways.chosen(), 2U);
}

TEST_F(PreferenceTest, MovesForMuchLessLatencyOnly) {
  answer(0, 40ms);
  pass(1min);
  answer(1, 38ms);
  EXPECT_EQ(ways.chosen(), 0U);
  answer(2, 10ms);
  EXPECT_EQ(ways.chosen(), 2U);
}

TEST_F(PreferenceTest, StaysForAWhileAfterAMove) {
  answer(0, 40ms);
  pass(1min);
  answer(1, 20ms);
  pass(1s);
  answer(2, 1ms);
  EXPECT_EQ(ways.chosen(), 1U);
  pass(10s);
  answer(2, 1ms);
  EXPECT_EQ(ways.chosen(), 2U);
}

TEST_F(PreferenceTest, LeavesAtOnceWhoIsInTrouble) {
  answer(0, 1ms);
  answer(1, 20ms);
  answer(2, 40ms);
  ways.troubled(0, now, Trouble::silent);
  EXPECT_EQ(ways.order(), (std::vector<std::size_t>{1, 2, 0}));
}

TEST_F(PreferenceTest, PutsWhoWasOvertakenBehindUntilItAnswers) {
  answer(0, 1ms);
  answer(1, 20ms);
  ways.overtaken(0, now);
  EXPECT_EQ(ways.chosen(), 1U);
  EXPECT_EQ(ways.due(now).front(), 0U) << "and has it probed at once";
  pass(11s);
  answer(0, 1ms);
  EXPECT_EQ(ways.chosen(), 0U);
}

TEST_F(PreferenceTest, ForgivesSilenceWhenItAnswersButNoLie) {
  answer(0, 1ms);
  ways.troubled(0, now, Trouble::silent);
  answer(0, 1ms);
  EXPECT_TRUE(ways.well(0));
  ways.troubled(0, now, Trouble::hides);
  ways.troubled(0, now, Trouble::silent);
  answer(0, 1ms);
  EXPECT_EQ(ways.trouble(0), Trouble::hides);
  ways.cleared(0, now);
  EXPECT_TRUE(ways.well(0));
}

TEST_F(PreferenceTest, WaitsTwiceAsLongEachTimeForWhoFailsAgainAndAgain) {
  answer_often(1, 50ms);
  base::Duration last{};
  for (int time = 0; time < 4; ++time) {
    answer_often(0, 1ms);
    ways.troubled(0, now, Trouble::silent);
    EXPECT_EQ(ways.chosen(), 1U);
    answer_often(0, 1ms);
    const base::Instant well = now;
    while (ways.chosen() != 0) {
      pass(1s);
      answer(0, 1ms);
    }
    EXPECT_GE(now - well, 2 * last);
    EXPECT_GE(now - well, 10s);
    last = now - well;
  }
}

TEST_F(PreferenceTest, ProbesRarelyWhoIsInTroubleForLong) {
  for (std::size_t way : {0U, 1U, 2U}) answer_often(way, 10ms);
  int probes = 0;
  for (int second = 0; second < 600; ++second, pass(1s)) {
    for (const std::size_t way : ways.due(now)) {
      if (way == 0) {
        ++probes;
        ways.troubled(0, now, Trouble::silent);
      } else {
        answer(way, 10ms);
      }
    }
  }
  EXPECT_GT(probes, 10);
  EXPECT_LT(probes, 20);
}

}  // namespace
}  // namespace openhash
