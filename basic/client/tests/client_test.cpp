// Stories of people who use Basic: they meet, talk, leave, crash and come back.
#include "basic/client.h"

#include "town.h"

namespace basic::test {
namespace {

using ohim::KnownBy;

base::Task<void> send_and_note(Client& client, std::string to, std::string text,
                               std::vector<base::Result<Client::Delivery>>& outcomes) {
  outcomes.push_back(co_await client.send_text(to, text));
}

TEST_F(Town, TwoBuddiesSeeEachOtherAndTalk) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  EXPECT_EQ(buddy("lisa", "milhouse").known_by, KnownBy::link);
  EXPECT_EQ(buddy("lisa", "milhouse").fingerprint, at("milhouse").status().fingerprint);
  const auto sent = send("lisa", "milhouse", "My glasses!");
  ASSERT_TRUE(sent) << sent.error().message();
  EXPECT_TRUE(sent->delivered);
  ASSERT_EQ(diary("milhouse").texts.size(), 1u);
  EXPECT_EQ(diary("milhouse").texts[0].from, name("lisa"));
  EXPECT_EQ(diary("milhouse").texts[0].text, "My glasses!");
  EXPECT_EQ(diary("milhouse").texts[0].id, sent->id);
}

TEST_F(Town, AThousandTextsArriveOnceAndInOrder) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  std::vector<base::Result<Client::Delivery>> outcomes;
  std::vector<std::string> expected;
  base::Tasks tasks;
  for (int i = 0; i < 1000; ++i) {
    expected.push_back("text " + std::to_string(i));
    tasks.start(send_and_note(at("lisa"), "milhouse", expected.back(), outcomes));
  }
  ASSERT_TRUE(world_.run_until([&] { return outcomes.size() == 1000; }, 30s));
  for (const auto& outcome : outcomes) EXPECT_TRUE(outcome);
  EXPECT_EQ(diary("milhouse").words(), expected);
}

TEST_F(Town, TextsSurviveACutLineOnceAndInOrder) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  std::vector<base::Result<Client::Delivery>> outcomes;
  std::vector<std::string> expected;
  base::Tasks tasks;
  for (int i = 0; i < 60; ++i) {
    if (i == 20) world_.cut("milhouse");
    if (i == 40) world_.advance(11s);  // long enough for the link to be given up
    if (i == 40) world_.mend("milhouse");
    expected.push_back("text " + std::to_string(i));
    tasks.start(send_and_note(at("lisa"), "milhouse", expected.back(), outcomes));
    world_.advance(5ms);
  }
  ASSERT_TRUE(world_.run_until([&] { return outcomes.size() == 60; }, 60s));
  for (const auto& outcome : outcomes) EXPECT_TRUE(outcome) << outcome.error().message();
  EXPECT_EQ(diary("milhouse").words(), expected);
}

TEST_F(Town, AGoodbyeIsSeenWithinASecond) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  base::Tasks tasks;
  auto leaving = at("milhouse").sign_off();
  leaving.start();
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::offline, 1s));
  world_.advance(5s);
  EXPECT_TRUE(leaving.done());
  world_.advance(60s);
  EXPECT_EQ(buddy("lisa", "milhouse").presence, Presence::offline);
  EXPECT_FALSE(at("milhouse").status().signed_on);
}

TEST_F(Town, ACrashIsSeenWithinTwoSeconds) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  crash("milhouse");
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::offline, 2s));
}

TEST_F(Town, AVanishedHostIsSeenWithinTenSeconds) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  world_.advance(20s);
  vanish("milhouse");
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::offline, 10s));
}

TEST_F(Town, WhoCrashedAndCameBackIsSeenAgainAndTalks) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  crash("milhouse");
  sign_on("milhouse");
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 5s));
  EXPECT_TRUE(sees("milhouse", "lisa", Presence::online, 5s));
  EXPECT_TRUE(send("lisa", "milhouse", "back?"));
}

TEST_F(Town, WhoIsNotListedBackStillSeesHimComeAndGo) {
  join("lisa");
  join("milhouse");
  ASSERT_TRUE(add("lisa", "milhouse"));
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 5s));
  world_.advance(1s);
  EXPECT_EQ(diary("milhouse").requests, std::vector<std::string>{"lisa"});
  ASSERT_TRUE(sign_off("milhouse"));
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::offline, 1s));
  sign_on("milhouse");
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 60s));
  world_.advance(1s);
  EXPECT_EQ(diary("milhouse").requests.size(), 2u) << "once a session";
}

