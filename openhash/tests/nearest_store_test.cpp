#include "openhash/nearest_store.h"

#include <gtest/gtest.h>

#include "moody_store.h"
#include "records.h"
#include "testing/dice.h"
#include "testing/sim_world.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Errc;

const Key kPlace = *key_of(Kind::location, "milhouse");
const Key kEmpty = Key::of("nobody's location");

/// Lisa, who has three ways into the table, and whoever stores there without them.
class Lisa {
 public:
  explicit Lisa(std::uint64_t seed = 1) : sim(seed) {}

  Record record(std::uint64_t sequence, std::uint8_t owner = 0, std::chrono::seconds valid = 120s) {
    const SigningKey signer = signing_key(owner);
    Record made = location_of_milhouse(signer);
    made.sequence = sequence;
    made.issued = world.clock.wall();
    made.valid_for = valid;
    return *decode(sealed(made, kPlace, signer));
  }
  /// Somebody else stores a record.
  void appears(std::uint64_t sequence) {
    ASSERT_TRUE(table.take(kPlace, record(sequence), world.clock.wall()));
  }
  /// The sequence that a read shows; 0: nothing, -1: an error.
  std::int64_t read() {
    const auto found = sim.run(store.get(kPlace));
    return !found ? -1 : found->empty() ? 0 : static_cast<std::int64_t>(found->front().sequence);
  }
  std::int64_t read_with_others() {
    const auto found = sim.run(store.get_many({kPlace, kEmpty}));
    if (!found[0] || !found[1] || !found[1]->empty()) return -1;
    return found[0]->empty() ? 0 : static_cast<std::int64_t>(found[0]->front().sequence);
  }
  /// The sequence that is really stored.
  std::uint64_t stored() {
    const auto records = table.at(kPlace, world.clock.wall());
    return records.empty() ? 0 : records.front().sequence;
  }
  std::unique_ptr<Watch> watch() {
    return store.watch(kPlace, [this](const Record& record) { news.push_back(record.sequence); });
  }
  [[nodiscard]] std::string chosen() const { return store.nodes().front().endpoint; }
  MoodyStore& way(const std::string& name) {
    return name == "near" ? near : name == "middle" ? middle : far;
  }
  /// The chosen way changes its mood.
  MoodyStore& turn(Mood mood) {
    MoodyStore& turned = way(chosen());
    turned.set_mood(mood, {kPlace});
    return turned;
  }
  template <typename Operation>
  base::Duration time(Operation operation) {
    const base::Instant began = sim.now();
    operation();
    return sim.now() - began;
  }

  sim::SimWorld sim;
  base::World& world = sim.host("lisa");
  sim::MemoryTable table{kEasyRules};
  MoodyStore far{world, table, "far", 60ms};
  MoodyStore near{world, table, "near", 5ms};
  MoodyStore middle{world, table, "middle", 20ms};
  NearestStore store{world, {far, near, middle}};
  std::vector<std::uint64_t> news;
};

TEST(NearestStore, UsesTheWayWithTheLowestLatency) {
  Lisa lisa;
  lisa.sim.advance(10s);
  EXPECT_EQ(lisa.chosen(), "near");
  lisa.appears(7);
  const int before = lisa.near.reads();
  EXPECT_EQ(lisa.read(), 7);
  EXPECT_EQ(lisa.near.reads(), before + 1);
}

TEST(NearestStore, DoesNotProbeWhereThereIsNoChoice) {
  sim::SimWorld sim(1);
  sim::MemoryTable table{kEasyRules};
  MoodyStore only{sim.host("lisa"), table, "only", 5ms};
  NearestStore store{sim.host("lisa"), {only}};
  sim.advance(1h);
  EXPECT_EQ(only.reads() + only.writes(), 0);
  EXPECT_TRUE(sim.run(store.get(kPlace))->empty());
}

