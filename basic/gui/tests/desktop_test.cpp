// Stories of the window's habits on the desktop: one window for each profile, the palette of
// commands, the page of keys, the tray, the language. Started with --hold it is "the other
// process": see main().

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QFileInfo>
#include <QLineEdit>
#include <QListView>
#include <QLocalSocket>
#include <QMainWindow>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <cstdio>
#include <memory>
#include <optional>

#include "command_palette.h"
#include "command_palette_match.h"
#include "language.h"
#include "preferences.h"
#include "shortcuts_page.h"
#include "single_instance.h"
#include "tray.h"

namespace basic::gui {
namespace {

using Role = SingleInstance::Role;

bool until(const std::function<bool()>& holds) { return QTest::qWaitFor(holds, 10000); }

class OneWindow : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path folder() const { return folder_.path().toStdString(); }
  [[nodiscard]] std::filesystem::path profile(const char* name) const {
    return folder() / "profiles" / name;
  }

  /// As another process would: while this one goes on living.
  std::optional<Role> claimed_by_another(const std::filesystem::path& profile) {
    std::optional<Role> role;
    const std::unique_ptr<QThread> other(QThread::create([&] {
      SingleInstance instance(profile, folder());
      if (const auto claimed = instance.claim()) role = *claimed;
    }));
    other->start();
    EXPECT_TRUE(until([&] { return other->isFinished(); }));
    return role;
  }

  /// Where the first listens.
  [[nodiscard]] QString socket() const {
    const QDir here(folder_.path());
    const QStringList found =
        here.entryList({"*.socket"}, QDir::AllEntries | QDir::System | QDir::Hidden);
    return found.isEmpty() ? QString() : here.filePath(found.first());
  }

  std::unique_ptr<QLocalSocket> visitor(const QByteArray& words) {
    auto visitor = std::make_unique<QLocalSocket>();
    visitor->connectToServer(socket());
    EXPECT_TRUE(visitor->waitForConnected());
    visitor->write(words);
    return visitor;
  }
  static bool is_sent_away(QLocalSocket& visitor) {
    return until([&] { return visitor.state() == QLocalSocket::UnconnectedState; });
  }

