// What Lisa's client remembers for her: what was said, what she read, what she typed, and what she
// calls her buddies.
#include "town.h"

namespace basic::test {
namespace {

using Words = std::vector<std::string>;

Words words_of(const base::Result<std::vector<StoredText>>& texts) {
  Words words;
  if (!texts) return {texts.error().message()};
  for (const StoredText& text : *texts) words.push_back(text.text);
  return words;
}

class Memory : public Town {
 protected:
  void SetUp() override {
    join("lisa");
    join("milhouse");
    befriend("lisa", "milhouse");
  }
  Words history(TextNumber before = 0, std::size_t count = 100) {
    return words_of(world_.run(at("lisa").history("milhouse", before, count)));
  }
  std::vector<Fate> fates() {
    std::vector<Fate> fates;
    const auto texts = world_.run(at("lisa").history("milhouse", 0, 100));
    for (const StoredText& text : *texts) fates.push_back(text.fate);
    return fates;
  }
  Words search(const std::string& words, const std::string& buddy = "") {
    return words_of(world_.run(at("lisa").search_history(words, buddy, 10)));
  }
  void talk() {
    ASSERT_TRUE(send("milhouse", "lisa", "one"));
    ASSERT_TRUE(send("lisa", "milhouse", "two"));
    ASSERT_TRUE(send("milhouse", "lisa", "three"));
    world_.advance(1s);
  }
  void next_run() {
    ASSERT_TRUE(sign_off("lisa"));
    forget_client("lisa");
    sign_on("lisa");
    world_.advance(1s);
  }
  void forget_client(const std::string& who) { people_[who].client.reset(); }
  Buddy milhouse() { return buddy("lisa", "milhouse"); }
};

// --- what was said ---

TEST_F(Memory, HoldsBothSidesAndIsReadByThePage) {
  talk();
  EXPECT_EQ(history(), (Words{"one", "two", "three"}));
  next_run();
  EXPECT_EQ(history(0, 2), (Words{"two", "three"}));
  EXPECT_EQ(history(2, 2), Words{"one"});
  const auto later = world_.run(at("lisa").history_after("milhouse", 1, 100));
  EXPECT_EQ(words_of(later), (Words{"two", "three"}));
  EXPECT_EQ(diary("lisa").texts.front().number, 1u);
}

TEST_F(Memory, TellsOfATextOfOursAndThenWhatBecameOfIt) {
  ASSERT_TRUE(send("lisa", "milhouse", "hello"));
  world_.advance(1s);
  ASSERT_EQ(diary("lisa").stored.size(), 1u);
  const StoredText& stored = diary("lisa").stored.front();
  EXPECT_EQ(stored.text, "hello");
  EXPECT_EQ(stored.fate, Fate::pending);
  EXPECT_EQ(stored.number, 1u);
  ASSERT_EQ(diary("lisa").fates.size(), 1u);
  EXPECT_EQ(diary("lisa").fates.front(), std::pair(stored.id, Fate::delivered));
  EXPECT_EQ(fates(), std::vector{Fate::delivered});
}

TEST_F(Memory, HoldsWhatCouldNotBeSent) {
  ASSERT_TRUE(sign_off("milhouse"));
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::offline, 60s));
  EXPECT_FALSE(send("lisa", "milhouse", "are you there?"));
  world_.advance(1s);
  EXPECT_EQ(history(), Words{"are you there?"});
  EXPECT_EQ(fates(), std::vector{Fate::failed});
}

TEST_F(Memory, OfACrashSaysThatTheTextWasNotAcknowledged) {
  world_.cut("milhouse");
  base::Tasks tasks;
  const auto say = [](base::Task<base::Result<Client::Delivery>> sending) -> base::Task<void> {
    static_cast<void>(co_await sending);
  };
  tasks.start(say(at("lisa").send_text("milhouse", "hello?")));
  world_.advance(1s);
  EXPECT_EQ(fates(), std::vector{Fate::pending});
  tasks.cancel();  // what that leads to is not written any more
  crash("lisa");
  world_.heal();
  sign_on("lisa");
  EXPECT_EQ(history(), Words{"hello?"});
  EXPECT_EQ(fates(), std::vector{Fate::failed});
}

