// Stories of a conversation: two real clients, one of them with a window.

#include <QAccessible>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>

#include "conversation_accessible.h"
#include "conversation_header.h"
#include "conversation_room.h"
#include "conversation_search.h"
#include "emoji_picker.h"

namespace basic::gui::test {
namespace {

class Conversation : public Room {
 protected:
  void SetUp() override { meet(); }

  QStringList words() {
    QStringList all;
    for (const ShownText& text : log().texts()) all << text.text;
    return all;
  }
  [[nodiscard]] const ShownText& last() { return log().at(log().size() - 1); }
  QScrollBar& bar() { return *view().verticalScrollBar(); }
  bool visible(const char* name) { return find<QWidget>(name)->isVisible(); }
  std::string kept_draft() { return lisa().draft("milhouse"); }
  QPoint middle_of(int row) { return view().bubble_rect(row).center(); }
  QStringList milhouses_texts() {
    const auto texts = world_.run(milhouse().history("lisa", 0, 100));
    QStringList all;
    for (const StoredText& text : *texts) all << qt(text.text);
    return all;
  }
};

// --- the log -------------------------------------------------------------------------------------

TEST_F(Conversation, TheLastFiftyAreThereAndOlderOnesComeAsOneScrolls) {
  remember(120);
  open();
  EXPECT_TRUE(comes_true([this] { return log().size() >= 50; }));
  EXPECT_EQ(last().text, "text 120");
  EXPECT_EQ(bar().value(), bar().maximum());
  ASSERT_TRUE(comes_true([this] {
    bar().setValue(0);
    return log().size() == 120;
  }));
  EXPECT_EQ(words().first(), "text 1");
  EXPECT_FALSE(log().has_older());
}

TEST_F(Conversation, WhatIsSeenStaysWhereItIsWhenOlderOnesAreLoaded) {
  remember(200);
  open();
  bar().setValue(bar().maximum() / 4);
  const int row = view().row_at(QPoint(10, 300));
  const TextNumber number = log().at(row).number;
  const int before = view().bubble_rect(row).top();
  const int size = log().size();
  ASSERT_TRUE(comes_true([&] { return log().size() > size; }));
  EXPECT_EQ(view().bubble_rect(log().index_of(number)).top(), before);
}

TEST_F(Conversation, AHitIsShownAmongItsNeighboursAndTheWayBackIsLoaded) {
  remember(300);
  open();
  pane_->show_at(20);
  settle();
  EXPECT_EQ(view().current(), log().index_of(20));
  EXPECT_TRUE(view().viewport()->rect().contains(middle_of(view().current())));
  EXPECT_TRUE(log().has_newer());
  EXPECT_TRUE(visible("jumpToEnd"));
  milhouse_says("new meanwhile");
  EXPECT_NE(last().text, "new meanwhile") << "it would leave a gap";
  find<QAbstractButton>("jumpToEnd")->click();
  settle();
  EXPECT_EQ(last().text, "new meanwhile");
  EXPECT_FALSE(log().has_newer());
  EXPECT_FALSE(visible("jumpToEnd"));
}

TEST_F(Conversation, NoTextIsThereTwiceAndAllAreInOrder) {
  remember(10);
  open();
  const ShownText& known = log().at(4);
  emit bridge_.text_stored({known.id, *ohim::Name::parse("milhouse"), known.outgoing, "again",
                            base::WallTime{}, Fate::delivered, known.number});
  Text late{*ohim::Name::parse("milhouse"), "later", std::string(32, 'a'), base::WallTime{}, 900};
  Text early{*ohim::Name::parse("milhouse"), "earlier", std::string(32, 'b'), base::WallTime{},
             800};
  emit bridge_.text_arrived(late);
  emit bridge_.text_arrived(early);
  emit bridge_.text_arrived(late);
  EXPECT_EQ(log().size(), 12);
  EXPECT_EQ(words().mid(10), QStringList({"earlier", "later"}));
}

TEST_F(Conversation, MemoryHasALimitAndTheFarEndComesBack) {
  remember(200);
  ConversationLog bounded(bridge_, "milhouse", {.page = 20, .most = 60});
  bounded.open_at_end();
  settle();
  for (int i = 0; i < 4; ++i) {
    bounded.load_older();
    settle();
  }
  EXPECT_EQ(bounded.size(), 60);
  EXPECT_EQ(bounded.at(0).number, 101U);
  ASSERT_TRUE(bounded.has_newer());
  while (bounded.has_newer()) {
    bounded.load_newer();
    settle();
  }
  EXPECT_EQ(bounded.at(59).number, 200U);
  EXPECT_TRUE(bounded.has_older());
}

// --- sending and receiving -----------------------------------------------------------------------

TEST_F(Conversation, WhatIsTypedIsSentByEnterAndMarkedWhenItArrived) {
  open();
  type("My glasses!");
  QTest::keyClick(&field(), Qt::Key_Return, Qt::ShiftModifier);
  type("Found them.");
  enter();
  ASSERT_EQ(log().size(), 1);
  EXPECT_EQ(last().text, "My glasses!\nFound them.");
  EXPECT_EQ(last().fate, Fate::delivered);
  EXPECT_EQ(field().toPlainText(), "");
  EXPECT_EQ(milhouses_texts(), QStringList("My glasses!\nFound them."));
}

TEST_F(Conversation, ATextOnItsWayIsShownSo) {
  open();
  world_.cut("milhouse");
  type("hello?");
  QTest::keyClick(&field(), Qt::Key_Return);
  ASSERT_TRUE(comes_true([this] { return log().size() == 1; }));
  EXPECT_EQ(last().fate, Fate::pending);
  ASSERT_TRUE(comes_true([this] { return last().fate == Fate::failed; }));
  EXPECT_FALSE(last().reason.isEmpty());
}

TEST_F(Conversation, AFailedTextIsSentAgainByAClick) {
  remember({old_text(true, "did you get this?", Fate::failed)});
  open();
  const QRect bubble = view().bubble_rect(0);
  QTest::mouseClick(view().viewport(), Qt::LeftButton, {},
                    QPoint(bubble.right() - 20, bubble.bottom() + 12));
  settle();
  ASSERT_EQ(log().size(), 2);
  EXPECT_EQ(last().fate, Fate::delivered);
  EXPECT_TRUE(log().at(0).sent_again);
  EXPECT_EQ(milhouses_texts(), QStringList("did you get this?"));
}

TEST_F(Conversation, WhatWasNotEvenTakenComesBackIntoTheField) {
  open();
  ASSERT_TRUE(world_.run(lisa().remove_buddy("milhouse")));
  type("too late");
  QTest::keyClick(&field(), Qt::Key_Return);
  settle();
  EXPECT_EQ(field().toPlainText(), "too late");
  EXPECT_TRUE(hint().contains("not on your buddy list")) << hint().toStdString();
}

TEST_F(Conversation, ATooLongTextIsNotSentAndNotLost) {
  open();
  field().setPlainText(QString(16 * 1024, 'x') + "yz");
  EXPECT_TRUE(hint().startsWith("Too long by 2 bytes")) << hint().toStdString();
  enter();
  EXPECT_EQ(log().size(), 0);
  EXPECT_EQ(field().toPlainText().size(), 16 * 1024 + 2);
  EXPECT_FALSE(find<QWidget>("sendButton")->isEnabled());
}

TEST_F(Conversation, APasteThatTheFieldCouldNotBearIsRefusedAndChangesNothing) {
  open();
  type("before ");
  for (const int letters : {1 << 20, 40'000}) {
    QGuiApplication::clipboard()->setText(QString(letters, 'x'));
    field().paste();
    EXPECT_TRUE(hint().startsWith("Nothing was pasted")) << hint().toStdString();
    EXPECT_EQ(field().toPlainText(), "before ");
  }
  QGuiApplication::clipboard()->setText(QString(20'000, 'x'));
  field().paste();
  EXPECT_TRUE(hint().startsWith("Too long by")) << hint().toStdString();
  field().paste();
  EXPECT_EQ(field().toPlainText().size(), 20'007) << "a second time is too much";
  field().selectAll();
  field().paste();
  EXPECT_EQ(field().toPlainText().size(), 20'000) << "in place of what is selected it fits";
}

// --- drafts --------------------------------------------------------------------------------------

TEST_F(Conversation, ADraftIsKeptAndComesBack) {
  open();
  type("half a thou");
  pane_.reset();
  settle();
  EXPECT_EQ(kept_draft(), "half a thou");
  open();
  EXPECT_EQ(field().toPlainText(), "half a thou");
  enter();
  pane_.reset();
  settle();
  EXPECT_EQ(kept_draft(), "");
}

TEST_F(Conversation, ADraftIsKeptAtOnceWhenTheFocusLeaves) {
  open();
  field().setFocus();
  type("half");
  view().setFocus();
  settle();
  EXPECT_EQ(kept_draft(), "half");
}

TEST_F(Conversation, WordsForSomebodyWhoLeftAreKeptAndOfferedWhenSheIsBack) {
  open();
  type("are you th");
  milhouse_leaves();
  EXPECT_TRUE(hint().contains("is offline")) << hint().toStdString();
  type("ere?");
  enter();
  EXPECT_EQ(field().toPlainText(), "are you there?");
  EXPECT_EQ(log().size(), 0);
  EXPECT_FALSE(visible("conversationOffer"));
  pane_.reset();
  settle();
  open();
  milhouse_returns();
  ASSERT_TRUE(visible("conversationOffer"));
  find<QPushButton>("offerSend")->click();
  settle();
  EXPECT_EQ(milhouses_texts(), QStringList("are you there?"));
  EXPECT_EQ(field().toPlainText(), "");
  EXPECT_FALSE(visible("conversationOffer"));
}

TEST_F(Conversation, AnOfferCanBeDeclined) {
  milhouse_leaves();
  open();
  type("later");
  milhouse_returns();
  find<QPushButton>("offerLater")->click();
  EXPECT_FALSE(visible("conversationOffer"));
  EXPECT_EQ(field().toPlainText(), "later");
}

// --- reading -------------------------------------------------------------------------------------

TEST_F(Conversation, TheNewestIsMarkedReadWhenItIsSeen) {
  milhouse_says("one");
  milhouse_says("two");
  ASSERT_EQ(buddy().unread, 2U);
  open();
  EXPECT_EQ(log().first_unread(), 0);
  EXPECT_TRUE(comes_true([this] { return buddy().unread == 0; }));
  EXPECT_EQ(log().first_unread(), 0) << "the line stays while one reads";
}

TEST_F(Conversation, NothingIsReadBehindTheUsersBack) {
  remember(60);
  open();
  bar().setValue(0);
  settle();
  milhouse_says("down here");
  EXPECT_EQ(buddy().unread, 1U);
  EXPECT_EQ(bar().value(), bar().value());
  EXPECT_TRUE(visible("jumpToEnd"));
  EXPECT_EQ(log().at(log().first_unread()).text, "down here");
  pane_->hide();
  find<QAbstractButton>("jumpToEnd")->click();
  settle();
  EXPECT_EQ(buddy().unread, 1U) << "nobody sees a hidden pane";
  pane_->show();
  QApplication::setActiveWindow(pane_.get());
  EXPECT_TRUE(comes_true([this] { return buddy().unread == 0; }));
}

TEST_F(Conversation, AtTheEndItStaysAtTheEnd) {
  remember(60);
  open();
  milhouse_says("new");
  EXPECT_EQ(bar().value(), bar().maximum());
  EXPECT_EQ(last().text, "new");
  EXPECT_EQ(buddy().unread, 0U);
}

// --- mouse and keys ------------------------------------------------------------------------------

TEST_F(Conversation, WordsAndTextsAreSelectedAndCopied) {
  remember({old_text(false, "hello world"), old_text(true, "hello back")});
  open();
  QWidget* const viewport = view().viewport();
  const QRect bubble = view().bubble_rect(0);
  const QPoint hello(bubble.left() + 20, bubble.top() + 14);
  QTest::mouseDClick(viewport, Qt::LeftButton, {}, hello);
  EXPECT_EQ(view().selected(), "hello");
  QTest::mouseClick(viewport, Qt::LeftButton, {}, hello);
  EXPECT_EQ(view().selected(), "hello world");
  QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier);
  EXPECT_EQ(QGuiApplication::clipboard()->text(), "hello world");
  QTest::keyClick(&view(), Qt::Key_A, Qt::ControlModifier);
  const QStringList lines = view().selected().split('\n');
  ASSERT_EQ(lines.size(), 2);
  EXPECT_TRUE(lines[0].endsWith("milhouse: hello world")) << lines[0].toStdString();
  EXPECT_TRUE(lines[1].endsWith("You: hello back")) << lines[1].toStdString();
}

TEST_F(Conversation, ADragSelectsAcrossBubbles) {
  remember({old_text(false, "first"), old_text(true, "second")});
  open();
  QWidget* const viewport = view().viewport();
  const QRect first = view().bubble_rect(0);
  const QRect second = view().bubble_rect(1);
  QTest::mousePress(viewport, Qt::LeftButton, {}, first.topLeft() + QPoint(1, 14));
  QMouseEvent move(QEvent::MouseMove, QPointF(second.right() - 2, second.bottom() + 4),
                   viewport->mapToGlobal(QPointF(second.bottomRight())), Qt::NoButton,
                   Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(viewport, &move);
  QTest::mouseRelease(viewport, Qt::LeftButton, {}, second.bottomRight());
  EXPECT_EQ(view().selected().count('\n'), 1);
  EXPECT_TRUE(view().selected().endsWith("You: second")) << view().selected().toStdString();
}

TEST_F(Conversation, ALinkIsShownWholeBeforeItIsOpened) {
  remember({old_text(false, "https://аpple.example/x")});
  open();
  QSignalSpy opened(&view(), &ConversationView::link_wanted);
  QObject::disconnect(&view(), &ConversationView::link_wanted, pane_.get(), nullptr);
  const QRect bubble = view().bubble_rect(0);
  QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, bubble.topLeft() + QPoint(30, 14));
  EXPECT_TRUE(opened.isEmpty());
  auto* const address = view().findChild<QPlainTextEdit*>("linkAddress");
  ASSERT_NE(address, nullptr);
  EXPECT_EQ(address->toPlainText(), "https://xn--pple-43d.example/x");
  view().findChild<QPushButton*>("linkOpen")->click();
  EXPECT_EQ(opened.size(), 1);
}

TEST_F(Conversation, ByKeysFromTheFieldToATextAndBack) {
  remember(30);
  open();
  pane_->focus_composer();
  QTest::keyClick(&field(), Qt::Key_Up);
  EXPECT_TRUE(view().hasFocus());
  EXPECT_EQ(view().current(), log().size() - 1);
  QTest::keyClick(&view(), Qt::Key_Up);
  EXPECT_EQ(view().current(), log().size() - 2);
  QTest::keyClick(&view(), Qt::Key_Home);
  EXPECT_EQ(view().current(), 0);
  EXPECT_EQ(bar().value(), 0);
  QTest::keyClick(&view(), Qt::Key_End);
  settle();
  EXPECT_EQ(bar().value(), bar().maximum());
  QTest::keyClicks(&view(), "hi");
  EXPECT_TRUE(field().hasFocus());
  EXPECT_EQ(field().toPlainText(), "hi");
  view().setFocus();
  QTest::keyClick(&view(), Qt::Key_Escape);
  EXPECT_TRUE(field().hasFocus());
}

TEST_F(Conversation, IsSearchedAndStepsThroughWhatIsFound) {
  remember(150);
  open();
  QTest::keyClick(&field(), Qt::Key_F, Qt::ControlModifier);
  auto* const wanted = find<QLineEdit>("conversationSearchWords");
  EXPECT_TRUE(wanted->hasFocus());
  wanted->setText("text 11");
  QTest::keyClick(wanted, Qt::Key_Return);
  settle();
  EXPECT_EQ(find<QLabel>("searchCount")->text(), "1 of 11");  // 11, 110 to 119
  EXPECT_EQ(log().at(view().current()).text, "text 119");
  QTest::keyClick(wanted, Qt::Key_Return, Qt::ShiftModifier);
  settle();
  EXPECT_EQ(log().at(view().current()).text, "text 11");
  QTest::keyClick(wanted, Qt::Key_Escape);
  EXPECT_FALSE(visible("conversationSearch"));
  EXPECT_TRUE(field().hasFocus());
}

TEST_F(Conversation, EmojiAreFoundByName) {
  EmojiModel model;
  EXPECT_GT(model.rowCount(), 300);
  model.search("red heart");
  ASSERT_GE(model.rowCount(), 1);
  EXPECT_EQ(model.index(0).data().toString(), "❤️");
  model.search("no such thing");
  EXPECT_EQ(model.rowCount(), 0);
}

// --- what a screen reader is told ----------------------------------------------------------------

TEST_F(Conversation, EachTextIsAnItemOfAList) {
  remember({old_text(false, "hello"), old_text(true, "hello back")});
  open();
  QAccessibleInterface* const list = QAccessible::queryAccessibleInterface(&view());
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->role(), QAccessible::List);
  EXPECT_EQ(list->text(QAccessible::Name), "Conversation with milhouse");
  ASSERT_EQ(list->childCount(), 2);
  const QString time = clock_time(log().at(0).sent_at);
  EXPECT_EQ(list->child(0)->text(QAccessible::Name), "milhouse, " + time + ": hello");
  EXPECT_TRUE(list->child(1)->text(QAccessible::Name).endsWith(": hello back, delivered"));
  EXPECT_EQ(list->indexOfChild(list->child(1)), 1);
  EXPECT_EQ(list->child(1)->parent(), list);
  QTest::keyClick(&field(), Qt::Key_Up);
  EXPECT_EQ(list->focusChild(), list->child(1));
}

TEST_F(Conversation, NothingIsWithoutAName) {
  open();
  for (QWidget* const widget : pane_->findChildren<QWidget*>()) {
    const bool is_control = widget->focusPolicy() != Qt::NoFocus;
    if (!is_control || !widget->isVisible()) continue;
    EXPECT_FALSE(widget->accessibleName().isEmpty())
        << widget->metaObject()->className() << ' ' << widget->objectName().toStdString();
    EXPECT_FALSE(widget->objectName().isEmpty()) << widget->metaObject()->className();
  }
}

TEST_F(Conversation, FitsThreeHundredAndSixtyPixelsWithBigLettersAndALongName) {
  ASSERT_TRUE(world_.run(lisa().set_alias("milhouse", std::string(32, 'W'))));
  milhouse_leaves();
  const QFont before = QApplication::font();
  QFont font = before;
  font.setPointSizeF(20);
  QApplication::setFont(font);
  open().set_narrow(true);
  find<ConversationSearch>("conversationSearch")->open();
  type("later");
  settle();
  EXPECT_LE(pane_->minimumSizeHint().width(), 360);
  milhouse_returns();
  ASSERT_TRUE(visible("conversationOffer"));
  EXPECT_LE(pane_->minimumSizeHint().width(), 360);
  QApplication::setFont(before);
}

TEST(Header, SaysHowSheIsAndSinceWhen) {
  const QDateTime now(QDate(2026, 11, 22), QTime(14, 5));
  const auto at = [](const QDateTime& time) {
    return base::WallTime(std::chrono::seconds(time.toSecsSinceEpoch()));
  };
  Buddy buddy{
      *ohim::Name::parse("milhouse"), Presence::away, "My glasses!", {}, ohim::KnownBy::link,
      at(now.addSecs(-3600))};
  EXPECT_EQ(header_line(buddy, now), "away since 13:05 · My glasses!");
  buddy.presence = Presence::offline;
  buddy.last_seen = at(now.addDays(-1));
  EXPECT_EQ(header_line(buddy, now), "last seen yesterday, 14:05");
  buddy.presence = Presence::unknown;
  EXPECT_EQ(header_line(buddy, now), "unknown · My glasses!");
}

}  // namespace
}  // namespace basic::gui::test
