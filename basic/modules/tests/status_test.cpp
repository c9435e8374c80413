// Status alone, with links in the test's hands.
#include "basic/modules/status.h"

#include <gtest/gtest.h>

#include "fake_link.h"

namespace basic {
namespace {

using base::Bytes;
using test::FakeLink;

class StatusTest : public testing::Test {
 protected:
  StatusTest() { desk_.told = couch_.told = &module_; }
  void says(FakeLink& link, Show show, const std::string& text, bool lists_us = true) {
    ASSERT_TRUE(module_.handle(link, encode(StatusFrame{{show, text}, lists_us})));
  }
  static StatusFrame last_told(const FakeLink& link) { return *decode_status(link.sent.back()); }
  std::string shown() { return module_.of(desk_.who).value_or(PeerStatus{Show::busy, "-"}).text; }

  test::Activities activities_;
  FakeLink desk_{activities_, 1};
  FakeLink couch_{activities_, 2};
  std::vector<std::string> changes_;  // what was shown after each change
  Status module_{[this](const ohim::Name&) { changes_.push_back(shown()); }};
};

TEST_F(StatusTest, TellsEachLinkAndWhateverChanges) {
  module_.set_own({Show::away, "at the dentist"});
  module_.link_up(desk_);
  EXPECT_EQ(last_told(desk_), (StatusFrame{{Show::away, "at the dentist"}, true}));
  couch_.is_listed = false;
  module_.link_up(couch_);
  module_.set_own({Show::busy, "grading"});
  EXPECT_EQ(last_told(desk_), (StatusFrame{{Show::busy, "grading"}, true}));
  EXPECT_EQ(last_told(couch_), (StatusFrame{{Show::busy, "grading"}, false}));
}

TEST_F(StatusTest, TellsAnewWhoCameOnTheListOrWentOffIt) {
  module_.link_up(desk_);
  module_.set_listed(desk_.who, true);
  EXPECT_EQ(desk_.sent.size(), 1u) << "she knows";
  module_.set_listed(desk_.who, false);
  EXPECT_EQ(last_told(desk_).lists_you, false);
  module_.set_listed(*ohim::Name::parse("bart"), true);
  EXPECT_EQ(desk_.sent.size(), 2u);
}

TEST_F(StatusTest, KeepsOwnWordsToItselfIfSet) {
  module_.set_own({Show::busy, "grading"});
  module_.link_up(desk_);
  ASSERT_TRUE(module_.set("words", "off"));
  EXPECT_EQ(last_told(desk_), (StatusFrame{{Show::busy, ""}, true}));
  ASSERT_TRUE(module_.set("words", "on"));
  EXPECT_EQ(last_told(desk_), (StatusFrame{{Show::busy, "grading"}, true}));
  ASSERT_TRUE(module_.set("words", "on"));
  EXPECT_EQ(desk_.sent.size(), 3u) << "nothing new";
}

TEST_F(StatusTest, KeepsTheListToItselfIfSet) {
  module_.link_up(desk_);
  ASSERT_TRUE(module_.set("list", "off"));
  EXPECT_EQ(last_told(desk_).lists_you, std::nullopt);
  module_.set_listed(desk_.who, false);
  EXPECT_EQ(desk_.sent.size(), 2u);
  EXPECT_EQ(module_.set("colour", "red").error(), base::Errc::not_found);
}

TEST_F(StatusTest, SaysThatItKnowsNoMoreWhenTheLastLinkIsDown) {
  module_.link_up(desk_);
  says(desk_, Show::busy, "reading");
  module_.link_down(desk_);
  EXPECT_EQ(changes_, (std::vector<std::string>{"reading", "-"}));
}

TEST_F(StatusTest, KnowsNothingUntilSheHasSpoken) {
  module_.link_up(desk_);
  EXPECT_EQ(module_.of(desk_.who), std::nullopt);
  EXPECT_EQ(module_.lists_us(desk_.who), std::nullopt);
  says(desk_, Show::busy, "reading", false);
  EXPECT_EQ(module_.of(desk_.who), (PeerStatus{Show::busy, "reading"}));
  EXPECT_EQ(module_.lists_us(desk_.who), false);
  says(desk_, Show::busy, "reading", false);
  says(desk_, Show::busy, "reading", true);
  EXPECT_EQ(module_.lists_us(desk_.who), true);
  EXPECT_EQ(changes_, (std::vector<std::string>{"reading", "reading"})) << "twice said, once told";
}

TEST_F(StatusTest, ShowsThePlaceWhereSheWasActiveLast) {
  module_.link_up(desk_);
  module_.link_up(couch_);
  says(desk_, Show::online, "at the desk");
  says(couch_, Show::online, "on the couch");
  EXPECT_EQ(shown(), "on the couch");
  desk_.note_active();  // as the texts' module does
  EXPECT_EQ(shown(), "at the desk");
  says(couch_, Show::online, "cosy");
  EXPECT_EQ(shown(), "cosy");
  EXPECT_EQ(module_.of(desk_.who, 1)->text, "at the desk");
  EXPECT_EQ(module_.of(desk_.who, 3), std::nullopt);
  EXPECT_EQ(changes_,
            (std::vector<std::string>{"at the desk", "on the couch", "at the desk", "cosy"}));
}

TEST_F(StatusTest, APlaceThatSheLeftComesAfterTheOthers) {
  module_.link_up(desk_);
  module_.link_up(couch_);
  says(desk_, Show::online, "at the desk");
  says(couch_, Show::away, "asleep on the couch");
  EXPECT_EQ(shown(), "at the desk");
  says(desk_, Show::away, "nobody here");
  EXPECT_EQ(shown(), "asleep on the couch");
}

TEST_F(StatusTest, OneOfTwoPlacesGoesWithoutAFlicker) {
  module_.link_up(desk_);
  module_.link_up(couch_);
  says(desk_, Show::online, "at the desk");
  says(couch_, Show::online, "on the couch");
  module_.link_down(couch_);
  EXPECT_EQ(shown(), "at the desk");
  module_.link_down(desk_);
  EXPECT_EQ(module_.of(desk_.who), std::nullopt);
  const std::vector<std::string> expected{"at the desk", "on the couch", "at the desk", "-"};
  EXPECT_EQ(changes_, expected);
}

TEST_F(StatusTest, WhetherWeAreListedIsWhatSheSaidLastAnywhere) {
  module_.link_up(desk_);
  module_.link_up(couch_);
  says(couch_, Show::online, "", false);
  says(desk_, Show::online, "", false);
  says(desk_, Show::online, "", true);
  EXPECT_EQ(module_.lists_us(desk_.who), true);
}

TEST(StatusFrame, GoesThereAndBackOrIsMalformed) {
  const StatusFrame away{{Show::away, "at the dentist"}, true};
  EXPECT_EQ(*decode_status(encode(away)), away);
  EXPECT_EQ(*decode_status(Bytes{1, 0xfc, 0}), (StatusFrame{{Show::online, ""}, false}));
  const StatusFrame secretive{{Show::online, ""}, std::nullopt};
  EXPECT_EQ(*decode_status(Bytes{1, 3, 0}), secretive);
  EXPECT_EQ(*decode_status(encode(secretive)), secretive);
  const Bytes whole = encode(away);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(decode_status(base::ByteView(whole).first(length))) << length;
  }
  EXPECT_FALSE(decode_status(Bytes{4, 0, 0}));
  EXPECT_FALSE(decode_status(Bytes{1, 0, 0, 0}));
  EXPECT_FALSE(decode_status(Bytes{1, 0, 1, 0xff}));
  EXPECT_FALSE(decode_status(encode({{Show::away, std::string(65, 'x')}, false})));
}

}  // namespace
}  // namespace basic
