#include <algorithm>

#include "nearest_impl.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using base::fail;
using base::Result;

constexpr std::size_t kAtOnce = 2;
constexpr base::Duration kHedge = 500ms;  // nobody has acknowledged: one more is tried
constexpr base::Duration kGrace = 500ms;  // for the second acknowledgement
constexpr base::Duration kLimit = 25s;    // beyond what any way takes to give up

}  // namespace

/// One put to one way; what it says of the way is noted even if nobody waits for it any more.
base::Task<Result<void>> NearestStore::Impl::put_at(std::size_t way, Key key, Record record) {
  Store& store = ways[way];
  Result<void> stored = co_await store.put(key, std::move(record));
  const bool answered = stored || stored.error() == Errc::conflict ||
                        stored.error() == Errc::refused || stored.error() == Errc::too_large;
  if (!answered) in_trouble(way, store.connected() ? Trouble::cannot_write : Trouble::silent);
  co_return stored;
}

base::Task<Result<bool>> NearestStore::Impl::is_overtaken(Key key, Record record) {
  const Result<Records> found = co_await get(key, {});
  if (!found) co_return found.error();
  const std::uint64_t id = slot_of(record, rules().network);
  co_return std::ranges::any_of(*found, [&](const Record& theirs) {
    return slot_of(theirs, rules().network) == id && theirs.sequence >= record.sequence &&
           !(theirs == record);
  });
}

base::Task<Result<void>> NearestStore::Impl::put(Key key, Record record) {
  const std::vector<std::size_t> order = preference.order();
  auto puts = std::make_unique<PutArrivals>(world.clock);
  std::vector<bool> ended(ways.size());
  std::size_t next = 0;
  std::size_t stored = 0;
  std::optional<base::Error> refusal;
  base::Error error = fail(Errc::unreachable, "no node stored the record");
  for (std::size_t wanted = kAtOnce; stored < kAtOnce;) {
    for (; next < std::min(wanted, order.size()); ++next)
      puts->start(order[next], put_at(order[next], key, record));
    if (puts->running() == 0 && next == order.size()) break;
    const base::Duration hedge = next < order.size() ? kHedge : kLimit;
    auto arrival = co_await puts->next(stored > 0 ? kGrace : hedge);
    if (!arrival && (stored > 0 || next == order.size())) break;
    if (!arrival || !arrival->result) ++wanted;
    if (!arrival) continue;
    ended[arrival->from] = true;
    if (arrival->result) {
      ++stored;
    } else if (arrival->result.error() == Errc::conflict) {
      const Result<bool> proven = co_await is_overtaken(key, record);
      if (proven && *proven) co_return arrival->result;
      if (proven) in_trouble(arrival->from, Trouble::cannot_write);
    } else if (arrival->result.error() == Errc::refused) {
      refusal = arrival->result.error();
    } else {
      error = arrival->result.error();
    }
  }
  if (stored == 0) co_return refusal ? *refusal : error;
  seen.note(key, record, now());
  for (std::size_t i = 0; i < next; ++i) {
    if (!ended[order[i]]) preference.overtaken(order[i], now());
  }
  if (puts->running() > 0) lingering.push_back({std::move(puts), now() + kLimit});
  co_return Result<void>();
}

}  // namespace openhash
