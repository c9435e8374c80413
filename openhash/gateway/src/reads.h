#pragma once
// Reads of the store for many: few at once, each visitor in turn. A key is read by one look at a
// time: who asks meanwhile shares it, or the one that follows. So the more ask, the more they
// share.

#include <deque>
#include <list>
#include <map>
#include <memory>

#include "base/world.h"
#include "gateway/counters.h"
#include "gateway/server.h"
#include "visitors.h"

namespace openhash::gateway {

/// Outlives the tasks it gives out.
class Reads {
 public:
  using Found = base::Result<std::vector<Record>>;

  Reads(base::World& world, Store& store, const ServerLimits& limits)
      : world_(world), store_(store), limits_(limits) {}

  /// As Store::get. `unreachable` also if too many wait already.
  base::Task<Found> get(const Visitor* who, Key key, OnRecord early);
  /// The key was written: who asks from now on must see that, so no read that runs is good enough.
  void wrote(const Key& key);

  void count(Counters& counters) const;

 private:
  struct Reader;
  struct Read;
  using ReadPointer = std::shared_ptr<Read>;

  ReadPointer join(const Visitor* who, const Key& key);
  void wait_in_line(const ReadPointer& read);
  void forget(const Read& read);
  void start_some();
  ReadPointer next();
  base::Task<void> run(ReadPointer read);
  void finish(const ReadPointer& read, const Found& found);

  base::World& world_;
  Store& store_;
  const ServerLimits& limits_;
  std::map<Key, ReadPointer> by_key_;  // waiting or running; who follows is known to them
  /// Waiting, by visitor; the visitors take turns from front to back.
  std::list<std::pair<const Visitor*, std::deque<ReadPointer>>> waiting_;
  std::size_t waiting_count_ = 0;
  std::size_t running_count_ = 0;
  std::uint64_t asked_ = 0;
  std::uint64_t joined_ = 0;
  Latencies latencies_;
  std::shared_ptr<Reads*> alive_ = std::make_shared<Reads*>(this);
  base::Tasks running_;
};

}  // namespace openhash::gateway
