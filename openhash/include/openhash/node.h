#pragma once
// A member of the distributed hash table, on OpenDHT's core class: a storage node, or a client that
// uses the storage nodes and holds nothing for others.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/world.h"
#include "openhash/store.h"

namespace openhash {

enum class Role { client, storage };

struct NodeOptions {
  Role role = Role::client;
  Rules rules;
  /// Where to receive datagrams; port 0 takes a free one.
  base::Endpoint listen = base::Endpoint::v4(0, 0, 0, 0, 0);
  /// Nodes to enter by. Probed by a real operation; the quickest first, the next when it fails.
  std::vector<base::Endpoint> bootstrap;
  /// Private and loopback addresses are exempt from the rules for strangers: ids bound to
  /// addresses, and how much a network may send. False where strangers can come from there.
  bool trust_local = true;
  /// Folder of the journal and the node's id (storage nodes). Empty: nothing is kept on disk.
  std::filesystem::path state;
};

/// Lives on the world's loop. Destroying it leaves the table at once (records stay in the journal).
class Node final : public Store {
 public:
  /// `failed`: the port is taken, the state folder cannot be used (the sentence says which).
  /// `conflict`: another process uses the state folder.
  static base::Result<std::unique_ptr<Node>> open(base::World& world, NodeOptions options);
  ~Node() override;

  [[nodiscard]] base::Endpoint local() const;
  /// Adds a way in while running; it is kept alive: when the node has lost everyone, all ways in
  /// are tried again once a second.
  void add_bootstrap(const base::Endpoint& node);
  void set_bootstrap(std::vector<base::Endpoint> nodes);
  /// Completes when some node has answered. `unreachable` after `limit`.
  base::Task<base::Result<void>> connect(base::Duration limit);

  struct Stats {
    std::string id;              ///< its place in the table: 40 hexadecimal digits
    std::size_t records = 0;     ///< held for others (storage)
    std::size_t unwritten = 0;   ///< of these, accepted but not yet on disk: nobody was told
    std::size_t neighbours = 0;  ///< good nodes known
    std::uint64_t dropped = 0;   ///< datagrams the guard refused
    std::uint64_t refused = 0;   ///< values the policy refused
    bool connected = false;      ///< as Store::connected()
    bool alone = false;          ///< was given no way in and met nobody: the first of its network
    bool without_place = false;  ///< strangers do not see it yet: its own address is not known
    std::string damage;          ///< what was wrong with the journal at the start, "" if nothing
    std::string disk_error;      ///< why the journal cannot be written now, "" if it can
    /// How far our clock is ahead of the others' (negative: behind), if so far that it harms.
    std::optional<std::chrono::seconds> clock_ahead;
  };
  [[nodiscard]] Stats stats() const;

  // For those who look after a node. Both know nodes that answer as of now.
  /// The key at which that node is nearer than any other; nothing if it is not known.
  [[nodiscard]] std::optional<Key> place_of(const base::Endpoint& node) const;
  /// Whether `node` itself was seen to hold the record, which was put before. `unreachable`: no
  /// node answered.
  base::Task<base::Result<bool>> holds(base::Endpoint node, Key key, Record record);

  // Store
  [[nodiscard]] const Rules& rules() const override;
  base::Task<base::Result<void>> put(Key key, Record record) override;
  base::Task<base::Result<std::vector<Record>>> get(Key key, OnRecord early = {}) override;
  base::Task<std::vector<base::Result<std::vector<Record>>>> get_many(
      std::vector<Key> keys) override;
  void announce(Key key, Record record) override;
  std::unique_ptr<Watch> watch(Key key, OnRecord changed,
                               Fallback fallback = Fallback::poll) override;
  [[nodiscard]] bool connected() const override;
  [[nodiscard]] base::Instant last_heard() const override;
  [[nodiscard]] std::vector<NodeHealth> nodes() const override;

  struct Impl;  ///< the inside; see src/node_impl.h

 private:
  explicit Node(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace openhash
