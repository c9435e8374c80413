// What is wrong, as people are told.
#include "town.h"

namespace basic::test {
namespace {

using Kind = Condition::Kind;

class Wrong : public Town {
 protected:
  std::vector<Kind> kinds(const std::string& who) {
    std::vector<Kind> kinds;
    for (const Condition& condition : at(who).conditions()) kinds.push_back(condition.kind);
    return kinds;
  }
  bool comes_to(const std::string& who, const std::vector<Kind>& expected, base::Duration limit) {
    return world_.run_until([&] { return kinds(who) == expected; }, limit);
  }
  sim::MemoryStore& store(const std::string& who) { return *people_.at(who).store; }
};

TEST_F(Wrong, NothingIsWhenAllIsWell) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  world_.advance(30min);
  EXPECT_TRUE(at("lisa").conditions().empty());
  EXPECT_EQ(diary("lisa").conditions, 0);
}

TEST_F(Wrong, NoStoreAnswersThoughALinkStands) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  store("lisa").set_reachable(false);
  ASSERT_TRUE(comes_to("lisa", {Kind::no_store}, 30s));
  EXPECT_TRUE(send("lisa", "milhouse", "you are still there"));
  world_.advance(1s);
  EXPECT_EQ(diary("lisa").conditions, 1);
  EXPECT_FALSE(at("lisa").conditions()[0].sentence.empty());
  store("lisa").set_reachable(true);
  EXPECT_TRUE(comes_to("lisa", {}, 30s));
  world_.advance(1s);
  EXPECT_EQ(diary("lisa").conditions, 2);
}

TEST_F(Wrong, AHiccupIsNotTold) {
  join("lisa");
  for (int i = 0; i < 20; ++i) {
    store("lisa").set_reachable(false);
    world_.advance(2500ms);
    store("lisa").set_reachable(true);
    world_.advance(7s);
  }
  EXPECT_EQ(diary("lisa").conditions, 0);
}

TEST_F(Wrong, OwnLineIsCutWhereLinksFallSilentWithTheStore) {
  join("lisa");
  join("milhouse");
  befriend("lisa", "milhouse");
  world_.advance(20s);
  const base::WallTime cut_at = world_.host("lisa").clock.wall();
  world_.cut("lisa");
  store("lisa").set_reachable(false);
  ASSERT_TRUE(comes_to("lisa", {Kind::own_line_cut}, 30s));
  EXPECT_GE(at("lisa").conditions()[0].since, cut_at);
  EXPECT_EQ(buddy("lisa", "milhouse").presence, Presence::unknown);
  world_.mend("lisa");
  store("lisa").set_reachable(true);
  EXPECT_TRUE(comes_to("lisa", {}, 30s));
}

TEST_F(Wrong, NothingIsToldWhileNobodyIsSignedOn) {
  join("lisa");
  store("lisa").set_reachable(false);
  ASSERT_TRUE(comes_to("lisa", {Kind::no_store}, 30s));
  ASSERT_TRUE(sign_off("lisa"));
  EXPECT_TRUE(at("lisa").conditions().empty());
}

// --- two places of one user ---

TEST_F(Wrong, TwoPlacesOfOneUserLearnOfEachOther) {
  join("bart");
  ASSERT_TRUE(world_.run(at("laptop").sign_on("bart", secret(kPassword))));
  EXPECT_TRUE(comes_to("laptop", {Kind::signed_on_elsewhere}, 1min)) << "who comes second";
  EXPECT_TRUE(comes_to("bart", {Kind::signed_on_elsewhere}, 1s)) << "who was there";
  ASSERT_TRUE(sign_off("laptop"));
  EXPECT_TRUE(comes_to("bart", {}, 10s));
}

TEST_F(Wrong, WhatACrashLeftOverIsNoOtherPlace) {
  join("bart");
  crash("bart");
  sign_on("bart");
  world_.advance(10min);
  EXPECT_EQ(diary("bart").conditions, 0);
}

// --- keys ---

class ChangedKey : public Wrong {
 protected:
  /// Milhouse has been away for so long that his name was free again, and somebody took it: he
  /// himself, who has forgotten his password.
  void SetUp() override {
    join("lisa");
    join("milhouse");
    befriend("lisa", "milhouse");
    old_ = at("milhouse").status().fingerprint;
    crash("milhouse");
    for (int months = 0; months < 7; ++months) {  // Lisa's own records are renewed
      ASSERT_TRUE(sign_off("lisa"));
      world_.advance(std::chrono::hours(24 * 30));
      sign_on("lisa");
    }
    people_["milhouse"].profile = std::make_unique<MemoryProfile>();
    const std::string password = "nine loud yellow kettles";
    const auto again = world_.run(at("milhouse").register_user("milhouse", secret(password)));
    ASSERT_TRUE(again) << again.error().message();
    new_ = *again;
    ASSERT_TRUE(world_.run(at("milhouse").sign_on("milhouse", secret(password))));
    ASSERT_NE(old_, new_);
  }
  base::Result<void> accept(const std::string& fingerprint) {
    return world_.run(at("lisa").accept_key("milhouse", fingerprint));
  }

