#include "testing/memory_store.h"

#include <algorithm>
#include <utility>

namespace sim {

using base::Errc;
using base::fail;
using base::Result;
using base::Task;
using openhash::Key;
using openhash::OnRecord;
using openhash::Record;

/// Remembers what it has given, and looks again each time something changes at its key.
class MemoryWatch final : public openhash::Watch {
 public:
  MemoryWatch(MemoryStore& store, const Key& key, OnRecord changed)
      : store_(store), key_(key), changed_(std::move(changed)) {
    store_.table_.watches_.push_back(this);
    wake();
  }
  ~MemoryWatch() override { std::erase(store_.table_.watches_, this); }
  MemoryWatch(const MemoryWatch&) = delete;
  MemoryWatch& operator=(const MemoryWatch&) = delete;

  void wake() {
    timer_ = store_.world_.clock.call_after(store_.delay_, [this] { look(); });
  }
  static void wake_all(const MemoryTable& table, const Key& key) {
    for (MemoryWatch* watch : table.watches_) {
      if (watch->key_ == key) watch->wake();
    }
  }
  static void wake_all(const MemoryStore& store) {
    for (MemoryWatch* watch : store.table_.watches_) {
      if (&watch->store_ == &store) watch->wake();
    }
  }

 private:
  void look() {
    const auto found = store_.look(key_);
    if (!found) return;
    const std::weak_ptr<int> alive = alive_;
    const OnRecord changed = changed_;  // Called back, the owner may destroy this watch.
    for (const Record& record : *found) {
      if (alive.expired()) return;
      if (is_news(record)) changed(record);
    }
  }

  bool is_news(const Record& record) {
    const auto [given, is_first] = given_.try_emplace({record.owner, record.kind}, record.sequence);
    if (!is_first && record.sequence <= given->second) return false;
    given->second = record.sequence;
    return true;
  }

  MemoryStore& store_;
  Key key_;
  OnRecord changed_;
  std::map<std::pair<openhash::PublicKey, openhash::Kind>, std::uint64_t> given_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();
  base::Timer timer_;
};

Result<void> MemoryTable::take(const Key& key, const Record& record, base::WallTime now) {
  const auto opened = openhash::open_record(rules_, key, openhash::encode(record), now);
  if (!opened) return fail(Errc::refused, opened.error().message());
  if (!openhash::is_current(record, now)) return fail(Errc::refused, "it has expired");
  // A notice is there to wake watches; here they wake by themselves.
  if (record.kind == openhash::Kind::notice) return {};

  const auto [held, is_first] =
      records_[key].try_emplace(openhash::slot_of(record, rules_.network), record);
  if (!is_first) {
    if (held->second == record) return {};
    if (!openhash::supersedes(record, held->second)) {
      return fail(Errc::conflict, "its owner has put a newer one there");
    }
    held->second = record;
  }
  MemoryWatch::wake_all(*this, key);
  return {};
}

std::vector<Record> MemoryTable::at(const Key& key, base::WallTime now) const {
  std::vector<Record> current;
  const auto place = records_.find(key);
  if (place == records_.end()) return current;
  for (const auto& [slot, record] : place->second) {
    if (openhash::is_current(record, now)) current.push_back(record);
  }
  return current;
}

void MemoryStore::set_reachable(bool reachable) {
  const bool was_reachable = std::exchange(reachable_, reachable);
  if (!reachable && was_reachable) cut_at_ = world_.clock.now();
  if (reachable && !was_reachable) MemoryWatch::wake_all(*this);
}

base::Instant MemoryStore::last_heard() const { return reachable_ ? world_.clock.now() : cut_at_; }

Task<Result<void>> MemoryStore::put(Key key, Record record) {
  co_await base::sleep_for(world_.clock, delay_);
  if (!reachable_) co_return fail(Errc::unreachable, "no storage node answers");
  co_return table_.take(key, record, world_.clock.wall());
}

Task<Result<std::vector<Record>>> MemoryStore::get(Key key, OnRecord early) {
  co_await base::sleep_for(world_.clock, delay_);
  Result<std::vector<Record>> found = look(key);
  if (found && early) {
    for (const Record& record : *found) early(record);
  }
  co_return found;
}

Task<std::vector<Result<std::vector<Record>>>> MemoryStore::get_many(std::vector<Key> keys) {
  co_await base::sleep_for(world_.clock, delay_);
  std::vector<Result<std::vector<Record>>> answers;
  answers.reserve(keys.size());
  for (const Key& key : keys) answers.push_back(look(key));
  co_return answers;
}

void MemoryStore::announce(Key key, Record record) {
  announcing_.start(put_quietly(key, std::move(record)));
}

Task<void> MemoryStore::put_quietly(Key key, Record record) {
  const Result<void> taken = co_await put(key, std::move(record));
  if (!taken) world_.log.debug("announcement not taken: " + taken.error().message());
}

std::unique_ptr<openhash::Watch> MemoryStore::watch(Key key, OnRecord changed,
                                                    openhash::Fallback /*fallback*/) {
  return std::make_unique<MemoryWatch>(*this, key, std::move(changed));
}

std::vector<openhash::NodeHealth> MemoryStore::nodes() const {
  return {{.endpoint = "memory", .answering = reachable_, .latency = delay_}};
}

Result<std::vector<Record>> MemoryStore::look(const Key& key) const {
  if (!reachable_) return fail(Errc::unreachable, "no storage node answers");
  return table_.at(key, world_.clock.wall());
}

}  // namespace sim
