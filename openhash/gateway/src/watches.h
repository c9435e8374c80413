#pragma once
// Watches of the store for many: all who watch a key share one.

#include <functional>
#include <map>
#include <memory>
#include <set>

#include "gateway/counters.h"
#include "gateway/server.h"

namespace openhash::gateway {

/// Outlives the subscriptions it gives out.
class Watches {
 public:
  /// `news`: the record, as news_text() says it. May end subscriptions, its own too.
  using OnNews = std::function<void(const std::string& news)>;

  Watches(base::World& world, Store& store, const ServerLimits& limits)
      : world_(world), store_(store), limits_(limits) {}

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

  base::World& world_;
  Store& store_;
  const ServerLimits& limits_;
  std::map<Key, std::shared_ptr<Shared>> by_key_;
  std::size_t watches_ = 0;
  std::uint64_t pushes_ = 0;
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
