#include "glyphs.h"

#include <gtest/gtest.h>

#include <clocale>

#include "line_edit.h"

using namespace basic::tui;

namespace {

class Glyphs : public testing::Test {
 protected:
  Glyphs() { std::setlocale(LC_ALL, "C.UTF-8"); }
};

using Lines = std::vector<std::string>;

TEST_F(Glyphs, AreOneOrTwoColumnsWide) {
  EXPECT_EQ(columns("lisa"), 4);
  EXPECT_EQ(columns("漢字"), 4);
  EXPECT_EQ(columns("e\u0301"), 1);              // e and a combining accent
  EXPECT_EQ(glyphs("👩‍💻!").size(), 2U);  // a joined emoji is one glyph
}

TEST_F(Glyphs, AreDrawnSoThatAllTerminalsAgreeOnTheirWidth) {
  EXPECT_EQ(drawn(glyphs("👩‍💻")[0]), "👩💻");
  EXPECT_EQ(columns("👩‍💻"), 4);
  EXPECT_EQ(drawn(glyphs("👍🏽")[0]), "👍");
  EXPECT_EQ(columns("👍🏽"), 2);
}

TEST_F(Glyphs, StandInForBytesThatAreNoText) {
  EXPECT_EQ(columns("a\xff"
                    "b"),
            3);
  EXPECT_EQ(columns("\xe2\x82"), 2);      // cut off
  EXPECT_EQ(columns("\xed\xa0\x80"), 3);  // a surrogate
  EXPECT_EQ(columns("a\x1b\x07z"), 2);
}

TEST_F(Glyphs, WrapAtSpacesAndNewlines) {
  EXPECT_EQ(wrap("one two three", 8), (Lines{"one two", "three"}));
  EXPECT_EQ(wrap("a\nb", 8), (Lines{"a", "b"}));
  EXPECT_EQ(wrap("abcdefghij", 4), (Lines{"abcd", "efgh", "ij"}));
  EXPECT_EQ(wrap("漢字漢", 4), (Lines{"漢字", "漢"}));
  EXPECT_EQ(wrap("", 4), (Lines{""}));
}

TEST_F(Glyphs, AreCutWithAnEllipsis) {
  EXPECT_EQ(cut("milhouse", 8), "milhouse");
  EXPECT_EQ(cut("milhouse", 5), "milh…");
  EXPECT_EQ(cut("漢字漢", 4), "漢…");
  EXPECT_EQ(cut("milhouse", 0), "");
}

TEST_F(Glyphs, AreEditedAsAWhole) {
  LineEdit line;
  line.insert("a👩‍💻b");
  line.left();
  line.backspace();
  EXPECT_EQ(line.text(), "ab");
  line.insert("e");
  line.insert("\u0301");
  line.backspace();
  EXPECT_EQ(line.text(), "ab");
}

TEST_F(Glyphs, AreErasedByWord) {
  LineEdit line;
  line.insert("one two  ");
  line.erase_word();
  EXPECT_EQ(line.text(), "one ");
  line.home();
  line.erase_after();
  EXPECT_TRUE(line.empty());
}

TEST_F(Glyphs, BeyondTheLimitAreNotTaken) {
  LineEdit line(4);
  EXPECT_TRUE(line.insert("1234"));
  EXPECT_FALSE(line.insert("5"));
  EXPECT_EQ(line.text(), "1234");
}

TEST_F(Glyphs, AroundTheCaretStayInSight) {
  LineEdit line;
  line.insert("0123456789");
  EXPECT_EQ(line.view(6).text, "56789");
  EXPECT_EQ(line.view(6).caret, 5);
  line.home();
  EXPECT_EQ(line.view(6).text, "012345");
  EXPECT_EQ(line.masked_view(6).text, "••••••");
}

}  // namespace
