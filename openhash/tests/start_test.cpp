// How long a node takes to start with a large journal.

#include <chrono>
#include <iostream>

#include "journal.h"
#include "town.h"

namespace openhash {
namespace {

class StartTest : public Town {
 protected:
  static constexpr int kRecords = 100'000;
  static constexpr int kBatch = 10'000;

  NodeOptions knowing_n0(const std::string& name) {
    NodeOptions options = options_for(name);
    options.bootstrap = {sim.address("n0", kPort)};
    return options;
  }
  static Key key(int number) { return Key::of("place " + std::to_string(number)); }

  /// As a node of old left it: records of 800 bytes, of one owner.
  void fill_journal() {
    const SigningKey signer = signing_key();
    Record made = record(Kind::opaque, key(0), 1);
    made.body = base::Bytes(500, 7);
    std::filesystem::create_directories(state_of(0));
    const auto opened = Journal::open(state_of(0) / "journal.db");
    for (int first = 0; first < kRecords; first += kBatch) {
      std::vector<Journal::Entry> entries;
      for (int number = first; number < first + kBatch; ++number) {
        sign(made, kNetwork, key(number), signer);
        entries.push_back({key(number), slot_of(made, kNetwork), encode(made), made.valid_until()});
      }
      ASSERT_TRUE(opened.journal->write(entries));
    }
  }
};

TEST_F(StartTest, AHundredThousandRecordsAreServedSoon) {
  use_disk();
  start_nodes(0);
  fill_journal();
  const auto begin = std::chrono::steady_clock::now();
  const auto seconds = [&begin] {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return took.count();
  };
  start(0);
  std::cout << "answers after " << seconds() << " s, with " << kRecords << " records\n";
  EXPECT_EQ(nodes[0]->stats().records, static_cast<std::size_t>(kRecords));
  // What is asked for comes first: nothing is hidden while the rest is imported.
  const auto lisa = open(sim.host("lisa"), knowing_n0("lisa"));
  ASSERT_TRUE(sim.run(lisa->connect(1s)));
  for (int number = 0; number < kRecords; number += kRecords / 20) {
    EXPECT_EQ(get(*lisa, key(number))->size(), 1U) << number;
  }
  sim.advance(2s);  // a thousand slices
  std::cout << "has imported them all after " << seconds() << " s\n";
  for (const int number : {0, kRecords / 2, kRecords - 1}) {
    EXPECT_EQ(get(*nodes[0], key(number))->size(), 1U) << number;
  }
}

}  // namespace
}  // namespace openhash