TEST_F(Town, AStrangersTextIsRefusedUntilHeIsAdded) {
  join("lisa");
  join("milhouse");
  ASSERT_TRUE(add("lisa", "milhouse"));
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::online, 5s));
  const auto refused = send("lisa", "milhouse", "do you like me?");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), base::Errc::refused);
  EXPECT_EQ(refused.error().message(), "milhouse has not added you yet");
  EXPECT_TRUE(diary("milhouse").texts.empty());

  const auto added = add("milhouse", "lisa");
  ASSERT_TRUE(added);
  EXPECT_EQ(added->presence, Presence::online) << "her link is there already";
  EXPECT_TRUE(send("lisa", "milhouse", "do you like me?"));
}

TEST_F(Town, StatusTravelsByTheLink) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  ASSERT_TRUE(world_.run(at("milhouse").set_status(Show::away, "at the \x1b[31mdentist")));
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::away, 1s));
  EXPECT_EQ(buddy("lisa", "milhouse").text, "at the [31mdentist");
  EXPECT_EQ(world_.run(at("milhouse").set_status(Show::away, std::string(65, 'x'))).error(),
            base::Errc::too_large);
}

TEST_F(Town, TheInvisibleLookOffLineAndSeeTheOthers) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  ASSERT_TRUE(world_.run(at("milhouse").set_status(Show::invisible, "")));
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::offline, 1s));
  EXPECT_TRUE(sees("milhouse", "lisa", Presence::online, 5s));
  EXPECT_EQ(buddy("milhouse", "lisa").known_by, KnownBy::lease);
  world_.advance(90s);
  EXPECT_EQ(buddy("lisa", "milhouse").presence, Presence::offline);
  EXPECT_EQ(buddy("milhouse", "lisa").presence, Presence::online);
  ASSERT_TRUE(world_.run(at("milhouse").set_status(Show::busy, "")));
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::busy, 2s));
}

TEST_F(Town, ABlankMachineNeedsNothingButNameAndPassword) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  crash("lisa");
  people_["lisa"].profile = std::make_unique<MemoryProfile>();
  sign_on("lisa");
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 5s));
  EXPECT_TRUE(send("milhouse", "lisa", "welcome back"));
}

