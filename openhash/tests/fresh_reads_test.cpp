#include "openhash/fresh_reads.h"

#include "town.h"

namespace openhash {
namespace {

using FreshReadsTest = Town;

TEST_F(FreshReadsTest, ReadsThousandsOfKeysByClientsThatItReplaces) {
  start_nodes(4);
  const Key key = Key::of("notes");
  ASSERT_TRUE(put(*nodes[1], key, record(Kind::opaque, key, 1)));
  FreshReads reads(sim.host("n0"), *nodes[0], 50);
  sim.advance(1s);
  for (int round = 0; round < 10; ++round) {
    std::vector<Key> keys = {key};
    for (int i = 0; i < 49; ++i) keys.push_back(Key::of(std::to_string(round * 100 + i)));
    const auto found = sim.run(reads.get_many(keys));
    ASSERT_TRUE(found[0]);
    EXPECT_EQ(found[0]->size(), 1U);
    for (std::size_t i = 1; i < found.size(); ++i) EXPECT_TRUE(found[i] && found[i]->empty());
    sim.advance(100ms);
  }
  EXPECT_GE(reads.opened(), 6U);
  EXPECT_LE(reads.opened(), 11U);
}

TEST_F(FreshReadsTest, TheSameKeyWearsNothingOut) {
  start_nodes(4);
  FreshReads reads(sim.host("n0"), *nodes[0], 50);
  sim.advance(1s);
  for (int i = 0; i < 200; ++i) EXPECT_TRUE(sim.run(reads.get(kLocation)));
  EXPECT_EQ(reads.opened(), 1U);
}

TEST_F(FreshReadsTest, ANodeThatIsAloneReadsToo) {
  start_nodes(1);
  FreshReads reads(sim.host("n0"), *nodes[0]);
  ASSERT_TRUE(sim.run(reads.put(kLocation, record(Kind::location, kLocation, 1))));
  EXPECT_EQ(sim.run(reads.get(kLocation))->size(), 1U) << "before its client has found it";
  sim.advance(2s);
  EXPECT_EQ(sim.run(reads.get(kLocation))->size(), 1U) << "and after";
}

}  // namespace
}  // namespace openhash
