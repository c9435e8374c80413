// PlainText alone, with a link in the test's hands.
#include "basic/modules/plain_text.h"

#include <gtest/gtest.h>

#include "basic/modules/plain_text_frames.h"
#include "fake_link.h"
#include "testing/sim_world.h"

namespace basic {
namespace {

using namespace std::chrono_literals;
using base::Bytes;
using plain_text::Item;
using plain_text::Type;
using test::FakeLink;

struct Reader final : TextEvents {
  std::vector<std::string> texts;
  std::vector<std::string> troubles;
  Texts stored;
  std::vector<TextFate> fates;
  void text_arrived(const StoredText& text) override { texts.push_back(text.text); }
  void history_failed(const base::Error& error) override { troubles.push_back(error.message()); }
  void text_stored(const StoredText& text) override { stored.push_back(text); }
  void fate_changed(const TextFate& known) override { fates.push_back(known); }
};

/// A disk that is full.
struct FullProfile final : Profile {
  static base::Error full() { return base::fail(base::Errc::failed, "the disk is full"); }

  base::Task<base::Result<void>> open(ohim::Name, base::Secret) override { co_return full(); }
  [[nodiscard]] std::optional<openhash::PublicKey> pin(const ohim::Name&) const override {
    return std::nullopt;
  }
  base::Task<base::Result<void>> set_pin(ohim::Name, openhash::PublicKey) override {
    co_return full();
  }
  [[nodiscard]] const NotesByBuddy& notes() const override { return none_; }
  base::Task<base::Result<void>> set_notes(NotesByBuddy) override { co_return full(); }
  base::Task<base::Result<std::vector<TextNumber>>> add_texts(Texts) override { co_return full(); }
  base::Task<base::Result<void>> set_fates(std::vector<TextFate>) override { co_return full(); }
  base::Task<base::Result<Texts>> texts_before(ohim::Name, TextNumber, std::size_t) override {
    co_return full();
  }
  base::Task<base::Result<Texts>> texts_after(ohim::Name, TextNumber, std::size_t) override {
    co_return full();
  }
  base::Task<base::Result<std::size_t>> count_after(ohim::Name, TextNumber) override {
    co_return full();
  }
  base::Task<base::Result<Texts>> search(std::string, std::optional<ohim::Name>,
                                         std::size_t) override {
    co_return full();
  }
  [[nodiscard]] std::optional<std::string> setting(std::string_view) const override {
    return std::nullopt;
  }
  base::Task<base::Result<void>> set_setting(std::string, std::optional<std::string>) override {
    co_return full();
  }

 private:
  NotesByBuddy none_;
};

/// Texts, and what became of them.
using History = std::vector<std::pair<std::string, Fate>>;

class PlainTextTest : public testing::Test {
 protected:
  PlainTextTest() {
    base::Secret key(32);
    EXPECT_TRUE(world_.run(profile_.open(*ohim::Name::parse("lisa"), std::move(key))));
  }
  static base::Task<void> note(base::Task<base::Result<TextId>> sending,
                               std::vector<base::Result<TextId>>& outcomes) {
    outcomes.push_back(co_await sending);
  }
  void send(const std::string& text) {
    tasks_.start(note(module_.send(link_.who, text, 30s), outcomes_));
  }
  void settle() { world_.advance(1ms); }
  History history() {
    History kept;
    const auto texts = world_.run(profile_.texts_before(link_.who, 0, 100));
    for (const StoredText& text : *texts) kept.emplace_back(text.text, text.fate);
    return kept;
  }
  /// All texts sent on a link, oldest first.
  std::vector<Item> sent() const { return sent(link_); }
  static std::vector<Item> sent(const FakeLink& link) {
    std::vector<Item> all;
    for (const Bytes& frame : link.sent) {
      if (frame[0] != static_cast<std::uint8_t>(Type::texts)) continue;
      const auto items = plain_text::decode_items(base::ByteView(frame).subspan(1));
      all.insert(all.end(), items->begin(), items->end());
    }
    return all;
  }
  static Bytes answer(Type type, const std::vector<Item>& items) {
    base::Writer out;
    plain_text::begin(out, type);
    for (const Item& item : items) out.bytes(item.id);
    return out.take();
  }
  static Bytes texts(const std::vector<Item>& items) {
    base::Writer out;
    plain_text::begin(out, Type::texts);
    for (const Item& item : items) plain_text::append(out, item);
    return out.take();
  }