 private:
  QTemporaryDir folder_;
};

TEST_F(OneWindow, ComesToTheFrontWhenItsProfileIsStartedAgain) {
  SingleInstance first(profile("lisa"), folder());
  ASSERT_EQ(first.claim().value(), Role::first);
  QSignalSpy raised(&first, &SingleInstance::raise_wanted);
  EXPECT_EQ(claimed_by_another(profile("lisa") / "." / ""), Role::second);
  EXPECT_EQ(raised.size(), 1);
}

TEST_F(OneWindow, LeavesOtherProfilesAlone) {
  SingleInstance lisa(profile("lisa"), folder());
  ASSERT_EQ(lisa.claim().value(), Role::first);
  QSignalSpy raised(&lisa, &SingleInstance::raise_wanted);
  EXPECT_EQ(claimed_by_another(profile("bart")), Role::first);
  EXPECT_EQ(raised.size(), 0);
}

TEST_F(OneWindow, MakesRoomWhenItEnds) {
  {
    SingleInstance first(profile("lisa"), folder());
    ASSERT_EQ(first.claim().value(), Role::first);
  }
  SingleInstance next(profile("lisa"), folder());
  EXPECT_EQ(next.claim().value(), Role::first);
}

TEST_F(OneWindow, TakesOverFromOneThatCrashed) {
  QProcess other;
  other.start(QCoreApplication::applicationFilePath(),
              {"--hold", QString::fromStdString(profile("lisa").string()),
               QString::fromStdString(folder().string())});
  ASSERT_TRUE(other.waitForReadyRead(10000));
  SingleInstance second(profile("lisa"), folder());
  EXPECT_EQ(second.claim().value(), Role::second);
  other.kill();
  ASSERT_TRUE(other.waitForFinished());
  ASSERT_TRUE(QFileInfo::exists(socket()));
  SingleInstance next(profile("lisa"), folder());
  EXPECT_EQ(next.claim().value(), Role::first);
  EXPECT_EQ(claimed_by_another(profile("lisa")), Role::second);
}

TEST_F(OneWindow, LetsNobodyElseIn) {
  SingleInstance first(profile("lisa"), folder());
  ASSERT_EQ(first.claim().value(), Role::first);
  const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
  EXPECT_FALSE(QFileInfo(socket()).permissions() & others);
}

TEST_F(OneWindow, IsNotMovedByGarbage) {
  SingleInstance first(profile("lisa"), folder());
  ASSERT_EQ(first.claim().value(), Role::first);
  QSignalSpy raised(&first, &SingleInstance::raise_wanted);
  for (const QByteArray& words :
       {QByteArray("raise me\n"), QByteArray("raise\nraise\n"), QByteArray(1 << 20, 'x')}) {
    const auto hostile = visitor(words);
    EXPECT_TRUE(is_sent_away(*hostile));
  }
  EXPECT_EQ(raised.size(), 0);
  EXPECT_EQ(claimed_by_another(profile("lisa")), Role::second);
}

TEST_F(OneWindow, DoesNotWaitForThoseWhoSayNothing) {
  SingleInstance first(profile("lisa"), folder());
  ASSERT_EQ(first.claim().value(), Role::first);
  std::vector<std::unique_ptr<QLocalSocket>> silent;
  for (int i = 0; i < 30; ++i) {
    silent.push_back(visitor(i % 2 == 0 ? "" : "rai"));
    QCoreApplication::processEvents();
  }
  for (const auto& one : silent) EXPECT_TRUE(is_sent_away(*one));
  EXPECT_EQ(claimed_by_another(profile("lisa")), Role::second);
}

TEST_F(OneWindow, SaysSoWhereItCannotWrite) {
  SingleInstance nowhere(profile("lisa"), folder() / "missing");
  const auto claimed = nowhere.claim();
  ASSERT_FALSE(claimed);
  EXPECT_EQ(claimed.error().code, base::make_error_code(base::Errc::failed));
}

TEST(RuntimeFolder, IsTheSessionsOwn) {
  const QTemporaryDir session;
  const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
  qputenv("XDG_RUNTIME_DIR", session.path().toUtf8());
  EXPECT_EQ(runtime_folder().value(), std::filesystem::path(session.path().toStdString()));
  qputenv("XDG_RUNTIME_DIR", before);
}

TEST(RuntimeFolder, IsRefusedIfOthersCanWriteToIt) {
  const QTemporaryDir temporary;
  const QByteArray before_session = qgetenv("XDG_RUNTIME_DIR");
  const QByteArray before_temporary = qgetenv("TMPDIR");
  qunsetenv("XDG_RUNTIME_DIR");
  qputenv("TMPDIR", temporary.path().toUtf8());
  const auto made = runtime_folder();
  ASSERT_TRUE(made);
  QFile::setPermissions(QString::fromStdString(made->string()), QFile::Permissions(0x7777));
  EXPECT_EQ(runtime_folder().error().code, base::make_error_code(base::Errc::refused));
  qputenv("TMPDIR", before_temporary);
  qputenv("XDG_RUNTIME_DIR", before_session);
}

TEST(Matching, FindsByTheBeginningsOfWords) {
  const Searchable talk("Talk with Milhouse");
  for (const char* typed : {"", "t", "talk", "mil", "tm", "twm", "ta mil", "TAMI", "talk with m"})
    EXPECT_TRUE(match(typed, talk)) << typed;
  for (const char* typed : {"alk", "house", "mt", "talkx", "xtalk"})
    EXPECT_FALSE(match(typed, talk)) << typed;
}

TEST(Matching, OverlooksAccentsAndCase) {
  EXPECT_TRUE(match("uber", Searchable("Über Basic")));
  EXPECT_TRUE(match("élo", Searchable("Eloise")));
  EXPECT_TRUE(match("мил", Searchable("Миллхаус")));
}

TEST(Matching, PutsTheClosestFirst) {
  std::vector<Searchable> texts;
  for (const char* text :
       {"Settings of the network", "Talk with Sue", "Search the buddies", "Sign off"})
    texts.emplace_back(text);
  EXPECT_EQ(matching("s", texts), (std::vector<int>{0, 2, 3, 1}));
  EXPECT_EQ(matching("so", texts), (std::vector<int>{0, 3}));
}

TEST(Matching, StandsHostileLengths) {
  EXPECT_FALSE(match(QString(100000, 'a'), Searchable(QString("a ").repeated(10))));
  EXPECT_TRUE(match(QString(100000, 'a'), Searchable(QString("a ").repeated(100000))));
}

class Palette : public testing::Test {
 protected:
  Palette() {
    window_.resize(800, 600);
    field_ = new QLineEdit(&window_);
    window_.setCentralWidget(field_);
    palette_ = new CommandPalette(&window_);
    add_buddy_ = action("&Add a buddy …", Qt::CTRL | Qt::Key_N);
    sign_off_ = action("Sign off", Qt::Key_unknown);
    away_ = action("Be away", Qt::CTRL | Qt::Key_2);
    window_.show();
    EXPECT_TRUE(QTest::qWaitForWindowActive(&window_));
    field_->setFocus();
  }

