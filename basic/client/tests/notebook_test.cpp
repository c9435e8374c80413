// What a machine remembers of its buddies, and how often it writes that down.
#include "notebook.h"

#include <gtest/gtest.h>

#include "idle.h"
#include "testing/sim_world.h"

namespace basic {
namespace {

using namespace std::chrono_literals;

ohim::Name name(const char* text) { return *ohim::Name::parse(text); }

/// The simulated clock, on a machine that can sleep: the wall goes on, timers do not.
class SleepyClock final : public base::Clock {
 public:
  explicit SleepyClock(base::Clock& inner) : inner_(inner) {}
  void sleep(std::chrono::seconds span) { slept_ += span; }

  base::Instant now() const override { return inner_.now(); }
  base::WallTime wall() const override { return inner_.wall() + slept_; }
  base::Timer call_after(base::Duration delay, std::function<void()> callback) override {
    return inner_.call_after(delay, std::move(callback));
  }
  void post(std::function<void()> callback) override { inner_.post(std::move(callback)); }

 private:
  base::Clock& inner_;
  std::chrono::seconds slept_{};
};

/// Counts what reaches the disk.
class CountingProfile final : public Profile {
 public:
  int writes = 0;

  base::Task<base::Result<void>> open(ohim::Name user, base::Secret key) override {
    return inner_.open(std::move(user), std::move(key));
  }
  std::optional<openhash::PublicKey> pin(const ohim::Name& buddy) const override {
    return inner_.pin(buddy);
  }
  base::Task<base::Result<void>> set_pin(ohim::Name buddy, openhash::PublicKey key) override {
    return inner_.set_pin(std::move(buddy), key);
  }
  const NotesByBuddy& notes() const override { return inner_.notes(); }
  base::Task<base::Result<void>> set_notes(NotesByBuddy notes) override {
    ++writes;
    return inner_.set_notes(std::move(notes));
  }
  base::Task<base::Result<std::vector<TextNumber>>> add_texts(Texts texts) override {
    return inner_.add_texts(std::move(texts));
  }
  base::Task<base::Result<void>> set_fates(std::vector<TextFate> fates) override {
    return inner_.set_fates(std::move(fates));
  }
  base::Task<base::Result<Texts>> texts_before(ohim::Name buddy, TextNumber before,
                                               std::size_t count) override {
    return inner_.texts_before(std::move(buddy), before, count);
  }
  base::Task<base::Result<Texts>> texts_after(ohim::Name buddy, TextNumber after,
                                              std::size_t count) override {
    return inner_.texts_after(std::move(buddy), after, count);
  }
  base::Task<base::Result<std::size_t>> count_after(ohim::Name buddy, TextNumber after) override {
    return inner_.count_after(std::move(buddy), after);
  }
  base::Task<base::Result<Texts>> search(std::string words, std::optional<ohim::Name> buddy,
                                         std::size_t count) override {
    return inner_.search(std::move(words), std::move(buddy), count);
  }
  std::optional<std::string> setting(std::string_view key) const override {
    return inner_.setting(key);
  }
  base::Task<base::Result<void>> set_setting(std::string key,
                                             std::optional<std::string> value) override {
    return inner_.set_setting(std::move(key), std::move(value));
  }

 private:
  MemoryProfile inner_;
};

class Notes : public testing::Test {
 protected:
  Notes() {
    EXPECT_TRUE(sim_.run(profile_.open(name("lisa"), base::Secret(32))));
    notebook_.open();
  }
  [[nodiscard]] base::WallTime written(const char* buddy) const {
    const auto found = profile_.notes().find(name(buddy));
    return found == profile_.notes().end() ? base::WallTime{} : found->second.last_seen;
  }

  sim::SimWorld sim_{1};
  base::World& host_ = sim_.host("lisa");
  SleepyClock clock_{host_.clock};
  base::World world_{clock_, host_.transport, host_.entropy, host_.workers, host_.log};
  CountingProfile profile_;
  Notebook notebook_{world_, profile_};
};

TEST_F(Notes, AreWrittenOnceAMinuteHoweverMuchChanges) {
  for (int i = 0; i < 59; ++i) {
    notebook_.seen(name("milhouse"));
    notebook_.gone(name("milhouse"));
    sim_.advance(1s);
  }
  EXPECT_EQ(profile_.writes, 0);
  sim_.advance(1s);
  EXPECT_EQ(profile_.writes, 1);
  EXPECT_EQ(written("milhouse"), notebook_.last_seen(name("milhouse")));
  sim_.advance(1h);
  EXPECT_EQ(profile_.writes, 1) << "nothing is new";
}

TEST_F(Notes, OfWhoIsThereAllTheTimeAreWrittenNowAndThen) {
  notebook_.seen(name("milhouse"));
  sim_.advance(1h);
  EXPECT_EQ(profile_.writes, 6);
  EXPECT_EQ(notebook_.last_seen(name("milhouse")), clock_.wall());
  EXPECT_LE(clock_.wall() - written("milhouse"), 10min);
  sim_.run(notebook_.close());
  EXPECT_EQ(written("milhouse"), clock_.wall());
}

TEST_F(Notes, SayNothingOfTheTimeInWhichTheMachineSlept) {
  notebook_.seen(name("milhouse"));
  sim_.advance(90s);
  const base::WallTime asleep = clock_.wall();
  clock_.sleep(8h);
  notebook_.gone(name("milhouse"));
  EXPECT_LE(notebook_.last_seen(name("milhouse")), asleep + 2min);
  EXPECT_GE(notebook_.last_seen(name("milhouse")), asleep - 1min);
}

TEST_F(Notes, OfAWishAreWrittenAtOnce) {
  ASSERT_TRUE(sim_.run(notebook_.wish(name("milhouse"), true)));
  EXPECT_EQ(profile_.writes, 1);
  EXPECT_TRUE(notebook_.grant(name("milhouse")));
  EXPECT_FALSE(notebook_.grant(name("milhouse")));
  EXPECT_FALSE(profile_.notes().at(name("milhouse")).tell_when_online);
}

TEST(IdleUser, IsNoneBeforeTheFirstKey) {
  Idle idle(10min);
  const base::Instant start{};
  EXPECT_FALSE(idle.at(start + 1h));
  idle.still_there(start);
  EXPECT_FALSE(idle.at(start + 1h));
  idle.active(start);
  EXPECT_FALSE(idle.at(start + 9min));
  EXPECT_TRUE(idle.at(start + 10min));
  idle.set_limit(0s);
  EXPECT_FALSE(idle.at(start + 1h));
}

}  // namespace
}  // namespace basic
