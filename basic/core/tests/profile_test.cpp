// What a profile promises, whether it is in memory or on disk.
#include "profile_fixture.h"

namespace basic {
namespace {

using namespace test;

class ProfileTest : public WithProfile, public testing::WithParamInterface<Where> {
 protected:
  ProfileTest() : WithProfile(GetParam()) {}
};

INSTANTIATE_TEST_SUITE_P(Both, ProfileTest, testing::Values(Where::in_memory, Where::on_disk),
                         [](const auto& where) {
                           return where.param == Where::on_disk ? "OnDisk" : "InMemory";
                         });

TEST_P(ProfileTest, RemembersTextsAndPinsAcrossRuns) {
  open();
  EXPECT_EQ(add({text(1, "one"), text(2, "two")}), (std::vector<TextNumber>{1, 2}));
  ASSERT_TRUE(world_.run(profile_->set_pin(name("milhouse"), {9})));
  open();
  EXPECT_EQ(words_with("milhouse"), (Words{"one", "two"}));
  EXPECT_EQ(profile_->pin(name("milhouse")), openhash::PublicKey{9});
  EXPECT_EQ(profile_->pin(name("bart")), std::nullopt);
}

TEST_P(ProfileTest, RemembersNotesAcrossRuns) {
  const base::WallTime evening(std::chrono::seconds(1'083'801'600));
  open();
  ASSERT_TRUE(world_.run(profile_->set_notes({{name("milhouse"), {evening, false}}})));
  ASSERT_TRUE(world_.run(profile_->set_notes({{name("bart"), {{}, true}}})));
  const NotesByBuddy all = profile_->notes();
  EXPECT_EQ(all.size(), 2u);
  open();
  EXPECT_EQ(profile_->notes(), all);
  EXPECT_EQ(profile_->notes().at(name("milhouse")).last_seen, evening);
  EXPECT_TRUE(profile_->notes().at(name("bart")).tell_when_online);
}

TEST_P(ProfileTest, DropsTheSecondTextOfAnId) {
  open();
  EXPECT_EQ(add({text(1, "one"), text(1, "one")}), (std::vector<TextNumber>{1, 0}));
  EXPECT_EQ(add({text(1, "again")}), std::vector<TextNumber>{0});
  EXPECT_NE(add({text(1, "mine", "bart")})[0], 0u) << "each peer has ids of his own";
  EXPECT_NE(add({ours(1, "to him")})[0], 0u) << "and so have we";
  EXPECT_EQ(words_with("milhouse"), (Words{"one", "to him"}));
}

TEST_P(ProfileTest, WritesWhatCameTogetherTogetherAndInOrder) {
  open();
  std::vector<int> order;
  base::Tasks tasks;
  const auto add_one = [](Profile& profile, int number,
                          std::vector<int>& done) -> base::Task<void> {
    Texts texts = {text(static_cast<std::uint8_t>(number), "x")};
    const auto added = co_await profile.add_texts(std::move(texts));
    if (added && (*added)[0] == static_cast<TextNumber>(number) + 1) done.push_back(number);
  };
  for (int i = 0; i < 5; ++i) tasks.start(add_one(*profile_, i, order));
  ASSERT_TRUE(world_.run_until([&order] { return order.size() == 5; }));
  EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4}));
}

TEST_P(ProfileTest, KeepsItsUsersApart) {
  open("lisa");
  add({text(1, "for lisa")});
  ASSERT_TRUE(set("theme", "dark"));
  open("bart");
  EXPECT_TRUE(words_with("milhouse").empty());
  EXPECT_EQ(profile_->setting("theme"), std::nullopt);
  open("lisa");
  EXPECT_EQ(words_with("milhouse"), Words{"for lisa"});
}

// --- by the page ---

TEST_P(ProfileTest, TurnsPagesBackAndForth) {
  open();
  add({text(1, "1"), text(9, "of bart", "bart"), text(2, "2"), text(3, "3"), text(4, "4")});
  EXPECT_EQ(before(0, 2), (Words{"3", "4"}));
  EXPECT_EQ(before(4, 2), (Words{"1", "2"}));
  EXPECT_EQ(before(1, 2), Words{});
  EXPECT_EQ(after(0, 2), (Words{"1", "2"}));
  EXPECT_EQ(after(3, 9), (Words{"3", "4"}));
  EXPECT_EQ(after(5, 9), Words{});
  EXPECT_EQ(after(~TextNumber{0}, 9), Words{});
  EXPECT_EQ(before(~TextNumber{0}, 1), Words{"4"});
}

TEST_P(ProfileTest, CountsWhatOthersWroteAfterATextWasRead) {
  open();
  add({text(1, "1"), ours(2, "2"), text(3, "3"), text(4, "4"), text(5, "5", "bart")});
  EXPECT_EQ(count_after(0), 3u);
  EXPECT_EQ(count_after(1), 2u);
  EXPECT_EQ(count_after(4), 0u);
  EXPECT_EQ(count_after(0, "nelson"), 0u);
}

TEST_P(ProfileTest, CountsToAThousand) {
  open();
  Texts many;
  for (std::uint16_t i = 0; i < 1500; ++i) {
    many.push_back(text(0, "x"));
    many.back().id = {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8)};
  }
  add(std::move(many));
  EXPECT_EQ(count_after(0), Profile::kMostCounted);
  EXPECT_EQ(count_after(1400), 100u);
}

