#include "log_limit.h"

#include <gtest/gtest.h>

namespace base {
namespace {

using namespace std::chrono_literals;

class LogLimitTest : public testing::Test {
 protected:
  /// How many of `count` lines of that kind get through now.
  int written(int count, const std::string& kind = "dropped") {
    int passed = 0;
    for (int i = 0; i < count; ++i) {
      last = limit.pass(kind + " n=" + std::to_string(i), now);
      if (!last.empty()) ++passed;
    }
    return passed;
  }

  LogLimit limit;
  Instant now{1h};
  std::string last;
};

TEST_F(LogLimitTest, LetsSomeThroughAndCountsTheRest) {
  EXPECT_EQ(written(1000), 20);
  now += 10s;
  EXPECT_EQ(limit.pass("dropped n=x", now), "dropped n=x left_out=980");
  EXPECT_EQ(limit.pass("dropped n=y", now), "");
}

TEST_F(LogLimitTest, AFloodOfOneKindHidesNoOther) {
  written(1000);
  EXPECT_EQ(written(1, "journal damaged"), 1);
}

TEST_F(LogLimitTest, ADayOfFloodIsAFewThousandLines) {
  int lines = 0;
  for (int second = 0; second < 24 * 3600; ++second, now += 1s) lines += written(5);
  EXPECT_LE(lines, 8700);
  EXPECT_GE(lines, 8600);
}

TEST_F(LogLimitTest, ManyKindsShareOneCapInTheEnd) {
  int lines = 0;
  for (int i = 0; i < 10000; ++i) lines += written(1, "kind" + std::to_string(i));
  EXPECT_LE(lines, 64 + 20);
}

TEST_F(LogLimitTest, CutsLongLines) {
  EXPECT_EQ(limit.pass(std::string(5000, 'x'), now).size(), 1003U);
}

}  // namespace
}  // namespace base
