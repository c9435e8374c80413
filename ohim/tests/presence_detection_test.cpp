// The engine as a client sees it: sessions, lists, and people who come and go.

#include "client.h"

namespace ohim::test {
namespace {

class PresenceDetectionTest : public Town {};

TEST_F(PresenceDetectionTest, mutual_buddies_see_each_other_come_and_go) {
  move_in("lisa", {"milhouse"});
  move_in("milhouse", {"lisa"});
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 1s));
  EXPECT_TRUE(sees("milhouse", "lisa", Presence::online, 1s));
  EXPECT_EQ(state("lisa", "milhouse").known_by, KnownBy::link);

  ASSERT_TRUE(sign_off("milhouse"));
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::offline, 1s));
  world_.advance(5min);
  EXPECT_EQ(state("lisa", "milhouse").presence, Presence::offline);
}

TEST_F(PresenceDetectionTest, one_sided_watcher_sees_him_come_and_go) {
  move_in("lisa", {"milhouse"});
  ASSERT_TRUE(register_user("milhouse"));
  world_.advance(10min);
  EXPECT_EQ(state("lisa", "milhouse").presence, Presence::offline);

  ASSERT_TRUE(sign_on("milhouse"));
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 1s)) << "the watch brings the news";
  ASSERT_TRUE(sign_off("milhouse"));
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::offline, 1s));
}

TEST_F(PresenceDetectionTest, crash_is_seen_and_so_is_the_return) {
  move_in("lisa", {"milhouse"});
  move_in("milhouse", {"lisa"});
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::online, 1s));
  crash("milhouse");
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::offline, 2s));
  ASSERT_TRUE(sign_on("milhouse"));
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 2s));
}

TEST_F(PresenceDetectionTest, sign_off_leaves_nothing_that_a_late_reader_believes) {
  ASSERT_TRUE(register_user("milhouse"));
  at("milhouse").firewalled = true;
  ASSERT_TRUE(sign_on("milhouse"));
  ASSERT_TRUE(sign_off("milhouse"));
  move_in("lisa", {"milhouse"});
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::offline, 1s));
}

TEST_F(PresenceDetectionTest, cut_link_comes_back_while_both_live) {
  ASSERT_TRUE(register_user("milhouse"));
  move_in("lisa", {"milhouse"});
  move_in("milhouse", {});
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::online, 1s));
  world_.advance(1min);
  at("milhouse").cut_links();
  at("lisa").news.clear();
  world_.advance(5s);
  EXPECT_EQ(state("lisa", "milhouse").known_by, KnownBy::link);
  EXPECT_TRUE(at("lisa").news.empty()) << "nobody saw it";
}

TEST_F(PresenceDetectionTest, nobody_answers_but_the_lease_says_on_line) {
  ASSERT_TRUE(register_user("milhouse"));
  move_in("lisa", {"milhouse"});
  at("milhouse").firewalled = true;
  move_in("milhouse", {});
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 10s));
  EXPECT_EQ(state("lisa", "milhouse").known_by, KnownBy::lease);
  world_.advance(10min);
  EXPECT_EQ(state("lisa", "milhouse").presence, Presence::online) << "renewals are found in time";
  crash("milhouse");
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::offline, 91s)) << "the lease ends";
}

TEST_F(PresenceDetectionTest, own_line_cut_makes_those_without_a_link_unknown) {
  move_in("lisa", {"milhouse", "bart"});
  ASSERT_TRUE(register_user("bart"));
  move_in("milhouse", {"lisa"});
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::online, 1s));
  ASSERT_TRUE(sees("lisa", "bart", Presence::offline, 1s));
  store_of("lisa").set_reachable(false);
  EXPECT_TRUE(sees("lisa", "bart", Presence::unknown, 10s));
  EXPECT_EQ(state("lisa", "milhouse").known_by, KnownBy::link) << "the link still holds";
  store_of("lisa").set_reachable(true);
  EXPECT_TRUE(sees("lisa", "bart", Presence::offline, 10s));
}

TEST_F(PresenceDetectionTest, blank_machine_has_the_list_by_name_and_password) {
  move_in("lisa", {"milhouse", "bart"});
  ASSERT_TRUE(sign_off("lisa"));
  crash("lisa");
  ASSERT_TRUE(sign_on("lisa"));
  EXPECT_EQ(at("lisa").list.names, (std::set<Name>{name("bart"), name("milhouse")}));
}

TEST_F(PresenceDetectionTest, hooks_run_in_order) {
  ASSERT_TRUE(register_user("lisa"));
  ASSERT_TRUE(sign_on("lisa"));
  ASSERT_TRUE(sign_off("lisa"));
  EXPECT_EQ(at("lisa").hooks,
            (std::vector<std::string>{"sign_on_pre", "sign_on_post", "sign_off_pre"}));
}

