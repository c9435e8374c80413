#include "watches.h"

#include "gateway/wire.h"

namespace openhash::gateway {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration kBeat = 1s;
constexpr base::Duration kPoll = 60s;
constexpr base::Duration kRetry = 5s;  // after a read that reached nobody

}  // namespace

struct Watches::Shared {
  explicit Shared(const Key& the_key) : key(the_key) {}

  /// What was handed on last in a place. Once it is over it bars only itself: it may have been
  /// signed by a clock that was ahead.
  struct Last {
    Record record;
    base::Instant over{};
  };

  Key key;
  std::unique_ptr<Watch> watch;
  std::map<std::uint64_t, Last> last;  // by value id
  std::set<Subscription*> subscriptions;
  base::Instant due{};  // to be read

  /// True if it is news: the store's word and our own puts may come in any order.
  bool learn(const Record& record, std::uint32_t network, base::Instant now) {
    const Last news{record, now + record.valid_for};
    const auto [known, first] = last.try_emplace(slot_of(record, network), news);
    if (first) return true;
    const std::uint64_t before = known->second.record.sequence;
    if (record.sequence == before || (record.sequence < before && now < known->second.over)) {
      return false;
    }
    known->second = news;
    return true;
  }
};

Watches::Subscription::Subscription(Watches& watches, const Key& key,
                                    std::shared_ptr<Shared> shared, OnNews on_news)
    : watches_(watches), key_(key), shared_(std::move(shared)), on_news_(std::move(on_news)) {
  shared_->subscriptions.insert(this);
  ++watches_.watches_;
}

Watches::Subscription::~Subscription() { watches_.leave(key_, *this); }

std::unique_ptr<Watches::Subscription> Watches::watch(const Key& key, OnNews on_news) {
  auto& shared = by_key_[key];
  if (!shared) {
    if (by_key_.size() > limits_.watched_keys) {
      by_key_.erase(key);
      return nullptr;
    }
    shared = std::make_shared<Shared>(key);
    const auto on_record = [this, key](const Record& record) { tell(key, record); };
    shared->watch = store_.watch(key, on_record, Fallback::none);
    shared->due = world_.clock.now() + kPoll;
    tasks_.start(read(key));
  }
  auto subscription = std::make_unique<Subscription>(*this, key, shared, std::move(on_news));
  if (shared->last.empty()) return subscription;
  world_.clock.post([weak = std::weak_ptr(subscription->alive_), this] {
    if (weak.expired()) return;
    const std::shared_ptr<Shared> watched = (*weak.lock())->shared_;
    std::vector<Record> known;
    for (const auto& [id, last] : watched->last) known.push_back(last.record);
    for (const Record& record : known) {
      const auto alive = weak.lock();
      if (!alive) return;
      if (!is_current(record, world_.clock.wall())) continue;
      ++pushes_;
      (*alive)->on_news_(news_text(watched->key, record));
    }
  });
  return subscription;
}

void Watches::tell(const Key& key, const Record& record) {
  const auto there = by_key_.find(key);
  if (there == by_key_.end()) return;
  const std::shared_ptr<Shared> shared = there->second;
  if (!shared->learn(record, store_.rules().network, world_.clock.now())) return;
  const std::string news = news_text(key, record);
  std::vector<std::weak_ptr<Subscription*>> told;
  for (Subscription* const one : shared->subscriptions) told.emplace_back(one->alive_);
  for (const auto& weak : told) {
    const auto alive = weak.lock();
    if (!alive) continue;
    ++pushes_;
    (*alive)->on_news_(news);
  }
}

/// A few keys each second, each once a minute at most: with many keys, less often.
void Watches::poll() {
  timer_ = world_.clock.call_after(kBeat, [this] { poll(); });
  const base::Instant now = world_.clock.now();
  std::size_t left = limits_.polls_per_second;
  auto next = by_key_.upper_bound(polled_);
  for (std::size_t i = by_key_.size(); i > 0 && left > 0; --i) {
    if (next == by_key_.end()) next = by_key_.begin();
    polled_ = next->first;
    const std::shared_ptr<Shared> shared = next->second;
    ++next;
    if (now < shared->due) continue;
    shared->due = now + kPoll;
    --left;
    tasks_.start(read(polled_));
  }
}

base::Task<void> Watches::read(Key key) {
  const OnRecord early = [this, key](const Record& record) { tell(key, record); };
  const Reads::Found found = co_await reads_.get(nullptr, key, early);
  if (found) co_return;
  const auto there = by_key_.find(key);
  if (there != by_key_.end()) there->second->due = world_.clock.now() + kRetry;
}

void Watches::leave(const Key& key, Subscription& subscription) {
  --watches_;
  const std::shared_ptr<Shared> shared = subscription.shared_;
  shared->subscriptions.erase(&subscription);
  if (!shared->subscriptions.empty()) return;
  by_key_.erase(key);
  // Not here: this may be within the watch's own call. Nor by post, which may outlive the store.
  ended_.push_back(std::move(shared->watch));
  clear_timer_ = world_.clock.call_after(0ns, [this] { ended_.clear(); });
}

void Watches::count(Counters& counters) const {
  counters.watches = watches_;
  counters.watched_keys = by_key_.size();
  counters.pushes = pushes_;
}

}  // namespace openhash::gateway
