// The conversation in every light, to be looked at: saved into the folder CONVERSATION_PICTURES.

#include <QAbstractButton>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>

#include "conversation_popover.h"
#include "conversation_room.h"
#include "conversation_search.h"
#include "emoji_picker.h"
#include "theme.h"

namespace basic::gui::test {
namespace {

class Pictures : public Room {
 protected:
  void SetUp() override {
    if (qEnvironmentVariableIsEmpty("CONVERSATION_PICTURES"))
      GTEST_SKIP() << "set CONVERSATION_PICTURES to a folder to have them saved";
    meet();
  }
  void TearDown() override { use_theme(Theme::Kind::light); }

  void talk() {
    Texts texts;
    const auto hers = [&](const char* words) { texts.push_back(old_text(false, words)); };
    const auto own = [&](const char* words, Fate fate = Fate::delivered) {
      texts.push_back(old_text(true, words, fate));
    };
    hers("Are you coming to the library tomorrow?");
    own("I thought you would never ask.");
    own("At four? I have band practice until half past three.");
    hers("Four is perfect. I bring the atlas, you bring the sandwiches 🥪");
    own("See https://example.org/maps/atlas_(large) for the size of it");
    hers("The atlas weighs as much as I do: http://bücher.example/atlas?page=2");
    hers("הספרייה פתוחה עד שמונה בערב");
    own("مكتبة المدينة مفتوحة حتى الثامنة مساءً، فلنلتقِ هناك");
    hers("😂😂😂");
    own("🥪");
    own("Good. That leaves us time for the maps of the coast, the ones with the currents in three "
        "colours that nobody but the two of us has ever looked at.");
    own("Did that arrive?", Fate::failed);
    hers("Καλημέρα! Доброе утро! <b>Not bold</b> & no &amp; entity");
    own("ok");
    remember(std::move(texts));
  }
  void shoot(const QString& title, int width, int height = 760) {
    pane_->resize(width, height);
    settle();
    const QDir folder(qEnvironmentVariable("CONVERSATION_PICTURES"));
    ASSERT_TRUE(folder.mkpath("."));
    ASSERT_TRUE(pane_->grab().save(folder.filePath(title + ".png")));
  }
};

TEST_F(Pictures, OfTalkInEveryLight) {
  talk();
  open();
  milhouse_says("I am at the door 🚪");
  type("On my way");
  for (const auto& [kind, title] :
       {std::pair(Theme::Kind::light, "light"), std::pair(Theme::Kind::dark, "dark"),
        std::pair(Theme::Kind::high_contrast, "contrast")}) {
    use_theme(kind);
    shoot(QStringLiteral("talk-%1").arg(title), 720, 900);
    shoot(QStringLiteral("talk-%1-narrow").arg(title), 360, 900);
  }
}

TEST_F(Pictures, OfALongTextAndALongField) {
  Texts texts{old_text(false, "Short before long.")};
  std::string chapter;
  for (int i = 0; chapter.size() < 16000; ++i)
    chapter += "Call me Ishmael, for the time " + std::to_string(i) + ". ";
  texts.push_back(old_text(true, chapter));
  texts.push_back(old_text(false, std::string(600, 'W')));
  remember(std::move(texts));
  open();
  field().setPlainText("One\nTwo\nThree\nFour\nFive\nSix\nSeven\nEight");
  shoot("long", 360);
  field().setPlainText(QString(20000, 'x'));
  shoot("too-long", 360);
}

TEST_F(Pictures, OfSelectionSearchUnreadAndFocus) {
  remember(60);
  open();
  find<ConversationSearch>("conversationSearch")->open();
  find<QLineEdit>("conversationSearchWords")->setText("text 3");
  QTest::keyClick(find<QLineEdit>("conversationSearchWords"), Qt::Key_Return);
  shoot("search", 420);
  view().setFocus();
  QTest::keyClick(&view(), Qt::Key_A, Qt::ControlModifier);
  shoot("selected", 420);
}

TEST_F(Pictures, OfSomebodyWhoIsAway) {
  talk();
  milhouse_leaves();
  pane_.reset();
  open();
  pane_->set_narrow(true);
  shoot("offline", 360);
  type("Half a tex");
  shoot("offline-typed", 360);
  milhouse_returns();
  shoot("back", 360);
}

TEST_F(Pictures, OfWhatIsNew) {
  remember(60);
  open();
  view().verticalScrollBar()->setValue(0);
  settle();
  for (const char* const words : {"Lisa?", "Are you there?", "I have news"}) milhouse_says(words);
  shoot("new-below", 360);
  find<QAbstractButton>("jumpToEnd")->click();
  settle();
  view().setFocus();
  QTest::keyClick(&view(), Qt::Key_Up);
  shoot("new-line", 360);
}

TEST_F(Pictures, OfBigLetters) {
  const QFont before = QApplication::font();
  QFont font = before;
  font.setPointSizeF(20);
  QApplication::setFont(font);
  use_theme(Theme::Kind::light);
  talk();
  milhouse_leaves();
  open();
  pane_->set_narrow(true);
  find<ConversationSearch>("conversationSearch")->open();
  shoot("big", 360, 900);
  QApplication::setFont(before);
}

TEST_F(Pictures, OfNothingAndOfCards) {
  open();
  shoot("empty", 420, 500);
  EmojiPicker picker(pane_.get());
  picker.show();
  settle();
  const QDir folder(qEnvironmentVariable("CONVERSATION_PICTURES"));
  ASSERT_TRUE(picker.grab().save(folder.filePath("emoji.png")));
  picker.setAttribute(Qt::WA_DeleteOnClose, false);
  LinkPopover link(QUrl("https://аpple.example/a/very/long/address?with=many&parts=of&no=use"),
                   pane_.get());
  link.setAttribute(Qt::WA_DeleteOnClose, false);
  link.show_at(QPoint(10, 10));
  settle();
  ASSERT_TRUE(link.grab().save(folder.filePath("link.png")));
}

}  // namespace
}  // namespace basic::gui::test
