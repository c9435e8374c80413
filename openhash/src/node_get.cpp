#include "node_impl.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using base::fail;

constexpr base::Duration kNobody = 5s;    // without any answer: unreachable
constexpr base::Duration kAskLimit = 5s;  // the engine asks a silent node for 7 to 10
constexpr base::Duration kUnsettledLimit = 1s;
constexpr base::Duration kAgain = 100ms;

}  // namespace

base::Task<Asked> Node::Impl::ask(Key key, Engine::OnValue on_value, base::Duration limit,
                                  HolderCount* count, std::function<bool()> enough) {
  base::Completion<Asked> ended;
  const auto look = [&ended, &enough] {
    if (enough()) ended.set({.reached = true, .enough = true, .nearest = {}});
  };
  const Engine::OnDone on_done = [&ended](bool reached, const auto& nearest) {
    ended.set({reached, false, nearest});
  };
  if (storage) storage->wanted(key);
  const Operation operation = engine->get(key, std::move(on_value), on_done);
  const base::Timer timer = world.clock.call_after(limit, [&ended] { ended.set({}); });
  if (count == nullptr) co_return co_await ended;
  // Not after each value: the engine shows one that this node holds, too, only once.
  count->watch(look);
  look();
  const Asked asked = co_await ended;
  count->watch({});
  co_return asked;
}

const Record* Node::Impl::take_in(Newest& newest, const Key& key, base::ByteView bytes) {
  const base::WallTime wall = world.clock.wall();
  clocks.saw(options.rules, key, bytes, wall, world.clock.now());
  return newest.add(bytes, wall);
}

base::Task<base::Result<std::vector<Record>>> Node::Impl::get(Key key, OnRecord early) {
  Newest newest(options.rules, key);
  bool answered = false;
  const Engine::OnValue on_value = [&](base::ByteView bytes) {
    answered = true;
    const Record* const record = take_in(newest, key, bytes);
    if (record != nullptr && early) early(*record);
  };
  const base::Instant end = world.clock.now() + kNobody;
  for (;;) {
    const bool unsettled = engine->unsettled(key) && !alone();
    const base::Duration limit = unsettled ? kUnsettledLimit : kAskLimit;
    const Asked asked = co_await ask(key, on_value, limit);
    // A few silent nodes may keep the engine from ending; what the others said is good.
    const bool reached = asked.reached || alone();
    if (answered || (reached && !unsettled)) {
      const auto ahead = clocks.ahead(world.clock.wall(), world.clock.now());
      if (answered && ahead && newest.empty())
        co_return fail(Errc::refused, clock_is_wrong(*ahead));
      co_return newest.all();
    }
    if (world.clock.now() >= end) {
      co_return fail(Errc::unreachable, "no node answered: is the network there?");
    }
    co_await base::sleep_for(world.clock, kAgain);
  }
}

}  // namespace openhash
