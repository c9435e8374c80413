#include <algorithm>
#include <map>

#include "neighbourhood.h"
#include "node_impl.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using base::fail;

constexpr base::Duration kPutLimit = 20s;
constexpr base::Duration kOfferLimit = 1s;  // for the nodes to acknowledge; then it is read back
constexpr base::Duration kAskLimit = 5s;
constexpr base::Duration kAgain = 1s;
constexpr int kRoundsToBeSure = 3;  // in which nobody kept it, before our clock is blamed
constexpr std::size_t kEnough = 5;  // of the eight nearest (security.md, section 1, rule 3)
// To show what it was given: the network may lose an answer.
constexpr int kChances = 3;
// Of the eight nearest, who must show that it was there to be kept.
constexpr std::size_t kWitnesses = 2;

/// An own put: counts holders, and takes the offer back when it goes.
class Offer {
 public:
  Offer(Engine& engine, bool client, const Key& key, const Value& value)
      : engine_(engine), client_(client), key_(key), value_(value), count_(value.id, value.record) {
    engine_.witness().add(count_);
  }
  ~Offer() {
    engine_.witness().remove(count_);
    if (client_) engine_.cancel_put(key_, value_.id);
  }
  Offer(const Offer&) = delete;
  Offer& operator=(const Offer&) = delete;

  [[nodiscard]] HolderCount& count() { return count_; }

 private:
  Engine& engine_;
  bool client_;
  Key key_;
  Value value_;
  HolderCount count_;
};

/// Those who say that they stored our record, and have nothing to show whenever they are asked.
/// Like nodes that are gone, they do not count among the eight nearest, and what they should hold
/// goes to the next. But only while others of the eight do show it: else they are not to blame, or
/// there is nobody there but their like, and then nothing is known.
class EmptyHanded {
 public:
  EmptyHanded(Engine& engine, const Key& key) : engine_(engine), key_(key) {}

  /// After a round of asking.
  void note(const HolderCount& holders, const std::vector<Contact>& nearest) {
    const auto shows = [&](const Contact& contact) { return holders.has(contact.endpoint); };
    const auto witnesses = static_cast<std::size_t>(std::ranges::count_if(nearest, shows));
    for (const Contact& contact : nearest) {
      if (shows(contact) || ++times_[contact.endpoint] < kChances) continue;
      if (witnesses < kWitnesses) continue;
      passed_over_[contact.endpoint] = engine_.pass_over(contact.endpoint, key_);
    }
  }

 private:
  Engine& engine_;
  Key key_;
  std::map<base::Endpoint, int> times_;
  std::map<base::Endpoint, Operation> passed_over_;
};

/// Whether enough of the nodes nearest to the key hold it. `known`: nodes that are there, whether
/// or not they answered this time; those who were not heard are no holders. `own`: this node stored
/// it as well, and counts if it is one of the nearest.
bool held_by_enough(const HolderCount& count, const Key& key, const std::vector<Contact>& nearest,
                    std::size_t known, const NodeId* own) {
  std::size_t nodes = std::max(nearest.size(), std::min(known, kReplicas));
  auto holders = static_cast<std::size_t>(std::ranges::count_if(
      nearest, [&](const Contact& contact) { return count.has(contact.endpoint); }));
  const bool own_counts =
      own != nullptr && (nearest.size() < kReplicas || nearer(key, *own, nearest.back().id));
  if (own_counts) {
    nodes = std::min(nodes + 1, kReplicas);
    ++holders;
  }
  return nodes > 0 && holders >= std::min(kEnough, nodes / 2 + 1);
}

/// Whether so many hold it that those who have not answered yet cannot change it: the engine waits
/// a second for each that hangs. Holders are who the offer found nearest, so they need no list.
bool held_by_enough_already(const HolderCount& count, std::size_t known, bool own) {
  const bool own_counts = own && known < kReplicas;
  const std::size_t nodes = std::min(known + (own_counts ? 1 : 0), kReplicas);
  return count.size() + (own_counts ? 1 : 0) >= std::min(kEnough, nodes / 2 + 1);
}