TEST(NearestStore, MovesToOneThatHasBecomeMuchQuicker) {
  Lisa lisa;
  lisa.sim.advance(20s);
  lisa.near.set_delay(100ms);
  EXPECT_TRUE(lisa.sim.run_until([&] { return lisa.chosen() == "middle"; }, 5min));
}

/// What is asked of the store right after the chosen way has turned bad, and what must come of it.
struct Operation {
  const char* name;
  bool (*right)(Lisa&);
};
const Operation kOperations[] = {
    {"get", [](Lisa& lisa) { return lisa.read() == 7; }},
    {"get_many", [](Lisa& lisa) { return lisa.read_with_others() == 7; }},
    {"get of nothing",
     [](Lisa& lisa) {
       const auto found = lisa.sim.run(lisa.store.get(kEmpty));
       return found && found->empty();
     }},
    {"put",
     [](Lisa& lisa) {
       return lisa.sim.run(lisa.store.put(kPlace, lisa.record(8))).has_value() &&
              lisa.stored() == 8;
     }},
    {"announce",
     [](Lisa& lisa) {
       lisa.store.announce(kPlace, lisa.record(8));
       return lisa.sim.run_until([&] { return lisa.stored() == 8; }, 2s);
     }},
    {"watch",
     [](Lisa& lisa) {
       const auto watch = lisa.watch();
       return lisa.sim.run_until([&] { return !lisa.news.empty() && lisa.news.back() == 7; }, 2s);
     }},
};

TEST(NearestStore, ServesTheNextOperationByAnotherWayInTwoSeconds) {
  for (const Operation& operation : kOperations) {
    base::Duration slowest{};
    for (const Mood mood : kBadMoods) {
      int right = 0;
      for (std::uint64_t round = 0; round < 100; ++round) {
        Lisa lisa(round + 1);
        lisa.sim.advance(19s + round * 50ms);  // before, in and after its first own write
        lisa.turn(mood);
        lisa.appears(7);
        slowest = std::max(slowest, lisa.time([&] { right += operation.right(lisa) ? 1 : 0; }));
      }
      EXPECT_EQ(right, 100) << operation.name << ", mood " << static_cast<int>(mood);
    }
    EXPECT_LT(slowest, 2s) << operation.name;
    std::printf("%s: slowest of %zu %.3f s\n", operation.name, 100 * kBadMoods.size(),
                std::chrono::duration<double>(slowest).count());
  }
}

TEST(NearestStore, LeavesTheOneThatFailedAndComesBackWhenItIsWell) {
  for (const Mood mood : {Mood::dead, Mood::hangs, Mood::hides}) {
    Lisa lisa;
    lisa.appears(6);
    lisa.sim.advance(10s);
    MoodyStore& near = lisa.turn(mood);
    lisa.appears(7);
    EXPECT_EQ(lisa.read(), 7);
    lisa.sim.advance(3s);
    EXPECT_EQ(lisa.chosen(), "middle");
    EXPECT_LT(lisa.time([&] { EXPECT_EQ(lisa.read(), 7); }), 100ms) << "the next is asked first";
    near.set_mood(Mood::well);
    const base::Instant well = lisa.sim.now();
    EXPECT_TRUE(lisa.sim.run_until([&] { return lisa.chosen() == "near"; }, 5min));
    EXPECT_GT(lisa.sim.now() - well, 8s) << "it must have been well for a while";
  }
}

TEST(NearestStore, TellsWhatIsWrong) {
  Lisa lisa;
  lisa.sim.advance(10s);
  lisa.turn(Mood::hides);
  lisa.appears(7);
  EXPECT_EQ(lisa.read(), 7);
  const auto nodes = lisa.store.nodes();
  ASSERT_EQ(nodes.back().endpoint, "near");
  EXPECT_FALSE(nodes.back().answering);
  EXPECT_EQ(nodes.back().trouble, "hides records that others show");
}

