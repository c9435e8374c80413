// Presence as people know it: why, last seen, tell me when, block, and away by itself.
#include "town.h"

namespace basic::test {
namespace {

TEST_F(Town, WhySaysHowItIsKnownAndHowLongItCanBeWrong) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  const auto linked = at("lisa").why("Milhouse");
  ASSERT_TRUE(linked);
  EXPECT_EQ(linked->buddy.presence, Presence::online);
  EXPECT_EQ(linked->cause, ohim::Cause::link);
  ASSERT_TRUE(linked->corrected_by);
  EXPECT_LE(*linked->corrected_by, world_.host("lisa").clock.wall() + 11s);
  EXPECT_FALSE(linked->words.empty());
  ASSERT_TRUE(sign_off("milhouse"));
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::offline, 1s));
  EXPECT_EQ(at("lisa").why("milhouse")->cause, ohim::Cause::goodbye);
  EXPECT_EQ(at("lisa").why("bart").error(), ohim::Errc::not_a_buddy);
  ASSERT_TRUE(sign_off("lisa"));
  EXPECT_EQ(at("lisa").why("milhouse").error(), ohim::Errc::not_signed_on);
}

TEST_F(Town, APlaceIsShownWithWhatSheSaysThere) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  ASSERT_TRUE(world_.run(at("milhouse").set_status(Show::busy, "homework")));
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::busy, 1s));
  const Buddy shown = buddy("lisa", "milhouse");
  ASSERT_EQ(shown.places.size(), 1u);
  EXPECT_EQ(shown.places[0].presence, Presence::busy);
  EXPECT_EQ(shown.places[0].text, "homework");
  EXPECT_EQ(shown.places[0].known_by, ohim::KnownBy::link);
}

TEST_F(Town, WhetherSheListsUsIsShownAsItChanges) {
  join("lisa");
  join("milhouse");
  ASSERT_TRUE(add("lisa", "milhouse"));
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::online, 60s));
  world_.advance(1s);
  EXPECT_EQ(buddy("lisa", "milhouse").lists_you, false);
  ASSERT_TRUE(add("milhouse", "lisa"));
  world_.advance(1s);
  EXPECT_EQ(buddy("lisa", "milhouse").lists_you, true);
  ASSERT_TRUE(world_.run(at("milhouse").remove_buddy("lisa")));
  world_.advance(1s);
  EXPECT_EQ(buddy("lisa", "milhouse").lists_you, false);
}

TEST_F(Town, LastSeenIsKeptAcrossRuns) {
  join("lisa");
  join("milhouse");
  EXPECT_EQ(add("lisa", "milhouse")->last_seen, base::WallTime{});
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::online, 60s));
  ASSERT_TRUE(sign_off("milhouse"));
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::offline, 1s));
  const base::WallTime left = buddy("lisa", "milhouse").last_seen;
  EXPECT_LE(world_.host("lisa").clock.wall() - left, 2s);
  world_.advance(10min);
  EXPECT_EQ(buddy("lisa", "milhouse").last_seen, left);
  crash("lisa");
  sign_on("lisa");
  EXPECT_EQ(buddy("lisa", "milhouse").last_seen, left);
}

TEST_F(Town, ACrashForgetsLittleOfWhoWasThereAllTheTime) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  world_.advance(1h);
  crash("lisa");
  crash("milhouse");
  sign_on("lisa");
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::offline, 120s));
  EXPECT_LE(world_.host("lisa").clock.wall() - buddy("lisa", "milhouse").last_seen, 15min);
}

TEST_F(Town, WhoAskedIsToldOnceThatSheCame) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  ASSERT_TRUE(sign_off("milhouse"));
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::offline, 1s));
  ASSERT_TRUE(world_.run(at("lisa").notify_when_online("milhouse", true)));
  EXPECT_TRUE(buddy("lisa", "milhouse").notify_when_online);
  crash("lisa");
  sign_on("lisa");
  EXPECT_TRUE(buddy("lisa", "milhouse").notify_when_online) << "kept across runs";
  for (int i = 0; i < 2; ++i) {
    sign_on("milhouse");
    ASSERT_TRUE(sees("lisa", "milhouse", Presence::online, 60s));
    ASSERT_TRUE(sign_off("milhouse"));
    ASSERT_TRUE(sees("lisa", "milhouse", Presence::offline, 1s));
  }
  EXPECT_EQ(diary("lisa").came, std::vector<std::string>{"milhouse"});
  EXPECT_FALSE(buddy("lisa", "milhouse").notify_when_online);
}

TEST_F(Town, WhoAsksForSomebodyWhoIsThereIsToldAtOnce) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  ASSERT_TRUE(world_.run(at("lisa").notify_when_online("milhouse", true)));
  EXPECT_EQ(diary("lisa").came, std::vector<std::string>{"milhouse"});
  EXPECT_FALSE(buddy("lisa", "milhouse").notify_when_online);
  EXPECT_EQ(world_.run(at("lisa").notify_when_online("bart", true)).error(),
            ohim::Errc::not_a_buddy);
}

