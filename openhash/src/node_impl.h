#pragma once
// The inside of a Node, shared by its sources: node.cpp (life and ways in), node_put.cpp,
// node_get.cpp, node_watch.cpp, node_address.cpp.

#include <map>
#include <optional>

#include "openhash/clock_witness.h"
#include "engine.h"
#include "openhash/newest.h"
#include "openhash/node.h"
#include "reach.h"
#include "state_folder.h"
#include "storage.h"
#include "ways.h"

namespace openhash {

/// How asking the nodes nearest to a key ended.
struct Asked {
  bool reached = false;  ///< some node answered
  bool enough = false;   ///< whoever asked had enough before all had answered
  std::vector<Contact> nearest;
};

struct Node::Impl {
  Impl(base::World& the_world, NodeOptions the_options)
      : world(the_world), options(std::move(the_options)) {}
  ~Impl() { alive.reset(); }

  base::World& world;
  NodeOptions options;
  std::optional<StateFolder> folder;
  std::unique_ptr<Storage> storage;  // null in a client
  std::unique_ptr<Engine> engine;
  Ways ways;
  ClockWitness clocks;
  bool was_connected = false;
  std::uint64_t greetings = 0;
  std::map<std::uint64_t, Operation> greeting;  // under way
  std::size_t neighbours = 0;                   // at the last beat
  Operation joining;
  base::Duration join_pause{};
  base::Instant join_again = base::Instant::min();
  base::Timer heartbeat;
  std::shared_ptr<Impl*> alive = std::make_shared<Impl*>(this);

  // --- its place in the table
  NodeId table_id{};                   // a storage node's; not in use while it poses as a client
  std::optional<base::Endpoint> home;  // own address among strangers, as this machine knows it
  bool posing = false;
  std::optional<base::Instant> moved;  // when the id changed last
  unsigned beats = 0;
  /// The id to begin with.
  NodeId first_id();
  base::Result<void> draw_table_id(const base::Endpoint* fitting);
  [[nodiscard]] std::optional<base::Endpoint> find_home() const;
  /// Once a second: an id that fits the address at which strangers see us.
  void mind_address();
  void become(const NodeId& id, bool as_client);

  base::Result<void> start();
  void beat();
  void look_around();
  void greet_due();
  void greet(const base::Endpoint& endpoint);
  void greeted(const base::Endpoint& endpoint, base::Instant asked, bool answered);
  [[nodiscard]] bool connected() const;
  /// A storage node that was given no way in and met nobody: the first of its network.
  [[nodiscard]] bool alone() const;

  /// Asks once, for at most `limit`, or until there are `enough` holders in `count`.
  base::Task<Asked> ask(Key key, Engine::OnValue on_value, base::Duration limit,
                        HolderCount* count = nullptr, std::function<bool()> enough = {});
  /// Adds what a node answered with: as Newest::add. Its times say something of our clock, too.
  const Record* take_in(Newest& newest, const Key& key, base::ByteView bytes);
  base::Task<base::Result<std::vector<Record>>> get(Key key, OnRecord early);
  base::Task<base::Result<void>> put(Key key, Record record);
};

/// The engine's form of a record.
Value to_value(const Record& record, std::uint32_t network);

std::unique_ptr<Watch> make_watch(Node::Impl& node, const Key& key, OnRecord changed,
                                  Fallback fallback);

}  // namespace openhash
