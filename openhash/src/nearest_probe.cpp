#include <algorithm>
#include <atomic>

#include "nearest_impl.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using base::Result;

constexpr base::Duration kReadLimit = 2s;
constexpr base::Duration kWriteLimit = 5s;
constexpr base::Duration kWriteEvery = 10min;
constexpr base::Duration kSpreads = 5s;  // what was stored may take so long to be seen by all
constexpr std::chrono::seconds kValidFor = 30min;
constexpr std::ptrdiff_t kEnoughToBlame = 2;

using Sight = Canary::Sight;

bool shows(const Records& records, const Record& wanted) {
  return std::ranges::any_of(records, [&](const Record& record) {
    return record.owner == wanted.owner && record.kind == wanted.kind &&
           record.device_slot() == wanted.device_slot() && record.sequence >= wanted.sequence;
  });
}

}  // namespace

void NearestStore::Impl::probe_due() {
  for (const std::size_t way : preference.due(now())) {
    if (states[way].probing) continue;
    const bool by_write = preference.trouble(way) == Trouble::cannot_write;
    tasks.start(by_write ? probe_by_write(way) : probe_by_read(way));
  }
  for (std::size_t way = 0; way < ways.size(); ++way) {
    const WayState& state = states[way];
    if (state.write_next > now() || state.probing || !preference.well(way)) continue;
    tasks.start(probe_by_write(way));
  }
}

base::Task<void> NearestStore::Impl::probe_by_read(std::size_t way) {
  WayState& state = states[way];
  state.probing = true;
  const bool pays = preference.trouble(way) == Trouble::hides && state.owes;
  const Key key = pays ? state.owes_at : canary.key;
  const base::Instant asked = now();
  auto reading = ways[way].get().get(key);
  const Result<Records> found = co_await base::within(world.clock, kReadLimit, std::move(reading));
  state.probing = false;
  if (!found && found.error() != Errc::refused) {
    in_trouble(way, Trouble::silent);
    co_return;
  }
  preference.answered(way, now(), now() - asked);
  if (!found) co_return;
  if (!pays) {
    judge(way, *found);
  } else if (shows(*found, *state.owes) || !is_current(*state.owes, world.clock.wall())) {
    preference.cleared(way, now());
  } else {
    in_trouble(way, Trouble::hides);
  }
}

/// Who does not show our record hides it, if another than its writer shows it. If several do not,
/// and none but its writer does, he did not store it.
void NearestStore::Impl::judge(std::size_t way, const Records& shown) {
  if (!canary.stored || now() - canary.at < kSpreads) return;
  if (!is_current(*canary.stored, world.clock.wall())) return;
  canary.sights[way] = shows(shown, *canary.stored) ? Sight::shown : Sight::lacking;
  if (canary.sights[way] == Sight::shown) return;
  std::vector<Sight> others = canary.sights;
  others[canary.writer] = Sight::unknown;
  if (std::ranges::count(others, Sight::shown) > 0) {
    hid(way, canary.key, *canary.stored);
  } else if (way == canary.writer || std::ranges::count(others, Sight::lacking) >= kEnoughToBlame) {
    in_trouble(canary.writer, Trouble::cannot_write);
  }
}

base::Task<void> NearestStore::Impl::probe_by_write(std::size_t way) {
  if (canary.writing) co_return;
  WayState& state = states[way];
  canary.writing = state.probing = true;
  state.write_next = now() + kWriteEvery;
  const Record record = co_await next_canary();
  auto putting = ways[way].get().put(canary.key, record);
  const Result<void> stored = co_await base::within(world.clock, kWriteLimit, std::move(putting));
  canary.writing = state.probing = false;
  if (stored) {
    canary.stored = record;
    canary.writer = way;
    canary.at = now();
    canary.sights.assign(ways.size(), Sight::unknown);
  }
  // Refusing this one record, for some quota, is no proof that it stores nothing.
  if (stored || stored.error() == Errc::refused) {
    preference.cleared(way, now());
  } else {
    in_trouble(way, ways[way].get().connected() ? Trouble::cannot_write : Trouble::silent);
  }
}

base::Task<Record> NearestStore::Impl::next_canary() {
  if (!canary.owner) {
    base::Secret seed(32);
    world.entropy.fill(seed.bytes());
    canary.owner.emplace(seed);
    auto search = [rules = rules(), owner = canary.owner->public_key()] {
      const std::atomic<bool> never = false;
      return *find_work(rules, Kind::opaque, "", owner, never);
    };
    canary.work = co_await base::run_on(world.workers, search);
  }
  Record record;
  record.flags = kBlank;
  record.sequence = ++canary.sequence;
  record.issued = world.clock.wall();
  record.valid_for = kValidFor;
  record.work = canary.work;
  sign(record, rules().network, canary.key, *canary.owner);
  co_return record;
}

}  // namespace openhash
