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

/// One user's list at two machines, 1 and 2.
class TwoMachines : public testing::Test {
 protected:
  TwoMachines() {
    EXPECT_TRUE(desk.add(name("milhouse"), {1}, 1));
    EXPECT_TRUE(laptop.from_bytes(desk.to_bytes()));
  }
  /// What both have after each took in the other's.
  const BuddyList& merged() {
    const base::Bytes of_desk = desk.to_bytes();
    EXPECT_TRUE(desk.merge(laptop.to_bytes()));
    EXPECT_TRUE(laptop.merge(of_desk));
    EXPECT_EQ(desk.to_bytes(), laptop.to_bytes());
    return desk;
  }
  BuddyList desk;
  BuddyList laptop;
};

TEST_F(TwoMachines, KeepWhatEitherAdded) {
  ASSERT_TRUE(desk.add(name("bart"), {2}, 1));
  ASSERT_TRUE(laptop.add(name("maggie"), {3}, 2));
  EXPECT_EQ(merged().buddies(), (std::vector{name("bart"), name("maggie"), name("milhouse")}));
  EXPECT_EQ(desk.take_merged(), std::vector{name("maggie")});
  EXPECT_EQ(laptop.take_merged(), std::vector{name("bart")});
  EXPECT_EQ(laptop.take_merged(), kNobody);
}

TEST_F(TwoMachines, KeepWhatWasTakenOffOff) {
  ASSERT_TRUE(laptop.remove(name("milhouse"), 2));
  EXPECT_EQ(merged().buddies(), kNobody);
}

TEST_F(TwoMachines, KeepTheLaterOfTwoChanges) {
  ASSERT_TRUE(laptop.set_alias(name("milhouse"), "Mil", 2));
  ASSERT_TRUE(laptop.set_alias(name("milhouse"), "Thrillho", 2));
  ASSERT_TRUE(desk.block(name("milhouse"), {1}, 1));
  EXPECT_FALSE(merged().blocked(name("milhouse")));
  EXPECT_EQ(desk.find(name("milhouse"))->alias, "Thrillho");
}

TEST_F(TwoMachines, KeepWhoWasTakenOffAndChangedAtOnce) {
  ASSERT_TRUE(laptop.remove(name("milhouse"), 2));
  ASSERT_TRUE(desk.set_alias(name("milhouse"), "Mil", 1));
  EXPECT_EQ(merged().buddies(), std::vector{name("milhouse")});
}

TEST_F(TwoMachines, MayInsist) {
  ASSERT_TRUE(desk.remove(name("milhouse"), 1));
  const BuddyEntry wanted = *desk.snapshot(name("milhouse"));
  ASSERT_TRUE(laptop.set_alias(name("milhouse"), "Mil", 2));
  EXPECT_TRUE(merged().has(name("milhouse")));
  desk.insist(name("milhouse"), wanted, 1);
  EXPECT_EQ(merged().buddies(), kNobody);
}

TEST_F(TwoMachines, WithTooManyBuddiesKeepTheSameThousand) {
  for (int i = 0; i < 600; ++i) {
    ASSERT_TRUE(desk.add(name(("desk" + std::to_string(i)).c_str()), {4}, 1));
    ASSERT_TRUE(laptop.add(name(("laptop" + std::to_string(i)).c_str()), {5}, 2));
  }
  EXPECT_EQ(merged().buddies().size(), BuddyList::kMaxEntries);
  EXPECT_TRUE(desk.has(name("milhouse")) && desk.has(name("desk0")) && desk.has(name("laptop0")));
  BuddyList back;
  EXPECT_TRUE(back.from_bytes(desk.to_bytes()));
}

TEST_F(TwoMachines, AreNotTakenInByRubbish) {
  const base::Bytes before = desk.to_bytes();
  base::Bytes cut = laptop.to_bytes();
  cut.pop_back();
  EXPECT_EQ(desk.merge(cut).error(), base::Errc::malformed);
  EXPECT_EQ(desk.to_bytes(), before);
  EXPECT_TRUE(desk.merge({}));
  EXPECT_EQ(desk.to_bytes(), before);
}

}  // namespace
}  // namespace basic
