// The bounds of presence, on thousands of random events in a crowd (testing/crowd.h).

#include <gtest/gtest.h>

#include "testing/crowd.h"

namespace sim {
namespace {

using namespace std::chrono_literals;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kStrikes = 1'000;
#else
constexpr std::size_t kStrikes = 10'000;
#endif

CrowdOptions storm(std::uint64_t seed) {
  CrowdOptions options;
  options.users = 64;
  options.buddies = 12;
  options.script = Script::storm;
  options.storm_strikes = kStrikes;
  options.seed = seed;
  return options;
}

base::Duration p99(const CrowdReport& report, Incident incident) {
  return report.of(incident).quantile(0.99);
}

class Storm : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Storm, IsSeenWithinTheBounds) {
  const CrowdOptions options = storm(GetParam());
  Crowd crowd(options);
  crowd.advance(options.storm_pause * static_cast<int>(kStrikes * 11 / 10) + 5min);
  const CrowdReport report = crowd.report();
  SCOPED_TRACE(to_text(report));
  EXPECT_EQ(report.broken_promises, 0U);
  EXPECT_TRUE(crowd.agrees()) << ::testing::PrintToString(crowd.wrong());

  EXPECT_LE(p99(report, Incident::signed_off), 1s);
  EXPECT_LE(p99(report, Incident::crashed), 2s);
  EXPECT_LE(p99(report, Incident::vanished), 10s);
  EXPECT_LE(p99(report, Incident::froze), 10s);
  EXPECT_LE(p99(report, Incident::cut), 10s);
  const base::Duration lease = options.lease + 5s;
  for (const Incident incident : {Incident::crashed_unlinked, Incident::vanished_unlinked,
                                  Incident::froze_unlinked, Incident::cut_unlinked}) {
    EXPECT_LE(report.of(incident).max(), lease) << to_string(incident);
  }
  EXPECT_LE(p99(report, Incident::signed_on_mutual), 1s);
  EXPECT_LE(p99(report, Incident::signed_on_one_sided), 17s) << "the push's tail is hidden";
  EXPECT_LE(p99(report, Incident::healed), 10s);
  EXPECT_LE(p99(report, Incident::mended), 10s);
  EXPECT_LE(p99(report, Incident::woke), 10s);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Storm, ::testing::Values(1, 2, 3));

/// Everybody agrees within 10 s after a region came back, whatever it had lost.
TEST(Partition, HealsWithinTenSeconds) {
  for (const auto lost :
       {Crowd::Lost::everything, Crowd::Lost::the_store, Crowd::Lost::other_regions}) {
    CrowdOptions options = storm(5);
    options.script = Script::none;
    options.walled = 0;
    Crowd crowd(options);
    for (std::uint32_t user = 0; user < options.users; ++user) crowd.sign_on(user);
    crowd.advance(30s);
    for (const base::Duration span : {base::Duration(20s), base::Duration(5min)}) {
      crowd.cut_region(2, lost);
      crowd.advance(span);
      crowd.heal_region(2);
      crowd.advance(10s);
      EXPECT_TRUE(crowd.agrees()) << ::testing::PrintToString(crowd.wrong());
    }
    EXPECT_EQ(crowd.report().broken_promises, 0U);
  }
}

TEST(LossyHour, ShowsNobodyOffLineWhoIsThere) {
  CrowdOptions options = storm(9);
  options.script = Script::none;
  options.loss = 0.1;
  Crowd crowd(options);
  for (std::uint32_t user = 0; user < options.users; ++user) crowd.sign_on(user);
  crowd.advance(1min);
  crowd.count_anew();
  crowd.advance(1h);
  EXPECT_EQ(crowd.report().of(Verdict::offline_while_there), 0);
  EXPECT_EQ(crowd.report().of(Verdict::unknown), 0);
}

/// 100 buddies, 90 of them mutual, half of them on line. With users whom nobody can dial among them
/// it is less: they have to watch, and be looked up.
TEST(IdleUser, CostsATwentiethOfPolling) {
  CrowdOptions options;
  options.users = 200;
  options.buddies = 100;
  options.mutual = 0.9;
  options.walled = 0;
  options.script = Script::idle;
  Crowd crowd(options);
  crowd.advance(kComeAndGo);
  crowd.count_anew();
  crowd.advance(1h);
  EXPECT_GE(crowd.report().fewer_operations(), 20) << to_text(crowd.report());
}

TEST(Day, IsRightMoreOftenThanPollingAndCostsLess) {
  CrowdOptions options;
  options.users = 100;
  options.buddies = 20;
  Crowd crowd(options);
  crowd.advance(24h);
  const CrowdReport report = crowd.report();
  SCOPED_TRACE(to_text(report));
  EXPECT_EQ(report.broken_promises, 0U);
  EXPECT_LT(report.wrong_a_user_day(), report.naive_wrong_a_user_day() / 4);
  EXPECT_GT(report.fewer_operations(), 2);
}

}  // namespace
}  // namespace sim
