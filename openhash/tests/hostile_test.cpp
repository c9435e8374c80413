// Those who do not keep to the rules: they use the engine below our node, with no checks of their
// own.

#include "engine.h"
#include "killers.h"
#include "node_impl.h"
#include "town.h"

namespace openhash {
namespace {

class HostileTest : public Town {
 protected:
  /// Milhouse's record is stored; the stranger's engine is in the table.
  void begin() {
    start_nodes(8);
    lisa_ = client("lisa");
    original_ = record(Kind::location, kLocation, 10);
    ASSERT_TRUE(put(*lisa_, kLocation, original_));
    base::World& world = sim.host("nelson");
    EngineOptions options{Role::client, kNetwork, {}, sim.address("nelson", kPort)};
    world.entropy.fill(options.id);
    nelson_ = std::move(*Engine::open(world, options, nullptr));
    bool in = false;
    const auto hello =
        nelson_->ping(sim.address("n0", kPort), [&in](bool answered) { in = answered; });
    ASSERT_TRUE(sim.run_until([&in] { return in; }, 5s));
  }
  void attack(const Value& value) {
    nelson_->put(kLocation, value);
    sim.advance(3s);
  }
  void expect_unharmed() {
    EXPECT_EQ(*get(*lisa_, kLocation), std::vector{original_});
    for (const auto& [number, node] : nodes) EXPECT_LE(node->stats().records, 1U);
  }

  std::unique_ptr<Node> lisa_;
  std::unique_ptr<Engine> nelson_;
  Record original_;
};

TEST_F(HostileTest, AForeignTypeIsNotStored) {
  begin();
  Value value = to_value(original_, kNetwork);
  for (const int type : {0, 1, 3, int{kValueTypes}, kValueTypes + 9, 0xffff}) {
    value.type = static_cast<std::uint16_t>(type);
    value.id = 99;
    attack(value);
    value.id = to_value(original_, kNetwork).id;
    attack(value);
  }
  expect_unharmed();
}

TEST_F(HostileTest, AnotherOwnerCannotTakeThePlace) {
  begin();
  Value value = to_value(record(Kind::location, kLocation, 11, 1), kNetwork);
  value.id = to_value(original_, kNetwork).id;
  attack(value);
  value = to_value(original_, kNetwork);
  value.record = encode(record(Kind::location, kIdentity, 11));
  attack(value);
  expect_unharmed();
}

TEST_F(HostileTest, AnOlderRecordDoesNotComeBack) {
  begin();
  attack(to_value(record(Kind::location, kLocation, 9), kNetwork));
  expect_unharmed();
}

TEST_F(HostileTest, RandomBytesAreNotStored) {
  begin();
  for (int round = 0; round < 20; ++round) {
    Value value = to_value(original_, kNetwork);
    value.record.resize(round * 50);
    sim.host("nelson").entropy.fill(value.record);
    attack(value);
  }
  expect_unharmed();
}

TEST_F(HostileTest, DatagramsThatKillAStockEngineAreDropped) {
  begin();
  base::World& world = sim.host("nelson");
  const auto socket = *world.transport.open_datagram(sim.address("nelson", 7000),
                                                     [](base::ByteView, const base::Endpoint&) {});
  for (const auto& [number, node] : nodes) {
    for (const base::Bytes& killer : killers::all()) {
      socket->send(sim.address(name_of(number), kPort), killer);
    }
  }
  sim.advance(1s);
  expect_unharmed();
  EXPECT_EQ(nodes[0]->stats().dropped, killers::all().size());
}

TEST_F(HostileTest, OfThoseWhoRaceForANameBothAreKeptAndALateOneIsNot) {
  start_nodes(8);
  const auto lisa = client("lisa");
  const auto nelson = client("nelson");
  const Record first = record(Kind::identity, kIdentity, 1, 1);
  const Record second = record(Kind::identity, kIdentity, 1, 2);
  auto putting = lisa->put(kIdentity, first);
  putting.start();
  EXPECT_TRUE(put(*nelson, kIdentity, second));
  EXPECT_TRUE(sim.run_until([&putting] { return putting.done(); }, 20s));
  EXPECT_EQ(get(*lisa, kIdentity)->size(), 2U);
  sim.advance(10s);
  EXPECT_FALSE(put(*nelson, kIdentity, record(Kind::identity, kIdentity, 1, 3)));
  EXPECT_EQ(get(*lisa, kIdentity)->size(), 2U);
}

}  // namespace
}  // namespace openhash
