#include "base/secret.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Secret, BeginsAsZeros) {
  const Secret secret(32);
  EXPECT_EQ(to_bytes(secret.view()), Bytes(32));
  EXPECT_TRUE(Secret().empty());
  EXPECT_TRUE(Secret(0).empty());
}

TEST(Secret, MovesAndLeavesNothingBehind) {
  Secret one = Secret::copy_of(view("sesame"));
  Secret two = std::move(one);
  EXPECT_TRUE(one.empty());  // NOLINT: what a move leaves is the point here
  EXPECT_EQ(to_string(two.view()), "sesame");
  one = std::move(two);
  EXPECT_EQ(to_string(one.view()), "sesame");
  Secret& same = one;
  one = std::move(same);
  EXPECT_EQ(to_string(one.view()), "sesame");
}

TEST(Secret, DuplicatesOnRequest) {
  Secret one = Secret::copy_of(view("sesame"));
  const Secret two = one.duplicate();
  one.bytes()[0] = 'S';
  EXPECT_EQ(to_string(two.view()), "sesame");
  EXPECT_TRUE(Secret().duplicate().empty());
}

TEST(Secret, WipesOnRequest) {
  Bytes bytes = {1, 2, 3};
  wipe(bytes);
  EXPECT_EQ(bytes, Bytes(3));
  wipe({});
}

}  // namespace
}  // namespace base