TEST_F(Town, WhatCannotBeSentSaysWhy) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  EXPECT_EQ(send("lisa", "bart", "hi").error(), ohim::Errc::not_a_buddy);
  EXPECT_EQ(send("lisa", "B@rt", "hi").error(), ohim::Errc::name_invalid);
  EXPECT_EQ(send("lisa", "milhouse", "").error(), base::Errc::malformed);
  EXPECT_EQ(send("lisa", "milhouse", "\xff").error(), base::Errc::malformed);
  EXPECT_EQ(send("lisa", "milhouse", std::string(16'385, 'x')).error(), base::Errc::too_large);
  EXPECT_TRUE(send("lisa", "milhouse", std::string(16'384, 'x')));
  ASSERT_TRUE(sign_off("milhouse"));
  world_.advance(2s);
  EXPECT_EQ(send("lisa", "milhouse", "still there?").error(), base::Errc::unreachable);
  ASSERT_TRUE(sign_off("lisa"));
  EXPECT_EQ(send("lisa", "milhouse", "hi").error(), ohim::Errc::not_signed_on);
}

TEST_F(Town, WhomToAddSaysWhyNot) {
  join("lisa");
  EXPECT_EQ(add("lisa", "nobody").error(), ohim::Errc::no_such_user);
  EXPECT_EQ(add("lisa", "lisa").error(), ohim::Errc::name_invalid);
  EXPECT_EQ(add("lisa", "!").error(), ohim::Errc::name_invalid);
  EXPECT_EQ(world_.run(at("lisa").remove_buddy("bart")).error(), ohim::Errc::not_a_buddy);
  people_["lisa"].store->set_reachable(false);
  EXPECT_EQ(add("lisa", "bart").error(), ohim::Errc::store_unavailable);
  EXPECT_TRUE(at("lisa").buddies().empty());
}

TEST_F(Town, AListThatCouldNotBeStoredIsAsBefore) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  people_["lisa"].store->set_reachable(false);
  EXPECT_FALSE(world_.run(at("lisa").remove_buddy("milhouse")));
  EXPECT_EQ(buddy("lisa", "milhouse").presence, Presence::online);
  people_["lisa"].store->set_reachable(true);
  EXPECT_TRUE(world_.run(at("lisa").remove_buddy("milhouse")));
  EXPECT_TRUE(at("lisa").buddies().empty());
}

TEST_F(Town, ASignOnCutOffAtAnyMomentCanBeRepeated) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  ASSERT_TRUE(sign_off("lisa"));
  sim::MemoryStore& store = *people_["lisa"].store;
  store.set_delay(10ms);
  int failures = 0;
  for (base::Duration cut = 0ms; cut < 60ms; cut += 5ms) {
    auto signing_on = at("lisa").sign_on("lisa", secret(kPassword));
    signing_on.start();
    world_.advance(cut);
    store.set_reachable(false);
    ASSERT_TRUE(world_.run_until([&] { return signing_on.done(); }));
    store.set_reachable(true);
    if (signing_on.take()) {
      ASSERT_TRUE(sign_off("lisa"));
    } else {
      ++failures;
      EXPECT_FALSE(at("lisa").status().signed_on);
    }
    world_.advance(5s);  // whoever heard of her has dialled by now
  }
  EXPECT_GT(failures, 0);
  sign_on("lisa");
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 60s));
}

TEST_F(Town, AChangedKeyIsRefusedAndShown) {
  join("lisa");
  join("milhouse");
  ASSERT_TRUE(world_.run(profile("lisa").set_pin(name("milhouse"), {1, 2, 3})));
  EXPECT_EQ(add("lisa", "milhouse").error(), ohim::Errc::key_changed);
  ASSERT_TRUE(add("milhouse", "lisa"));
  world_.advance(10s);
  EXPECT_TRUE(diary("lisa").requests.empty());
  ASSERT_EQ(diary("lisa").warnings.size(), 1u);
  EXPECT_NE(diary("lisa").warnings[0].find("milhouse"), std::string::npos);
}

TEST_F(Town, BothWhoComeAtOnceHaveOneLink) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  ASSERT_TRUE(sign_off("lisa"));
  ASSERT_TRUE(sign_off("milhouse"));
  world_.advance(60s);
  diary("lisa").presences.clear();
  auto one = at("lisa").sign_on("lisa", secret(kPassword));
  auto other = at("milhouse").sign_on("milhouse", secret(kPassword));
  one.start();
  other.start();
  ASSERT_TRUE(world_.run_until([&] { return one.done() && other.done(); }, 10s));
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 30s));
  EXPECT_TRUE(sees("milhouse", "lisa", Presence::online, 30s));
  const auto links_before = world_.traffic("lisa").connects + world_.traffic("milhouse").connects;
  world_.advance(60s);
  EXPECT_EQ(world_.traffic("lisa").connects + world_.traffic("milhouse").connects, links_before);
  for (const Buddy& shown : diary("lisa").presences) {
    EXPECT_TRUE(shown.presence != Presence::offline || shown.known_by != KnownBy::link);
  }
  EXPECT_TRUE(send("lisa", "milhouse", "jinx"));
  EXPECT_TRUE(send("milhouse", "lisa", "double jinx"));
}

TEST_F(Town, AFaceMaySignOffInsideAnEvent) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  std::optional<base::Task<base::Result<void>>> leaving;
  diary("milhouse").on_text = [&](const Text&) {
    leaving.emplace(at("milhouse").sign_off());
    leaving->start();
  };
  ASSERT_TRUE(send("lisa", "milhouse", "go home"));
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::offline, 2s));
  EXPECT_TRUE(world_.run_until([&] { return leaving && leaving->done(); }, 10s));
}

TEST_F(Town, AnIdleLinkStaysAndCostsLittle) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  const auto before = world_.traffic("lisa");
  world_.advance(10min);
  EXPECT_EQ(buddy("lisa", "milhouse").known_by, KnownBy::link);
  EXPECT_EQ(world_.traffic("lisa").connects, before.connects);
  EXPECT_LT(world_.traffic("lisa").stream_bytes - before.stream_bytes, 200u * 110u);
}

TEST_F(Town, OneProfileServesSeveralUsersInTurn) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  ASSERT_TRUE(sign_off("lisa"));
  ASSERT_TRUE(world_.run(at("lisa").register_user("maggie", secret(kPassword))));
  ASSERT_TRUE(world_.run(at("lisa").sign_on("maggie", secret(kPassword))));
  EXPECT_TRUE(at("lisa").buddies().empty());
  EXPECT_TRUE(world_.run(at("lisa").add_buddy("milhouse")));
}

}  // namespace
}  // namespace basic::test
