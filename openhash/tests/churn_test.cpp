#include <cstdlib>

#include "openhash/replicas.h"
#include "town.h"

namespace openhash {
namespace {

using ChurnTest = Town;

TEST_F(ChurnTest, RecordsOutliveEveryNodeThatEverHeldThem) {
  constexpr int kNodes = 16;
  start_nodes(kNodes);
  const auto lisa = client("lisa");
  std::vector<Key> keys;
  for (int number = 0; number < 40; ++number) {
    keys.push_back(Key::of(std::to_string(number)));
    ASSERT_TRUE(put(*lisa, keys.back(), record(Kind::opaque, keys.back(), 1)));
  }
  // Each is replaced by an empty one, until none of the first is left.
  for (int number = 0; number < kNodes; ++number) {
    crash(number);
    start(number);
    sim.advance(5s);
  }
  const auto answers = sim.run(lisa->get_many(keys));
  for (const auto& answer : answers) {
    ASSERT_TRUE(answer) << answer.error().message();
    EXPECT_EQ(answer->size(), 1U);
  }
}

/// How many worlds are tried: the environment's OHIM_SEEDS.
int seeds() {
  const char* const wanted = std::getenv("OHIM_SEEDS");
  return wanted != nullptr ? std::atoi(wanted) : 3;
}

/// What must not get lost, at three keys each.
class LastingTest : public Town, public testing::WithParamInterface<int> {
 protected:
  static constexpr int kUsers = 30;

  LastingTest() : Town(static_cast<std::uint64_t>(GetParam())) {}

  static ReplicaKeys keys_of(int user) {
    ReplicaKeys keys;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      keys[i] = Key::of(std::to_string(i) + " of " + std::to_string(user));
    }
    return keys;
  }
  void put_all(Node& node) {
    for (int user = 0; user < kUsers; ++user) {
      const ReplicaKeys keys = keys_of(user);
      const Record made = record(Kind::opaque, keys[0], 1);
      ASSERT_TRUE(sim.run(put_replicas(node, sim.host("lisa").clock, keys, made, signing_key())));
    }
  }
  int found(Node& node) {
    int found = 0;
    for (int user = 0; user < kUsers; ++user) {
      const auto got = sim.run(get_replicas(node, keys_of(user)));
      if (got && got->size() == 1) ++found;
    }
    return found;
  }
};

TEST_P(LastingTest, OutlivesSixteenNodesOfWhichEachIsReplacedAfterThirtySeconds) {
  constexpr int kNodes = 16;
  start_nodes(kNodes);
  const auto lisa = client("lisa");
  put_all(*lisa);
  for (int number = 0; number < kNodes; ++number) {
    crash(number);
    start(number);
    sim.advance(30s);
  }
  EXPECT_EQ(found(*lisa), kUsers);
}

TEST_P(LastingTest, OutlivesHalfOfTwelveNodes) {
  constexpr int kNodes = 12;
  start_nodes(kNodes);
  const auto lisa = client("lisa");
  put_all(*lisa);
  for (int number = 0; number < kNodes; number += 2) crash(number);
  EXPECT_EQ(found(*lisa), kUsers);  // at once, before anybody has missed them
}

INSTANTIATE_TEST_SUITE_P(Seeds, LastingTest, testing::Range(1, 1 + seeds()));

}  // namespace
}  // namespace openhash
