#pragma once
// The distributed engine (OpenDHT's core class) behind a plain interface: on our socket with the
// guard in front, on our clock, with our policy. docs/engine.md has the facts this rests on.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/world.h"
#include "node_id.h"
#include "openhash/key.h"
#include "openhash/node.h"
#include "witness.h"

namespace openhash {

/// Another member of the table.
struct Contact {
  NodeId id{};
  base::Endpoint endpoint;
};

/// A record as the engine carries it.
struct Value {
  std::uint64_t id = 0;    ///< never 0; an edit has the id of what it replaces
  std::uint16_t type = 0;  ///< kValueTypes + the record's kind
  base::Bytes record;
};

/// Decides what a storage node stores.
class Keeper {
 public:
  virtual ~Keeper() = default;
  /// The engine is about to read a request about what stands at `key`; there is still time to
  /// import() it.
  virtual void wanted(const Key& key) = 0;
  /// `from` offers something at `key`, that is new or not.
  virtual void offered(const Key& key, const Contact& from) = 0;
  /// Called from inside the engine, so it must not start operations there. `from` wants `record`
  /// stored as value `id` of `type`. True: the engine stores and serves it at once; false: it is
  /// refused, or import()ed later.
  virtual bool accept(const Key& key, std::uint64_t id, std::uint16_t type, base::ByteView record,
                      const Contact& from) = 0;
};

/// An operation under way, or a subscription. Destroying it ends its callbacks.
using Operation = std::shared_ptr<void>;

struct EngineOptions {
  Role role = Role::client;
  std::uint32_t network = 0;
  NodeId id{};
  base::Endpoint listen;
  bool trust_local = true;  ///< local networks are exempt from what the gate asks of strangers
};

/// Lives on the world's loop. All callbacks come from the loop, never from inside a call made here
/// nor from inside the engine, so they may call back freely.
class Engine final {
 public:
  using OnValue = std::function<void(base::ByteView record)>;
  /// `reached`: some node answered. `nearest`: the nodes nearest to the key (at most 8, nearest
  /// first) that answered.
  using OnDone = std::function<void(bool reached, const std::vector<Contact>& nearest)>;

  /// `keeper` is asked by a storage node and must outlive the engine; a client stores nothing for
  /// others and needs none. `failed`: the port is taken.
  static base::Result<std::unique_ptr<Engine>> open(base::World& world, EngineOptions options,
                                                    Keeper* keeper);
  ~Engine();

  [[nodiscard]] base::Endpoint local() const;
  [[nodiscard]] const NodeId& id() const;

  /// Begins anew under another id, on the same port and with the nodes it knew. What it held is
  /// gone: import() it. Subscriptions stay; of other operations nothing more is heard.
  /// `posing`: strangers are told that this is a client, since the id cannot fit an address that
  /// is not known yet.
  void become(const NodeId& id, bool posing);
  /// The address that strangers see us at, if enough of them have said the same.
  [[nodiscard]] std::optional<base::Endpoint> seen_address() const;
  /// When a stranger last answered; what a stranger is, the gate knows.
  [[nodiscard]] std::optional<base::Instant> stranger_heard() const;
  [[nodiscard]] bool is_stranger(const base::Endpoint& endpoint) const;

  /// Offers a value to the nodes nearest to the key, once each; replaces an offer of the same id
  /// that is still under way. `on_end`: they have all answered, or are gone. Whether they took it
  /// is not known: read it back. A storage node also keeps it itself, unasked: ask the keeper
  /// first. The offer goes on when the operation is destroyed.
  Operation put(const Key& key, const Value& value, std::function<void()> on_end = {});
  /// Ends an offer that is still under way. For clients: on a storage node this may drop the
  /// node's own copy.
  void cancel_put(const Key& key, std::uint64_t id);
  /// Stores a value here without telling anybody and without asking the keeper.
  void import(const Key& key, const Value& value);

  /// Asks the nodes nearest to the key; every version that some node holds is given out, and on a
  /// storage node first its own.
  [[nodiscard]] Operation get(const Key& key, OnValue on_value, OnDone on_done);
  /// Values under a new id are pushed by the nodes nearest to the key. An edit is not.
  [[nodiscard]] Operation listen(const Key& key, OnValue on_value);
  /// Whether an offer or a subscription was started at this key less than a second ago. Then the
  /// engine may count nodes as asked that it only asked for other nodes: a get that finds nothing
  /// means nothing (docs/engine.md).
  [[nodiscard]] bool unsettled(const Key& key) const;
  /// Says hello to whoever is at `node`; an answer makes it part of the routing table.
  [[nodiscard]] Operation ping(const base::Endpoint& node, std::function<void(bool)> on_answer);

  /// Asks that node nothing about the key until the operation is destroyed: searches there go past
  /// it, after a second, as if it were gone.
  [[nodiscard]] Operation pass_over(const base::Endpoint& node, const Key& key);
  /// Nodes that were marked as gone are given another chance.
  void forgive();
  /// Nodes believed to answer.
  [[nodiscard]] std::vector<Contact> good_nodes() const;

  /// Counts holders of records in the replies that come in.
  [[nodiscard]] Witness& witness();
  [[nodiscard]] std::uint64_t dropped() const;  ///< datagrams, by the guard

  /// Datagrams sent from now on are held back until `release(mark)`. Marks grow.
  void hold(std::uint64_t mark);
  void release(std::uint64_t mark);

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace openhash