// --- fates ---

TEST_P(ProfileTest, RemembersWhatBecameOfATextOfOurs) {
  open();
  add({ours(1, "one"), ours(2, "two"), ours(3, "three"), text(2, "his")});
  const std::vector<TextFate> known{{name("milhouse"), {1}, Fate::delivered},
                                    {name("milhouse"), {2}, Fate::failed},
                                    {name("milhouse"), {99}, Fate::failed},
                                    {name("bart"), {3}, Fate::failed}};
  ASSERT_TRUE(world_.run(profile_->set_fates(known)));
  EXPECT_EQ(fates(), (std::vector{Fate::delivered, Fate::failed, Fate::pending, Fate::delivered}));
}

TEST_P(ProfileTest, NobodyWaitsForAnAnswerAnyMoreInTheNextRun) {
  open();
  add({ours(1, "one", Fate::delivered), ours(2, "two"), text(3, "his")});
  open();
  EXPECT_EQ(fates(), (std::vector{Fate::delivered, Fate::failed, Fate::delivered}));
}

// --- search ---

TEST_P(ProfileTest, FindsAllWordsInAnyCaseNewestFirst) {
  open();
  add({text(1, "Saxophone lesson at four"), text(2, "no saxophones please", "bart"),
       ours(3, "my SAXOPHONE, at last"), text(4, "ΛΊΣΑ spielt Öboe")});
  EXPECT_EQ(search("saxophone"),
            (Words{"my SAXOPHONE, at last", "no saxophones please", "Saxophone lesson at four"}));
  EXPECT_EQ(search(" AT  saxo "), (Words{"my SAXOPHONE, at last", "Saxophone lesson at four"}));
  EXPECT_EQ(search("saxophone", "bart"), Words{"no saxophones please"});
  EXPECT_EQ(search("saxophone", nullptr, 1), Words{"my SAXOPHONE, at last"});
  EXPECT_EQ(search("λίσα öBOE").size(), 1u);
  EXPECT_EQ(search("tuba"), Words{});
  EXPECT_EQ(search(" "), Words{});
}

TEST_P(ProfileTest, SaysWhichTextWasFound) {
  open();
  add({text(1, "one"), ours(2, "two", Fate::failed)});
  open();
  const auto found = world_.run(profile_->search("two", std::nullopt, 5));
  ASSERT_EQ(found->size(), 1u);
  const StoredText& two = found->front();
  EXPECT_EQ(two.peer, name("milhouse"));
  EXPECT_EQ(two.number, 2u);
  EXPECT_EQ(two.fate, Fate::failed);
  EXPECT_TRUE(two.outgoing);
}

TEST_P(ProfileTest, DoesNotSearchForANovel) {
  open();
  const auto found = world_.run(profile_->search(std::string(257, 'x'), std::nullopt, 5));
  EXPECT_EQ(found.error(), base::Errc::too_large);
}

// --- settings ---

TEST_P(ProfileTest, RemembersSettingsUntilTheyAreForgotten) {
  open();
  ASSERT_TRUE(set("theme", "dark"));
  ASSERT_TRUE(set("size", "800"));
  ASSERT_TRUE(set("size", "900"));
  ASSERT_TRUE(set("empty", ""));
  ASSERT_TRUE(set("theme", std::nullopt));
  EXPECT_EQ(profile_->setting("theme"), std::nullopt);
  open();
  EXPECT_EQ(profile_->setting("theme"), std::nullopt);
  EXPECT_EQ(profile_->setting("size"), "900");
  EXPECT_EQ(profile_->setting("empty"), "");
}

TEST_P(ProfileTest, KeepsSmallSettingsOnly) {
  open();
  EXPECT_TRUE(set("key", std::string(Profile::kMaxSetting, 'x')));
  EXPECT_EQ(set("key", std::string(Profile::kMaxSetting + 1, 'x')).error(), base::Errc::too_large);
  EXPECT_EQ(set(std::string(256, 'k').c_str(), "x").error(), base::Errc::too_large);
  EXPECT_EQ(profile_->setting("key")->size(), Profile::kMaxSetting);
}

}  // namespace
}  // namespace basic