  std::string old_;
  std::string new_;
};

TEST_F(ChangedKey, IsShownAndAcceptedOnceCompared) {
  ASSERT_TRUE(comes_to("lisa", {Kind::key_changed}, 30min));
  EXPECT_EQ(at("lisa").conditions()[0].buddy, "milhouse");
  EXPECT_EQ(diary("lisa").warnings.size(), 1u);
  EXPECT_NE(buddy("lisa", "milhouse").presence, Presence::online);
  const auto change = at("lisa").key_change("milhouse");
  ASSERT_TRUE(change);
  EXPECT_EQ(change->old_fingerprint, old_);
  EXPECT_EQ(change->new_fingerprint, new_);
  ASSERT_TRUE(add("milhouse", "lisa"));
  EXPECT_EQ(at("milhouse").safety_number("lisa"), change->new_safety_number);
  EXPECT_NE(at("lisa").safety_number("milhouse"), change->new_safety_number);

  ASSERT_TRUE(accept(new_));
  EXPECT_TRUE(at("lisa").conditions().empty());
  EXPECT_EQ(buddy("lisa", "milhouse").fingerprint, new_);
  EXPECT_EQ(at("lisa").safety_number("milhouse"), at("milhouse").safety_number("lisa"));
  EXPECT_TRUE(sees("lisa", "milhouse", Presence::online, 5s));
  EXPECT_TRUE(send("lisa", "milhouse", "is it you?"));
}

TEST_F(ChangedKey, IsNotAcceptedUnderAnyOtherFingerprint) {
  ASSERT_TRUE(comes_to("lisa", {Kind::key_changed}, 30min));
  EXPECT_EQ(accept(old_).error(), base::Errc::conflict);
  EXPECT_EQ(kinds("lisa"), std::vector{Kind::key_changed});
  EXPECT_EQ(buddy("lisa", "milhouse").fingerprint, old_);
}

TEST_F(ChangedKey, StaysAsItWasIfTheListCannotBeStored) {
  ASSERT_TRUE(comes_to("lisa", {Kind::key_changed}, 30min));
  const std::string number = at("lisa").safety_number("milhouse");
  store("lisa").set_reachable(false);
  EXPECT_EQ(accept(new_).error(), ohim::Errc::store_unavailable);
  EXPECT_EQ(at("lisa").safety_number("milhouse"), number);
  EXPECT_EQ(buddy("lisa", "milhouse").fingerprint, old_);
  EXPECT_TRUE(at("lisa").key_change("milhouse"));
}

TEST_F(ChangedKey, IsShownAgainInTheNextSession) {
  ASSERT_TRUE(comes_to("lisa", {Kind::key_changed}, 30min));
  ASSERT_TRUE(sign_off("lisa"));
  sign_on("lisa");
  EXPECT_TRUE(comes_to("lisa", {Kind::key_changed}, 30min));
}

TEST_F(ChangedKey, IsOverWhenTheBuddyIsRemoved) {
  ASSERT_TRUE(comes_to("lisa", {Kind::key_changed}, 30min));
  ASSERT_TRUE(world_.run(at("lisa").remove_buddy("milhouse")));
  EXPECT_TRUE(at("lisa").conditions().empty());
  EXPECT_EQ(at("lisa").key_change("milhouse"), std::nullopt);
}

TEST_F(Wrong, SafetyNumbersAreTheSameAtBothEnds) {
  EXPECT_EQ(at("lisa").safety_number("milhouse"), "") << "nobody is signed on";
  join("lisa");
  join("milhouse");
  EXPECT_EQ(at("lisa").safety_number("milhouse"), "") << "his key is not known";
  befriend("lisa", "milhouse");
  const std::string number = at("lisa").safety_number("milhouse");
  EXPECT_EQ(number.size(), 12u * 5 + 11);
  EXPECT_EQ(at("milhouse").safety_number("lisa"), number);
  EXPECT_EQ(at("lisa").key_change("milhouse"), std::nullopt);
  EXPECT_EQ(world_.run(at("lisa").accept_key("milhouse", number)).error(), base::Errc::refused);
}

}  // namespace
}  // namespace basic::test
