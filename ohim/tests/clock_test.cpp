// Wall clocks that differ, and are set.

#include <algorithm>

#include "client.h"
#include "faulty_store.h"

namespace ohim::test {
namespace {

class ClockTest : public Town {
 protected:
  /// Milhouse, whom Lisa knows from the store only.
  void SetUp() override {
    ASSERT_TRUE(register_user("milhouse"));
    move_in("lisa", {"milhouse"});
  }
  void milhouse_comes() {
    at("milhouse").firewalled = true;
    move_in("milhouse", {});
  }
};

TEST_F(ClockTest, a_clock_that_is_ahead_makes_nobody_live_longer) {
  world_.set_skew("milhouse", 9min);
  milhouse_comes();
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::online, 10s));
  world_.advance(10min);
  EXPECT_EQ(state("lisa", "milhouse").presence, Presence::online);
  crash("milhouse");
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::offline, 91s));
  world_.advance(10min);
  EXPECT_EQ(at("lisa").news.back().second.presence, Presence::offline) << "nor live again";
}

TEST_F(ClockTest, after_it_is_set_right_a_new_run_is_believed) {
  world_.set_skew("milhouse", 9min);
  milhouse_comes();
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::online, 10s));
  crash("milhouse");
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::offline, 91s));
  world_.advance(30s);  // after 120 s no node has it any more
  table_.lose(*openhash::key_of(openhash::Kind::location, "milhouse"));
  world_.set_skew("milhouse", 0s);
  milhouse_comes();
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 5min)) << "by the next poll";
}

TEST_F(ClockTest, whose_location_nobody_keeps_is_told_once_and_signed_on_all_the_same) {
  ASSERT_TRUE(register_user("bart"));
  FaultyStore store(store_of("bart"));
  Client bart(world_.host("bart"), store);
  const auto told = [&bart] { return std::ranges::count(bart.hooks, "location_refused"); };
  store.refusal = base::fail(base::Errc::refused, "the clock is wrong");
  ASSERT_TRUE(world_.run(bart.sign_on("bart", secret(kPassword))));
  world_.advance(5min);
  EXPECT_EQ(told(), 1);
  store.refusal.reset();
  world_.advance(11s);
  EXPECT_TRUE(bart.signed_on());
  store.refusal = base::fail(base::Errc::refused, "the clock is wrong again");
  world_.advance(1min);
  EXPECT_EQ(told(), 2);
}

}  // namespace
}  // namespace ohim::test
