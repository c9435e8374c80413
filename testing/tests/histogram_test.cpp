#include "testing/histogram.h"

#include <gtest/gtest.h>

namespace sim {
namespace {

using namespace std::chrono_literals;

TEST(Histogram, EmptyOneKnowsNothing) {
  const Histogram none;
  EXPECT_EQ(none.count(), 0U);
  EXPECT_EQ(none.quantile(0.99), 0s);
  EXPECT_EQ(none.within(1s), 1);
}

TEST(Histogram, QuantilesAreExactToThreePercent) {
  Histogram found;
  for (int i = 1; i <= 1000; ++i) found.add(i * 10ms);
  EXPECT_EQ(found.count(), 1000U);
  EXPECT_EQ(found.max(), 10s);
  EXPECT_GE(found.quantile(0.5), 5s);
  EXPECT_LE(found.quantile(0.5), 5160ms);
  EXPECT_GE(found.quantile(0.99), 9900ms);
  EXPECT_EQ(found.quantile(1), 10s) << "the longest is known exactly";
}

TEST(Histogram, SharesGrowWithTheLimit) {
  Histogram found;
  found.add(-1s);
  found.add(30ms);
  found.add(2s);
  found.add(1h);
  EXPECT_EQ(found.within(-1ms), 0);
  EXPECT_EQ(found.within(0s), 0.25);
  EXPECT_EQ(found.within(30ms), 0.5);
  EXPECT_EQ(found.within(3s), 0.75);
  EXPECT_EQ(found.within(24h * 400), 1);
}

TEST(Histogram, TwoMakeOne) {
  Histogram one;
  Histogram other;
  one.add(1ms);
  other.add(1min);
  one.add(other);
  EXPECT_EQ(one.count(), 2U);
  EXPECT_EQ(one.max(), 1min);
  EXPECT_EQ(one.quantile(0.5), 1ms);
}

}  // namespace
}  // namespace sim