  sim::SimWorld world_{1};
  MemoryProfile profile_;
  Reader reader_;
  test::Activities activities_;
  FakeLink link_{activities_, 1};
  PlainText module_{world_.host("lisa"), profile_, reader_};
  std::vector<base::Result<TextId>> outcomes_;
  base::Tasks tasks_;
};

TEST_F(PlainTextTest, SendsWhatIsSaidInOneBreathInOneFrame) {
  module_.link_up(link_);
  for (int i = 0; i < 10; ++i) send("text " + std::to_string(i));
  settle();
  EXPECT_EQ(link_.sent.size(), 1u);
  EXPECT_EQ(sent().size(), 10u);
  ASSERT_TRUE(module_.handle(link_, answer(Type::acknowledged, sent())));
  EXPECT_EQ(outcomes_.size(), 10u);
}

TEST_F(PlainTextTest, SendsAgainOnTheNextLinkInTheSameOrderUnderTheSameIds) {
  module_.link_up(link_);
  send("one");
  send("two");
  settle();
  const std::vector<Item> first = sent();
  module_.link_down(link_);
  send("three");
  link_.sent.clear();
  module_.link_up(link_);
  settle();
  ASSERT_EQ(sent().size(), 3u);
  EXPECT_EQ(sent()[0], first[0]);
  EXPECT_EQ(sent()[1], first[1]);
  EXPECT_EQ(sent()[2].text, "three");
}

TEST_F(PlainTextTest, KeepsToItsWindow) {
  module_.link_up(link_);
  for (int i = 0; i < 200; ++i) send(std::string(16'000, 'x'));
  settle();
  const std::vector<Item> first = sent();
  EXPECT_LE(first.size(), 66u);
  ASSERT_TRUE(module_.handle(link_, answer(Type::acknowledged, first)));
  EXPECT_GT(sent().size(), first.size());
}

TEST_F(PlainTextTest, EndsWithinItsDeadline) {
  module_.link_up(link_);
  send("anybody?");
  world_.advance(29s);
  EXPECT_TRUE(outcomes_.empty());
  world_.advance(1s);
  ASSERT_EQ(outcomes_.size(), 1u);
  EXPECT_EQ(outcomes_[0].error(), base::Errc::unreachable);
}

TEST_F(PlainTextTest, IgnoresAnswersToWhatItNeverSent) {
  module_.link_up(link_);
  send("hello");
  ASSERT_TRUE(module_.handle(link_, answer(Type::acknowledged, {Item{TextId{1}, {}, ""}})));
  settle();
  EXPECT_TRUE(outcomes_.empty());
}

TEST_F(PlainTextTest, ShowsATextOnceAndAcknowledgesItEachTime) {
  module_.link_up(link_);
  const Bytes frame = texts({{TextId{1}, {}, "hello"}});
  ASSERT_TRUE(module_.handle(link_, frame));
  ASSERT_TRUE(module_.handle(link_, frame));
  settle();
  EXPECT_EQ(reader_.texts, std::vector<std::string>{"hello"});
  const Bytes acknowledged = answer(Type::acknowledged, {Item{TextId{1}, {}, ""}});
  EXPECT_EQ(link_.sent, (std::vector<Bytes>{acknowledged, acknowledged}));
}

TEST_F(PlainTextTest, KeepsNothingFromAStranger) {
  link_.is_listed = false;
  module_.link_up(link_);
  ASSERT_TRUE(module_.handle(link_, texts({{TextId{1}, {}, "buy!"}})));
  settle();
  EXPECT_TRUE(reader_.texts.empty());
  EXPECT_EQ(link_.sent, std::vector<Bytes>{answer(Type::refused, {Item{TextId{1}, {}, ""}})});
}

TEST_F(PlainTextTest, AcknowledgesNothingThatIsNotOnDisk) {
  FullProfile full;
  PlainText module(world_.host("lisa"), full, reader_);
  module.link_up(link_);
  ASSERT_TRUE(module.handle(link_, texts({{TextId{1}, {}, "hello"}})));
  settle();
  EXPECT_TRUE(link_.sent.empty());
  EXPECT_TRUE(reader_.texts.empty());
  EXPECT_EQ(reader_.troubles, std::vector<std::string>{"the disk is full"});
}

TEST_F(PlainTextTest, EndsTheLinkForWhatNoHonestPeerSends) {
  module_.link_up(link_);
  const Bytes good = texts({{TextId{1}, {}, "hello"}});
  for (std::size_t length = 0; length < good.size(); ++length) {
    EXPECT_FALSE(module_.handle(link_, base::ByteView(good).first(length))) << length;
  }
  EXPECT_FALSE(module_.handle(link_, Bytes{9}));
  EXPECT_FALSE(module_.handle(link_, texts({{TextId{1}, {}, ""}})));
  EXPECT_FALSE(module_.handle(link_, texts({{TextId{1}, {}, "\xff"}})));
  EXPECT_FALSE(module_.handle(link_, texts({{TextId{1}, {}, std::string(16'385, 'x')}})));
}

TEST_F(PlainTextTest, SendsToThePlaceThatWasActiveLast) {
  FakeLink couch(activities_, 2);
  module_.link_up(link_);
  module_.link_up(couch);
  send("one");
  settle();
  EXPECT_TRUE(link_.sent.empty());
  ASSERT_EQ(couch.sent.size(), 1u);
  ASSERT_TRUE(module_.handle(couch, answer(Type::acknowledged, sent(couch))));
  ASSERT_TRUE(module_.handle(link_, texts({{TextId{1}, {}, "I am at my desk now"}})));
  send("two");
  settle();
  EXPECT_EQ(sent().size(), 1u);
  EXPECT_EQ(sent()[0].text, "two");
}

TEST_F(PlainTextTest, FinishesWithOnePlaceBeforeItTurnsToAnother) {
  FakeLink couch(activities_, 2);
  module_.link_up(link_);
  send("one");
  settle();
  module_.link_up(couch);
  send("two");
  settle();
  EXPECT_TRUE(couch.sent.empty()) << "it might overtake the first";
  ASSERT_TRUE(module_.handle(link_, answer(Type::acknowledged, sent())));
  ASSERT_EQ(sent(couch).size(), 1u);
  EXPECT_EQ(sent(couch)[0].text, "two");
}

TEST_F(PlainTextTest, TriesTheNextBestPlaceWhenOneIsLost) {
  FakeLink couch(activities_, 2);
  module_.link_up(link_);
  module_.link_up(couch);
  send("one");
  send("two");
  settle();
  const std::vector<Item> first = sent(couch);
  module_.link_down(couch);
  settle();
  EXPECT_EQ(sent(), first);
  ASSERT_TRUE(module_.handle(link_, answer(Type::acknowledged, first)));
  EXPECT_EQ(outcomes_.size(), 2u);
}

TEST_F(PlainTextTest, ATextThatTimedOutHoldsUpNobody) {
  FakeLink couch(activities_, 2);
  module_.link_up(link_);
  send("one");
  world_.advance(29s);
  module_.link_up(couch);
  send("two");
  world_.advance(2s);
  ASSERT_EQ(outcomes_.size(), 1u);
  ASSERT_EQ(sent(couch).size(), 1u);
  EXPECT_EQ(sent(couch)[0].text, "two");
}

TEST_F(PlainTextTest, AcknowledgesToThePlaceTheTextCameFrom) {
  FakeLink couch(activities_, 2);
  module_.link_up(link_);
  module_.link_up(couch);
  ASSERT_TRUE(module_.handle(link_, texts({{TextId{1}, {}, "hello"}})));
  settle();
  EXPECT_TRUE(couch.sent.empty());
  EXPECT_EQ(link_.sent, std::vector<Bytes>{answer(Type::acknowledged, {Item{TextId{1}, {}, ""}})});
}

// --- our own texts in the history ---

TEST_F(PlainTextTest, KeepsWhatIsSaidAtOnceAndThenWhatBecameOfIt) {
  module_.link_up(link_);
  send("one");
  send("two");
  EXPECT_TRUE(reader_.stored.empty()) << "not from inside the call";
  settle();
  ASSERT_EQ(reader_.stored.size(), 2u);
  EXPECT_EQ(history(), (History{{"one", Fate::pending}, {"two", Fate::pending}}));
  EXPECT_EQ(reader_.stored[1].number, reader_.stored[0].number + 1);
  ASSERT_TRUE(module_.handle(link_, answer(Type::acknowledged, {sent()[0]})));
  ASSERT_TRUE(module_.handle(link_, answer(Type::refused, {sent()[1]})));
  settle();
  EXPECT_EQ(history(), (History{{"one", Fate::delivered}, {"two", Fate::failed}}));
  ASSERT_EQ(reader_.fates.size(), 2u);
  EXPECT_EQ(reader_.fates[0].id, sent()[0].id);
}

TEST_F(PlainTextTest, TellsOfATextBeforeItsFateHoweverFastTheAnswerIs) {
  module_.link_up(link_);
  send("one");
  module_.give_up_all(base::fail(base::Errc::unreachable, "she is gone"));
  settle();
  EXPECT_EQ(reader_.stored.size(), 1u);
  EXPECT_EQ(reader_.fates.size(), 1u);
  EXPECT_EQ(history(), (History{{"one", Fate::failed}}));
}

TEST_F(PlainTextTest, ATextThatIsWithdrawnHasFailed) {
  send("never mind");
  settle();
  tasks_.cancel();
  settle();
  EXPECT_EQ(history(), (History{{"never mind", Fate::failed}}));
}

TEST_F(PlainTextTest, KeepsNothingThatCannotBeSent) {
  send(std::string(16'385, 'x'));
  send("");
  settle();
  EXPECT_TRUE(reader_.stored.empty());
  EXPECT_TRUE(reader_.fates.empty());
}

TEST_F(PlainTextTest, SendsWhatTheHistoryCannotTake) {
  FullProfile full;
  PlainText module(world_.host("lisa"), full, reader_);
  module.link_up(link_);
  tasks_.start(note(module.send(link_.who, "one", 30s), outcomes_));
  settle();
  ASSERT_TRUE(module.handle(link_, answer(Type::acknowledged, sent())));
  settle();
  EXPECT_EQ(outcomes_.size(), 1u);
  EXPECT_EQ(reader_.troubles.size(), 2u);
  ASSERT_EQ(reader_.stored.size(), 1u);
  EXPECT_EQ(reader_.stored[0].number, 0u);
  EXPECT_EQ(reader_.fates.size(), 1u);
}

}  // namespace
}  // namespace basic
