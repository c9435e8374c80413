// The buddy list drawn in every light, to be looked at: saved into the folder ROSTER_PICTURES.

#include <QContextMenuEvent>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include "buddy_view.h"
#include "own_header.h"
#include "roster_house.h"
#include "roster_notice.h"
#include "theme.h"

namespace basic::gui::test {
namespace {

/// Everybody of interest: every presence, long names, letters that run to the left, marks.
std::vector<Buddy> springfield() {
  std::vector<Buddy> all;
  const auto add = [&all](std::string_view who, Presence presence, std::string alias,
                          std::string text, std::vector<std::string> groups) -> Buddy& {
    Buddy& one = all.emplace_back(buddy(who, presence, std::move(groups)));
    one.alias = std::move(alias);
    one.text = std::move(text);
    one.last_seen = at(noon().addSecs(-20 * 3600));
    return one;
  };
  add("milhouse", Presence::online, "Milhouse", "My glasses!", {"School"}).unread = 3;
  add("bart", Presence::away, "Bart", "skating", {"Family", "School"});
  add("marge", Presence::online, "Mum", "", {"Family"});
  add("homer", Presence::offline, "Dad", "", {"Family"}).notify_when_online = true;
  add("maggie", Presence::unknown, "Maggie", "", {"Family"});
  add("skinner", Presence::busy, "Principal Skinner", "In a meeting until four, ask Edna",
      {"School"});
  add("abcdefghijklmnopqrstuvwxyz012345", Presence::online, "",
      "a line of her own that does not fit into the row at any width", {})
      .unread = 128;
  add("shlomo", Presence::online, "שלום עליכם, רב קרסטופסקי", "מחר בבוקר", {});
  add("emoji", Presence::away, "🎷 Bleeding Gums", "<b>jazz</b> & blues 🎶", {});
  return all;
}

constexpr const char* kNumbers =
    "21636 19349 08806 21669 36979 26694 52800 78810 08313 52600 52700 45897";

class Pictures : public House {
 protected:
  void SetUp() override {
    if (qEnvironmentVariableIsEmpty("ROSTER_PICTURES"))
      GTEST_SKIP() << "set ROSTER_PICTURES to a folder to have them saved";
  }
  void dress(Theme::Kind kind) { use_theme(kind); }
  void lisa_is_here(const std::vector<Buddy>& buddies) {
    Client::Status status;
    status.signed_on = true;
    status.username = "lisa";
    status.text = "Practising the saxophone";
    roster_.signed_on(status, buddies);
    roster_.show();
    settle();
    roster_.signed_on(status, buddies);  // nobody is on the list of the client behind it
    roster_.focus_list();
  }
  static void save(QWidget& widget, const QString& title, int width, int height) {
    widget.resize(width, height);
    widget.show();
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    const QDir folder(qEnvironmentVariable("ROSTER_PICTURES"));
    EXPECT_TRUE(folder.mkpath("."));
    EXPECT_TRUE(widget.grab().save(folder.filePath(title + ".png")));
  }
  void shoot(const QString& title, int width, int height = 640) {
    save(roster_, title, width, height);
  }
  BuddyView* list() { return find<BuddyView>("buddyList"); }
};

TEST_F(Pictures, OfEverybodyInEveryLight) {
  const std::pair<Theme::Kind, const char*> kinds[] = {{Theme::Kind::light, "light"},
                                                       {Theme::Kind::dark, "dark"},
                                                       {Theme::Kind::high_contrast, "contrast"}};
  lisa_is_here(springfield());
  roster_.select("milhouse");
  list()->setFocus();
  for (const auto& [kind, title] : kinds) {
    dress(kind);
    for (const int width : {240, 360})
      shoot(QStringLiteral("all-%1-%2").arg(title).arg(width), width);
  }
  dress(Theme::Kind::light);
}

TEST_F(Pictures, OfCardsAboveTheList) {
  lisa_is_here(springfield());
  for (const char* who : {"ralph", "a.name.that.is.as.long.as.it.can", "martin", "wendell"})
    emit bridge_.asked(who, kNumbers);
  shoot("requests-360", 360, 760);
  press("showFingerprint");
  shoot("requests-240", 240, 900);
  dress(Theme::Kind::dark);
  shoot("requests-dark-300", 300, 760);
  dress(Theme::Kind::light);
}

TEST_F(Pictures, OfAddingSomebody) {
  lisa_is_here(springfield());
  roster_.add_buddy();
  type("promptField", "9lives");
  shoot("add-check-240", 240);
  find<QLineEdit>("promptField")->clear();
  type("promptField", "nobody");
  press("promptGo");
  settle();
  shoot("add-failed-300", 300);
}

TEST_F(Pictures, OfSomebodyWhoWasAdded) {
  other("milhouse");
  lisa_signs_on();
  shoot("empty-300", 300);
  shoot("empty-240", 240, 400);
  roster_.add_buddy();
  type("promptField", "milhouse");
  press("promptGo");
  settle();
  shoot("added-300", 300);
}

TEST_F(Pictures, OfTheUndoBarAndASearch) {
  lisa_is_here(springfield());
  roster_.select("milhouse");
  QTest::keyClick(list(), Qt::Key_Delete);
  shoot("undo-240", 240);
  dress(Theme::Kind::dark);
  shoot("undo-dark-300", 300);
  dress(Theme::Kind::high_contrast);
  shoot("undo-contrast-300", 300);
  dress(Theme::Kind::light);
  QTest::keyClicks(find<QLineEdit>("searchField"), "ma");
  shoot("search-300", 300);
  QTest::keyClicks(find<QLineEdit>("searchField"), "zzz");
  shoot("nothing-found-300", 300);
}

TEST_F(Pictures, OfATooLongWordAndARename) {
  lisa_is_here(springfield());
  QTest::keyClicks(find<QLineEdit>("ownWords"), QString(70, 'w'));
  roster_.select("marge");
  QTest::keyClick(list(), Qt::Key_F2);
  shoot("edit-240", 240);
}

TEST_F(Pictures, OfWhatPopsUp) {
  other("milhouse");
  lisa_signs_on();
  befriend("milhouse");
  roster_.select("milhouse");
  QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
  QApplication::sendEvent(list()->viewport(), &event);
  auto* const menu = find<QMenu>("buddyMenu");
  save(*menu, "menu", menu->width(), menu->height());
  menu->actions()[4]->trigger();
  menu->close();
  settle();
  auto* const why = find<QWidget>("whyPopover");
  save(*why, "why", why->width(), why->height());
  why->close();
  auto* const status = find<QMenu>("statusMenu");
  save(*status, "status-menu", status->sizeHint().width(), status->sizeHint().height());
  status->close();
  ASSERT_TRUE(world_.run(lisa().block("milhouse")));
  roster_.signed_on(lisa().status(), lisa().buddies());
  settle();
  list()->expandAll();
  settle();
  QTest::mouseMove(list()->viewport(), list()->visualRect(list()->model()->index(0, 0)).center());
  shoot("blocked-240", 240, 300);
}

TEST_F(Pictures, OfAThousand) {
  std::vector<Buddy> all = springfield();
  for (int i = 0; i < 1000; ++i)
    all.push_back(buddy("user" + std::to_string(i), static_cast<Presence>(i % 5), {"Work"}));
  lisa_is_here(all);
  shoot("thousand-300", 300);
}

TEST_F(Pictures, WithLargeLettersAndFromTheRight) {
  lisa_is_here(springfield());
  QFont font = QApplication::font();
  const QFont before = font;
  font.setPointSizeF(font.pointSizeF() * 2);
  roster_.setLayoutDirection(Qt::RightToLeft);
  shoot("from-the-right-300", 300);
  QApplication::setFont(font);
  RosterPane large(bridge_);
  large.set_now(noon);
  Client::Status status;
  status.signed_on = true;
  status.username = "abcdefghijklmnopqrstuvwxyz012345";
  large.signed_on(status, springfield());
  emit bridge_.asked("a.name.that.is.as.long.as.it.can", kNumbers);
  save(large, "large-360", 360, 900);
  QApplication::setFont(before);
}

}  // namespace
}  // namespace basic::gui::test
