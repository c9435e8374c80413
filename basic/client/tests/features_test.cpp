// Modules that are switched off and on while links stand.
#include <algorithm>
#include <random>

#include "town.h"

namespace basic::test {
namespace {

class Switches : public Town {
 protected:
  void befriended(const std::string& one, const std::string& other) {
    join(one);
    join(other);
    befriend(one, other);
  }
  void turn(const std::string& who, const std::string& module, bool on) {
    const auto switched = world_.run(at(who).switch_module(module, on));
    ASSERT_TRUE(switched) << switched.error().message();
  }
  ModuleInfo module(const std::string& who, const std::string& which) {
    for (const ModuleInfo& info : at(who).modules()) {
      if (info.name == which) return info;
    }
    ADD_FAILURE() << "no module " << which;
    return {};
  }
  std::uint64_t links_made() const {
    return world_.traffic("lisa").connects + world_.traffic("milhouse").connects;
  }
};

TEST_F(Switches, AreListedWithWhatTheyAreFor) {
  join("lisa");
  std::vector<std::string> names;
  for (const ModuleInfo& info : at("lisa").modules()) {
    names.push_back(info.name);
    EXPECT_FALSE(info.purpose.empty());
    EXPECT_TRUE(info.on);
    EXPECT_EQ(info.needed, info.name == "link");
  }
  EXPECT_EQ(names, (std::vector<std::string>{"link", "text", "status"}));
}

TEST_F(Switches, RefuseWhatCannotBe) {
  EXPECT_EQ(world_.run(at("lisa").switch_module("text", false)).error(), ohim::Errc::not_signed_on);
  join("lisa");
  EXPECT_EQ(world_.run(at("lisa").switch_module("link", false)).error(), base::Errc::refused);
  EXPECT_EQ(world_.run(at("lisa").switch_module("games", true)).error().message(),
            "there is no module 'games'; there are: text, status");
  EXPECT_EQ(world_.run(at("lisa").set_module_setting("text", "font", "big")).error(),
            base::Errc::malformed);
  EXPECT_EQ(world_.run(at("lisa").set_module_setting("status", "words", "maybe")).error(),
            base::Errc::malformed);
}

TEST_F(Switches, TellTheOtherEndAtOnceThatTextsAreOff) {
  befriended("lisa", "milhouse");
  turn("milhouse", "text", false);
  world_.advance(1s);
  const base::Instant before = world_.now();
  const auto sent = send("lisa", "milhouse", "psst");
  EXPECT_EQ(sent.error(), base::Errc::refused);
  EXPECT_EQ(sent.error().message(), "milhouse has switched texts off");
  EXPECT_LT(world_.now() - before, 100ms);
  EXPECT_EQ(send("milhouse", "lisa", "psst").error().message(),
            "you have switched texts off; switch them on to send one");
  turn("milhouse", "text", true);
  EXPECT_TRUE(send("milhouse", "lisa", "back again"));
  EXPECT_TRUE(send("lisa", "milhouse", "psst"));
  EXPECT_EQ(diary("milhouse").words(), std::vector<std::string>{"psst"});
}

TEST_F(Switches, LetNothingWaitThatIsOnItsWay) {
  befriended("lisa", "milhouse");
  auto waiting = at("lisa").send_text("milhouse", "psst");
  world_.cut("milhouse");
  waiting.start();
  world_.advance(1s);
  turn("milhouse", "text", false);
  EXPECT_FALSE(waiting.done());
  world_.mend("milhouse");
  ASSERT_TRUE(world_.run_until([&] { return waiting.done(); }, 5s));
  EXPECT_EQ(waiting.take().error(), base::Errc::refused);
}

TEST_F(Switches, ChangeNobodysPresenceAndNoLink) {
  befriended("lisa", "milhouse");
  world_.advance(1s);
  diary("lisa").presences.clear();
  const auto before = links_made();
  for (const char* which : {"text", "status"}) {
    turn("milhouse", which, false);
    world_.advance(20s);
    turn("milhouse", which, true);
    world_.advance(20s);
  }
  EXPECT_EQ(links_made(), before);
  for (const Buddy& shown : diary("lisa").presences) {
    EXPECT_EQ(shown.presence, Presence::online);
    EXPECT_EQ(shown.known_by, ohim::KnownBy::link);
  }
}

TEST_F(Switches, OfStatusHideWhatOnlyLinksTell) {
  befriended("lisa", "milhouse");
  ASSERT_TRUE(world_.run_until([&] { return buddy("lisa", "milhouse").lists_you == true; }, 5s));
  turn("milhouse", "status", false);
  EXPECT_TRUE(world_.run_until([&] { return !buddy("lisa", "milhouse").lists_you; }, 1s));
  world_.advance(1s);
  EXPECT_EQ(diary("lisa").presences.back().lists_you, std::nullopt) << "the face is told, too";
  turn("milhouse", "status", true);
  EXPECT_TRUE(world_.run_until([&] { return buddy("lisa", "milhouse").lists_you == true; }, 1s));
}

TEST_F(Switches, HoldForLinksThatComeLater) {
  befriended("lisa", "milhouse");
  turn("milhouse", "text", false);
  ASSERT_TRUE(sign_off("lisa"));
  sign_on("lisa");
  ASSERT_TRUE(sees("lisa", "milhouse", Presence::online, 60s));
  const auto linked = [&] { return buddy("lisa", "milhouse").known_by == ohim::KnownBy::link; };
  ASSERT_TRUE(world_.run_until(linked, 10s));
  EXPECT_EQ(send("lisa", "milhouse", "psst").error(), base::Errc::refused);
}

TEST_F(Switches, AreKeptForEachUser) {
  befriended("lisa", "milhouse");
  turn("lisa", "text", false);
  ASSERT_TRUE(world_.run(at("lisa").set_module_setting("status", "list", "off")));
  ASSERT_TRUE(sign_off("lisa"));
  EXPECT_TRUE(module("lisa", "text").on) << "as for a new user";
  ASSERT_TRUE(world_.run(at("lisa").register_user("maggie", secret(kPassword))));
  ASSERT_TRUE(world_.run(at("lisa").sign_on("maggie", secret(kPassword))));
  EXPECT_TRUE(module("lisa", "text").on);
  EXPECT_EQ(module("lisa", "status").settings.at(1).value, "on");
  crash("lisa");
  sign_on("lisa");
  EXPECT_FALSE(module("lisa", "text").on);
  EXPECT_EQ(module("lisa", "status").settings.at(1).value, "off");
}

TEST_F(Switches, LeaveOwnWordsOutEverywhere) {
  befriended("lisa", "milhouse");
  ASSERT_TRUE(world_.run(at("lisa").set_status(Show::busy, "grading")));
  const auto reads = [&](const std::string& words) {
    return world_.run_until([&] { return buddy("milhouse", "lisa").text == words; }, 5s);
  };
  ASSERT_TRUE(reads("grading"));
  ASSERT_TRUE(world_.run(at("lisa").set_module_setting("status", "words", "off")));
  EXPECT_TRUE(reads(""));
  EXPECT_EQ(buddy("milhouse", "lisa").presence, Presence::busy);
  EXPECT_EQ(at("lisa").status().text, "grading") << "they are still hers";
  turn("lisa", "status", false);
  world_.advance(60s);
  EXPECT_EQ(buddy("milhouse", "lisa").text, "") << "nor does the location tell";
}

// --- texts flow while both ends switch ---

struct Flow {
  std::vector<int> sent;  // and acknowledged
  std::vector<std::string> refusals;
};

base::Task<void> say_number(Client& from, std::string to, int number, Flow& flow) {
  const std::string words = std::to_string(number);
  const auto sent = co_await from.send_text(to, words);
  if (sent) flow.sent.push_back(number);
  if (!sent) flow.refusals.push_back(sent.error().message());
}

base::Task<void> turn_soon(Client& client, bool on) {
  const auto switched = co_await client.switch_module("text", on);
  EXPECT_TRUE(switched);
}

/// Whether each is greater than the one before.
bool rises(const std::vector<int>& numbers) {
  return std::ranges::adjacent_find(numbers, std::greater_equal<>()) == numbers.end();
}

TEST_F(Switches, FiftyAtBothEndsLoseAndDoubleNothing) {
  befriended("lisa", "milhouse");
  world_.advance(1s);
  const auto links_before = links_made();
  std::mt19937 dice(7);
  std::map<std::string, Flow> flows;
  base::Tasks tasks;
  int number = 0;
  for (int step = 0; step < 50; ++step) {
    const std::string who = dice() % 2 == 0 ? "lisa" : "milhouse";
    tasks.start(turn_soon(at(who), !module(who, "text").on));
    for (int i = 0; i < 5; ++i) {
      ++number;
      tasks.start(say_number(at("lisa"), "milhouse", number, flows["lisa"]));
      tasks.start(say_number(at("milhouse"), "lisa", number, flows["milhouse"]));
      world_.advance(std::chrono::milliseconds(dice() % 30));
    }
  }
  world_.advance(5s);
  turn("lisa", "text", true);
  turn("milhouse", "text", true);
  for (const auto& [from, to] : {std::pair{"lisa", "milhouse"}, std::pair{"milhouse", "lisa"}}) {
    EXPECT_TRUE(send(from, to, "999")) << from;
    std::vector<int> heard;
    for (const std::string& words : diary(to).words()) heard.push_back(std::stoi(words));
    EXPECT_TRUE(rises(heard)) << "in order, and once each";
    const Flow& flow = flows[from];
    EXPECT_EQ(flow.sent.size() + flow.refusals.size(), static_cast<std::size_t>(number));
    EXPECT_TRUE(std::ranges::includes(heard, flow.sent)) << "what was acknowledged is there";
    EXPECT_GT(flow.sent.size(), 20u);
    EXPECT_GT(flow.refusals.size(), 20u);
    for (const std::string& why : flow.refusals)
      EXPECT_NE(why.find("switched texts off"), why.npos);
  }
  EXPECT_EQ(links_made(), links_before) << "no link was closed";
}

}  // namespace
}  // namespace basic::test