  QAction* action(const QString& text, QKeySequence keys) {
    auto* const action = new QAction(text, &window_);
    if (keys != QKeySequence(Qt::Key_unknown)) action->setShortcut(keys);
    return action;
  }
  void open() {
    palette_->open({add_buddy_, sign_off_, away_},
                   {{"milhouse", "Milhouse van Houten"}, {"nelson", "nelson"}});
  }
  void type(const QString& text) { QTest::keyClicks(search(), text); }
  void press(Qt::Key key) { QTest::keyClick(search(), key); }
  QLineEdit* search() { return palette_->findChild<QLineEdit*>("commandSearch"); }
  QStringList listed() {
    const auto* const model = palette_->findChild<QListView*>("commandList")->model();
    QStringList texts;
    for (int row = 0; row < model->rowCount(); ++row)
      texts << model->index(row, 0).data(Qt::AccessibleTextRole).toString();
    return texts;
  }

  QMainWindow window_;
  QLineEdit* field_ = nullptr;
  CommandPalette* palette_ = nullptr;
  QAction *add_buddy_ = nullptr, *sign_off_ = nullptr, *away_ = nullptr;
};

TEST_F(Palette, ListsWhatCanBeDoneAndWhoCanBeTalkedWith) {
  sign_off_->setEnabled(false);
  open();
  EXPECT_EQ(listed(), (QStringList{"Add a buddy, Ctrl+N", "Be away, Ctrl+2",
                                   "Talk with Milhouse van Houten", "Talk with nelson"}));
  EXPECT_TRUE(search()->hasFocus());
}

TEST_F(Palette, RunsWhatEnterIsPressedOn) {
  QSignalSpy done(away_, &QAction::triggered);
  open();
  type("be a");
  press(Qt::Key_Return);
  EXPECT_EQ(done.size(), 1);
  EXPECT_FALSE(palette_->isVisible());
  EXPECT_TRUE(field_->hasFocus());
}

TEST_F(Palette, OpensAConversation) {
  QSignalSpy talk(palette_, &CommandPalette::talk_wanted);
  open();
  type("talk");
  press(Qt::Key_Down);
  EXPECT_EQ(search()->accessibleDescription(), "Talk with nelson");
  press(Qt::Key_Return);
  ASSERT_EQ(talk.size(), 1);
  EXPECT_EQ(talk[0][0].toString(), "nelson");
}

TEST_F(Palette, ClosesOnEscAndGivesTheFocusBack) {
  open();
  type("zzz");
  EXPECT_TRUE(listed().isEmpty());
  press(Qt::Key_Return);
  EXPECT_TRUE(palette_->isVisible());
  press(Qt::Key_Escape);
  EXPECT_FALSE(palette_->isVisible());
  EXPECT_TRUE(field_->hasFocus());
}

TEST_F(Palette, ClosesWhenTheFocusGoesElsewhere) {
  open();
  field_->setFocus(Qt::MouseFocusReason);
  EXPECT_FALSE(palette_->isVisible());
  EXPECT_TRUE(field_->hasFocus());
}

TEST_F(Palette, OutlivesItsActions) {
  open();
  delete away_;
  type("be a");
  press(Qt::Key_Return);
  EXPECT_FALSE(palette_->isVisible());
}

TEST_F(Palette, FitsIntoANarrowWindow) {
  open();
  window_.resize(360, 300);
  QCoreApplication::processEvents();
  EXPECT_TRUE(window_.rect().contains(palette_->geometry()));
}

TEST(Keys, AreListedByGroup) {
  QObject owner;
  const auto make = [&owner](const char* text, const char* group, QList<QKeySequence> keys) {
    auto* const action = new QAction(text, &owner);
    action->setProperty("group", group);
    action->setShortcuts(keys);
    return action;
  };
  const auto groups =
      shortcut_groups({make("&Add a buddy", "Buddies", {Qt::CTRL | Qt::Key_N}),
                       make("Sign off", "Basic", {}), make("Quit", "Basic", {Qt::CTRL | Qt::Key_Q}),
                       make("Search", "Buddies", {Qt::CTRL | Qt::Key_K, Qt::Key_F3})});
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].title, "Buddies");
  EXPECT_EQ(groups[0].rows[0].what, "Add a buddy");
  EXPECT_EQ(groups[0].rows[1].keys, "Ctrl+K, F3");
  EXPECT_EQ(groups[1].rows.size(), 1U);

  const ShortcutsPage page(groups, nullptr);
  const auto* const list = page.findChild<QListView*>("shortcutList")->model();
  const auto said = [&](int row) {
    return list->index(row, 0).data(Qt::AccessibleTextRole).toString();
  };
  ASSERT_EQ(list->rowCount(), 5);  // with two headings
  EXPECT_EQ(said(2), "Search, Ctrl+K, F3");
  EXPECT_EQ(said(4), "Quit, Ctrl+Q");
}

