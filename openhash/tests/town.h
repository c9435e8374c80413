#pragma once
// A simulated town of storage nodes n0, n1, ... and the clients who use them.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "openhash/node.h"
#include "records.h"
#include "testing/sim_world.h"

namespace openhash {

using namespace std::chrono_literals;

class Town : public testing::Test {
 protected:
  explicit Town(std::uint64_t seed = 20261122) : sim(seed) {}
  ~Town() override {
    if (!state_.empty()) std::filesystem::remove_all(state_);
  }

  /// Starts n0 ... and lets them find one another.
  void start_nodes(int count) {
    count_ = count;
    for (int number = 0; number < count; ++number) start(number);
    sim.advance(8s);
  }
  void start(int number) {
    const std::string name = name_of(number);
    base::World& world = sim.host(name);
    NodeOptions options = options_for(name);
    options.role = Role::storage;
    if (!state_.empty()) options.state = state_ / name;
    std::erase(options.bootstrap, options.listen);
    nodes[number] = open(world, options);
  }
  void crash(int number) {
    sim.crash(name_of(number));
    nodes.erase(number);
  }
  [[nodiscard]] std::filesystem::path state_of(int number) const {
    return state_ / name_of(number);
  }
  /// From now on nodes keep what they hold on disk.
  void use_disk() {
    std::string name = (std::filesystem::temp_directory_path() / "town-XXXXXX").string();
    state_ = mkdtemp(name.data());
  }

  std::unique_ptr<Node> client(const std::string& name) {
    auto node = open(sim.host(name), options_for(name));
    EXPECT_TRUE(sim.run(node->connect(20s)));
    return node;
  }
  NodeOptions options_for(const std::string& name) {
    NodeOptions options;
    options.rules = kEasyRules;
    options.listen = sim.address(name, kPort);
    for (int number = 0; number < count_; ++number) {
      options.bootstrap.push_back(sim.address(name_of(number), kPort));
    }
    return options;
  }
  static std::unique_ptr<Node> open(base::World& world, NodeOptions options) {
    auto node = Node::open(world, std::move(options));
    EXPECT_TRUE(node) << node.error().message();
    return std::move(*node);
  }
  [[nodiscard]] std::string name_of(int number) const {
    const auto named = names.find(number);
    return named == names.end() ? "n" + std::to_string(number) : named->second;
  }

  [[nodiscard]] base::WallTime wall() { return sim.host("clock").clock.wall(); }
  /// A record of this owner, issued now, ready to be put.
  Record record(Kind kind, const Key& key, std::uint64_t sequence, std::uint8_t owner = 0) {
    const SigningKey signer = signing_key(owner);
    Record made = location_of_milhouse(signer);
    made.kind = kind;
    if (kind == Kind::opaque) made.name.clear();
    made.sequence = sequence;
    made.issued = wall();
    if (kind != Kind::location) made.valid_for = 24h;
    made.body = base::Bytes(800, static_cast<std::uint8_t>(sequence));
    return *decode(sealed(made, key, signer));
  }
  base::Result<void> put(Node& node, const Key& key, const Record& made) {
    return sim.run(node.put(key, made));
  }
  base::Result<std::vector<Record>> get(Node& node, const Key& key) {
    return sim.run(node.get(key));
  }
  /// How many nodes hold records at all.
  std::size_t holders() {
    return static_cast<std::size_t>(std::ranges::count_if(
        nodes, [](const auto& node) { return node.second->stats().records > 0; }));
  }

  static constexpr std::uint16_t kPort = 6824;
  inline static const Key kLocation = *key_of(Kind::location, "milhouse");
  inline static const Key kIdentity = *key_of(Kind::identity, "milhouse");
  sim::SimWorld sim;
  std::map<int, std::string> names;  // of nodes whose host is not called n0, n1, ...
  std::map<int, std::unique_ptr<Node>> nodes;

 private:
  int count_ = 0;
  std::filesystem::path state_;
};

}  // namespace openhash
