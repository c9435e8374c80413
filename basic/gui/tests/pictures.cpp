// Saves a picture of every page of the window, in light and dark, as docs/screenshots has them:
//
//   QT_QPA_PLATFORM=offscreen basic-pictures docs/screenshots
//
// The window is the real one. Its client lives in a simulated town, so the pictures are the same
// each time but for what the fonts of the machine make of them.

#include <QApplication>
#include <QDir>
#include <QFontDatabase>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>

#include "actions.h"
#include "basic/gui/window.h"
#include "language.h"
#include "look.h"
#include "preferences.h"
#include "sim_people.h"
#include "theme.h"
#include "words.h"

namespace basic::gui::test {
namespace {

using base::WallTime;

struct Line {
  bool outgoing;
  std::chrono::minutes ago;
  const char* text;
};

constexpr auto kYesterday = std::chrono::minutes(26 * 60);

const Line kTalk[] = {
    {false, kYesterday, "Are you coming to the library tomorrow?"},
    {true, kYesterday - 2min, "I thought you would never ask."},
    {true, kYesterday - 3min, "At four? I have band practice until half past three."},
    {false, kYesterday - 9min, "Four is perfect. I bring the atlas, you bring the sandwiches 🥪"},
    {false, 31min, "The atlas weighs as much as I do."},
    {false, 31min, "See https://example.org/atlas for the size of it"},
    {true, 29min, "Then we read it there.\nSome things are not meant to be carried."},
    {false, 27min, "הספרייה פתוחה עד שמונה"},
    {true, 26min,
     "Good. That leaves us time for the maps of the coast, the ones with the currents "
     "in three colours that nobody but the two of us has ever looked at."},
};

class Album {
 public:
  Album(SimPeople& people, QDir out) : people_(people), out_(std::move(out)) {}

  void save(QWidget& window, const QString& page) {
    for (const auto& [kind, word] :
         {std::pair(Theme::Kind::light, "light"), std::pair(Theme::Kind::dark, "dark")}) {
      use_theme(kind);
      people_.pass(60ms);
      const QString file = out_.filePath(QStringLiteral("%1-%2.png").arg(page, word));
      if (!window.grab().save(file)) throw std::runtime_error("cannot write " + file.toStdString());
      std::printf("%s\n", qPrintable(file));
    }
    use_theme(Theme::Kind::light);
  }

