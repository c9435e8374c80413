#include "openhash/key.h"

#include <gtest/gtest.h>

namespace openhash {
namespace {

TEST(Key, IsTheSha1OfItsText) {
  EXPECT_EQ(Key::of("abc").hex(), "a9993e364706816aba3e25717850c26c9cd0d89d");  // FIPS 180-2, A.1
  EXPECT_EQ(Key::of("").hex(), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}

TEST(Key, IsWrittenAsTextOrInDigits) {
  EXPECT_EQ(Key::parse("Milhouse's location"), Key::of("milhouse's location"));
  EXPECT_EQ(Key::parse(Key::of("abc").hex()), Key::of("abc"));
  EXPECT_EQ(Key::parse("a9993e36"), Key::of("a9993e36")) << "too short to be a key";
}

TEST(Key, LowersTheNameInWhatPeopleType) {
  EXPECT_EQ(canonical("Milhouse's location"), "milhouse's location");
  EXPECT_EQ(canonical("LISA's Buddy List"), "lisa's Buddy List");
}

TEST(Key, LeavesOtherTextAlone) {
  EXPECT_EQ(canonical("Milhouse"), "Milhouse");
  EXPECT_EQ(canonical("Milhouse's"), "Milhouse's");
  EXPECT_EQ(canonical(""), "");
}

}  // namespace
}  // namespace openhash
