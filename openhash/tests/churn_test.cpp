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

}  // namespace
}  // namespace openhash
