#include "openhash/nearest_store.h"

#include <algorithm>

#include "nearest_impl.h"
#include "nearest_watch.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration kBeat = 500ms;
constexpr base::Duration kFirstWrite = 20s;  // a program that reads once and goes writes nothing

const char* in_words(Trouble trouble) {
  switch (trouble) {
    case Trouble::none:
      return "";
    case Trouble::silent:
      return "does not answer";
    case Trouble::hides:
      return "hides records that others show";
    case Trouble::cannot_write:
      return "stores nothing";
  }
  return "";
}

}  // namespace

NearestStore::Impl::Impl(base::World& the_world,
                         std::vector<std::reference_wrapper<Store>> the_ways)
    : world(the_world),
      ways(std::move(the_ways)),
      preference(ways.size()),
      seen(rules().network),
      states(ways.size()) {
  world.entropy.fill(canary.key.bytes);
  for (WayState& state : states) state.write_next = now() + kFirstWrite;
  if (!single()) beat_timer = world.clock.call_after(0ns, [this] { beat(); });
}

NearestStore::Impl::~Impl() = default;

void NearestStore::Impl::beat() {
  for (std::size_t way = 0; way < ways.size(); ++way) {
    if (preference.well(way) && !ways[way].get().connected()) in_trouble(way, Trouble::silent);
  }
  std::erase_if(lingering, [this](const Lingering& puts) { return puts.until <= now(); });
  probe_due();
  move_watches();
  beat_timer = world.clock.call_after(kBeat, [this] { beat(); });
}

void NearestStore::Impl::in_trouble(std::size_t way, Trouble why) {
  if (preference.trouble(way) != why) {
    const auto nodes = ways[way].get().nodes();
    const std::string name = nodes.empty() ? std::to_string(way) : nodes.front().endpoint;
    world.log.info("node " + name + " " + in_words(why));
  }
  preference.troubled(way, now(), why);
}

void NearestStore::Impl::hid(std::size_t way, const Key& key, const Record& record) {
  states[way].owes = record;
  states[way].owes_at = key;
  in_trouble(way, Trouble::hides);
}

NearestStore::NearestStore(base::World& world, std::vector<std::reference_wrapper<Store>> ways)
    : impl_(std::make_unique<Impl>(world, std::move(ways))) {}
NearestStore::~NearestStore() = default;

const Rules& NearestStore::rules() const { return impl_->rules(); }

base::Task<base::Result<void>> NearestStore::put(Key key, Record record) {
  if (impl_->single()) return impl_->ways.front().get().put(key, std::move(record));
  return impl_->put(key, std::move(record));
}

base::Task<base::Result<std::vector<Record>>> NearestStore::get(Key key, OnRecord early) {
  if (impl_->single()) return impl_->ways.front().get().get(key, std::move(early));
  return impl_->get(key, std::move(early));
}

base::Task<std::vector<base::Result<std::vector<Record>>>> NearestStore::get_many(
    std::vector<Key> keys) {
  if (impl_->single()) return impl_->ways.front().get().get_many(std::move(keys));
  return impl_->read(std::move(keys), {});
}

void NearestStore::announce(Key key, Record record) {
  const std::vector<std::size_t> order = impl_->preference.order();
  for (std::size_t i = 0; i < std::min<std::size_t>(order.size(), 2); ++i) {
    impl_->ways[order[i]].get().announce(key, record);
  }
}

std::unique_ptr<Watch> NearestStore::watch(Key key, OnRecord changed, Fallback fallback) {
  if (impl_->single()) {
    return impl_->ways.front().get().watch(key, std::move(changed), fallback);
  }
  return std::make_unique<NearestWatch>(*impl_, key, std::move(changed), fallback);
}

bool NearestStore::connected() const {
  return std::ranges::any_of(impl_->ways, [](const Store& way) { return way.connected(); });
}

base::Instant NearestStore::last_heard() const {
  base::Instant last = base::Instant::min();
  for (const Store& way : impl_->ways) last = std::max(last, way.last_heard());
  return last;
}

std::vector<NodeHealth> NearestStore::nodes() const {
  std::vector<NodeHealth> nodes;
  for (const std::size_t way : impl_->preference.order()) {
    const Trouble trouble = impl_->preference.trouble(way);
    for (NodeHealth& node : impl_->ways[way].get().nodes()) {
      if (trouble != Trouble::none) {
        node.answering = false;
        if (node.trouble.empty()) node.trouble = in_words(trouble);
      }
      nodes.push_back(std::move(node));
    }
  }
  return nodes;
}

}  // namespace openhash