TEST_F(Memory, IsSearched) {
  talk();
  EXPECT_EQ(search("T"), (Words{"three", "two"}));
  EXPECT_EQ(search("T", "milhouse"), (Words{"three", "two"}));
  EXPECT_EQ(search("T", "bart"), Words{});
  EXPECT_EQ(world_.run(at("lisa").search_history("T", "no name", 10)).error(),
            ohim::Errc::name_invalid);
}

TEST_F(Memory, ShowsNothingThatCouldForgeTheScreen) {
  ASSERT_TRUE(send("milhouse", "lisa", "\x1b[2J\xE2\x80\xAEolleh"));
  world_.advance(1s);
  EXPECT_EQ(history(), Words{"[2Jolleh"});
  EXPECT_EQ(search("olleh"), Words{"[2Jolleh"});
  ASSERT_TRUE(send("lisa", "milhouse", "a\x07"));
  world_.advance(1s);
  EXPECT_EQ(diary("lisa").stored.back().text, "a");
}

TEST_F(Memory, IsOfWhoIsSignedOn) {
  talk();
  ASSERT_TRUE(sign_off("lisa"));
  Client& lisa = at("lisa");
  EXPECT_EQ(world_.run(lisa.history("milhouse", 0, 9)).error(), ohim::Errc::not_signed_on);
  EXPECT_EQ(world_.run(lisa.search_history("one", "", 9)).error(), ohim::Errc::not_signed_on);
  EXPECT_EQ(world_.run(lisa.mark_read("milhouse", 1)).error(), ohim::Errc::not_signed_on);
  EXPECT_EQ(world_.run(lisa.set_draft("milhouse", "x")).error(), ohim::Errc::not_signed_on);
  EXPECT_EQ(world_.run(lisa.set_setting("theme", "dark")).error(), ohim::Errc::not_signed_on);
}

// --- what was read ---

TEST_F(Memory, CountsWhatWasNotReadYet) {
  talk();
  EXPECT_EQ(milhouse().unread, 2u);
  EXPECT_EQ(diary("lisa").changed.back().unread, 2u);
  ASSERT_TRUE(world_.run(at("lisa").mark_read("milhouse", 1)));
  world_.advance(1s);
  EXPECT_EQ(milhouse().unread, 1u);
  EXPECT_EQ(diary("lisa").changed.back().read_up_to, 1u);
  ASSERT_TRUE(world_.run(at("lisa").mark_read("milhouse", 3)));
  EXPECT_EQ(milhouse().unread, 0u);
}

TEST_F(Memory, KeepsAcrossRunsWhatWasRead) {
  talk();
  ASSERT_TRUE(world_.run(at("lisa").mark_read("milhouse", 1)));
  next_run();
  EXPECT_EQ(milhouse().unread, 1u);
  EXPECT_EQ(milhouse().read_up_to, 1u);
}

TEST_F(Memory, NeverUnreadsWhatWasRead) {
  talk();
  ASSERT_TRUE(world_.run(at("lisa").mark_read("milhouse", 3)));
  ASSERT_TRUE(world_.run(at("lisa").mark_read("milhouse", 1)));
  EXPECT_EQ(milhouse().read_up_to, 3u);
  EXPECT_EQ(milhouse().unread, 0u);
}

TEST_F(Memory, IsNoNewsOfHers) {
  world_.advance(1s);
  const std::size_t before = diary("lisa").presences.size();
  talk();
  ASSERT_TRUE(world_.run(at("lisa").mark_read("milhouse", 3)));
  ASSERT_TRUE(world_.run(at("lisa").set_alias("milhouse", "Millie")));
  world_.advance(1s);
  EXPECT_EQ(diary("lisa").presences.size(), before);
}

