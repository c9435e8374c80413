#include "page_walk.h"

#include <QCheckBox>
#include <QTimer>

#include "buddy_why.h"
#include "conversation_popover.h"

namespace basic::gui::test {
namespace {

constexpr auto kYesterday = std::chrono::minutes(26 * 60);
constexpr std::size_t kLongestText = 16'384;

template <typename T>
void must(const base::Result<T>& done) {
  SimPeople::must(done);
}

}  // namespace

void PageWalk::show(QWidget& shown, const QString& page) {
  people_.pass(200ms);
  visit_(shown, page);
}

void PageWalk::walk() {
  settle();
  QTemporaryDir folder;
  people_.serve("lisa", bridge_);
  Window window(bridge_, folder.path().toStdString());
  window.set_now([this] { return to_local(people_.wall()); });
  window.resize(1080, 720);
  window.show();
  come_in(window);
  talk(window);
  look_around(window);
  look_at_key(window);
  bridge_.detach();
}

/// The town that Lisa will meet.
void PageWalk::settle() {
  people_.world().advance(14h + 3min);
  for (const std::string& name : {friend_name(), std::string("bart"), std::string("nelson"),
                                  std::string("martin"), std::string("allison")})
    people_.join(name);
  people_.join(cast_ == Cast::usual ? "ralph" : "ralph_wiggum_of_the_special_room");
  auto& world = people_.world();
  must(world.run(people_.at("bart").set_status(Show::busy, "El Barto was here")));
  must(world.run(people_.at("nelson").set_status(Show::away, "")));
  must(world.run(people_.at("martin").set_status(Show::online, "Reading Euclid")));
  must(world.run(people_.at("allison").sign_off()));
  if (cast_ == Cast::usual) return;
  const std::string words = "Sixty-four bytes of own words, all of them wide: WWWWWWWWWWWWWWW";
  must(world.run(people_.at(friend_name()).set_status(Show::busy, words)));
}

void PageWalk::meet(Window& window) {
  auto& world = people_.world();
  Client& lisa = people_.at("lisa");
  const std::string best = friend_name();
  for (const std::string& name : {best, std::string("bart"), std::string("nelson"),
                                  std::string("martin"), std::string("allison")}) {
    must(world.run(lisa.add_buddy(name)));
    if (people_.at(name).status().signed_on) must(world.run(people_.at(name).add_buddy("lisa")));
  }
  const bool usual = cast_ == Cast::usual;
  must(world.run(lisa.set_groups("bart", {"Family"})));
  must(world.run(lisa.set_alias("bart", usual ? "Bart (little brother)" : "בארט, אח שלי הקטן")));
  const std::string school = usual ? "School" : "Springfield Elementary School WW";
  for (const std::string& name : {best, std::string("martin"), std::string("nelson")})
    must(world.run(lisa.set_groups(name, {school})));
  const std::string words = usual
                                ? "Saxophone, then homework"
                                : "Saxophone, then homework, and then the saxophone once again, ok";
  auto& field = find<QLineEdit>(window, "ownWords");
  QTest::keyClicks(&field, QString::fromStdString(words));
  QTest::keyClick(&field, Qt::Key_Return);
}

std::vector<PageWalk::Line> PageWalk::lines() const {
  std::vector<Line> lines{
      {false, kYesterday, "Are you coming to the library tomorrow?"},
      {true, kYesterday - 2min, "I thought you would never ask."},
      {true, kYesterday - 3min, "At four? I have band practice until half past three."},
      {false, kYesterday - 9min,
       "Four is perfect. I bring the atlas, you bring the sandwiches 🥪"},
      {false, 31min, "The atlas weighs as much as I do."},
      {false, 31min, "See https://example.org/atlas for the size of it"},
      {true, 29min, "Then we read it there.\nSome things are not meant to be carried."},
      {false, 27min, "הספרייה פתוחה עד שמונה"},
      {true, 26min,
       "Good. That leaves us time for the maps of the coast, the ones with the currents "
       "in three colours that nobody but the two of us has ever looked at."}};
  if (cast_ == Cast::usual) return lines;
  lines.push_back({false, 25min, std::string(kLongestText, 'W')});
  std::string words;
  while (words.size() < kLongestText - 8) words += "שלום ";
  lines.push_back({false, 24min, words});
  lines.push_back({true, 23min, std::string(kLongestText / 8, 'm')});
  return lines;
}

void PageWalk::remember() {
  std::vector<StoredText> texts;
  std::uint8_t count = 0;
  for (const Line& line : lines()) {
    TextId id{};
    id[0] = ++count;
    StoredText text{id, *ohim::Name::parse(friend_name()), line.outgoing, line.text,
                    people_.wall() - line.ago};
    texts.push_back(std::move(text));
  }
  must(people_.world().run(people_.profile("lisa").add_texts(std::move(texts))));
}

/// From the first page to the empty list.
void PageWalk::come_in(Window& window) {
  show(window, "sign-on");
  click(window, "startOther");
  QTest::keyClicks(&find<QLineEdit>(window, "nameField"), "lisa");
  auto& secret = find<QLineEdit>(window, "passwordField");
  QTest::keyClicks(&secret, "saxophone");
  show(window, "register");
  secret.clear();
  const QString password = QString::fromStdString(kPassword);
  QTest::keyClicks(&secret, password);
  QTest::keyClicks(&find<QLineEdit>(window, "passwordAgainField"), password);
  click(window, "startSubmit");
  people_.until("the name is Lisa's", [&] { return find<QWidget>(window, "keyPage").isVisible(); });
  show(window, "fingerprint");
  click(window, "keyLeave");
  show(window, "no-buddies");
}

void PageWalk::talk(Window& window) {
  auto& world = people_.world();
  meet(window);
  remember();
  people_.pass(2s);
  must(world.run(people_.at("bart").send_text("lisa", "Eat my shorts")));
  must(world.run(people_.at("bart").send_text("lisa", "Is dad home?")));
  const std::string stranger = cast_ == Cast::usual ? "ralph" : "ralph_wiggum_of_the_special_room";
  must(world.run(people_.at(stranger).add_buddy("lisa")));
  people_.pass(3s);
  show(window, "request");
  click(window, "declineRequest");

  window.open(QString::fromStdString(friend_name()));
  people_.pass(1s);
  auto& input = find<QPlainTextEdit>(window, "messageInput");
  QTest::keyClicks(&input, "See you at four, then");
  QTest::keyClick(&input, Qt::Key_Return);
  people_.pass(1s);
  QTest::keyClicks(&input, "And bring ");
  show(window, "conversation");
  trigger(window, "searchTexts");
  auto& words = find<QLineEdit>(window, "conversationSearchWords");
  QTest::keyClicks(&words, "atlas");
  QTest::keyClick(&words, Qt::Key_Return);  // it would wait for more letters in real time
  people_.pass(1s);
  show(window, "search");
  escape(window);
}

void PageWalk::look_around(Window& window) {
  trigger(window, "commandPalette");
  people_.pass(100ms);
  show(window, "palette");
  escape(window);
  trigger(window, "addBuddy");
  QTest::keyClicks(&find<QLineEdit>(window, "promptField"), "no");
  people_.pass(100ms);
  show(window, "add-buddy");
  escape(window);
  look_at_cards(window);
  trigger(window, "settings");
  people_.pass(500ms);
  show(window, "settings");
  look_at_tabs(window);
  ask_why(window, friend_name(), "why");
  ask_why(window, "allison", "why-offline");
  window.open(QString::fromStdString(friend_name()));
  window.resize(360, 720);
  people_.pass(200ms);
  show(window, "narrow-conversation");
  window.show_buddies();
  people_.pass(200ms);
  show(window, "narrow-buddies");
  window.resize(1080, 720);
  people_.world().cut("lisa");
  people_.store("lisa").set_reachable(false);
  people_.pass(30s);
  show(window, "line-cut");
  ask_why(window, "bart", "why-cut");
  people_.world().mend("lisa");
  people_.store("lisa").set_reachable(true);
  people_.pass(60s);
}

/// What lies above the window for a while.
void PageWalk::look_at_cards(Window& window) {
  window.open(QString::fromStdString(friend_name()));
  people_.pass(200ms);
  click(window, "emojiButton");
  people_.pass(200ms);
  show(find<QWidget>(window, "emojiPicker"), "emoji");
  escape(find<QWidget>(window, "emojiPicker"));
  LinkPopover link(QUrl("https://example.org/atlas"), &window);
  link.setAttribute(Qt::WA_DeleteOnClose, false);
  link.show_at(window.mapToGlobal(QPoint(400, 300)));
  people_.pass(100ms);
  show(link, "link");
  link.hide();
  QTimer::singleShot(0, &window, [this] {
    QWidget* const page = QApplication::activeModalWidget();
    show(*page, "keys");
    page->close();
  });
  trigger(window, "shortcuts");
  window.open(QString::fromStdString(friend_name()));
  people_.pass(200ms);
  QTest::keyClick(&find<QWidget>(window, "buddyList"), Qt::Key_Delete);
  people_.pass(200ms);
  show(window, "removed");
  click(window, "undoButton");
  window.open(QString::fromStdString(friend_name()));
  people_.pass(500ms);
}

/// From the settings, where they are chosen.
void PageWalk::look_at_tabs(Window& window) {
  find<QCheckBox>(window, "tabsSwitch").click();
  click(window, "settingsBack");
  window.open("bart");
  people_.pass(500ms);
  window.open(QString::fromStdString(friend_name()));
  people_.pass(500ms);
  show(window, "tabs");
  trigger(window, "settings");
  people_.pass(500ms);
  find<QCheckBox>(window, "tabsSwitch").click();
  click(window, "settingsBack");
}

void PageWalk::ask_why(Window& window, const std::string& name, const QString& page) {
  const auto why = people_.at("lisa").why(name);
  must(why);
  WhyPopover popover(why_words(*why, to_local(people_.wall())), &window);
  popover.setAttribute(Qt::WA_DeleteOnClose, false);
  popover.show_at(QRect(window.mapToGlobal(QPoint(20, 200)), QSize(200, 40)));
  people_.pass(100ms);
  show(popover, page);
}

/// The page by itself: a key that changed takes half a year of the town.
void PageWalk::look_at_key(Window& window) {
  auto& page = find<KeyPage>(window, "keyPage");
  page.show_change(QString::fromStdString(friend_name()),
                   "94721 20385 11849 30572 66183 09241 57730 81926 40157 22869 73314 05582",
                   "28364 91057 44120 67833 15209 88472 30961 54718 09325 71640 26597 83011",
                   "61938 05274 83016 49527 12680 93745 50831 27496 68102 34957 71263 08549");
  static_cast<QStackedWidget*>(page.parentWidget())->setCurrentWidget(&page);
  people_.pass(100ms);
  show(window, "key-changed");
}

}  // namespace basic::gui::test
