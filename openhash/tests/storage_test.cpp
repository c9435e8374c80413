// What nodes hold on disk, and what becomes of it when a disk fails.

#include <fstream>

#include "faulty_disk.h"
#include "town.h"

namespace openhash {
namespace {

using base::Errc;
using Fault = FaultyDisk::Fault;

class StorageTest : public Town {
 protected:
  StorageTest() { use_disk(); }
  ~StorageTest() override { nodes.clear(); }  // before the disk that they use

  void crash_all(int count) {
    for (int number = 0; number < count; ++number) crash(number);
  }
  void restart_all(int count) {
    for (int number = 0; number < count; ++number) start(number);
    sim.advance(8s);
  }
  static Key key(int number) { return Key::of("place " + std::to_string(number)); }

  FaultyDisk disk_;
};

TEST_F(StorageTest, AFullDiskCostsNewRecordsNotThoseThatAreHeld) {
  start_nodes(8);
  const auto lisa = client("lisa");
  const auto bart = client("bart");
  const Record held = record(Kind::opaque, key(1), 1);
  ASSERT_TRUE(put(*lisa, key(1), held));

  disk_.strike(Fault::full, 0, true);
  EXPECT_EQ(put(*lisa, key(2), record(Kind::opaque, key(2), 1)).error(),
            make_error_code(Errc::unreachable));
  EXPECT_NE(nodes[0]->stats().disk_error, "");
  EXPECT_EQ(*get(*bart, key(1)), std::vector{held});
  EXPECT_TRUE(get(*bart, key(2))->empty());

  disk_.mend();
  ASSERT_TRUE(put(*lisa, key(2), record(Kind::opaque, key(2), 1)));
  EXPECT_EQ(get(*bart, key(2))->size(), 1U);
}

TEST_F(StorageTest, AnEditThatCannotBeWrittenLeavesTheOlderOne) {
  start_nodes(4);
  const auto lisa = client("lisa");
  const Record older = record(Kind::identity, kIdentity, 1);
  ASSERT_TRUE(put(*lisa, kIdentity, older));
  disk_.strike(Fault::error, 0, true);
  EXPECT_FALSE(put(*lisa, kIdentity, record(Kind::identity, kIdentity, 2)));
  EXPECT_EQ(*get(*lisa, kIdentity), std::vector{older});
  disk_.mend();
  crash_all(4);
  restart_all(4);
  EXPECT_EQ(*get(*lisa, kIdentity), std::vector{older});
  EXPECT_TRUE(put(*lisa, kIdentity, record(Kind::identity, kIdentity, 2)));
}

TEST_F(StorageTest, ANodeWhoseDiskFailedGetsWhatItMissed) {
  start_nodes(6);
  const auto lisa = client("lisa");
  disk_.strike(Fault::full, 0, true, "/n3/");
  ASSERT_TRUE(put(*lisa, key(1), record(Kind::opaque, key(1), 1)));
  EXPECT_EQ(nodes[3]->stats().records, 0U);
  disk_.mend();
  sim.advance(70s);  // the others offer again each minute
  EXPECT_EQ(nodes[3]->stats().records, 1U);
}

TEST_F(StorageTest, ALoneNodePutsNothingThatIsNotOnItsDisk) {
  start_nodes(1);
  disk_.strike(Fault::full, 0, true);
  const auto put_now = put(*nodes[0], key(1), record(Kind::opaque, key(1), 1));
  EXPECT_EQ(put_now.error(), make_error_code(Errc::failed));
  EXPECT_NE(put_now.error().message().find("full"), std::string::npos);
  EXPECT_TRUE(get(*nodes[0], key(1))->empty());
  disk_.mend();
  ASSERT_TRUE(put(*nodes[0], key(1), record(Kind::opaque, key(1), 1)));
  crash(0);
  start(0);
  EXPECT_EQ(get(*nodes[0], key(1))->size(), 1U);
}

TEST_F(StorageTest, StartsWithADiskThatIsFullOrFailsOrAnIdThatIsDamaged) {
  start_nodes(1);
  ASSERT_TRUE(put(*nodes[0], key(1), record(Kind::opaque, key(1), 1)));
  for (const Fault fault : {Fault::full, Fault::short_write}) {
    crash(0);
    disk_.strike(fault, 12, true);  // it can be opened and read, and no more
    start(0);
    ASSERT_TRUE(nodes[0]);
    disk_.mend();
  }
  crash(0);
  start(0);
  EXPECT_EQ(get(*nodes[0], key(1))->size(), 1U);
  for (const char* const rest : {"", "torn"}) {
    crash(0);
    std::ofstream(state_of(0) / "id", std::ios::trunc) << rest;
    start(0);
    EXPECT_EQ(get(*nodes[0], key(1))->size(), 1U) << rest;
  }
}

TEST_F(StorageTest, KilledAllAtOnceTheyHoldWhatTheyHeld) {
  constexpr int kNodes = 8;
  constexpr int kRecords = 60;
  start_nodes(kNodes);
  const auto lisa = client("lisa");
  for (int number = 0; number < kRecords; ++number) {
    ASSERT_TRUE(put(*lisa, key(number), record(Kind::opaque, key(number), 1)));
  }
  crash_all(kNodes);
  restart_all(kNodes);
  const auto bart = client("bart");
  for (int number = 0; number < kRecords; ++number) {
    EXPECT_EQ(get(*bart, key(number))->size(), 1U) << number;
  }
}

TEST_F(StorageTest, ARecordKeepsItsOwnValidityFromNodeToNode) {
  constexpr int kNodes = 4;
  start_nodes(kNodes);
  const auto lisa = client("lisa");
  const SigningKey signer = signing_key();
  Record made = record(Kind::opaque, key(1), 1);
  made.valid_for = 2h;
  sign(made, kNetwork, key(1), signer);
  ASSERT_TRUE(put(*lisa, key(1), made));

  sim.advance(1h);
  crash_all(kNodes);
  restart_all(kNodes);  // from the journal, by import
  EXPECT_EQ(*get(*lisa, key(1)), std::vector{made});

  // Each by an empty one, that gets it from the others.
  for (int number = 0; number < kNodes; ++number) {
    crash(number);
    std::filesystem::remove_all(state_of(number));
    start(number);
    sim.advance(30s);
  }
  EXPECT_EQ(*get(*lisa, key(1)), std::vector{made});

  sim.advance(1h);  // over, and with the grace for clocks of five minutes
  EXPECT_EQ(get(*lisa, key(1))->size(), 1U);
  sim.advance(6min);
  EXPECT_TRUE(get(*lisa, key(1))->empty());
  crash_all(kNodes);
  restart_all(kNodes);
  EXPECT_TRUE(get(*lisa, key(1))->empty());
  EXPECT_EQ(holders(), 0U);
}

}  // namespace
}  // namespace openhash
