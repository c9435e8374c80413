#include "basic/setting.h"

#include <gtest/gtest.h>

namespace basic {
namespace {

using Kind = Setting::Kind;

TEST(Setting, IsOnOrOff) {
  const Setting setting{"words", "Tell my own words", Kind::on_off, "on"};
  EXPECT_TRUE(check(setting, "off"));
  EXPECT_EQ(check(setting, "yes").error().message(), "'words' is on or off");
}

TEST(Setting, IsANumberWithinItsBounds) {
  Setting setting{"minutes", "Away after", Kind::number, "10"};
  setting.least = 1;
  setting.most = 90;
  EXPECT_TRUE(check(setting, "90"));
  for (const char* wrong : {"", "0", "91", "1x", "-1", "99999999999999999999"}) {
    EXPECT_EQ(check(setting, wrong).error(), base::Errc::malformed) << wrong;
  }
  EXPECT_EQ(check(setting, "0").error().message(), "'minutes' is a whole number from 1 to 90");
}

TEST(Setting, IsOneOfItsChoices) {
  const Setting setting{"tone", "Sound", Kind::choice, "bell", {"bell", "none"}};
  EXPECT_TRUE(check(setting, "none"));
  EXPECT_EQ(check(setting, "gong").error().message(), "'tone' is one of: bell, none");
}

TEST(Setting, IsOneLineOfText) {
  Setting setting{"motto", "Motto", Kind::text, ""};
  setting.most = 8;
  EXPECT_TRUE(check(setting, "aye"));
  for (const char* wrong : {"ninechars", "a\nb", "\xff"}) {
    EXPECT_EQ(check(setting, wrong).error(), base::Errc::malformed);
  }
}

}  // namespace
}  // namespace basic
