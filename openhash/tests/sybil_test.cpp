// One host that comes under many ids, to sit around a key and hide what stands there.

#include "engine.h"
#include "neighbourhood.h"
#include "state_folder.h"
#include "town.h"

namespace openhash {
namespace {

/// Says "stored" and stores nothing.
class Nobody final : public Keeper {
 public:
  void wanted(const Key&) override {}
  void offered(const Key&, const Contact&) override {}
  bool accept(const Key&, std::uint64_t, std::uint16_t, base::ByteView, const Contact&) override {
    return false;
  }
};

class SybilTest : public Town {
 protected:
  static constexpr int kNodes = 16;
  static constexpr int kKeys = 5;
  static constexpr int kIdsOfAHost = 8;

  /// As if everybody were a stranger to everybody: in networks of their own.
  void live_among_strangers() {
    strangers_ = true;
    for (int number = 0; number < kNodes; ++number) names[number] = stranger(number);
  }
  static std::string stranger(int network) { return "40." + std::to_string(network) + ".7.1"; }
  [[nodiscard]] std::string host_of_sybils(int key) const {
    return strangers_ ? stranger(100 + key) : "nelson" + std::to_string(key);
  }
  [[nodiscard]] std::string lisa() const { return strangers_ ? stranger(200) : "lisa"; }
  [[nodiscard]] std::string bart() const { return strangers_ ? stranger(201) : "bart"; }
  static Key key_number(int key) { return Key::of("secret " + std::to_string(key)); }

  void store_records() {
    start_nodes(kNodes);
    const auto writer = client(lisa());
    for (int key = 0; key < keys_; ++key) {
      ASSERT_TRUE(put(*writer, key_number(key), record(Kind::opaque, key_number(key), 1)));
    }
  }
  /// The ids next to the key: only the last bits differ.
  static NodeId beside(const Key& key, int number) {
    NodeId id{};
    std::ranges::copy(key.bytes, id.begin());
    id.back() = static_cast<std::uint8_t>((id.back() & 0x70) + number + 1);
    return id;
  }
  /// Of the ids that fit the host, one as near to the key as can be.
  NodeId nearest_fitting(const Key& key, const base::Endpoint& host, int number) {
    base::World& world = sim.host("nelson");
    NodeId best = draw_node_id(world.entropy, host);
    for (int tries = 0; tries < 100; ++tries) {
      const NodeId drawn = draw_node_id(world.entropy, host);
      if (nearer(key, drawn, best)) best = drawn;
    }
    std::copy(key.bytes.begin() + 3, key.bytes.end() - 1, best.begin() + 3);
    best[18] = static_cast<std::uint8_t>(number);
    return best;
  }
  void surround_keys(bool with_ids_that_fit, int ids = kIdsOfAHost) {
    for (int key = 0; key < keys_; ++key) {
      base::World& world = sim.host(host_of_sybils(key));
      for (int number = 0; number < ids; ++number) {
        const auto port = static_cast<std::uint16_t>(7000 + number);
        const base::Endpoint here = sim.address(host_of_sybils(key), port);
        const NodeId id = with_ids_that_fit ? nearest_fitting(key_number(key), here, number)
                                            : beside(key_number(key), number);
        auto engine = Engine::open(world, {Role::storage, kNetwork, id, here}, &nobody_);
        ASSERT_TRUE(engine);
        for (int node = 0; node < kNodes; ++node) {
          hellos_.push_back((*engine)->ping(sim.address(name_of(node), kPort), [](bool) {}));
        }
        sybils_.push_back(std::move(*engine));
      }
    }
    sim.advance(30s);
  }
  /// By somebody who knows who is near to the keys.
  int acknowledged() {
    const auto writer = client(lisa());
    int stored = 0;
    for (int key = 0; key < keys_; ++key) {
      (void)get(*writer, key_number(key));
      sim.advance(5s);
      if (put(*writer, key_number(key), record(Kind::opaque, key_number(key), 1))) ++stored;
    }
    return stored;
  }
  /// By somebody who knows who is near to the keys. (Who does not asks honest nodes on the way.)
  int readable() {
    const auto reader = client(bart());
    int found = 0;
    for (int key = 0; key < keys_; ++key) {
      (void)get(*reader, key_number(key));
      sim.advance(5s);
      const auto answer = get(*reader, key_number(key));
      if (answer && answer->size() == 1) ++found;
    }
    return found;
  }

