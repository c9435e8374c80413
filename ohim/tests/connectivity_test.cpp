// Our own line, our own sleep, and links that fall silent.

#include <gmock/gmock.h>

#include <algorithm>

#include "client.h"
#include "faulty_store.h"

namespace ohim::test {
namespace {

class ConnectivityTest : public Town {
 protected:
  void SetUp() override {
    move_in("lisa", {"milhouse"});
    move_in("milhouse", {"lisa"});
    ASSERT_TRUE(sees("lisa", "milhouse", Presence::online, 5s));
    world_.advance(30s);
    at("lisa").news.clear();
  }
  Why why() { return at("lisa").why(name("milhouse")); }
  void fall_silent() { at("lisa").link_down(name("milhouse"), Tracker::LinkEnd::silent); }
  [[nodiscard]] bool told_of_a_change() {
    return std::ranges::count(at("lisa").hooks, "connectivity_changed") > 0;
  }
};

TEST_F(ConnectivityTest, a_silent_link_is_questioned_and_made_anew_without_a_flicker) {
  fall_silent();
  EXPECT_EQ(why().cause, Cause::questioned);
  world_.advance(2s);
  EXPECT_EQ(why().cause, Cause::link);
  EXPECT_TRUE(at("lisa").news.empty());
}

TEST_F(ConnectivityTest, a_vanished_host_is_off_line_when_the_question_is_over) {
  world_.vanish("milhouse");
  fall_silent();
  EXPECT_EQ(state("lisa", "milhouse").presence, Presence::online);
  world_.advance(2500ms);
  EXPECT_EQ(state("lisa", "milhouse").presence, Presence::offline);
  EXPECT_EQ(why().cause, Cause::link_silent);
}

TEST_F(ConnectivityTest, a_link_that_fell_silent_with_our_own_line_is_unknown_at_once) {
  world_.cut("lisa");
  store_of("lisa").set_reachable(false);
  world_.advance(5s);
  fall_silent();
  EXPECT_EQ(state("lisa", "milhouse").presence, Presence::unknown);
  EXPECT_EQ(why().cause, Cause::own_line_cut);
  world_.advance(1min);
  world_.mend("lisa");
  store_of("lisa").set_reachable(true);
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 10s));
  for (const auto& [buddy, news] : at("lisa").news) {
    EXPECT_NE(news.presence, Presence::offline) << "never shown off line in between";
  }
}

TEST_F(ConnectivityTest, a_location_that_was_stored_too_late_is_announced_like_a_new_one) {
  ASSERT_TRUE(register_user("bart"));
  FaultyStore store(store_of("bart"));
  Client bart(world_.host("bart"), store);
  ASSERT_TRUE(world_.run(bart.sign_on("bart", secret(kPassword))));
  world_.advance(39s);
  const std::size_t before = store.announcements;
  store_of("bart").set_delay(45s);
  world_.advance(47s);
  EXPECT_EQ(store.announcements, before) << "renewed in time: nobody saw anything";
  store_of("bart").set_delay(55s);
  world_.advance(100s);
  EXPECT_GT(store.announcements, before) << "on its way before the last one ran out, there after";
}

TEST_F(ConnectivityTest, after_a_sleep_everybody_is_looked_at_anew) {
  ASSERT_TRUE(register_user("bart"));
  set_list("lisa", {"milhouse", "bart"});
  at("lisa").watch_buddies();
  ASSERT_TRUE(sees("lisa", "bart", Presence::offline, 5s));
  world_.advance(20s);
  at("lisa").news.clear();
  world_.set_skew("lisa", std::chrono::hours(1));
  world_.advance(6s);
  EXPECT_TRUE(told_of_a_change());
  ASSERT_EQ(at("lisa").news.size(), 2U) << "Milhouse has a link, which is asked otherwise";
  EXPECT_EQ(at("lisa").news[0].second.presence, Presence::unknown);
  EXPECT_EQ(at("lisa").news[1].second.presence, Presence::offline);
}

TEST_F(ConnectivityTest, a_quiet_hour_is_no_sleep) {
  world_.advance(1h);
  EXPECT_FALSE(told_of_a_change());
  EXPECT_TRUE(at("lisa").news.empty());
}

TEST_F(ConnectivityTest, words_say_why) {
  EXPECT_EQ(in_words(why(), world_.now()), "a link to her has stood for 30 s");
  ASSERT_TRUE(sign_off("milhouse"));
  world_.advance(1min);
  EXPECT_THAT(in_words(why(), world_.now()),
              testing::MatchesRegex("she said goodbye [56][0-9] s ago"));
}

}  // namespace
}  // namespace ohim::test
