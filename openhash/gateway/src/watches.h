#pragma once
// Watches of the store for many: all who watch a key share one. The store pushes; what a push
// missed is read, by a plan that bounds what all keys together cost.

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "gateway/counters.h"
#include "gateway/server.h"
#include "reads.h"

namespace openhash::gateway {

/// Outlives the subscriptions it gives out.
class Watches {
 public:
  /// `news`: the record, as news_text() says it. May end subscriptions, its own too.
  using OnNews = std::function<void(const std::string& news)>;

  Watches(base::World& world, Store& store, Reads& reads, const ServerLimits& limits)
      : world_(world), store_(store), reads_(reads), limits_(limits) {
    poll();
  }

  /// Ends the watch when destroyed.
  class Subscription;
  /// Tells what is known of the key at once (by post), then what comes. Null if too many keys are
  /// watched already.
  std::unique_ptr<Subscription> watch(const Key& key, OnNews on_news);
  /// A record was stored through this gateway: those who watch hear it without the store's help.
  void stored(const Key& key, const Record& record) { tell(key, record); }

  void count(Counters& counters) const;

 private:
  struct Shared;

  void tell(const Key& key, const Record& record);
  void leave(const Key& key, Subscription& subscription);
  void poll();
  base::Task<void> read(Key key);

  base::World& world_;
  Store& store_;
  Reads& reads_;
  const ServerLimits& limits_;
  std::map<Key, std::shared_ptr<Shared>> by_key_;
  Key polled_;  // the last one; those behind it are next
  std::size_t watches_ = 0;
  std::uint64_t pushes_ = 0;
  std::vector<std::unique_ptr<Watch>> ended_;  // nobody watches any more; gone when the loop runs
  base::Timer clear_timer_;
  base::Timer timer_;
  base::Tasks tasks_;
};

class Watches::Subscription {
 public:
  Subscription(Watches& watches, const Key& key, std::shared_ptr<Shared> shared, OnNews on_news);
  ~Subscription();
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;

 private:
  friend struct Watches::Shared;
  friend class Watches;
  Watches& watches_;
  Key key_;
  std::shared_ptr<Shared> shared_;
  OnNews on_news_;
  std::shared_ptr<Subscription*> alive_ = std::make_shared<Subscription*>(this);
};

}  // namespace openhash::gateway
