#include "nearest_watch.h"

#include <algorithm>

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kStands = 2;
constexpr base::Duration kSpread = 2s;  // so that many watches that move do not all read at once
constexpr base::Duration kAgain = 1s;   // after a read that reached nobody

}  // namespace

NearestWatch::NearestWatch(NearestStore::Impl& store, const Key& key, OnRecord changed,
                           Fallback fallback)
    : store_(store),
      key_(key),
      changed_(std::move(changed)),
      fallback_(fallback),
      news_(store.rules().network) {
  store_.watches.push_back(this);
  move();
}

NearestWatch::~NearestWatch() { store_.watches.remove(this); }

bool NearestWatch::stands_at(std::size_t way) const {
  return std::ranges::find(stands_, way, &Stand::way) != stands_.end();
}

/// The chosen way and another that is well, if possible where it stands already; all, if there are
/// no two that are well.
std::vector<std::size_t> NearestWatch::wanted() const {
  std::vector<std::size_t> order = store_.preference.order();
  std::stable_partition(order.begin() + 1, order.end(), [this](std::size_t way) {
    return store_.preference.well(way) && stands_at(way);
  });
  if (store_.preference.well(order[0]) && store_.preference.well(order[1])) order.resize(kStands);
  return order;
}

void NearestWatch::move() {
  const std::vector<std::size_t> ways = wanted();
  const bool moves = !stands_.empty();
  std::erase_if(stands_, [&](const Stand& stand) {
    return std::ranges::find(ways, stand.way) == ways.end();
  });
  const std::size_t kept = stands_.size();
  for (const std::size_t way : ways) {
    if (stands_at(way)) continue;
    const OnRecord pushed = [this](const Record& record) { give(record); };
    stands_.push_back({way, store_.ways[way].get().watch(key_, pushed, fallback_)});
  }
  if (!moves || kept == stands_.size()) return;
  const auto spread = static_cast<base::Duration::rep>(store_.world.entropy.fraction() *
                                                       static_cast<double>(kSpread.count()));
  catch_up_after(kept > 0 ? base::Duration(spread) : 0ns);
}

void NearestWatch::catch_up_after(base::Duration pause) {
  timer_ = store_.world.clock.call_after(pause, [this] { tasks_.start(catch_up()); });
}

/// What came while the watch moved was perhaps pushed to nobody.
base::Task<void> NearestWatch::catch_up() {
  const base::Result<Records> found = co_await store_.get(key_, {});
  if (!found) {
    catch_up_after(kAgain);
    co_return;
  }
  for (const Record& record : *found) give(record);
}

/// Posted, since the callback may end us.
void NearestWatch::give(const Record& record) {
  const base::Instant now = store_.now();
  if (!news_.take(record, now)) return;
  store_.seen.note(key_, record, now);
  store_.world.clock.post([weak = std::weak_ptr(alive_), record] {
    if (const auto self = weak.lock()) {
      const OnRecord changed = (*self)->changed_;  // outlives the watch, should that end now
      changed(record);
    }
  });
}

void NearestStore::Impl::move_watches() {
  for (NearestWatch* const watch : watches) watch->move();
}

}  // namespace openhash