  int keys_ = kKeys;

 private:
  bool strangers_ = false;
  Nobody nobody_;
  std::vector<std::unique_ptr<Engine>> sybils_;
  std::vector<Operation> hellos_;
};

TEST_F(SybilTest, WithoutBoundIdsEightOfThemHideARecord) {
  store_records();  // in a local network, where ids are not bound
  surround_keys(false);
  EXPECT_EQ(readable(), 0);
}

TEST_F(SybilTest, APutGoesPastThoseWhoKeepNothingWhileTwoOfTheEightNearestKeepIt) {
  keys_ = 1;
  start_nodes(kNodes);
  surround_keys(false, 6);
  EXPECT_EQ(acknowledged(), 1);
  EXPECT_EQ(readable(), 1);
}

TEST_F(SybilTest, ItIsNotAcknowledgedWhereOnlyOneOfTheEightNearestKeepsIt) {
  keys_ = 1;
  start_nodes(kNodes);
  surround_keys(false, 7);
  EXPECT_EQ(acknowledged(), 0);
}

TEST_F(SybilTest, AmongStrangersIdsNextToAKeyAreNotLetIn) {
  live_among_strangers();
  store_records();
  surround_keys(false);
  EXPECT_EQ(readable(), kKeys);
}

TEST_F(SybilTest, IdsThatFitTheirAddressAreTooFarAway) {
  live_among_strangers();
  store_records();
  surround_keys(true);
  EXPECT_EQ(readable(), kKeys);
}

/// Nodes among strangers; the last of them is behind a NAT and does not know its address.
class NatTest : public Town {
 protected:
  static constexpr int kLast = 5;

  void live_among_strangers() {
    for (int number = 0; number < kLast; ++number) {
      names[number] = "41." + std::to_string(number) + ".7.1";
    }
    names[kLast] = "nat 41.5.7.1";
  }
  [[nodiscard]] std::optional<NodeId> id_on_disk(int number) const {
    return StateFolder::open(state_of(number))->node_id();
  }
};

TEST_F(NatTest, ANodeBehindANatLearnsItsAddressAndHoldsRecords) {
  live_among_strangers();
  start_nodes(kLast + 1);
  sim.advance(20s);
  const auto lisa = client("41.100.7.1");
  ASSERT_TRUE(put(*lisa, kLocation, record(Kind::location, kLocation, 1)));
  EXPECT_EQ(holders(), 6U);
}

TEST_F(NatTest, ItKeepsItsIdOverARestartAndDrawsAnotherWhenItsAddressChanges) {
  use_disk();
  live_among_strangers();
  start_nodes(kLast + 1);
  sim.advance(20s);
  const auto lisa = client("41.100.7.1");
  ASSERT_TRUE(put(*lisa, kIdentity, record(Kind::identity, kIdentity, 1)));
  crash(kLast);
  const auto first = id_on_disk(kLast);
  start(kLast);
  sim.advance(20s);
  crash(kLast);
  EXPECT_EQ(id_on_disk(kLast), first);

  const auto folder = state_of(kLast);
  names[kLast] = "nat 41.77.7.1";
  std::filesystem::rename(folder, state_of(kLast));
  start(kLast);
  sim.advance(30s);
  EXPECT_EQ(nodes[kLast]->stats().records, 1U) << "the journal is as it was";
  EXPECT_GE(nodes[kLast]->stats().neighbours, 4U);
  crash(kLast);
  EXPECT_NE(id_on_disk(kLast), first);
}

}  // namespace
}  // namespace openhash
