#include "model.h"

#include <gtest/gtest.h>

#include <clocale>

#include "paint.h"

using namespace basic;
using namespace basic::tui;

namespace {

constexpr base::WallTime kNow{std::chrono::seconds(1'800'000'000)};

/// Somebody at the terminal client.
class Terminal : public testing::Test {
 protected:
  Terminal() { std::setlocale(LC_ALL, "C.UTF-8"); }

  std::optional<Intent> press(Key::Name name) { return model.press({name}, kNow); }
  void type(const std::string& text) { model.press({Key::Name::text, text}, kNow); }
  std::optional<Intent> enter(const std::string& line) {
    type(line);
    return press(Key::Name::enter);
  }

  static Buddy buddy(const std::string& name, Presence presence) {
    Buddy buddy{*ohim::Name::parse(name), Presence::unknown, "", "", ohim::KnownBy::none, {}};
    buddy.presence = presence;
    buddy.fingerprint = "11111 22222";
    buddy.since = kNow;
    return buddy;
  }
  void sign_on(std::vector<Buddy> buddies) {
    Client::Status status;
    status.signed_on = status.store_connected = true;
    status.username = "lisa";
    model.signed_on(status, buddies);
  }
  void hear(const std::string& from, const std::string& text) {
    model.text({*ohim::Name::parse(from), text, "00", kNow, ++heard});
  }
  [[nodiscard]] std::string notice() const { return model.current_notice().sentence; }
  void draw(int width, int height) const { paint(model, width, height, kNow); }
  [[nodiscard]] std::string screen(int width = 80, int height = 24) const {
    const Canvas canvas = paint(model, width, height, kNow);
    std::string out;
    for (int y = 0; y < height; ++y) out += canvas.row(y) + "\n";
    return out;
  }
  [[nodiscard]] bool shows(const std::string& words) const {
    return screen().find(words) != std::string::npos;
  }

  /// Whose texts were read since the last time, and up to which.
  std::pair<std::string, TextNumber> read() {
    const auto read = model.take_read();
    return read ? std::pair(read->buddy, read->up_to) : std::pair(std::string(), TextNumber{0});
  }

  Model model;
  TextNumber heard = 0;
};

TEST_F(Terminal, ShowsATextOnceAndInItsPlaceHoweverLateItIsLoaded) {
  sign_on({buddy("bart", Presence::online)});
  const auto load = [this](TextNumber number, const std::string& words) {
    model.text({*ohim::Name::parse("bart"), words, "00", kNow, number});
  };
  load(7, "live");
  load(5, "came before");
  load(7, "live");
  std::vector<std::string> shown;
  for (const Message& message : model.conversation().messages) shown.push_back(message.text);
  EXPECT_EQ(shown, (std::vector<std::string>{"came before", "live"}));
}

TEST_F(Terminal, SaysWhatWasReadOnceItIsOnTheScreen) {
  using Read = std::pair<std::string, TextNumber>;
  sign_on({buddy("bart", Presence::online), buddy("milhouse", Presence::online)});
  ASSERT_EQ(model.selected(), "bart");
  hear("bart", "one");
  hear("milhouse", "two");
  EXPECT_EQ(read(), Read("bart", 1));
  EXPECT_EQ(read(), Read("", 0)) << "each is said once";
  hear("milhouse", "three");
  EXPECT_EQ(read(), Read("", 0)) << "nobody looks at that one";
  press(Key::Name::tab);
  EXPECT_EQ(read(), Read("milhouse", 3));
  press(Key::Name::help);
  hear("milhouse", "four");
  EXPECT_EQ(read(), Read("", 0)) << "the help is in front of it";
  press(Key::Name::help);
  EXPECT_EQ(read(), Read("milhouse", 4));
}

TEST_F(Terminal, SignsOnWithNameAndPassword) {
  EXPECT_FALSE(enter("lisa"));  // goes to the next field
  const auto intent = enter("sax and violins");
  ASSERT_TRUE(intent);
  EXPECT_EQ(intent->what, Intent::What::sign_on);
  EXPECT_EQ(intent->name, "lisa");
  EXPECT_EQ(intent->text, "sax and violins");
  EXPECT_FALSE(shows("violins"));
}

TEST_F(Terminal, KeepsWhatWasTypedWhenSigningOnFails) {
  enter("lisa");
  enter("wrong");
  model.sign_on_failed("This password opens nothing.");
  EXPECT_TRUE(shows("This password opens nothing."));
  EXPECT_TRUE(shows("lisa"));
  EXPECT_TRUE(press(Key::Name::enter));
}

TEST_F(Terminal, RegistersOnlyWithTheSamePasswordTwice) {
  press(Key::Name::other_page);
  enter("lisa");
  enter("one");
  EXPECT_FALSE(enter("two"));
  EXPECT_TRUE(shows("The two passwords differ."));
  const auto intent = enter("one");
  ASSERT_TRUE(intent);
  EXPECT_EQ(intent->what, Intent::What::register_user);
}

TEST_F(Terminal, TellsThatRegistrationGoesOn) {
  press(Key::Name::other_page);
  enter("lisa");
  enter("one");
  enter("one");
  model.step("Claiming the name …");
  EXPECT_TRUE(shows("Claiming the name …"));
}

TEST_F(Terminal, SendsATextAndMarksItsDelivery) {
  sign_on({buddy("milhouse", Presence::online)});
  const auto intent = enter("hello");
  ASSERT_TRUE(intent);
  EXPECT_EQ(intent->name, "milhouse");
  EXPECT_TRUE(shows("hello …"));
  model.delivered("milhouse", intent->number);
  EXPECT_TRUE(shows("hello ✓"));
}

TEST_F(Terminal, SendsAgainWhatWasNotDelivered) {
  sign_on({buddy("milhouse", Presence::offline)});
  const auto first = enter("hello");
  model.undelivered("milhouse", first->number, "milhouse is off line.");
  EXPECT_TRUE(shows("hello ✗"));
  const auto again = enter("/retry");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->number, first->number);
  EXPECT_EQ(again->text, "hello");
}

TEST_F(Terminal, CountsWhatHasNotBeenRead) {
  sign_on({buddy("bart", Presence::online), buddy("milhouse", Presence::online)});
  hear("milhouse", "psst");
  hear("milhouse", "lisa?");
  EXPECT_EQ(model.total_unread(), 2);
  press(Key::Name::tab);
  EXPECT_EQ(model.selected(), "milhouse");
  EXPECT_EQ(model.total_unread(), 0);
  EXPECT_TRUE(shows("psst"));
}

TEST_F(Terminal, KeepsADraftForEachBuddy) {
  sign_on({buddy("bart", Presence::online), buddy("milhouse", Presence::online)});
  type("to bart");
  press(Key::Name::tab);
  type("to milhouse");
  press(Key::Name::back_tab);
  EXPECT_EQ(model.conversation().draft.text(), "to bart");
}

TEST_F(Terminal, LeavesAnUnknownCommandInTheLine) {
  sign_on({buddy("bart", Presence::online)});
  EXPECT_FALSE(enter("/dance"));
  EXPECT_EQ(model.conversation().draft.text(), "/dance");
  EXPECT_NE(notice().find("no command /dance"), std::string::npos);
}

TEST_F(Terminal, ShowsHowToAnswerARequest) {
  sign_on({});
  model.request("nelson", "12345 67890");
  EXPECT_TRUE(shows("✚ nelson"));
  press(Key::Name::tab);
  EXPECT_TRUE(shows("12345 67890"));
  const auto intent = enter("/add nelson");
  ASSERT_TRUE(intent);
  EXPECT_EQ(intent->what, Intent::What::add);
  EXPECT_FALSE(enter("/ignore nelson"));
  EXPECT_FALSE(shows("✚ nelson"));
}

TEST_F(Terminal, SetsAStatusWithWords) {
  sign_on({});
  const auto intent = enter("/status away at the lake");
  ASSERT_TRUE(intent);
  EXPECT_EQ(intent->show, Show::away);
  EXPECT_EQ(intent->text, "at the lake");
  EXPECT_FALSE(enter("/status asleep"));
}

TEST_F(Terminal, ShowsEachPresenceWithAShapeOfItsOwn) {
  sign_on({buddy("ona", Presence::online), buddy("away", Presence::away),
           buddy("busy", Presence::busy), buddy("off", Presence::offline),
           buddy("unknown", Presence::unknown)});
  for (const char* row : {"◐ away", "⊘ busy", "○ off", "? unknown"}) EXPECT_TRUE(shows(row)) << row;
}

TEST_F(Terminal, DrawsNoControlCharacters) {
  sign_on({buddy("bart", Presence::online)});
  hear("bart",
       "red\x1b[31m \xc2\x9b"
       "2J alert");
  EXPECT_EQ(screen().find('\x1b'), std::string::npos);
  EXPECT_EQ(screen().find("\xc2\x9b"), std::string::npos);
}

TEST_F(Terminal, ExplainsInTheConversation) {
  sign_on({buddy("bart", Presence::online), buddy("milhouse", Presence::offline)});
  const auto intent = enter("/why Milhouse");
  ASSERT_TRUE(intent);
  EXPECT_EQ(intent->what, Intent::What::why);
  EXPECT_EQ(intent->name, "milhouse");
  Explanation explanation{buddy("milhouse", Presence::offline)};
  explanation.words = "she said goodbye 3 s ago";
  explanation.corrected_by = kNow + std::chrono::seconds(75);
  model.explained(explanation, kNow);
  EXPECT_EQ(model.selected(), "milhouse");
  EXPECT_TRUE(shows("· milhouse is shown off line: she said goodbye 3 s ago."));
  EXPECT_TRUE(shows("within 75 s."));
  EXPECT_EQ(enter("/why")->name, "milhouse");
  EXPECT_FALSE(enter("/why nobody"));
}

TEST_F(Terminal, TellsWhenSheWasSeenLast) {
  Buddy milhouse = buddy("milhouse", Presence::offline);
  milhouse.last_seen = kNow - std::chrono::hours(24);
  sign_on({milhouse});
  EXPECT_TRUE(shows("last seen yesterday "));
  milhouse.last_seen = kNow;
  model.presence(milhouse);
  EXPECT_TRUE(shows("last seen ")) << screen();
  EXPECT_FALSE(shows("yesterday"));
}

TEST_F(Terminal, CountsHerPlaces) {
  Buddy milhouse = buddy("milhouse", Presence::online);
  milhouse.places.resize(2);
  sign_on({milhouse});
  EXPECT_TRUE(shows("2 places, since "));
}

TEST_F(Terminal, MarksOfWhomOneWantsToBeTold) {
  sign_on({buddy("milhouse", Presence::offline)});
  auto intent = enter("/tell milhouse");
  ASSERT_TRUE(intent);
  EXPECT_TRUE(intent->on);
  Buddy wished = buddy("milhouse", Presence::offline);
  wished.notify_when_online = true;
  model.presence(wished);
  EXPECT_TRUE(shows("♪"));
  intent = enter("/tell milhouse");
  ASSERT_TRUE(intent);
  EXPECT_FALSE(intent->on);
  model.came_online(buddy("milhouse", Presence::online), kNow);
  EXPECT_TRUE(shows("milhouse has come on line."));
}

TEST_F(Terminal, BlocksAndUnblocks) {
  sign_on({buddy("milhouse", Presence::online), buddy("nelson", Presence::online)});
  EXPECT_EQ(enter("/block nelson")->what, Intent::What::block);
  model.blocked("nelson");
  EXPECT_FALSE(shows("● nelson"));
  EXPECT_EQ(enter("/block")->what, Intent::What::list_blocked);
  EXPECT_EQ(enter("/unblock nelson")->what, Intent::What::unblock);
  model.unblocked("nelson", {buddy("nelson", Presence::online)});
  EXPECT_TRUE(shows("● nelson"));
}

TEST_F(Terminal, ShowsTheListAsItWasChangedElsewhere) {
  sign_on({buddy("milhouse", Presence::online), buddy("nelson", Presence::online)});
  model.list_changed({buddy("maggie", Presence::online), buddy("milhouse", Presence::away)});
  EXPECT_TRUE(shows("● maggie"));
  EXPECT_TRUE(shows("milhouse"));
  EXPECT_FALSE(shows("nelson"));
  EXPECT_TRUE(shows("Your list was changed at another place."));
}

TEST_F(Terminal, TakesMinutesUntilOneIsAway) {
  sign_on({});
  const auto intent = enter("/away-after 15");
  ASSERT_TRUE(intent);
  EXPECT_EQ(intent->number, 15u);
  for (const char* wrong :
       {"/away-after", "/away-after soon", "/away-after -1", "/away-after 99999"}) {
    EXPECT_FALSE(enter(wrong)) << wrong;
    press(Key::Name::erase_before);
  }
}

TEST_F(Terminal, FitsIntoAnyWindow) {
  sign_on({buddy("a-name-of-thirty-two-charactersx", Presence::online)});
  hear("a-name-of-thirty-two-charactersx", std::string(500, 'x') + " 漢字 👩‍💻 end");
  for (int width = 1; width < 130; width += 9) {
    for (int height = 1; height < 40; height += 4) draw(width, height);
  }
  press(Key::Name::help);
  for (int width = 1; width < 130; width += 3) draw(width, 12);
}

}  // namespace
