// One link, seen by a peer who writes raw frames; and crossed connects in every order.
#include <gtest/gtest.h>

#include "basic/link_table.h"
#include "pipe.h"
#include "testing/sim_world.h"

namespace basic {
namespace {

using namespace std::chrono_literals;
using base::Bytes;
using test::Pipe;
using test::PipeEnd;

ohim::Name name(const char* text) { return *ohim::Name::parse(text); }

/// Answers every frame with the same, and refuses the word "bad".
struct EchoModule final : Module {
  Epoch own_epoch{7};
  bool answers = true;
  std::vector<LinkView*> links;
  std::vector<std::string> heard;

  [[nodiscard]] const Epoch& epoch() const override { return own_epoch; }
  [[nodiscard]] std::string_view name() const override { return "echo"; }
  [[nodiscard]] std::string_view purpose() const override { return "Says what it hears."; }
  void link_up(LinkView& link) override { links.push_back(&link); }
  void link_down(LinkView& link) override { std::erase(links, &link); }
  base::Result<void> handle(LinkView& link, base::ByteView data) override {
    heard.push_back(base::to_string(data));
    if (heard.back() == "bad") return base::fail(base::Errc::malformed);
    return answers ? link.send(data) : base::Result<void>();
  }
};

struct Log final : LinkEvents {
  int up = 0;
  std::vector<LinkEnd> down;
  std::vector<ohim::PlaceId> places;  // where links are up
  void peer_linked(const ohim::Peer&, ohim::PlaceId device, bool) override {
    ++up;
    places.push_back(device);
  }
  void peer_gone(const ohim::Name&, ohim::PlaceId device, LinkEnd how) override {
    down.push_back(how);
    std::erase(places, device);
  }
  [[nodiscard]] bool on_list(const ohim::Name&) const override { return true; }
};

const openhash::PublicKey kSmall{1};
const openhash::PublicKey kLarge{2};

std::uint64_t marks = 0;

Session session(const char* peer, const openhash::PublicKey& key, bool opened_by_us,
                ohim::PlaceId device = 42) {
  return {{name(peer), key}, device, {Epoch{7}}, {Epoch{7}}, opened_by_us, ++marks, 0, {}};
}

Bytes framed(const Control& control) {
  Bytes frame;
  append_frame(frame, kControlEpoch, encode(control));
  return frame;
}

const Bytes kReplaced = encode({.type = ControlType::close, .reason = CloseReason::replaced});

/// Lisa's table with one link, whose other end is in the test's hands.
class LinkTest : public testing::Test {
 protected:
  LinkTest() {
    Pipe pipe;
    peer_ = std::move(pipe.right);
    table_.adopt(session("milhouse", kLarge, true), std::move(pipe.left));
  }
  void say(const Epoch& epoch, base::ByteView body) {
    Bytes frame;
    append_frame(frame, epoch, body);
    ASSERT_TRUE(peer_->write(frame));
  }
  void say(const Control& control) { say(kControlEpoch, encode(control)); }
  /// Every frame the peer has got so far, as (epoch, body).
  std::vector<std::pair<Epoch, Bytes>> received() {
    Bytes buffer(64 << 10);
    for (;;) {
      auto reading = peer_->read(buffer);
      reading.start();
      if (!reading.done()) break;
      const std::size_t got = *reading.take();
      if (got == 0) break;
      decoder_.append(base::ByteView(buffer).first(got));
    }
    std::vector<std::pair<Epoch, Bytes>> frames;
    for (;;) {
      const auto frame = decoder_.next();
      if (!frame || !frame->has_value()) return frames;
      frames.emplace_back((*frame)->epoch, base::to_bytes((*frame)->body));
    }
  }

