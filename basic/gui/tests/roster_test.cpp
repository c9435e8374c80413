// Stories of the buddy list on a real client in a simulated town.

#include "roster.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QToolButton>
#include <QToolTip>

#include "buddy_view.h"
#include "roster_house.h"
#include "theme.h"
#include "words.h"

namespace basic::gui::test {
namespace {

class Roster : public House {
 protected:
  BuddyView* list() { return find<BuddyView>("buddyList"); }
  /// Her menu, as the menu key opens it.
  QMenu* menu_of(const QString& who) {
    roster_.select(who);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QApplication::sendEvent(list()->viewport(), &event);
    return roster_.findChild<QMenu*>("buddyMenu");
  }
  void choose(const QString& who, const QString& entry) {
    QMenu* const menu = menu_of(who);
    ASSERT_NE(menu, nullptr);
    for (QAction* const action : menu->findChildren<QAction*>()) {
      if (action->text() != entry) continue;
      action->trigger();
      menu->close();
      return settle();
    }
    FAIL() << "no entry " << entry.toStdString();
  }
};

TEST_F(Roster, SomebodyIsAddedByNameAndHerFingerprintIsShown) {
  other("milhouse");
  lisa_signs_on();
  EXPECT_EQ(says("emptySentence"), "No buddies yet. Add somebody by name.");
  press("emptyButton");
  type("promptField", "m!");
  EXPECT_TRUE(says("promptSentence").startsWith("This name is too short"));
  EXPECT_FALSE(find<QPushButton>("promptGo")->isEnabled());
  find<QLineEdit>("promptField")->clear();
  type("promptField", "nobody.here");
  press("promptGo");
  EXPECT_EQ(says("promptSentence"), "Looking …");
  settle();
  EXPECT_TRUE(says("promptSentence").contains("nobody.here"))
      << says("promptSentence").toStdString();
  find<QLineEdit>("promptField")->clear();
  type("promptField", "Milhouse");
  QTest::keyClick(find<QLineEdit>("promptField"), Qt::Key_Return);
  settle();
  EXPECT_EQ(says("promptDetail"), in_rows(qt(other("milhouse").status().fingerprint)));
  EXPECT_EQ(roster_.selected(), "milhouse");
  press("promptCancel");
  EXPECT_FALSE(visible("promptCard"));
}

TEST_F(Roster, APersonIsOpenedByClickAndByEnter) {
  lisa_signs_on();
  befriend("milhouse");
  QSignalSpy opened(&roster_, &RosterPane::opened);
  roster_.select("milhouse");
  const QPoint row = list()->visualRect(list()->currentIndex()).center();
  QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, row);
  QTest::keyClick(list(), Qt::Key_Return);
  EXPECT_EQ(opened.size(), 2);
}

TEST_F(Roster, FromSearchToListAndBackByKeys) {
  lisa_signs_on();
  befriend("milhouse");
  befriend("ralph");
  roster_.focus_search();
  auto* const search = find<QLineEdit>("searchField");
  QTest::keyClicks(search, "ral");
  EXPECT_EQ(roster_.selected(), "ralph");
  QSignalSpy opened(&roster_, &RosterPane::opened);
  QTest::keyClick(search, Qt::Key_Return);
  EXPECT_EQ(opened.takeFirst().first(), "ralph");
  QTest::keyClick(search, Qt::Key_Down);
  EXPECT_TRUE(list()->hasFocus());
  QTest::keyClicks(list(), "x");
  EXPECT_TRUE(search->hasFocus());
  EXPECT_EQ(search->text(), "ralx");
  EXPECT_EQ(says("emptySentence"), "Nobody here matches your search.");
  QTest::keyClick(search, Qt::Key_Escape);
  EXPECT_EQ(search->text(), "");
}

TEST_F(Roster, RemovingTakesHerAwayAtOnceAndCanBeUndone) {
  lisa_signs_on();
  befriend("milhouse");
  QSignalSpy removed(&roster_, &RosterPane::removed);
  choose("milhouse", "Remove");
  EXPECT_EQ(removed.takeFirst().first(), "milhouse");
  EXPECT_EQ(roster_.buddy("milhouse"), nullptr);
  EXPECT_EQ(says("noticeSentence"), "milhouse was removed.");
  EXPECT_TRUE(lisa_lists("milhouse")) << "the client was not asked yet";
  press("undoButton");
  EXPECT_NE(roster_.buddy("milhouse"), nullptr);

  choose("milhouse", "Remove");
  roster_.flush();
  settle();
  EXPECT_FALSE(lisa_lists("milhouse"));
  EXPECT_EQ(roster_.buddy("milhouse"), nullptr);
  EXPECT_FALSE(visible("noticeBar"));
}

TEST_F(Roster, NewsOfSomebodyWhoWasRemovedDoNotBringHerBack) {
  lisa_signs_on();
  befriend("milhouse");
  choose("milhouse", "Remove");
  ASSERT_TRUE(world_.run(other("milhouse").set_status(Show::busy, "reading")));
  settle();
  EXPECT_EQ(roster_.buddy("milhouse"), nullptr);
  press("undoButton");
  ASSERT_NE(roster_.buddy("milhouse"), nullptr);
  EXPECT_EQ(roster_.buddy("milhouse")->presence, Presence::busy);
}

TEST_F(Roster, WhoIsBlockedStandsApartUntilThatIsUndone) {
  lisa_signs_on();
  befriend("milhouse");
  choose("milhouse", "Block");
  EXPECT_EQ(roster_.buddy("milhouse"), nullptr);
  EXPECT_EQ(lisa().blocked().size(), 1U);
  press("undoButton");
  settle();
  EXPECT_NE(roster_.buddy("milhouse"), nullptr);
  EXPECT_TRUE(lisa().blocked().empty());
}

TEST_F(Roster, AnAliasIsTypedInPlace) {
  lisa_signs_on();
  befriend("milhouse");
  roster_.select("milhouse");
  QTest::keyClick(list(), Qt::Key_F2);
  type("aliasField", "Millie");
  QTest::keyClick(find<QLineEdit>("aliasField"), Qt::Key_Return);
  settle();
  EXPECT_EQ(roster_.buddy("milhouse")->alias, "Millie");
}

TEST_F(Roster, ANewGroupIsMadeAndLeft) {
  lisa_signs_on();
  befriend("milhouse");
  choose("milhouse", "New group …");
  type("promptField", "School");
  press("promptGo");
  settle();
  EXPECT_EQ(roster_.buddy("milhouse")->groups, std::vector<std::string>{"School"});
  choose("milhouse", "School");
  EXPECT_TRUE(roster_.buddy("milhouse")->groups.empty());
}

TEST_F(Roster, WhatIsChangedAtAnotherPlaceIsShown) {
  other("bart");
  lisa_signs_on();
  befriend("milhouse");
  Client& laptop = laptop_signs_on();
  ASSERT_TRUE(world_.run(laptop.add_buddy("bart")));
  ASSERT_TRUE(world_.run(laptop.set_alias("milhouse", "Mil")));
  EXPECT_TRUE(comes_true([this] {
    return roster_.buddy("bart") && roster_.buddy("milhouse")->alias == "Mil";
  }));
  ASSERT_TRUE(world_.run(laptop.remove_buddy("bart")));
  EXPECT_TRUE(comes_true([this] { return !roster_.buddy("bart"); }));
}

TEST_F(Roster, AWishToBeToldIsKept) {
  lisa_signs_on();
  befriend("milhouse");
  ASSERT_TRUE(world_.run(other("milhouse").sign_off()));
  ASSERT_TRUE(comes_true([&] { return roster_.buddy("milhouse")->presence == Presence::offline; }));
  choose("milhouse", "Tell me when she comes on line");
  EXPECT_TRUE(roster_.buddy("milhouse")->notify_when_online);
}

TEST_F(Roster, ThePopoverSaysWhySheIsShownSo) {
  lisa_signs_on();
  befriend("milhouse");
  choose("milhouse", "Why is she shown so?");
  const auto* const popover = roster_.findChild<QWidget*>("whyPopover");
  ASSERT_NE(popover, nullptr);
  EXPECT_TRUE(popover->accessibleName().contains("A link to her"))
      << popover->accessibleName().toStdString();
}

TEST_F(Roster, FoldsAreRemembered) {
  lisa_signs_on();
  befriend("milhouse");
  const QModelIndex group = list()->model()->index(0, 0);
  QTest::keyClick(list(), Qt::Key_Home);
  list()->setCurrentIndex(group);
  QTest::keyClick(list(), Qt::Key_Left);
  settle();
  EXPECT_FALSE(list()->isExpanded(group));
  EXPECT_EQ(lisa().setting("roster.folds"), "b\nr");
  roster_.clear();
  roster_.signed_on(lisa().status(), lisa().buddies());
  settle();
  EXPECT_FALSE(list()->isExpanded(list()->model()->index(0, 0)));
  QTest::keyClicks(find<QLineEdit>("searchField"), "mil");
  EXPECT_TRUE(list()->isExpanded(list()->model()->index(0, 0))) << "a search looks everywhere";
}

TEST_F(Roster, StrangersAskAndAreAnswered) {
  lisa_signs_on();
  for (const char* who : {"ralph", "nelson", "martin", "wendell", "lewis"})
    emit bridge_.asked(who, "11111 22222 33333 44444");
  EXPECT_EQ(says("moreRequests"), "and 2 more");
  EXPECT_EQ(says("requestFingerprint"), "11111 22222 …");
  press("showFingerprint");
  EXPECT_EQ(says("requestFingerprint"), "11111 22222 33333 44444");
  press("declineRequest");
  EXPECT_EQ(says("moreRequests"), "and 1 more");
}

TEST_F(Roster, AnAcceptedStrangerIsABuddy) {
  lisa_signs_on();
  ASSERT_TRUE(world_.run(other("ralph").add_buddy("lisa")));
  ASSERT_TRUE(comes_true([&] { return visible("requestCards"); }));
  press("acceptRequest");
  settle();
  EXPECT_NE(roster_.buddy("ralph"), nullptr);
  EXPECT_FALSE(visible("requestCards"));
}

TEST_F(Roster, OwnStatusAndWords) {
  lisa_signs_on();
  find<QAction>("status_3")->trigger();
  settle();
  EXPECT_EQ(lisa().status().show, Show::busy);
  EXPECT_EQ(find<QToolButton>("statusButton")->accessibleName(), "Your status: busy");
  auto* const words = find<QLineEdit>("ownWords");
  QTest::keyClicks(words, QString(65, 'x'));
  QTest::keyClick(words, Qt::Key_Return);
  settle();
  EXPECT_TRUE(visible("ownWordsTrouble"));
  EXPECT_EQ(lisa().status().text, "");
  QTest::keyClick(words, Qt::Key_Backspace);
  EXPECT_FALSE(visible("ownWordsTrouble"));
  QTest::keyClick(words, Qt::Key_Return);
  settle();
  EXPECT_EQ(lisa().status().text, std::string(64, 'x'));
}

TEST_F(Roster, EveryControlHasAName) {
  lisa_signs_on();
  befriend("milhouse");
  emit bridge_.asked("ralph", "11111 22222 33333 44444");
  choose("milhouse", "Remove");
  roster_.add_buddy();
  for (const QWidget* const widget : roster_.findChildren<QWidget*>()) {
    if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()) continue;
    EXPECT_FALSE(widget->accessibleName().isEmpty()) << widget->objectName().toStdString();
    EXPECT_FALSE(widget->objectName().isEmpty()) << widget->metaObject()->className();
  }
}

TEST_F(Roster, AfterSigningOffNobodyIsShown) {
  lisa_signs_on();
  befriend("milhouse");
  roster_.clear();
  settle();
  EXPECT_EQ(roster_.buddy("milhouse"), nullptr);
  EXPECT_EQ(says("emptySentence"), "You are not signed on.");
}

}  // namespace
}  // namespace basic::gui::test

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  basic::gui::use_theme(basic::gui::Theme::Kind::light);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
