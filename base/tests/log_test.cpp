#include "base/log.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace base {
namespace {

std::string written_by(LogLevel least, const std::function<void(const Log&)>& write) {
  ::testing::internal::CaptureStderr();
  write(stderr_log(least));
  return ::testing::internal::GetCapturedStderr();
}

TEST(Log, WritesTimeLevelAndLine) {
  const std::string line =
      written_by(LogLevel::info, [](const Log& log) { log.info("signed on user=lisa"); });
  ASSERT_GT(line.size(), 25U);
  EXPECT_EQ(line.substr(4, 1) + line.substr(10, 1) + line.substr(23, 1), "-TZ") << line;
  EXPECT_EQ(line.substr(25), "info signed on user=lisa\n");
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
  const auto write = [](const Log& log) {
    log.debug("no");
    log.info("no");
    log.warn("yes");
  };
  EXPECT_EQ(written_by(LogLevel::warn, write).substr(25), "warn yes\n");
  EXPECT_EQ(written_by(LogLevel::off, write), "");
  write(Log());
}

TEST(Log, LetsNobodyForgeALineOrCommandTheTerminal) {
  const std::string line = written_by(
      LogLevel::info, [](const Log& log) { log.info("a\nb\x1b[2J\x7f\xc2\x9b ok: \xc3\xa9"); });
  EXPECT_EQ(line.substr(25), "info a\\x0ab\\x1b[2J\\x7f\\x9b ok: \xc3\xa9\n");
}

TEST(Log, LetsNobodyFillTheDisk) {
  const std::string lines = written_by(LogLevel::debug, [](const Log& log) {
    for (int i = 0; i < 100; ++i) log.warn("refused from=192.0.2.0/24");
    for (int i = 0; i < 100; ++i) log.debug("datagram dropped why=noise");
  });
  EXPECT_EQ(std::ranges::count(lines, '\n'), 20 + 100);
}

TEST(Log, KnowsTheNamesOfItsLevels) {
  LogLevel level = LogLevel::off;
  EXPECT_TRUE(parse_log_level("debug", level));
  EXPECT_EQ(level, LogLevel::debug);
  EXPECT_FALSE(parse_log_level("verbose", level));
  EXPECT_FALSE(parse_log_level("", level));
  EXPECT_EQ(level, LogLevel::debug) << "unchanged";
}

}  // namespace
}  // namespace base
