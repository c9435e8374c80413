// What a bubble makes of the words in it.

#include <gtest/gtest.h>

#include <QApplication>
#include <QFontMetricsF>

#include "bubble_layout.h"
#include "conversation_selection.h"
#include "language.h"

namespace basic::gui::test {
namespace {

QStringList links_in(const QString& text) {
  QStringList found;
  for (const Link& link : find_links(text)) found << text.mid(link.start, link.length);
  return found;
}

ShownText text_of(const QString& words, bool outgoing = false, Fate fate = Fate::delivered) {
  ShownText text;
  text.text = words;
  text.outgoing = outgoing;
  text.fate = fate;
  text.sent_at = QDateTime(QDate(2026, 11, 22), QTime(14, 5));
  text.day = text.sent_at.date();
  return text;
}

const BubbleStyle& narrow() {
  static const BubbleStyle style(QApplication::font(), 360);
  return style;
}

TEST(Links, AreHttpAndHttpsAndNothingElse) {
  EXPECT_EQ(links_in("see https://a.example/x and HTTP://b.example"),
            QStringList({"https://a.example/x", "HTTP://b.example"}));
  EXPECT_EQ(links_in("ftp://a.example javascript:alert(1) file:///etc/passwd www.a.example"),
            QStringList());
  EXPECT_EQ(links_in("https:// http://, xhttp://a.example https:///path"), QStringList());
}

TEST(Links, EndBeforeTheSentenceDoes) {
  EXPECT_EQ(links_in("(https://a.example/b)."), QStringList("https://a.example/b"));
  EXPECT_EQ(links_in("https://a.example/b_(c)!"), QStringList("https://a.example/b_(c)"));
  EXPECT_EQ(links_in("<https://a.example>"), QStringList("https://a.example"));
  EXPECT_EQ(links_in("https://a.example\nnext"), QStringList("https://a.example"));
}

TEST(Links, ShowWhereTheyReallyLead) {
  const auto cyrillic = find_links(QStringLiteral("https://аpple.example/"));
  ASSERT_EQ(cyrillic.size(), 1U);
  EXPECT_EQ(real_host(cyrillic[0].url), "xn--pple-43d.example");
  EXPECT_EQ(real_address(cyrillic[0].url), "https://xn--pple-43d.example/");
  const auto user = find_links("https://bank.example@evil.example/");
  ASSERT_EQ(user.size(), 1U);
  EXPECT_EQ(real_host(user[0].url), "evil.example");
}

TEST(Links, AreNotCountedForEver) {
  EXPECT_EQ(find_links(QString("http://a.example ").repeated(5000)).size(), 100U);
  EXPECT_TRUE(find_links("http://" + QString(100000, 'a')).empty());
}

TEST(Words, AreFoundAroundTheMouse) {
  const QString text = "My glasses, Lisa";
  EXPECT_EQ(word_at(text, 5), std::pair(3, 10));
  EXPECT_EQ(word_at(text, 3), std::pair(3, 10));
  EXPECT_EQ(word_at(text, 16), std::pair(12, 16));
  EXPECT_EQ(word_at("", 0), std::pair(0, 0));
}

TEST(Emoji, AreBigWhenTheyAreAlone) {
  EXPECT_TRUE(only_emoji("😂😂😂"));
  EXPECT_TRUE(only_emoji("👨‍👩‍👧❤️"));
  EXPECT_FALSE(only_emoji("😂😂😂😂"));
  EXPECT_FALSE(only_emoji("ok 😂"));
  EXPECT_FALSE(only_emoji(""));
}

TEST(Bubble, StaysWithinTheView) {
  for (const QString& words : {QString("x"), QString(3000, 'W'), QString("שלום ").repeated(100),
                               QString("\n").repeated(9)}) {
    for (const Fate fate : {Fate::delivered, Fate::failed}) {
      const BubbleLayout layout(text_of(words, true, fate), narrow(), BubbleLayout::Fold::folded);
      const QRectF view(0, 0, 360, layout.height() + 1);
      EXPECT_TRUE(view.contains(layout.bubble()));
      EXPECT_TRUE(layout.bubble().contains(layout.footer()));
      if (fate == Fate::failed) {
        EXPECT_TRUE(view.contains(layout.failure()));
      }
    }
  }
}

TEST(Bubble, LargeLettersStayWithinTheView) {
  QFont letters = QApplication::font();
  letters.setPointSizeF(2 * letters.pointSizeF());
  load_language("de");
  const BubbleStyle large(letters, 350);
  const ShownText text = text_of(QString(4000, 'm'), true);
  for (const auto fold : {BubbleLayout::Fold::folded, BubbleLayout::Fold::whole}) {
    const BubbleLayout layout(text, large, fold);
    const QFontMetricsF strong(large.strong);
    EXPECT_TRUE(QRectF(0, 0, 350, layout.height() + 1).contains(layout.bubble()));
    EXPECT_TRUE(layout.bubble().contains(layout.fold_button()));
    EXPECT_TRUE(layout.bubble().contains(layout.footer()));
    EXPECT_GE(
        layout.fold_button().height(),
        strong.boundingRect(layout.fold_button(), Qt::TextWordWrap, layout.fold_words()).height());
  }
  load_language("en");
}

TEST(Bubble, FoldsWhatIsLong) {
  const ShownText text = text_of(QString("line\n").repeated(500));
  const BubbleLayout folded(text, narrow(), BubbleLayout::Fold::folded);
  EXPECT_EQ(folded.words().lineCount(), BubbleLayout::kFoldedLines);
  EXPECT_EQ(folded.fold_words(), "Show all (2500 letters)");
  const BubbleLayout whole(text, narrow(), BubbleLayout::Fold::whole);
  EXPECT_EQ(whole.shown_length(), 2500);
  EXPECT_EQ(whole.fold_words(), "Show less");
  EXPECT_GT(whole.height(), 5 * folded.height());
}

TEST(Bubble, WordsOfTheOtherDirectionBeginAtTheRight) {
  const BubbleLayout layout(text_of("שלום"), narrow(), BubbleLayout::Fold::folded);
  const QRectF words = layout.words().lineAt(0).naturalTextRect().translated(layout.words_at());
  EXPECT_NEAR(words.right(), layout.bubble().right() - narrow().pad_x, 2);
  EXPECT_LT(layout.footer().left(), words.left());
}

TEST(Bubble, KnowsWhatIsUnderTheMouse) {
  const BubbleLayout layout(text_of("see https://a.example"), narrow(), BubbleLayout::Fold::folded);
  const QTextLine line = layout.words().lineAt(0);
  const auto at = [&](int letter) {
    return layout.words_at() + QPointF(line.cursorToX(letter) + 1, line.height() / 2);
  };
  EXPECT_EQ(layout.link_at(at(1)), nullptr);
  ASSERT_NE(layout.link_at(at(8)), nullptr);
  EXPECT_EQ(layout.link_at(at(8))->url, QUrl("https://a.example"));
  EXPECT_EQ(layout.position_at(at(8)), 8);
  EXPECT_EQ(layout.position_at({0, -5}), 0);
  EXPECT_EQ(layout.position_at({0, 1000}), 21);
}

}  // namespace
}  // namespace basic::gui::test
