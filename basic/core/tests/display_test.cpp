#include "basic/display.h"

#include <gtest/gtest.h>

namespace basic {
namespace {

std::string shown(std::string_view text) { return for_display(text, Lines::many); }

TEST(Display, LeavesHonestTextAlone) {
  const std::string text = "Grüße, Ελλάδα, שלום, 你好 👩‍👧 ❤️\n\ttabbed";
  EXPECT_EQ(shown(text), text);
}

TEST(Display, StripsWhatForgesOrHides) {
  EXPECT_EQ(shown("\x1b[31mred\x07"), "[31mred");
  EXPECT_EQ(shown("a\xe2\x80\xae"
                  "b"),
            "ab");  // U+202E right-to-left override
  EXPECT_EQ(shown("a\xe2\x81\xa6"
                  "b"),
            "ab");                                   // U+2066 isolate
  EXPECT_EQ(shown("pay\xe2\x80\x8bpal"), "paypal");  // U+200B zero width space
  EXPECT_EQ(shown("a\xef\xbb\xbf"
                  "b"),
            "ab");  // U+FEFF
  EXPECT_EQ(shown("a\xc2\x9b"
                  "b"),
            "ab");  // C1: CSI
  EXPECT_EQ(shown("a\xf3\xa0\x81\x81"
                  "b"),
            "ab");  // U+E0041 tag
  EXPECT_EQ(shown("a\r\nb"), "a\nb");
}

TEST(Display, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(shown("a\xff"
                  "b"),
            "a\xef\xbf\xbd"
            "b");
  EXPECT_EQ(shown("\xc0\xaf"), "\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(shown("\xe2\x82"), "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(Display, KeepsAStatusOnOneLine) {
  EXPECT_EQ(for_display("gone\nfishing\t!", Lines::one), "gone fishing !");
}

TEST(Display, BreaksEndlessLines) {
  const std::string text = shown(std::string(10'000, 'x'));
  EXPECT_EQ(text.find('\n'), 4096u);
  EXPECT_EQ(for_display(std::string(10'000, 'x'), Lines::one).size(), 4096u);
}

TEST(Utf8, IsStrict) {
  EXPECT_TRUE(is_utf8("plain"));
  EXPECT_TRUE(is_utf8("\xf4\x8f\xbf\xbf"));
  EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80"));  // beyond U+10FFFF
  EXPECT_FALSE(is_utf8("\xed\xa0\x80"));      // a surrogate
  EXPECT_FALSE(is_utf8("\xe0\x80\xaf"));      // overlong
  EXPECT_FALSE(is_utf8("\x80"));
}

}  // namespace
}  // namespace basic
