#include "ways.h"

#include <gtest/gtest.h>

namespace openhash {
namespace {

using namespace std::chrono_literals;

base::Endpoint node(std::uint16_t port) { return base::Endpoint::v4(10, 0, 0, 1, port); }

class WaysTest : public testing::Test {
 protected:
  WaysTest() { ways_.set({node(1), node(2)}); }
  /// A second passes; then who is to be greeted?
  std::vector<base::Endpoint> next() {
    now_ += 1s;
    return ways_.due(now_);
  }
  void answers(std::uint16_t port, base::Duration latency) {
    ways_.answered(node(port), now_, latency);
  }

  Ways ways_;
  base::Instant now_{1h};
};

TEST_F(WaysTest, TriesAllOnceASecondWhileNobodyAnswers) {
  for (int second = 0; second < 5; ++second) EXPECT_EQ(next().size(), 2U);
  EXPECT_FALSE(ways_.reachable(now_));
}

TEST_F(WaysTest, KeepsToTheQuickestAndRarelyAsksTheOther) {
  next();
  answers(1, 20ms);
  answers(2, 5ms);
  EXPECT_TRUE(next().empty());
  EXPECT_TRUE(next().empty());
  EXPECT_EQ(next(), std::vector{node(2)});
  EXPECT_EQ(ways_.health()[0].endpoint, node(2).to_string());
}

TEST_F(WaysTest, AsksAllAgainWhenTheQuickestFallsSilent) {
  next();
  answers(1, 20ms);
  answers(2, 5ms);
  now_ += 4s;
  EXPECT_EQ(next().size(), 2U);
  EXPECT_TRUE(ways_.reachable(now_)) << "one beat missed is no cut yet";
  now_ += 4s;
  EXPECT_FALSE(ways_.reachable(now_));
}

TEST_F(WaysTest, AnOldGreetingThatFailsSaysNothingAfterANewAnswer) {
  next();
  answers(1, 1ms);
  ways_.missed(node(1), now_);
  EXPECT_TRUE(ways_.health()[0].answering);
  ways_.missed(node(1), now_ + 10s);
  EXPECT_FALSE(ways_.health()[0].answering);
}

TEST_F(WaysTest, RemembersWhomItMetForAWhile) {
  ways_.set({});
  ways_.met(node(7), now_);
  EXPECT_TRUE(ways_.none_given());
  EXPECT_TRUE(ways_.health().empty()) << "the user did not give it";
  EXPECT_EQ(next(), std::vector{node(7)});
  now_ += 11min;
  EXPECT_TRUE(next().empty());
}

TEST_F(WaysTest, BoundsHowManyItRemembers) {
  for (std::uint16_t port = 100; port < 300; ++port) ways_.met(node(port), now_);
  EXPECT_LE(next().size(), 34U);
}

}  // namespace
}  // namespace openhash