  sim::SimWorld world_{1};
  EchoModule echo_;
  Log log_;
  FrameDecoder decoder_{kMaxBody};
  std::unique_ptr<PipeEnd> peer_;
  LinkTable table_{world_.host("lisa"), kSmall, {&echo_}, log_};
};

TEST_F(LinkTest, GivesEachFrameToTheModuleOfItsEpoch) {
  EXPECT_EQ(log_.up, 1);
  say(Epoch{7}, base::view("hello"));
  EXPECT_EQ(echo_.heard, std::vector<std::string>{"hello"});
  EXPECT_EQ(
      received(),
      (std::vector<std::pair<Epoch, Bytes>>{{Epoch{7}, base::to_bytes(base::view("hello"))}}));
}

TEST_F(LinkTest, AnswersAnUnknownEpochOnce) {
  say(Epoch{9}, base::view("?"));
  say(Epoch{9}, base::view("?"));
  const Bytes answer = encode({.type = ControlType::unknown_epoch, .epoch = Epoch{9}});
  EXPECT_EQ(received(), (std::vector<std::pair<Epoch, Bytes>>{{kControlEpoch, answer}}));
}

TEST_F(LinkTest, EndsWithWhoeverTriesManyEpochs) {
  for (std::uint8_t i = 0; i < 40 && table_.has(name("milhouse")); ++i) say(Epoch{i, 99}, {});
  EXPECT_EQ(log_.down, std::vector{LinkEnd::broken});
}

TEST_F(LinkTest, EndsWithWhoeverBreaksTheProtocol) {
  say(Epoch{7}, base::view("bad"));
  EXPECT_EQ(log_.down, std::vector{LinkEnd::broken});
  EXPECT_TRUE(echo_.links.empty());
  const Bytes why = encode({.type = ControlType::close, .reason = CloseReason::protocol});
  EXPECT_EQ(received(), (std::vector<std::pair<Epoch, Bytes>>{{kControlEpoch, why}}));
}

TEST_F(LinkTest, EndsWithWhoeverSendsAFrameTooLarge) {
  ASSERT_TRUE(peer_->write(base::Writer().u32(65'536 + 17).view()));
  EXPECT_EQ(log_.down, std::vector{LinkEnd::broken});
}

TEST_F(LinkTest, RefusesToSendAFrameTooLarge) {
  EXPECT_EQ(echo_.links.at(0)->send(Bytes(65'537)).error(), base::Errc::too_large);
  EXPECT_TRUE(echo_.links.at(0)->send(Bytes(65'536)));
}

TEST_F(LinkTest, HearsAGoodbyeAndACut) {
  say({.type = ControlType::goodbye});
  EXPECT_EQ(log_.down, std::vector{LinkEnd::goodbye});
}

TEST_F(LinkTest, TellsWhatItSpeaksNoMoreAndDropsWhatIsUnderWay) {
  table_.speak({});
  EXPECT_TRUE(echo_.links.empty());
  EXPECT_FALSE(table_.speaks(name("milhouse"), Epoch{7}));
  say(Epoch{7}, base::view("bad"));
  EXPECT_TRUE(echo_.heard.empty());
  table_.speak({Epoch{7}});
  EXPECT_EQ(echo_.links.size(), 1u);
  say(Epoch{7}, base::view("sent before she knew"));
  EXPECT_TRUE(echo_.heard.empty());
  say({.type = ControlType::speaks, .speaks = {0, 2, {Epoch{7}}}});
  say(Epoch{7}, base::view("hello"));
  EXPECT_EQ(echo_.heard, std::vector<std::string>{"hello"});
  const Bytes off = encode({.type = ControlType::speaks, .speaks = {1, 0, {}}});
  const Bytes on = encode({.type = ControlType::speaks, .speaks = {2, 0, {Epoch{7}}}});
  EXPECT_EQ(received(), (std::vector<std::pair<Epoch, Bytes>>{
                            {kControlEpoch, off},
                            {kControlEpoch, on},
                            {Epoch{7}, base::to_bytes(base::view("hello"))}}));
  EXPECT_TRUE(log_.down.empty());
}

TEST_F(LinkTest, HearsWhatThePeerSpeaksNoMoreAndSpeaksAgain) {
  say({.type = ControlType::speaks, .speaks = {1, 0, {}}});
  EXPECT_TRUE(echo_.links.empty());
  say(Epoch{7}, base::view("bad"));
  say({.type = ControlType::speaks, .speaks = {2, 0, {Epoch{7}, Epoch{9}}}});
  EXPECT_EQ(echo_.links.size(), 1u);
  const Bytes first = encode({.type = ControlType::speaks, .speaks = {0, 1, {Epoch{7}}}});
  const Bytes second = encode({.type = ControlType::speaks, .speaks = {0, 2, {Epoch{7}}}});
  EXPECT_EQ(received(), (std::vector<std::pair<Epoch, Bytes>>{{kControlEpoch, first},
                                                              {kControlEpoch, second}}));
  EXPECT_TRUE(log_.down.empty());
}

TEST_F(LinkTest, TellsAtOnceWhatWasSwitchedSinceItsHello) {
  table_.speak({});
  Pipe pipe;
  std::swap(peer_, pipe.right);
  table_.adopt(session("milhouse", kLarge, false, 43), std::move(pipe.left));
  EXPECT_TRUE(echo_.links.empty());
  const Bytes none = encode({.type = ControlType::speaks, .speaks = {1, 0, {}}});
  EXPECT_EQ(received(), (std::vector<std::pair<Epoch, Bytes>>{{kControlEpoch, none}}));
}

TEST_F(LinkTest, HearsACut) {
  peer_.reset();
  EXPECT_EQ(log_.down, std::vector{LinkEnd::broken});
}

TEST_F(LinkTest, AnswersAPing) {
  say({.type = ControlType::ping, .nonce = 77});
  const Bytes pong = encode({.type = ControlType::pong, .nonce = 77});
  EXPECT_EQ(received(), (std::vector<std::pair<Epoch, Bytes>>{{kControlEpoch, pong}}));
}

TEST_F(LinkTest, PingsTheSilentAndGivesUpTheDead) {
  world_.advance(900ms);
  EXPECT_TRUE(received().empty());
  world_.advance(200ms);
  EXPECT_EQ(received().size(), 1u);
  world_.advance(1500ms);
  EXPECT_EQ(received().size(), 1u);
  world_.advance(4800ms);
  EXPECT_TRUE(log_.down.empty());
  world_.advance(200ms);
  EXPECT_EQ(log_.down, std::vector{LinkEnd::silent});
}

TEST_F(LinkTest, LetsWhoOpenedTheLinkAskFirst) {
  Pipe pipe;
  std::swap(peer_, pipe.right);
  table_.adopt(session("milhouse", kLarge, false, 43), std::move(pipe.left));
  world_.advance(1700ms);
  EXPECT_TRUE(received().empty());
  world_.advance(100ms);
  EXPECT_EQ(received().size(), 1u);
}

TEST_F(LinkTest, AsksEveryThreeSecondsWhoAnswersAndWhoeverAsked) {
  world_.advance(1s);
  EXPECT_EQ(received().size(), 1u);
  say({.type = ControlType::pong, .nonce = 1});
  world_.advance(2900ms);
  EXPECT_TRUE(received().empty());
  say({.type = ControlType::ping, .nonce = 9});
  EXPECT_EQ(received().size(), 1u) << "the answer";
  world_.advance(2900ms);
  EXPECT_TRUE(received().empty());
  world_.advance(200ms);
  EXPECT_EQ(received().size(), 1u);
}

TEST_F(LinkTest, FindsOutAtOnceWhoIsDeadWhenAsked) {
  world_.advance(500ms);
  table_.probe_all();
  EXPECT_EQ(received().size(), 1u);
  table_.probe_all();
  world_.advance(2400ms);
  EXPECT_TRUE(log_.down.empty());
  world_.advance(200ms);
  EXPECT_EQ(log_.down, std::vector{LinkEnd::silent});
}

TEST_F(LinkTest, ForgetsTheDoubtWhenAnythingComes) {
  table_.probe_all();
  world_.advance(2s);
  say(Epoch{7}, base::view("hello"));
  world_.advance(7s);
  EXPECT_TRUE(log_.down.empty());
  world_.advance(1s);
  EXPECT_EQ(log_.down, std::vector{LinkEnd::silent});
}

TEST_F(LinkTest, KeepsWhoAnswers) {
  for (int i = 0; i < 20; ++i) {
    world_.advance(3s);
    say({.type = ControlType::pong, .nonce = 1});
  }
  EXPECT_TRUE(log_.down.empty());
}

TEST_F(LinkTest, ReadsAFloodNoFasterThanAllowed) {
  Bytes flood;
  for (int i = 0; i < 12'000; ++i) append_frame(flood, Epoch{7}, base::view("x"));
  ASSERT_TRUE(peer_->write(flood));
  EXPECT_LT(echo_.heard.size(), 5'000u);
  world_.advance(1s);
  EXPECT_LT(echo_.heard.size(), 8'000u);
  world_.advance(10s);
  EXPECT_EQ(echo_.heard.size(), 12'000u);
  EXPECT_TRUE(log_.down.empty());
}

TEST_F(LinkTest, ALaterLinkToTheSamePlaceReplacesTheOldOne) {
  Pipe second;
  table_.adopt(session("milhouse", kLarge, true), std::move(second.left));
  EXPECT_EQ(log_.up, 1);
  EXPECT_TRUE(log_.down.empty());
  EXPECT_EQ(echo_.links.size(), 1u);
  EXPECT_EQ(received(), (std::vector<std::pair<Epoch, Bytes>>{{kControlEpoch, kReplaced}}));
}

TEST_F(LinkTest, LinksToTwoPlacesOfOnePeerStandSideBySide) {
  Pipe second;
  table_.adopt(session("milhouse", kLarge, false, 43), std::move(second.left));
  EXPECT_TRUE(table_.stays_against({{name("milhouse"), kLarge}, 42}));
  EXPECT_FALSE(table_.stays_against({{name("milhouse"), kLarge}, 44}));
  EXPECT_EQ(log_.places, (std::vector<ohim::PlaceId>{42, 43}));
  EXPECT_EQ(echo_.links.size(), 2u);
  EXPECT_TRUE(received().empty());
  peer_.reset();
  EXPECT_EQ(log_.places, std::vector<ohim::PlaceId>{43});
  EXPECT_FALSE(table_.has(name("milhouse"), 42));
  EXPECT_TRUE(table_.has(name("milhouse")));
  table_.say_goodbye(name("milhouse"));
  EXPECT_EQ(log_.down, (std::vector{LinkEnd::broken, LinkEnd::ours}));
}

TEST_F(LinkTest, AFifthPlaceTakesTheRoomOfTheOldestForGood) {
  const std::vector<ohim::PlaceId> newest{43, 44, 45, 46};
  std::vector<Pipe> others(6);
  for (std::size_t i = 0; i < newest.size(); ++i) {
    table_.adopt(session("milhouse", kLarge, false, newest[i]), std::move(others[i].left));
  }
  EXPECT_EQ(log_.places, newest);
  EXPECT_EQ(log_.down, std::vector{LinkEnd::ours});
  EXPECT_EQ(received(), (std::vector<std::pair<Epoch, Bytes>>{{kControlEpoch, kReplaced}}));
  EXPECT_TRUE(table_.stays_against({{name("milhouse"), kLarge}, 42}));
  table_.adopt(session("milhouse", kLarge, true, 42), std::move(others[4].left));
  EXPECT_EQ(log_.places, newest);
  others[0].right.reset();  // 43 goes
  table_.adopt(session("milhouse", kLarge, true, 42), std::move(others[5].left));
  EXPECT_EQ(log_.places, (std::vector<ohim::PlaceId>{44, 45, 46, 42}));
}

TEST_F(LinkTest, RemembersAsManyPlacesAsItNeedsHoweverManyComeAndGo) {
  for (ohim::PlaceId place = 100; place < 200; ++place) {
    Pipe pipe;  // is gone at once
    table_.adopt(session("milhouse", kLarge, false, place), std::move(pipe.left));
  }
  std::vector<Pipe> others(4);
  for (std::size_t i = 0; i < others.size(); ++i) {
    table_.adopt(session("milhouse", kLarge, false, 43 + i), std::move(others[i].left));
  }
  EXPECT_EQ(log_.places, (std::vector<ohim::PlaceId>{43, 44, 45, 46}));
}

TEST_F(LinkTest, ThePlaceWhereSheWasActiveLastIsTheOneToTalkTo) {
  Pipe second;
  table_.adopt(session("milhouse", kLarge, false, 43), std::move(second.left));
  LinkView& desk = *echo_.links[0];
  LinkView& couch = *echo_.links[1];
  EXPECT_LT(desk.activity(), couch.activity());
  desk.note_active();
  EXPECT_GT(desk.activity(), couch.activity());
  desk.note_away();
  EXPECT_LT(desk.activity(), couch.activity());
  couch.note_away();
  EXPECT_GT(desk.activity(), couch.activity());
}

TEST_F(LinkTest, AReplacementThatNeverComesIsACutAfterAll) {
  say({.type = ControlType::close, .reason = CloseReason::replaced});
  EXPECT_TRUE(log_.down.empty());
  world_.advance(3s);
  EXPECT_EQ(log_.down, std::vector{LinkEnd::broken});
}

TEST_F(LinkTest, IsAnnouncedOnceEvenIfItWasReplacedBeforeItBegan) {
  Session stillborn = session("bart", kLarge, false);
  append_frame(stillborn.early, kControlEpoch, kReplaced);
  Pipe first, second;
  table_.adopt(stillborn, std::move(first.left));
  EXPECT_EQ(log_.up, 1) << "Milhouse, not Bart";
  table_.adopt(session("bart", kLarge, false), std::move(second.left));
  EXPECT_EQ(log_.up, 2);
}

/// A clock that can be set ahead at once, as it looks to a process that was stopped for so long.
struct JumpingClock final : base::Clock {
  explicit JumpingClock(base::Clock& clock) : real(clock) {}
  base::Clock& real;
  base::Duration ahead{};
  [[nodiscard]] base::Instant now() const override { return real.now() + ahead; }
  [[nodiscard]] base::WallTime wall() const override { return real.wall(); }
  base::Timer call_after(base::Duration delay, std::function<void()> callback) override {
    return real.call_after(delay, std::move(callback));
  }
  void post(std::function<void()> callback) override { real.post(std::move(callback)); }
};

/// Lisa's process is stopped, or her machine sleeps: her clock jumps.
class StoppedProcess : public ::testing::Test {
 protected:
  sim::SimWorld world{1};
  base::World& host = world.host("lisa");
  JumpingClock clock{host.clock};
  base::World stopped{clock, host.transport, host.entropy, host.workers, host.log};
  EchoModule echo;
  Log log;
  LinkTable lisa{stopped, kSmall, {&echo}, log};
  Pipe pipe;
};

TEST_F(StoppedProcess, AsksBeforeItGivesALinkUp) {
  const Bytes& milhouse_got = pipe.left->written;
  lisa.adopt(session("milhouse", kLarge, true), std::move(pipe.left));
  clock.ahead = 1h;
  world.advance(1100ms);
  EXPECT_TRUE(log.down.empty());
  EXPECT_FALSE(milhouse_got.empty()) << "a ping";
  world.advance(2300ms);
  EXPECT_TRUE(log.down.empty());
  world.advance(200ms);
  EXPECT_EQ(log.down, std::vector{LinkEnd::silent});
}

TEST_F(StoppedProcess, DoesNotTakeALinkThatEndedMeanwhileForALeave) {
  lisa.adopt(session("milhouse", kLarge, true), std::move(pipe.left));
  clock.ahead = 20s;
  ASSERT_TRUE(pipe.right->write(framed({.type = ControlType::ping, .nonce = 1})));
  pipe.right.reset();
  EXPECT_EQ(log.down, std::vector{LinkEnd::silent});
}

TEST_F(LinkTest, AsksAfterTheMachineSleptWhichOnlyTheWallClockTells) {
  world_.set_skew("lisa", 1h);
  world_.advance(1100ms);
  EXPECT_EQ(received().size(), 1u);
  world_.advance(2300ms);
  EXPECT_TRUE(log_.down.empty());
  world_.advance(200ms);
  EXPECT_EQ(log_.down, std::vector{LinkEnd::silent});
}

/// Lisa, who has the smaller key, opened a link to Milhouse just now; he changes his address, so
/// only he knows that it is dead.
class YoungLink : public ::testing::Test {
 protected:
  YoungLink() {
    lisas_echo.answers = milhouses_echo.answers = false;
    PipeEnd* const ends[] = {first.left.get(), first.right.get()};
    connect(lisa, milhouse, first);
    world.advance(1s);
    for (PipeEnd* const end : ends) end->lost = true;
    milhouse.probe_all();
    world.advance(2600ms);
  }

  /// Both ends in the same moment, with what the opener has to say of the link it gave up.
  void connect(LinkTable& opener, LinkTable& accepter, Pipe& pipe) {
    const bool is_lisas = &opener == &lisa;
    Session hers = session("milhouse", kLarge, is_lisas);
    Session his = session("lisa", kSmall, !is_lisas);
    his.mark = hers.mark;
    const ohim::Name callee = is_lisas ? name("milhouse") : name("lisa");
    hers.instead_of = his.instead_of = opener.given_up(callee, 42);
    const Caller caller{{is_lisas ? name("lisa") : name("milhouse"), is_lisas ? kSmall : kLarge},
                        42,
                        hers.instead_of};
    if (accepter.stays_against(caller)) return;  // DECLINE
    if (is_lisas) {
      lisa.adopt(std::move(hers), std::move(pipe.left));
      milhouse.adopt(std::move(his), std::move(pipe.right));
    } else {
      milhouse.adopt(std::move(his), std::move(pipe.right));
      lisa.adopt(std::move(hers), std::move(pipe.left));
    }
  }

  sim::SimWorld world{1};
  EchoModule lisas_echo, milhouses_echo;
  Log lisas, milhouses;
  LinkTable lisa{world.host("lisa"), kSmall, {&lisas_echo}, lisas};
  LinkTable milhouse{world.host("milhouse"), kLarge, {&milhouses_echo}, milhouses};
  Pipe first, second, third;
};

TEST_F(YoungLink, IsReplacedByTheDialOfWhoKnowsThatItIsDead) {
  ASSERT_EQ(milhouses.down, std::vector{LinkEnd::silent});
  ASSERT_TRUE(lisas.down.empty());
  EXPECT_NE(milhouse.given_up(name("lisa"), 42), 0u);
  connect(milhouse, lisa, second);
  world.advance(500ms);
  EXPECT_TRUE(milhouse.has(name("lisa")));
  EXPECT_EQ(milhouse.given_up(name("lisa"), 42), 0u);
  EXPECT_TRUE(lisas.down.empty()) << "she was never told that he is gone";
  ASSERT_EQ(lisas_echo.links.size(), 1u);
  ASSERT_TRUE(lisas_echo.links[0]->send(base::view("there you are")));
  EXPECT_EQ(milhouses_echo.heard, std::vector<std::string>{"there you are"});
}

TEST_F(YoungLink, OfWhichBothKnowThatItIsDeadIsReplacedByOneOfTwoCrossedDials) {
  lisa.probe_all();
  world.advance(2600ms);
  ASSERT_EQ(lisas.down, std::vector{LinkEnd::silent});
  // Lisa's is up at both ends before Milhouse's hello comes, which names the first one, too.
  const std::uint64_t given_up = milhouse.given_up(name("lisa"), 42);
  connect(lisa, milhouse, second);
  EXPECT_TRUE(lisa.stays_against({{name("milhouse"), kLarge}, 42, given_up}));
  EXPECT_FALSE(milhouse.stays_against({{name("lisa"), kSmall}, 42, 0}));
  world.advance(5s);
  EXPECT_EQ(lisas.down.size(), 1u);
  EXPECT_EQ(milhouses.down.size(), 1u);
  EXPECT_TRUE(lisa.has(name("milhouse")));
  EXPECT_TRUE(milhouse.has(name("lisa")));
}

TEST(CrossedConnects, LeaveTheLinkOfTheSmallerKeyInEveryOrder) {
  // Lisa has the smaller key. Whoever connected knows of the link before whoever accepted.
  enum Step { lisa_knows_hers, milhouse_knows_lisas, milhouse_knows_his, lisa_knows_milhouses };
  std::vector<Step> order = {lisa_knows_hers, milhouse_knows_lisas, milhouse_knows_his,
                             lisa_knows_milhouses};
  do {
    const auto at = [&order](Step step) { return std::ranges::find(order, step); };
    if (at(milhouse_knows_lisas) < at(lisa_knows_hers)) continue;
    if (at(lisa_knows_milhouses) < at(milhouse_knows_his)) continue;
    sim::SimWorld world(1);
    EchoModule lisas_echo, milhouses_echo;
    lisas_echo.answers = milhouses_echo.answers = false;
    Log lisas_log, milhouses_log;
    LinkTable lisa(world.host("lisa"), kSmall, {&lisas_echo}, lisas_log);
    LinkTable milhouse(world.host("milhouse"), kLarge, {&milhouses_echo}, milhouses_log);
    Pipe lisas, milhouses;
    PipeEnd* const surviving = lisas.left.get();
    for (const Step step : order) {
      switch (step) {
        case lisa_knows_hers:
          lisa.adopt(session("milhouse", kLarge, true), std::move(lisas.left));
          break;
        case milhouse_knows_lisas:
          milhouse.adopt(session("lisa", kSmall, false), std::move(lisas.right));
          break;
        case milhouse_knows_his:
          milhouse.adopt(session("lisa", kSmall, true), std::move(milhouses.left));
          break;
        case lisa_knows_milhouses:
          lisa.adopt(session("milhouse", kLarge, false), std::move(milhouses.right));
          break;
      }
    }
    const std::size_t sent_before = surviving->written.size();
    ASSERT_EQ(lisas_echo.links.size(), 1u);
    ASSERT_EQ(milhouses_echo.links.size(), 1u);
    ASSERT_TRUE(lisas_echo.links[0]->send(Bytes(1000)));
    EXPECT_GE(surviving->written.size(), sent_before + 1000);
    world.advance(5s);
    EXPECT_EQ(lisas_log.up, 1);
    EXPECT_EQ(milhouses_log.up, 1);
    EXPECT_TRUE(lisas_log.down.empty());
    EXPECT_TRUE(milhouses_log.down.empty());
  } while (std::ranges::next_permutation(order).found);
}

}  // namespace
}  // namespace basic
