#include "password.h"

#include <gtest/gtest.h>

#include "utf8.h"

namespace ohim {
namespace {

const Name kLisa = *Name::parse("lisa");

base::Result<void> check(std::string_view text, double least_bits = 50) {
  return check_password(kLisa, base::Secret::copy_of(base::view(text)), least_bits);
}

TEST(PasswordTest, strong_ones_pass) {
  EXPECT_TRUE(check("four quiet purple herons"));
  EXPECT_TRUE(check("Xk3!9qLmz#7P"));
  EXPECT_TRUE(check("\xC3\xA4rger \xE6\xBC\xA2\xE5\xAD\x97 und drei Igel"));
}

TEST(PasswordTest, weak_ones_are_told_why_and_what_would_do) {
  for (const std::string& text :
       {std::string(), std::string("short"), std::string("password1"), std::string("qwertyuiop"),
        std::string("lisalisalisa"), std::string("Lisa1234"), std::string("aaaaaaaaaaaaaaaaaaaa"),
        std::string("12.05.1983"), std::string(2000, 'x')}) {
    const auto checked = check(text);
    ASSERT_FALSE(checked) << text;
    EXPECT_EQ(checked.error().code, Errc::weak_password) << text;
    EXPECT_GT(checked.error().message().size(), 40) << checked.error().message();
  }
}

TEST(PasswordTest, own_name_counts_for_little) {
  const auto bits = [](const char* name) {
    for (double least = 1;; ++least) {
      const auto secret = base::Secret::copy_of(base::view("wolfeschlegel1"));
      if (!check_password(*Name::parse(name), secret, least)) return least;
    }
  };
  EXPECT_LT(bits("wolfeschlegel") + 10, bits("lisa"));
}

TEST(PasswordTest, control_characters_and_broken_utf8_are_refused) {
  EXPECT_FALSE(check("four quiet\npurple herons"));
  EXPECT_FALSE(check(std::string("four quiet\0purple herons", 24)));
  EXPECT_FALSE(check("four quiet purple \xFF herons"));
}

TEST(Utf8Test, knows_well_formed_from_not) {
  for (const char* text : {"", "plain", "\xC3\xA4", "\xE6\xBC\xA2", "\xF0\x9F\x90\x99"}) {
    EXPECT_TRUE(is_plain_utf8(base::view(text))) << text;
  }
  for (const char* text :
       {"\x80", "\xC3", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88",
        "\xC2\x80", "\x1B[2J", "\x7F", "\xE6\xBC"}) {
    EXPECT_FALSE(is_plain_utf8(base::view(text)));
  }
}

TEST(PasswordKeysTest, depend_on_name_password_and_network) {
  const PasswordCost cost{8 << 10, 1, 0};
  const auto keys = [&](const char* name, const char* text, std::uint32_t network) {
    const auto password = base::Secret::copy_of(base::view(text));
    return hash_password(*Name::parse(name), password, cost, network)->vault;
  };
  const openhash::ReplicaKeys key = keys("lisa", "secret", 7);
  EXPECT_NE(key[0], key[1]);
  EXPECT_NE(key[1], key[2]);
  EXPECT_EQ(key, keys("lisa", "secret", 7));
  EXPECT_NE(key, keys("bart", "secret", 7));
  EXPECT_NE(key, keys("lisa", "Secret", 7));
  EXPECT_NE(key, keys("lisa", "secret", 8));
}

TEST(PasswordKeysTest, memory_that_is_not_there_is_an_error) {
  const PasswordCost cost{std::size_t{1} << 46, 1, 0};
  const auto password = base::Secret::copy_of(base::view("secret"));
  EXPECT_EQ(hash_password(kLisa, password, cost, 7).error().code, base::Errc::failed);
}

}  // namespace
}  // namespace ohim