TEST_F(Town, TheBlockedSeeHerOffLineAndAreNotHeard) {
  join("lisa");
  join("nelson");
  befriend("lisa", "nelson");
  ASSERT_TRUE(world_.run(at("lisa").block("nelson")));
  EXPECT_TRUE(at("lisa").buddies().empty());
  EXPECT_EQ(at("lisa").blocked(), std::vector{name("nelson")});
  EXPECT_TRUE(sees("nelson", "lisa", Presence::offline, 10s));
  world_.advance(3min);
  EXPECT_EQ(buddy("nelson", "lisa").presence, Presence::offline) << at("nelson").why("lisa")->words;
  EXPECT_FALSE(send("nelson", "lisa", "Haw haw!"));
  EXPECT_TRUE(diary("lisa").texts.empty());
  EXPECT_TRUE(diary("lisa").requests.empty());
  EXPECT_EQ(send("lisa", "nelson", "hm").error(), base::Errc::refused);
  EXPECT_EQ(add("lisa", "nelson").error(), base::Errc::refused);
}

TEST_F(Town, TheUnblockedAreBuddiesAgain) {
  join("lisa");
  join("nelson");
  befriend("lisa", "nelson");
  ASSERT_TRUE(world_.run(at("lisa").block("nelson")));
  world_.advance(60s);
  ASSERT_TRUE(world_.run(at("lisa").unblock("nelson")));
  EXPECT_TRUE(at("lisa").blocked().empty());
  EXPECT_TRUE(sees("lisa", "nelson", Presence::online, 60s));
  EXPECT_TRUE(sees("nelson", "lisa", Presence::online, 60s));
  EXPECT_TRUE(send("nelson", "lisa", "sorry"));
  EXPECT_TRUE(world_.run(at("lisa").unblock("nelson"))) << "twice is not an error";
}

TEST_F(Town, AStrangerCanBeBlockedAndStaysBlockedOnABlankMachine) {
  join("lisa");
  join("nelson");
  ASSERT_TRUE(world_.run(at("lisa").block("nelson")));
  EXPECT_EQ(world_.run(at("lisa").block("nobody")).error(), ohim::Errc::no_such_user);
  EXPECT_EQ(world_.run(at("lisa").block("lisa")).error(), ohim::Errc::name_invalid);
  crash("lisa");
  people_["lisa"].profile = std::make_unique<MemoryProfile>();
  sign_on("lisa");
  EXPECT_EQ(at("lisa").blocked(), std::vector{name("nelson")});
  ASSERT_TRUE(add("nelson", "lisa"));
  world_.advance(60s);
  EXPECT_TRUE(diary("lisa").requests.empty());
}

TEST_F(Town, ABlockThatCouldNotBeStoredIsNone) {
  join("lisa");
  join("nelson");
  befriend("lisa", "nelson");
  people_["lisa"].store->set_reachable(false);
  EXPECT_FALSE(world_.run(at("lisa").block("nelson")));
  people_["lisa"].store->set_reachable(true);
  EXPECT_TRUE(at("lisa").blocked().empty());
  EXPECT_TRUE(sees("lisa", "nelson", Presence::online, 60s));
}

TEST_F(Town, WhoDoesNothingIsAwayByItselfUntilTheNextKey) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  at("milhouse").user_active();
  world_.advance(9min);
  at("milhouse").user_active();
  world_.advance(9min);
  EXPECT_EQ(buddy("lisa", "milhouse").presence, Presence::online);
  world_.advance(2min);
  EXPECT_EQ(buddy("lisa", "milhouse").presence, Presence::away);
  EXPECT_TRUE(at("milhouse").status().idle);
  at("milhouse").user_active();
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 1s));
}

TEST_F(Town, WhatTheUserChoseIsNotOverridden) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  at("milhouse").user_active();
  ASSERT_TRUE(world_.run(at("milhouse").set_status(Show::busy, "do not disturb")));
  world_.advance(20min);
  EXPECT_EQ(buddy("lisa", "milhouse").presence, Presence::busy);
  at("milhouse").user_active();
  world_.advance(1s);
  EXPECT_EQ(buddy("lisa", "milhouse").presence, Presence::busy);
}

TEST_F(Town, ABotIsNeverAwayAndNobodyIsWhereItIsSwitchedOff) {
  join("lisa");
  join("echo");
  befriend("lisa", "echo");
  at("lisa").user_active();
  at("lisa").set_away_after(base::Duration::zero());
  world_.advance(2h);
  EXPECT_EQ(buddy("lisa", "echo").presence, Presence::online);
  EXPECT_EQ(buddy("echo", "lisa").presence, Presence::online);
  at("lisa").set_away_after(5min);
  EXPECT_TRUE(sees("echo", "lisa", Presence::away, 1s)) << "idle for two hours already";
}

}  // namespace
}  // namespace basic::test