TEST(NearestStore, FindsOutWhoOnlyPretendsToBeConnected) {
  Lisa lisa;
  lisa.sim.advance(2min);
  lisa.turn(Mood::cut);
  EXPECT_TRUE(lisa.sim.run_until([&] { return lisa.chosen() != "near"; }, 12min))
      << "without any operation of the user's";
}

TEST(NearestStore, DoesNotFlapWithAWayThatDoes) {
  Lisa lisa;
  lisa.sim.advance(10s);
  int moves = 0;
  std::string chosen = lisa.chosen();
  for (int second = 0; second < 30 * 60; ++second) {
    lisa.near.set_mood(second / 20 % 2 == 0 ? Mood::dead : Mood::well);
    lisa.sim.advance(1s);
    if (lisa.chosen() != chosen) ++moves;
    chosen = lisa.chosen();
  }
  EXPECT_LE(moves, 8) << "of 90 times that it failed";
}

TEST(NearestStore, GoesOnWhenNobodyIsWellAndFindsBack) {
  Lisa lisa;
  lisa.appears(7);
  lisa.sim.advance(10s);
  for (const char* const name : {"near", "middle", "far"}) lisa.way(name).set_mood(Mood::dead);
  lisa.sim.advance(90s);
  EXPECT_FALSE(lisa.store.connected());
  EXPECT_EQ(lisa.sim.run(lisa.store.get(kPlace)).error(), Errc::unreachable);
  EXPECT_EQ(lisa.sim.run(lisa.store.put(kPlace, lisa.record(8))).error(), Errc::unreachable);
  lisa.far.set_mood(Mood::well);
  EXPECT_TRUE(lisa.store.connected());
  EXPECT_LT(lisa.time([&] { EXPECT_GE(lisa.read(), 0); }), 2s);
}

TEST(NearestStore, PutsThroughTwo) {
  Lisa lisa;
  lisa.sim.advance(10s);
  const int before = lisa.near.writes() + lisa.middle.writes() + lisa.far.writes();
  EXPECT_TRUE(lisa.sim.run(lisa.store.put(kPlace, lisa.record(8))));
  lisa.sim.advance(1s);
  EXPECT_EQ(lisa.near.writes() + lisa.middle.writes() + lisa.far.writes(), before + 2);
}

TEST(NearestStore, KeepsThePutGoingThatWasStillUnderWay) {
  Lisa lisa;
  lisa.middle.set_delay(3s);
  lisa.far.set_delay(3s);
  lisa.sim.advance(10s);
  lisa.turn(Mood::stores_nothing);  // and says so at once
  EXPECT_TRUE(lisa.sim.run(lisa.store.put(kPlace, lisa.record(8))));
  lisa.sim.advance(3s);
  EXPECT_EQ(lisa.stored(), 8U);
}

TEST(NearestStore, SaysConflictOnlyWhenItCanBeShown) {
  Lisa lisa;
  lisa.sim.advance(10s);
  lisa.appears(9);
  EXPECT_EQ(lisa.sim.run(lisa.store.put(kPlace, lisa.record(8))).error(), Errc::conflict);
  EXPECT_EQ(lisa.stored(), 9U);
  for (const char* const name : {"near", "middle", "far"})
    lisa.way(name).set_mood(Mood::claims_conflict);
  EXPECT_EQ(lisa.sim.run(lisa.store.put(kPlace, lisa.record(10))).error(), Errc::unreachable);
}

TEST(NearestStore, SaysRefusedIfNobodyStoredIt) {
  Lisa lisa;
  lisa.sim.advance(10s);
  Record wrong = lisa.record(8);
  wrong.body.push_back(1);  // no longer what was signed
  EXPECT_EQ(lisa.sim.run(lisa.store.put(kPlace, wrong)).error(), Errc::refused);
}