/// Whether a node holds something in our record's place that ours cannot replace.
bool is_overtaken(const Newest& newest, std::uint64_t id, const Record& ours) {
  const Record* const theirs = newest.find(id);
  return theirs != nullptr && theirs->sequence >= ours.sequence && !(*theirs == ours);
}

base::Result<void> check_own(const Rules& rules, const Key& key, const Record& record,
                             base::WallTime now) {
  if (record.body.size() > kMaxBody || record.name.size() > kMaxName) {
    return fail(Errc::too_large, "the record is too large to be stored");
  }
  const base::Result<Record> sound = open_record(rules, key, encode(record), now);
  if (!sound) return fail(Errc::refused, sound.error().message());
  if (!is_current(*sound, now)) return fail(Errc::refused, "the record is no longer valid");
  return {};
}

base::Error overtaken() {
  return fail(Errc::conflict, "a newer record of the same owner is stored already");
}

/// Offers the value; ends when the nodes have acknowledged it, which says nothing about whether
/// they took it.
base::Task<bool> offer(Engine& engine, base::Clock& clock, Key key, Value value) {
  base::Completion<bool> ended;
  const Operation operation = engine.put(key, value, [&ended] { ended.set(true); });
  const base::Timer timer = clock.call_after(kOfferLimit, [&ended] { ended.set(false); });
  co_return co_await ended;
}

}  // namespace

base::Task<base::Result<void>> Node::Impl::put(Key key, Record record) {
  if (auto own = check_own(options.rules, key, record, world.clock.wall()); !own) co_return own;
  const Value value = to_value(record, options.rules.network);
  if (storage && storage->take(key, value) == Shelf::Answer::refused) {
    const Shelf::Held* const held = storage->shelf().find(key, value.id);
    if (held != nullptr) co_return overtaken();
    co_return fail(Errc::refused, "the nodes take no more owners at this key");
  }
  if (storage) {
    const auto written = co_await storage->written();
    if (!written) co_return written.error();
  }
  Offer ours(*engine, !storage, key, value);
  EmptyHanded empty_handed(*engine, key);
  const NodeId* const own_id = storage ? &engine->id() : nullptr;
  const base::Instant end = world.clock.now() + kPutLimit;
  Newest newest(options.rules, key);
  const Engine::OnValue on_value = [&](base::ByteView bytes) { (void)take_in(newest, key, bytes); };
  const std::function<bool()> enough = [&] {
    return held_by_enough_already(ours.count(), engine->good_nodes().size(), own_id != nullptr);
  };
  for (int round = 1; world.clock.now() < end; ++round) {
    const base::Instant again = world.clock.now() + kAgain;
    co_await offer(*engine, world.clock, key, value);
    const Asked asked = co_await ask(key, on_value, kAskLimit, &ours.count(), enough);
    if (is_overtaken(newest, value.id, record)) co_return overtaken();
    const bool reached = asked.reached || alone();
    const std::size_t known = engine->good_nodes().size();
    if (asked.enough ||
        (reached && held_by_enough(ours.count(), key, asked.nearest, known, own_id))) {
      clocks.was_believed();
      co_return base::Result<void>();
    }
    empty_handed.note(ours.count(), asked.nearest);
    const auto ahead = clocks.ahead(world.clock.wall(), world.clock.now());
    if (ahead && reached && round >= kRoundsToBeSure && ours.count().none()) {
      co_return fail(Errc::refused, clock_is_wrong(*ahead));
    }
    const base::Duration rest = again - world.clock.now();
    if (rest > 0ns) co_await base::sleep_for(world.clock, rest);
  }
  co_return fail(Errc::unreachable,
                 "too few nodes were seen to hold the record; whether one does is not known");
}

}  // namespace openhash