 private:
  SimPeople& people_;
  QDir out_;
};

template <typename T>
T& find(QWidget& window, const char* name) {
  T* const found = window.findChild<T*>(QString::fromLatin1(name));
  if (!found) throw std::runtime_error(std::string("there is no ") + name);
  return *found;
}

void trigger(QWidget& window, const char* action) { find<QAction>(window, action).trigger(); }

/// The town that Lisa will meet.
void settle(SimPeople& people) {
  people.world().advance(14h + 3min);
  for (const char* const name : {"milhouse", "bart", "nelson", "martin", "allison", "ralph"})
    people.join(name);
  SimPeople::must(
      people.world().run(people.at("bart").set_status(Show::busy, "El Barto was here")));
  SimPeople::must(people.world().run(people.at("nelson").set_status(Show::away, "")));
  SimPeople::must(
      people.world().run(people.at("martin").set_status(Show::online, "Reading Euclid")));
  SimPeople::must(people.world().run(people.at("allison").sign_off()));
}

void meet(SimPeople& people) {
  auto& world = people.world();
  Client& lisa = people.at("lisa");
  for (const char* const name : {"milhouse", "bart", "nelson", "martin", "allison"}) {
    SimPeople::must(world.run(lisa.add_buddy(name)));
    if (people.at(name).status().signed_on)
      SimPeople::must(world.run(people.at(name).add_buddy("lisa")));
  }
  SimPeople::must(world.run(lisa.set_groups("bart", {"Family"})));
  SimPeople::must(world.run(lisa.set_alias("bart", "Bart (little brother)")));
  SimPeople::must(world.run(lisa.set_groups("milhouse", {"School"})));
  SimPeople::must(world.run(lisa.set_groups("martin", {"School"})));
  SimPeople::must(world.run(lisa.set_groups("nelson", {"School"})));
  SimPeople::must(world.run(lisa.set_status(Show::online, "Saxophone, then homework")));
}

void remember(SimPeople& people) {
  std::vector<StoredText> texts;
  std::uint8_t count = 0;
  for (const Line& line : kTalk) {
    TextId id{};
    id[0] = ++count;
    StoredText text{id, *ohim::Name::parse("milhouse"), line.outgoing, line.text,
                    people.wall() - line.ago};
    texts.push_back(std::move(text));
  }
  SimPeople::must(people.world().run(people.profile("lisa").add_texts(std::move(texts))));
}

void take_pictures(const QDir& out) {
  SimPeople people;
  settle(people);
  QTemporaryDir folder;
  Bridge bridge;
  people.serve("lisa", bridge);
  Window window(bridge, folder.path().toStdString());
  window.set_now([&people] { return to_local(people.wall()); });
  window.resize(1080, 720);
  window.show();
  Album album(people, out);
  album.save(window, "sign-on");

  QTest::mouseClick(&find<QPushButton>(window, "startOther"), Qt::LeftButton);
  QTest::keyClicks(&find<QLineEdit>(window, "nameField"), "lisa");
  QTest::keyClicks(&find<QLineEdit>(window, "passwordField"), "saxophone");
  album.save(window, "register");
  find<QLineEdit>(window, "passwordField").clear();
  const QString password = QString::fromStdString(kPassword);
  QTest::keyClicks(&find<QLineEdit>(window, "passwordField"), password);
  QTest::keyClicks(&find<QLineEdit>(window, "passwordAgainField"), password);
  QTest::mouseClick(&find<QPushButton>(window, "startSubmit"), Qt::LeftButton);
  people.until("the name is Lisa's", [&] { return find<QWidget>(window, "keyPage").isVisible(); });
  album.save(window, "fingerprint");
  QTest::mouseClick(&find<QPushButton>(window, "keyLeave"), Qt::LeftButton);
  album.save(window, "no-buddies");

  meet(people);
  remember(people);
  people.pass(2s);
  SimPeople::must(people.world().run(people.at("bart").send_text("lisa", "Eat my shorts")));
  SimPeople::must(people.world().run(people.at("bart").send_text("lisa", "Is dad home?")));
  SimPeople::must(people.world().run(people.at("ralph").add_buddy("lisa")));
  people.pass(3s);
  album.save(window, "request");
  QTest::mouseClick(&find<QPushButton>(window, "declineRequest"), Qt::LeftButton);

  window.open("milhouse");
  people.pass(1s);
  QTest::keyClicks(&find<QPlainTextEdit>(window, "messageInput"), "See you at four, then");
  QTest::keyClick(&find<QPlainTextEdit>(window, "messageInput"), Qt::Key_Return);
  people.pass(1s);
  QTest::keyClicks(&find<QPlainTextEdit>(window, "messageInput"), "And bring ");
  album.save(window, "conversation");
  trigger(window, "commandPalette");
  people.pass(100ms);
  album.save(window, "palette");
  QTest::keyClick(&window, Qt::Key_Escape);
  if (QWidget* const focus = QApplication::focusWidget()) QTest::keyClick(focus, Qt::Key_Escape);
  trigger(window, "settings");
  people.pass(500ms);
  album.save(window, "settings");
  QTest::mouseClick(&find<QWidget>(window, "settingsBack"), Qt::LeftButton);

  window.resize(360, 720);
  people.pass(200ms);
  album.save(window, "narrow-conversation");
  window.show_buddies();
  people.pass(200ms);
  album.save(window, "narrow-buddies");
  window.resize(1080, 720);
  people.world().cut("lisa");
  people.store("lisa").set_reachable(false);
  people.pass(30s);
  album.save(window, "line-cut");
  bridge.detach();
}

}  // namespace
}  // namespace basic::gui::test

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  QApplication::setStyle(new basic::gui::Look);
  QFont font(QStringLiteral("Inter"));
  font.setPointSizeF(10);
  QApplication::setFont(font);
  if (argc < 2 || argc > 3 || !QDir().mkpath(QString::fromLocal8Bit(argv[1]))) {
    std::fprintf(stderr, "Usage: basic-pictures FOLDER [LANGUAGE]\n");
    return 2;
  }
  if (argc == 3) basic::gui::load_language(QString::fromLocal8Bit(argv[2]));
  try {
    basic::gui::test::take_pictures(QDir(QString::fromLocal8Bit(argv[1])));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "basic-pictures: %s\n", error.what());
    return 1;
  }
  return 0;
}