TEST(NearestStore, GivesNothingThatIsOlderThanWhatItHasSeen) {
  Lisa lisa;
  lisa.appears(6);
  lisa.sim.advance(10s);
  for (const char* const name : {"near", "middle", "far"})
    lisa.way(name).set_mood(Mood::stale, {kPlace});
  EXPECT_TRUE(lisa.sim.run(lisa.store.put(kPlace, lisa.record(8))));
  EXPECT_EQ(lisa.sim.run(lisa.store.get(kPlace)).error(), Errc::unreachable);
  lisa.far.set_mood(Mood::well);
  EXPECT_EQ(lisa.read(), 8);
}

TEST(NearestStore, HandsOnWhatComesEarlyOnceAndNothingOld) {
  Lisa lisa;
  lisa.appears(6);
  lisa.sim.advance(10s);
  EXPECT_EQ(lisa.read(), 6);
  lisa.turn(Mood::stale);
  lisa.appears(7);
  ASSERT_TRUE(lisa.sim.run(lisa.store.put(kPlace, lisa.record(8))));
  std::vector<std::uint64_t> early;
  const OnRecord on_early = [&](const Record& record) { early.push_back(record.sequence); };
  ASSERT_TRUE(lisa.sim.run(lisa.store.get(kPlace, on_early)));
  EXPECT_EQ(early, std::vector<std::uint64_t>{8});
}

TEST(NearestStore, TellsWatchersEachThingOnceThroughWhateverHappens) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Lisa lisa(seed);
    sim::Dice dice(seed);
    lisa.sim.advance(10s);
    const auto watch = lisa.watch();
    std::vector<std::uint64_t> expected;
    MoodyStore* const ways[] = {&lisa.near, &lisa.middle, &lisa.far};
    for (std::uint64_t sequence = 1; sequence <= 60; ++sequence) {
      for (MoodyStore* const way : ways) way->set_mood(Mood::well);
      const auto victim = dice.below(3);
      const Mood bad[] = {Mood::dead, Mood::hangs, Mood::hides};
      ways[victim]->set_mood(bad[dice.below(3)]);
      if (dice.chance(0.3)) ways[(victim + 1) % 3]->set_mood(Mood::dead);
      lisa.appears(sequence);
      expected.push_back(sequence);
      lisa.sim.run_until([&] { return lisa.news == expected; }, 10s);
      ASSERT_EQ(lisa.news, expected) << "seed " << seed;
      lisa.sim.advance(dice.between(100ms, 5s));
    }
  }
}

TEST(NearestStore, LetsAWatcherEndTheWatchWhenCalled) {
  Lisa lisa;
  lisa.appears(1);
  std::unique_ptr<Watch> watch;
  watch = lisa.store.watch(kPlace, [&](const Record& record) {
    lisa.news.push_back(record.sequence);
    watch.reset();
  });
  lisa.sim.advance(10s);
  lisa.appears(2);
  lisa.sim.advance(10s);
  EXPECT_EQ(lisa.news, std::vector<std::uint64_t>{1});
}

TEST(NearestStore, CanBeLeftInTheMiddle) {
  Lisa lisa;
  lisa.sim.advance(10s);
  lisa.turn(Mood::hangs);
  {
    auto reading = lisa.store.get(kPlace);
    auto putting = lisa.store.put(kPlace, lisa.record(8));
    reading.start();
    putting.start();
    lisa.sim.advance(600ms);
  }
  lisa.sim.advance(1min);
}

TEST(NearestStore, CostsLittleWhileNothingHappens) {
  Lisa lisa;
  lisa.sim.advance(10min);
  const int reads = lisa.near.reads() + lisa.middle.reads() + lisa.far.reads();
  const int writes = lisa.near.writes() + lisa.middle.writes() + lisa.far.writes();
  lisa.sim.advance(1h);
  EXPECT_LE(lisa.near.reads() + lisa.middle.reads() + lisa.far.reads() - reads, 190);
  EXPECT_LE(lisa.near.writes() + lisa.middle.writes() + lisa.far.writes() - writes, 18);
}

}  // namespace
}  // namespace openhash
