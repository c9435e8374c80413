#pragma once
// OpenHash in memory, for tests of what stands above it: the same rules, no nodes, no engine.
//
//   sim::MemoryTable table(rules);            // the network
//   sim::MemoryStore lisa(world, table);      // one user's way in
//   sim::MemoryStore bart(world, table);
//   lisa.set_reachable(false);                // her line is cut; Bart's is not

#include <cstdint>
#include <map>
#include <vector>

#include "base/world.h"
#include "openhash/store.h"

namespace sim {

class MemoryWatch;

/// What all users of one network have stored. Outlives the stores.
class MemoryTable {
 public:
  explicit MemoryTable(const openhash::Rules& rules) : rules_(rules) {}
  MemoryTable(const MemoryTable&) = delete;
  MemoryTable& operator=(const MemoryTable&) = delete;

  [[nodiscard]] const openhash::Rules& rules() const { return rules_; }

  /// Takes a record as the nodes would. `refused`: it breaks the rules, or has expired. `conflict`:
  /// a newer one of the same owner stands there, or another of the same sequence.
  base::Result<void> take(const openhash::Key& key, const openhash::Record& record,
                          base::WallTime now);
  /// What is valid now, newest of each owner and kind.
  [[nodiscard]] std::vector<openhash::Record> at(const openhash::Key& key,
                                                 base::WallTime now) const;

  /// All nodes forget what stands there, as they do with what was not renewed in time.
  void lose(const openhash::Key& key) { records_.erase(key); }

 private:
  friend class MemoryWatch;

  openhash::Rules rules_;
  std::map<openhash::Key, std::map<std::uint64_t, openhash::Record>> records_;  // by key, by slot
  std::vector<MemoryWatch*> watches_;  // of all stores; not owned
};

/// One user's way into the table. Outlives its watches; `world` and `table` are borrowed.
class MemoryStore final : public openhash::Store {
 public:
  MemoryStore(base::World& world, MemoryTable& table) : world_(world), table_(table) {}

  /// While false, every operation ends with `unreachable` and watches are silent; those look again
  /// when it becomes true.
  void set_reachable(bool reachable);
  /// How long each operation takes, and each push to a watch. Zero at first, which still means: not
  /// inside the call.
  void set_delay(base::Duration delay) { delay_ = delay; }

  [[nodiscard]] const openhash::Rules& rules() const override { return table_.rules(); }
  base::Task<base::Result<void>> put(openhash::Key key, openhash::Record record) override;
  base::Task<base::Result<std::vector<openhash::Record>>> get(
      openhash::Key key, openhash::OnRecord early = {}) override;
  base::Task<std::vector<base::Result<std::vector<openhash::Record>>>> get_many(
      std::vector<openhash::Key> keys) override;
  void announce(openhash::Key key, openhash::Record record) override;
  /// Nothing is ever lost here, so `fallback` makes no difference.
  std::unique_ptr<openhash::Watch> watch(
      openhash::Key key, openhash::OnRecord changed,
      openhash::Fallback fallback = openhash::Fallback::poll) override;
  [[nodiscard]] bool connected() const override { return reachable_; }
  [[nodiscard]] base::Instant last_heard() const override;
  [[nodiscard]] std::vector<openhash::NodeHealth> nodes() const override;

 private:
  friend class MemoryWatch;

  base::Result<std::vector<openhash::Record>> look(const openhash::Key& key) const;
  base::Task<void> put_quietly(openhash::Key key, openhash::Record record);

  base::World& world_;
  MemoryTable& table_;
  base::Duration delay_{0};
  bool reachable_ = true;
  base::Instant cut_at_{};
  base::Tasks announcing_;
};

}  // namespace sim