// --- what was typed ---

TEST_F(Memory, KeepsADraftUntilItIsForgotten) {
  ASSERT_TRUE(world_.run(at("lisa").set_draft("milhouse", "Dear Mil")));
  EXPECT_EQ(at("lisa").draft("milhouse"), "Dear Mil");
  ASSERT_TRUE(sign_off("lisa"));
  EXPECT_EQ(at("lisa").draft("milhouse"), "");
  sign_on("lisa");
  EXPECT_EQ(at("lisa").draft("Milhouse"), "Dear Mil");
  ASSERT_TRUE(world_.run(at("lisa").set_draft("milhouse", "")));
  EXPECT_EQ(at("lisa").draft("milhouse"), "");
}

TEST_F(Memory, KeepsWhatAFaceWants) {
  ASSERT_TRUE(world_.run(at("lisa").set_setting("draft/milhouse", "dark")));
  EXPECT_EQ(at("lisa").draft("milhouse"), "") << "a face's keys are its own";
  next_run();
  EXPECT_EQ(at("lisa").setting("draft/milhouse"), "dark");
  EXPECT_EQ(at("lisa").setting("theme"), std::nullopt);
}

// --- what she calls them ---

TEST_F(Memory, HasAliasesAndGroupsOnEveryMachine) {
  ASSERT_TRUE(world_.run(at("lisa").set_alias("milhouse", "Thrillho")));
  ASSERT_TRUE(world_.run(at("lisa").set_groups("milhouse", {"school", "friends"})));
  ASSERT_TRUE(world_.run(at("library").sign_on("lisa", secret(kPassword))));
  const Buddy there = buddy("library", "milhouse");
  EXPECT_EQ(there.alias, "Thrillho");
  EXPECT_EQ(there.groups, (Words{"school", "friends"}));
  ASSERT_TRUE(world_.run(at("library").set_alias("milhouse", "")));
  EXPECT_EQ(buddy("library", "milhouse").alias, "");
  EXPECT_EQ(diary("library").changed.back().groups.size(), 2u);
}

TEST_F(Memory, RefusesLabelsThatDoNotFit) {
  const auto alias = [this](std::string text) {
    return world_.run(at("lisa").set_alias("milhouse", std::move(text)));
  };
  const auto groups = [this](Words names) {
    return world_.run(at("lisa").set_groups("milhouse", std::move(names)));
  };
  EXPECT_EQ(alias(std::string(65, 'x')).error(), base::Errc::too_large);
  EXPECT_EQ(alias("\xff").error(), base::Errc::malformed);
  EXPECT_EQ(groups({"1", "2", "3", "4", "5"}).error(), base::Errc::too_large);
  EXPECT_EQ(groups({std::string(33, 'x')}).error(), base::Errc::too_large);
  EXPECT_EQ(groups({""}).error(), base::Errc::malformed);
  EXPECT_EQ(world_.run(at("lisa").set_alias("bart", "El Barto")).error(), ohim::Errc::not_a_buddy);
  EXPECT_EQ(milhouse().alias, "");
}

TEST_F(Memory, TakesALabelBackThatCouldNotBeStored) {
  people_["lisa"].store->set_reachable(false);
  EXPECT_FALSE(world_.run(at("lisa").set_alias("milhouse", "Thrillho")));
  EXPECT_EQ(milhouse().alias, "");
  ASSERT_EQ(diary("lisa").changed.size(), 2u);
  EXPECT_EQ(diary("lisa").changed[0].alias, "Thrillho");
  EXPECT_EQ(diary("lisa").changed[1].alias, "");
}

TEST_F(Memory, ShowsNoAliasThatCouldForgeTheScreen) {
  ASSERT_TRUE(world_.run(at("lisa").set_alias("milhouse", "Mil\nhouse\xE2\x80\xAE")));
  EXPECT_EQ(milhouse().alias, "Mil house");
}

}  // namespace
}  // namespace basic::test
