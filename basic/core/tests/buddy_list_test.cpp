// Whom a user lists, and whom she will have nothing to do with.
#include "basic/buddy_list.h"

#include <gtest/gtest.h>

namespace basic {
namespace {

ohim::Name name(const char* text) { return *ohim::Name::parse(text); }

const std::vector<ohim::Name> kNobody;

TEST(BlockedPeople, AreNoBuddiesForAsLongAsThatLasts) {
  BuddyList list;
  ASSERT_TRUE(list.add(name("nelson"), {1}, 5));
  ASSERT_TRUE(list.block(name("nelson"), {1}, 5));
  EXPECT_TRUE(list.blocked(name("nelson")));
  EXPECT_FALSE(list.has(name("nelson")));
  EXPECT_EQ(list.buddies(), kNobody);
  EXPECT_TRUE(list.unblock(name("nelson"), 5));
  EXPECT_EQ(list.buddies(), std::vector{name("nelson")});
  EXPECT_FALSE(list.unblock(name("nelson"), 5));
}

TEST(BlockedPeople, NeedNotHaveBeenBuddies) {
  BuddyList list;
  ASSERT_TRUE(list.block(name("nelson"), {1}, 5));
  EXPECT_EQ(list.all_blocked(), std::vector{name("nelson")});
  EXPECT_TRUE(list.unblock(name("nelson"), 5));
  EXPECT_EQ(list.all_blocked(), kNobody);
  EXPECT_EQ(list.buddies(), kNobody);
}

TEST(BlockedPeople, AreStoredWithTheList) {
  BuddyList list;
  ASSERT_TRUE(list.add(name("milhouse"), {1}, 5));
  ASSERT_TRUE(list.block(name("nelson"), {2}, 5));
  BuddyList back;
  ASSERT_TRUE(back.from_bytes(list.to_bytes()));
  EXPECT_EQ(back, list);
  EXPECT_TRUE(back.blocked(name("nelson")));
  EXPECT_FALSE(back.blocked(name("milhouse")));
}

TEST(BlockedPeople, AreNotForgottenToMakeRoom) {
  BuddyList list;
  ASSERT_TRUE(list.block(name("nelson"), {2}, 5));
  for (int i = 0; i < 999; ++i) {
    ASSERT_TRUE(list.add(name(("buddy" + std::to_string(i)).c_str()), {}, 1));
  }
  EXPECT_EQ(list.block(name("jimbo"), {3}, 5).error(), base::Errc::too_large);
  EXPECT_EQ(list.add(name("jimbo"), {3}, 5).error(), base::Errc::too_large);
  EXPECT_TRUE(list.blocked(name("nelson")));
}

TEST(BlockedPeople, OfALaterVersionKeepTheFlagsThatAreNotKnownHere) {
  BuddyList list;
  ASSERT_TRUE(list.add(name("milhouse"), {1}, 5));
  base::Bytes bytes = list.to_bytes();
  bytes[3 + 32] |= 0x80;
  ASSERT_TRUE(list.from_bytes(bytes));
  ASSERT_TRUE(list.block(name("milhouse"), {1}, 5));
  EXPECT_EQ(list.to_bytes()[3 + 32], 0x82);
}

}  // namespace
}  // namespace basic
