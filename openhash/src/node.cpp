#include "openhash/node.h"

#include "base/gather.h"
#include "node_impl.h"
#include "openhash/guard.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using base::fail;

constexpr base::Duration kBeat = 1s;
constexpr base::Duration kLook = 20ms;  // between two looks whether someone has answered
constexpr base::Duration kFirstJoin = 1s;  // until it asks again, and twice as long each time
constexpr base::Duration kLastJoin = 64s;
constexpr std::size_t kMostGreetings = 256;
constexpr std::size_t kReadsAtOnce = 64;

}  // namespace

Value to_value(const Record& record, std::uint32_t network) {
  return {slot_of(record, network),
          static_cast<std::uint16_t>(kValueTypes + static_cast<int>(record.kind)), encode(record)};
}

base::Result<void> Node::Impl::start() {
  if (!options.state.empty()) {
    auto opened = StateFolder::open(options.state);
    if (!opened) return opened.error();
    folder.emplace(std::move(*opened));
  }
  const EngineOptions engine_options{options.role, options.rules.network, first_id(),
                                     options.listen, options.trust_local};
  if (options.role == Role::storage) {
    storage = Storage::open(world, options.rules, folder ? &*folder : nullptr);
  }
  auto opened = Engine::open(world, engine_options, storage.get());
  if (!opened) return opened.error();
  engine = std::move(*opened);
  if (storage) storage->attach(*engine);
  ways.set(options.bootstrap);
  beat();
  return {};
}

void Node::Impl::beat() {
  look_around();
  if (storage) mind_address();
  greet_due();
  if (storage) storage->tick();
  was_connected = connected();
  heartbeat = world.clock.call_after(kBeat, [this] { beat(); });
}

/// Remembers who is there. While there are more every time, asks for its own place in the table,
/// which makes it known to its neighbours and them to it. A storage node with few neighbours asks
/// now and then: when all start at once, whoever they ask first knows nobody yet.
void Node::Impl::look_around() {
  const base::Instant now = world.clock.now();
  const std::vector<Contact> nodes = engine->good_nodes();
  for (const Contact& contact : nodes) ways.met(contact.endpoint, now);
  const bool more = nodes.size() > neighbours;
  const bool few = !nodes.empty() && nodes.size() < kReplicas && storage && now >= join_again;
  if (more || few) {
    joining = engine->get(
        Key{engine->id()}, [](base::ByteView) {}, [](bool, const auto&) {});
    join_pause = more ? kFirstJoin : std::min(2 * join_pause, kLastJoin);
    join_again = now + join_pause;
  }
  neighbours = nodes.size();
}

void Node::Impl::greet_due() {
  for (const base::Endpoint& endpoint : ways.due(world.clock.now())) greet(endpoint);
}

void Node::Impl::greet(const base::Endpoint& endpoint) {
  if (endpoint == engine->local() || greeting.size() >= kMostGreetings) return;
  const std::uint64_t number = ++greetings;
  const base::Instant asked = world.clock.now();
  greeting[number] = engine->ping(endpoint, [this, number, endpoint, asked](bool answered) {
    greeted(endpoint, asked, answered);
    greeting.erase(number);
  });
}

void Node::Impl::greeted(const base::Endpoint& endpoint, base::Instant asked, bool answered) {
  const base::Instant now = world.clock.now();
  if (!answered) return ways.missed(endpoint, now);
  ways.answered(endpoint, now, now - asked);
  if (was_connected) return;
  // Back from the dark: all others that the engine gave up get another chance, and this one shows
  // at once that it is there.
  was_connected = true;
  engine->forgive();
  greet(endpoint);
}

bool Node::Impl::connected() const { return alone() || ways.reachable(world.clock.now()); }

bool Node::Impl::alone() const {
  return storage && ways.none_given() && engine->good_nodes().empty();
}

Node::Node(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Node::~Node() = default;

base::Result<std::unique_ptr<Node>> Node::open(base::World& world, NodeOptions options) {
  auto impl = std::make_unique<Impl>(world, std::move(options));
  if (auto started = impl->start(); !started) return started.error();
  return std::unique_ptr<Node>(new Node(std::move(impl)));
}

base::Endpoint Node::local() const { return impl_->engine->local(); }

void Node::add_bootstrap(const base::Endpoint& node) {
  impl_->ways.add(node);
  impl_->greet_due();
}

void Node::set_bootstrap(std::vector<base::Endpoint> nodes) {
  impl_->ways.set(nodes);
  impl_->greet_due();
}

base::Task<base::Result<void>> Node::connect(base::Duration limit) {
  const base::Instant end = impl_->world.clock.now() + limit;
  while (!connected()) {
    if (impl_->world.clock.now() >= end) {
      co_return fail(Errc::unreachable,
                     "no node answered: is one running, and is its address right?");
    }
    co_await base::sleep_for(impl_->world.clock, kLook);
  }
  co_return base::Result<void>();
}

const Rules& Node::rules() const { return impl_->options.rules; }
bool Node::connected() const { return impl_->connected(); }
base::Instant Node::last_heard() const {
  if (impl_->alone()) return impl_->world.clock.now();
  return impl_->ways.last_answer().value_or(base::Instant::min());
}
std::vector<NodeHealth> Node::nodes() const { return impl_->ways.health(); }

base::Task<base::Result<void>> Node::put(Key key, Record record) {
  return impl_->put(key, std::move(record));
}

base::Task<base::Result<std::vector<Record>>> Node::get(Key key, OnRecord early) {
  return impl_->get(key, std::move(early));
}

base::Task<std::vector<base::Result<std::vector<Record>>>> Node::get_many(std::vector<Key> keys) {
  std::vector<base::Task<base::Result<std::vector<Record>>>> reads;
  for (const Key& key : keys) reads.push_back(impl_->get(key, {}));
  return base::gather(std::move(reads), kReadsAtOnce);
}

void Node::announce(Key key, Record record) {
  if (record.body.size() > kMaxBody || record.name.size() > kMaxName) return;
  const Value value = to_value(record, rules().network);
  if (impl_->storage && impl_->storage->take(key, value) == Shelf::Answer::refused) return;
  impl_->engine->put(key, value);
}

std::unique_ptr<Watch> Node::watch(Key key, OnRecord changed, Fallback fallback) {
  return make_watch(*impl_, key, std::move(changed), fallback);
}

}  // namespace openhash