TEST(InTheTray, IsSaidHowOneIs) {
  Tray::State state;
  EXPECT_EQ(tray_words(state), "Basic");
  state.name = "lisa";
  state.show = Show::away;
  state.presence = Presence::away;
  EXPECT_EQ(tray_words(state), "Basic · lisa · away");
  state.presence = Presence::unknown;
  state.unread = 3;
  EXPECT_EQ(tray_words(state), "Basic · lisa · no connection · 3 unread");
}

TEST(InTheTray, IsShownWithoutColour) {
  const auto drawn = [](Presence presence, int unread) {
    return tray_icon(presence, unread)
        .pixmap(32)
        .toImage()
        .convertToFormat(QImage::Format_Grayscale8);
  };
  const QList<QImage> all{drawn(Presence::online, 0),  drawn(Presence::away, 0),
                          drawn(Presence::busy, 0),    drawn(Presence::offline, 0),
                          drawn(Presence::unknown, 0), drawn(Presence::online, 1)};
  for (qsizetype i = 0; i < all.size(); ++i)
    for (qsizetype j = i + 1; j < all.size(); ++j) EXPECT_NE(all[i], all[j]) << i << " and " << j;
}

TEST(InTheTray, StatusesAreForThoseSignedOn) {
  Tray tray;
  tray.show_state({});
  auto* const busy = tray.menu().findChild<QAction*>("trayStatus3");
  ASSERT_NE(busy, nullptr);
  EXPECT_FALSE(busy->isEnabled());
  Tray::State state;
  state.name = "lisa";
  state.show = Show::busy;
  tray.show_state(state);
  EXPECT_TRUE(busy->isEnabled());
  EXPECT_TRUE(busy->isChecked());
  QList<Show> wanted;
  QObject::connect(&tray, &Tray::show_wanted, [&](Show show) { wanted << show; });
  tray.menu().findChild<QAction*>("trayStatus2")->trigger();
  EXPECT_EQ(wanted, QList<Show>{Show::away});
}

TEST(Language, IsTheFirstThatIsKnown) {
  const QStringList known{"en", "de"};
  EXPECT_EQ(best_language({"fr-CA", "de-AT", "en"}, known), "de");
  EXPECT_EQ(best_language({"en-GB", "de"}, known), "en");
  EXPECT_EQ(best_language({"fr"}, known), "en");
  EXPECT_EQ(best_language({}, known), "en");
}

TEST(Language, ChangesWhatIsSaidAndBackAgain) {
  if (!languages().contains("de")) GTEST_SKIP() << "built without lrelease (qt6-l10n-tools)";
  EXPECT_EQ(load_language("de"), "de");
  EXPECT_EQ(ShortcutsPage::tr("Keys"), "Tasten");
  EXPECT_EQ(QLocale().language(), QLocale::German);
  EXPECT_EQ(load_language("tlh"), "en");
  EXPECT_EQ(ShortcutsPage::tr("Keys"), "Keys");
}

TEST(Preferences, KeepTheSizeOfTheLettersWithinReason) {
  const QTemporaryDir folder;
  const std::filesystem::path profile = folder.path().toStdString();
  EXPECT_EQ(Preferences(profile).letters(), 100);
  Preferences(profile).set_letters(150);
  EXPECT_EQ(Preferences(profile).letters(), 150);
  Preferences(profile).set_letters(9000);
  EXPECT_EQ(Preferences(profile).letters(), 200);
}

}  // namespace
}  // namespace basic::gui

namespace {

/// Has the profile, and keeps it until it is killed.
int hold(const char* profile, const char* folder) {
  basic::gui::SingleInstance instance(profile, folder);
  const auto claimed = instance.claim();
  if (!claimed || *claimed != basic::gui::SingleInstance::Role::first) return 1;
  std::puts("held");
  std::fflush(stdout);
  return QCoreApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  if (argc == 4 && std::string_view(argv[1]) == "--hold") return hold(argv[2], argv[3]);
  testing::InitGoogleTest(&argc, argv);
  const int status = RUN_ALL_TESTS();
  constexpr int kSkipped = 77;
  const bool skipped = testing::UnitTest::GetInstance()->skipped_test_count() > 0;
  return status == 0 && skipped ? kSkipped : status;
}
