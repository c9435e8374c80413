#include "ohim/name.h"

#include <gtest/gtest.h>

#include "ohim/errc.h"

namespace ohim {
namespace {

TEST(NameTest, lower_cases_and_keeps_what_the_rule_allows) {
  EXPECT_EQ(Name::parse("Milhouse")->str(), "milhouse");
  EXPECT_EQ(Name::parse("a.b_c-9")->str(), "a.b_c-9");
  EXPECT_TRUE(Name::parse("abc"));
  EXPECT_TRUE(Name::parse(std::string(32, 'z')));
}

TEST(NameTest, refuses_with_the_rule) {
  const std::string nul("li\0sa", 5);
  for (const std::string& text :
       {std::string(), std::string("ab"), std::string(33, 'a'), std::string("9lives"),
        std::string(".lisa"), std::string("li sa"), std::string("lis\xC3\xA4"),
        std::string("a/b/c"), std::string("lisa's location"), nul}) {
    const auto parsed = Name::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, Errc::name_invalid);
    EXPECT_NE(parsed.error().message().find("begins with a letter"), std::string::npos);
  }
}

TEST(FingerprintTest, is_sixty_digits_in_groups_and_depends_on_both) {
  openhash::PublicKey key{};
  const std::string text = fingerprint(*Name::parse("lisa"), key);
  EXPECT_EQ(text.size(), 71);
  for (std::size_t i = 0; i < text.size(); ++i) {
    EXPECT_TRUE(i % 6 == 5 ? text[i] == ' ' : text[i] >= '0' && text[i] <= '9') << text;
  }
  EXPECT_NE(text, fingerprint(*Name::parse("bart"), key));
  key[31] = 1;
  EXPECT_NE(text, fingerprint(*Name::parse("lisa"), key));
}

TEST(ErrcTest, every_code_has_words) {
  for (int code = 1; code <= static_cast<int>(Errc::store_unavailable); ++code) {
    EXPECT_EQ(error_category().message(code).find("unknown error"), std::string::npos) << code;
  }
  EXPECT_NE(error_category().message(99).find("unknown error"), std::string::npos);
}

}  // namespace
}  // namespace ohim
