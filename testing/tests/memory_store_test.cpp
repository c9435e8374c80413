#include "testing/memory_store.h"

#include <gtest/gtest.h>

#include <numeric>

#include "testing/sim_world.h"

namespace sim {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using openhash::Key;
using openhash::Record;

const Key kPlace = Key::of("milhouse's location");

/// Milhouse, who writes, and Lisa, who reads.
class SharedTable : public ::testing::Test {
 protected:
  SimWorld world{1};
  MemoryTable table{openhash::Rules{.network = 1001, .work_named = 4, .work_opaque = 2}};
  MemoryStore milhouse{world.host("milhouse"), table};
  MemoryStore lisa{world.host("lisa"), table};
  std::vector<std::uint64_t> seen;  // sequences

  /// Milhouse's location; `signer` 0 is his own key.
  Record location(std::uint64_t sequence, std::uint8_t signer = 0) {
    base::Secret seed(32);
    std::iota(seed.data(), seed.data() + seed.size(), signer);
    const openhash::SigningKey key(seed);
    const std::atomic<bool> stop = false;
    Record record;
    record.kind = openhash::Kind::location;
    record.name = "milhouse";
    record.sequence = sequence;
    record.issued = world.host("milhouse").clock.wall();
    record.valid_for = 120s;
    record.work =
        *openhash::find_work(table.rules(), record.kind, record.name, key.public_key(), stop);
    openhash::sign(record, table.rules().network, kPlace, key);
    return record;
  }
  base::Result<void> put(const Record& record) { return world.run(milhouse.put(kPlace, record)); }
  std::size_t count_at(MemoryStore& store) { return world.run(store.get(kPlace))->size(); }
  std::unique_ptr<openhash::Watch> lisa_watches() {
    return lisa.watch(kPlace, [this](const Record& record) { seen.push_back(record.sequence); });
  }
};

TEST_F(SharedTable, ShowsOneUserWhatAnotherPut) {
  ASSERT_TRUE(put(location(1)));
  const auto found = world.run(lisa.get(kPlace));
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, std::vector<Record>{location(1)});
}

TEST_F(SharedTable, AnswersInTheirOrderToManyKeys) {
  ASSERT_TRUE(put(location(1)));
  const auto answers = world.run(lisa.get_many({Key::of("nothing"), kPlace}));
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_TRUE(answers[0]->empty());
  EXPECT_EQ(answers[1]->size(), 1U);
}

TEST_F(SharedTable, KeepsTheHighestSequenceOfAnOwner) {
  ASSERT_TRUE(put(location(2)));
  EXPECT_TRUE(put(location(2))) << "again, byte by byte the same";
  EXPECT_EQ(put(location(1)).error(), Errc::conflict);
  EXPECT_TRUE(put(location(3)));
  EXPECT_EQ(count_at(lisa), 1U);
}

TEST_F(SharedTable, KeepsRecordsOfSeveralOwnersApart) {
  ASSERT_TRUE(put(location(5)));
  ASSERT_TRUE(put(location(1, 9)));
  EXPECT_EQ(count_at(lisa), 2U);
}

TEST_F(SharedTable, RefusesWhatBreaksTheRules) {
  Record record = location(1);
  record.sequence = 2;
  EXPECT_EQ(put(record).error(), Errc::refused);
  EXPECT_EQ(count_at(lisa), 0U);
}

TEST_F(SharedTable, ForgetsWhatIsNoLongerValid) {
  ASSERT_TRUE(put(location(1)));
  world.advance(121s);
  EXPECT_EQ(count_at(lisa), 0U);
}

TEST_F(SharedTable, FailsForHerWhoseLineIsCut) {
  ASSERT_TRUE(put(location(1)));
  lisa.set_reachable(false);
  EXPECT_FALSE(lisa.connected());
  EXPECT_EQ(world.run(lisa.get(kPlace)).error(), Errc::unreachable);
  EXPECT_EQ(count_at(milhouse), 1U);
}

TEST_F(SharedTable, TakesAsLongAsItIsTold) {
  milhouse.set_delay(3s);
  const base::Instant start = world.now();
  ASSERT_TRUE(put(location(1)));
  EXPECT_EQ(world.now() - start, 3s);
}

TEST_F(SharedTable, TellsAWatcherWhatIsThereAndWhatComes) {
  ASSERT_TRUE(put(location(1)));
  const auto watch = lisa_watches();
  EXPECT_TRUE(seen.empty()) << "never inside the call";
  world.advance(1s);
  milhouse.announce(kPlace, location(2));
  world.advance(1s);
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{1, 2}));
}

TEST_F(SharedTable, TellsAWatcherAfterHerLineWasCutWhatSheMissed) {
  const auto watch = lisa_watches();
  lisa.set_reachable(false);
  ASSERT_TRUE(put(location(1)));
  world.advance(1s);
  EXPECT_TRUE(seen.empty());
  lisa.set_reachable(true);
  world.advance(1s);
  EXPECT_EQ(seen, std::vector<std::uint64_t>{1});
}

TEST_F(SharedTable, TellsNobodyAfterTheWatchEnded) {
  auto watch = lisa_watches();
  ASSERT_TRUE(put(location(1)));
  watch.reset();
  world.advance(1s);
  EXPECT_TRUE(seen.empty());
}

TEST_F(SharedTable, LetsAWatcherEndTheWatchWhenCalled) {
  ASSERT_TRUE(put(location(1)));
  ASSERT_TRUE(put(location(1, 9)));
  std::unique_ptr<openhash::Watch> watch;
  watch = lisa.watch(kPlace, [&](const Record& record) {
    seen.push_back(record.sequence);
    watch.reset();
  });
  world.advance(1s);
  EXPECT_EQ(seen.size(), 1U);
}

}  // namespace
}  // namespace sim