TEST_F(PresenceDetectionTest, signing_on_fails_with_its_own_kind_each) {
  EXPECT_EQ(sign_on("li").error().code, Errc::name_invalid);
  EXPECT_EQ(sign_on("lisa").error().code, Errc::no_such_user);
  ASSERT_TRUE(register_user("lisa"));
  EXPECT_EQ(sign_on("lisa", "not her password").error().code, Errc::wrong_password);
  EXPECT_EQ(sign_off("lisa").error().code, Errc::not_signed_on);
  EXPECT_EQ(commit("lisa").error().code, Errc::not_signed_on);
  store_of("lisa").set_reachable(false);
  EXPECT_EQ(sign_on("lisa").error().code, Errc::store_unavailable);
  store_of("lisa").set_reachable(true);
  ASSERT_TRUE(sign_on("lisa")) << "no failure is in the way of the next try";
  EXPECT_EQ(sign_on("lisa").error().code, Errc::already_signed_on);
}

TEST_F(PresenceDetectionTest, abandoned_sign_on_leaves_no_trace) {
  ASSERT_TRUE(register_user("lisa"));
  {
    auto task = at("lisa").sign_on("lisa", secret(kPassword));
    task.start();
  }
  EXPECT_FALSE(at("lisa").signed_on());
  EXPECT_TRUE(sign_on("lisa"));
}

TEST_F(PresenceDetectionTest, connect_says_why_not) {
  move_in("lisa", {});
  const auto connect = [&](const char* buddy) {
    return world_.run(at("lisa").connect(name(buddy)));
  };
  EXPECT_EQ(connect("nobody").error().code, Errc::no_such_user);
  ASSERT_TRUE(register_user("milhouse"));
  EXPECT_EQ(connect("milhouse").error().code, base::Errc::not_found);
  ASSERT_TRUE(sign_on("milhouse"));
  EXPECT_TRUE(connect("milhouse"));
  EXPECT_EQ(at("lisa").links(), 1);
  ASSERT_TRUE(register_user("bart"));
  at("bart").firewalled = true;
  ASSERT_TRUE(sign_on("bart"));
  EXPECT_EQ(connect("bart").error().code, base::Errc::unreachable);
  store_of("lisa").set_reachable(false);
  EXPECT_EQ(connect("milhouse").error().code, Errc::store_unavailable);
}

TEST_F(PresenceDetectionTest, caller_put_on_the_list_is_on_line_by_the_link_he_has) {
  move_in("milhouse", {});
  move_in("lisa", {"milhouse"});
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::online, 1s));
  set_list("milhouse", {"lisa"});
  at("milhouse").watch_buddies();
  EXPECT_EQ(state("milhouse", "lisa").known_by, KnownBy::link);
  world_.advance(5min);
  EXPECT_EQ(at("milhouse").dialled, 0);
}

TEST_F(PresenceDetectionTest, hooks_may_call_back) {
  move_in("lisa", {"milhouse", "bart"});
  at("lisa").on_news = [this] {
    set_list("lisa", {"milhouse"});
    at("lisa").watch_buddies();
  };
  move_in("milhouse", {"lisa"});
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 1s));
  EXPECT_EQ(state("lisa", "bart"), BuddyState{});
}

TEST_F(PresenceDetectionTest, purposes_have_keys_that_stay) {
  ASSERT_TRUE(register_user("lisa"));
  ASSERT_TRUE(sign_on("lisa"));
  const base::Secret history = at("lisa").derive_key("history");
  EXPECT_FALSE(base::equal(history.view(), at("lisa").derive_key("other").view()));
  crash("lisa");
  ASSERT_TRUE(sign_on("lisa"));
  EXPECT_TRUE(base::equal(history.view(), at("lisa").derive_key("history").view()));
}

TEST_F(PresenceDetectionTest, blank_location_is_off_line_to_others) {
  ASSERT_TRUE(register_user("milhouse"));
  move_in("lisa", {"milhouse"});
  move_in("milhouse", {});
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::online, 1s));
  at("milhouse").address.at.reset();
  at("milhouse").publish_location();
  world_.advance(1s);
  at("milhouse").cut_links();
  world_.advance(2min);
  EXPECT_EQ(state("lisa", "milhouse").presence, Presence::offline);
}

TEST_F(PresenceDetectionTest, same_user_on_two_machines_corrupts_nothing) {
  move_in("lisa", {"bart"});
  base::World& attic = world_.host("attic");
  sim::MemoryStore store(attic, table_);
  Client other(attic, store, quick_options());
  ASSERT_TRUE(world_.run(other.sign_on("lisa", secret(kPassword))));
  for (int i = 0; i < 10; ++i) {
    other.list.names.insert(name("attic" + std::to_string(i)));
    set_list("lisa", {"bart", "home" + std::to_string(i)});
    auto here = at("lisa").commit_buddy_list();
    auto there = other.commit_buddy_list();
    here.start();
    there.start();
    world_.run_until([&] { return here.done() && there.done(); });
    ASSERT_TRUE(here.take());
    ASSERT_TRUE(there.take());
  }
  world_.advance(2min);
  const std::set<Name> home = at("lisa").list.names;
  crash("lisa");
  ASSERT_TRUE(sign_on("lisa"));
  EXPECT_TRUE(at("lisa").list.names == home || at("lisa").list.names == other.list.names);
}

}  // namespace
}  // namespace ohim::test
