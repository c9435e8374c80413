#include "engine.h"

#include <algorithm>
#include <list>
#include <map>
#include <set>

#include "address_votes.h"
#include "engine_clock.h"
#include "engine_forms.h"
#include "gate.h"
#include "openhash/guard.h"
#include "openhash/rules.h"
#include "outbox.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kNearest = 8;  // the engine's TARGET_NODES
constexpr std::chrono::seconds kExpiryGrace = 5min;
// The engine gives a request up only when its time is *over*; woken on the dot, as happens in
// virtual time, it would ask for ever.
constexpr base::Duration kLate = 1us;
constexpr base::Duration kSettle = 1s;
// A client's store has room for one key, and this type of value fills it for good.
constexpr std::uint16_t kOccupant = 0xffff;

}  // namespace

struct Engine::Impl {
  Impl(base::World& the_world, EngineOptions the_options, Keeper* the_keeper)
      : world(the_world),
        options(the_options),
        keeper(the_keeper),
        gate({options.trust_local, options.role == Role::client}, world.entropy.u64()) {}
  ~Impl() {
    alive.reset();
    const EngineTime time(time_for(Moment::call));
    dht.reset();
  }

  base::World& world;
  EngineOptions options;
  Keeper* keeper;
  std::unique_ptr<base::DatagramSocket> socket;
  Gate gate;
  base::Bytes stripped;                   // room for a datagram without some of its node entries
  const base::Endpoint* cause = nullptr;  // whose datagram the engine is busy with
  AddressVotes votes;
  std::optional<base::Instant> stranger_heard;
  bool posing = false;
  Witness witness;
  std::uint64_t dropped = 0;
  Outbox outbox{[this](const base::Endpoint& to, base::ByteView datagram) {
    const bool as_client = options.role == Role::client || (posing && gate.is_checked(to));
    if (!as_client) return socket->send(to, datagram);
    socket->send(to, with_client_flag(datagram));
  }};
  struct Accepted {
    dht::InfoHash key;
    std::shared_ptr<dht::Value> value;
  };
  std::multiset<std::pair<base::Endpoint, Key>> passed_over;
  std::vector<Accepted> accepted;  // to be stored after the engine's turn
  struct Listen;
  std::list<Listen*> listens;
  std::vector<std::function<void()>> reports;  // what the engine said, given out after its turn
  std::unique_ptr<dht::Dht> dht;
  base::Instant engine_time{};  // the last one the engine was given
  base::Timer wake;
  bool turn_posted = false;
  std::map<Key, base::Instant> started;  // offers and subscriptions of the last second
  std::shared_ptr<Impl*> alive = std::make_shared<Impl*>(this);

  void start();
  [[nodiscard]] bool is_passed_over(const base::Endpoint& to, base::ByteView datagram) const;
  void register_types();
  void occupy_store();
  void judge(const dht::InfoHash& key, const std::shared_ptr<dht::Value>& offered,
             const Contact& from);
  void store_accepted(base::Instant now);
  void drop(std::string_view why);
  void learn(const Facts& facts, const base::Endpoint& from);
  void tell_keeper(const Facts& facts, const base::Endpoint& from);
  void receive(base::ByteView datagram, const base::Endpoint& from);
  void turn(base::ByteView datagram, const base::Endpoint& from);
  void turn_soon();
  void give_reports();
  void note_start(const Key& key);

  /// Now, or a nanosecond later. The engine puts some jobs off until their time is *over*, for ever
  /// if it runs at that very instant (docs/engine.md). Those jobs are set by calls, for whole
  /// seconds later; so calls have even nanoseconds and turns odd ones, and the two never meet.
  enum class Moment { call, turn };
  base::Instant time_for(Moment moment) {
    engine_time = std::max(engine_time, world.clock.now());
    const bool odd = engine_time.time_since_epoch().count() % 2 != 0;
    if (odd != (moment == Moment::turn)) engine_time += 1ns;
    return engine_time;
  }

  /// Runs `f(engine)` at our time, and lets the engine go on afterwards.
  template <typename F>
  void call(F f) {
    const EngineTime time(time_for(Moment::call));
    try {
      f(*dht);
    } catch (const std::exception& error) {
      world.log.warn(std::string("the engine refused a call what=") + error.what());
    }
    turn_soon();
  }
};

void Engine::Impl::start() {
  const EngineTime time(time_for(Moment::call));
  auto send = [this](const base::Endpoint& to, base::ByteView datagram) {
    if (is_passed_over(to, datagram)) return;
    if (gate.let_out(datagram, to, cause, world.clock.now())) outbox.send(to, datagram);
  };
  std::unique_ptr<dht::net::DatagramSocket> port =
      std::make_unique<EngineSocket>(socket->local(), send);
  dht = std::make_unique<dht::Dht>(std::move(port), config_of(options),
                                   std::shared_ptr<dht::Logger>());
  if (options.role == Role::storage) {
    register_types();
  } else {
    occupy_store();
  }
  turn_soon();
}

bool Engine::Impl::is_passed_over(const base::Endpoint& to, base::ByteView datagram) const {
  if (passed_over.empty()) return false;
  Facts facts;
  if (inspect(datagram, nullptr, &facts) != Verdict::ok || facts.key.empty()) return false;
  return passed_over.contains({to, to_key(to_hash(facts.key))});
}

/// Unknown types are accepted by default: so all 65 536 are known, and refused, but for ours. And
/// those are refused as well: what the keeper accepts is stored by us, after the engine's turn. For
/// the engine counts what each address has stored, wrongly when a value is edited, and then uses
/// memory that it has freed (docs/engine.md); what comes from nobody it does not count.
void Engine::Impl::register_types() {
  dht::ValueType refused(0, "", 1s);
  refused.storePolicy = [](auto&&...) { return false; };
  refused.editPolicy = [](auto&&...) { return false; };
  for (unsigned type = 0; type <= 0xffff; ++type) {
    refused.id = static_cast<dht::ValueType::Id>(type);
    dht->registerType(refused);
  }
  for (int kind = 1; kind <= static_cast<int>(Kind::notice); ++kind) {
    const std::chrono::seconds cap = validity_cap(static_cast<Kind>(kind));
    if (cap == 0s) continue;  // not kept by this version
    dht::ValueType ours(static_cast<dht::ValueType::Id>(kValueTypes + kind), "record",
                        cap > 1h ? cap + kExpiryGrace : cap);
    ours.storePolicy = [this](const dht::InfoHash& key, std::shared_ptr<dht::Value>& offered,
                              const dht::InfoHash& node, const dht::SockAddr& address) {
      judge(key, offered, to_contact(node, address));
      return false;
    };
    ours.editPolicy = [this](const dht::InfoHash& key, const std::shared_ptr<dht::Value>& held,
                             std::shared_ptr<dht::Value>& offered, const dht::InfoHash& node,
                             const dht::SockAddr& address) {
      if (held->type == offered->type) judge(key, offered, to_contact(node, address));
      return false;
    };
    dht->registerType(ours);
  }
}

void Engine::Impl::judge(const dht::InfoHash& key, const std::shared_ptr<dht::Value>& offered,
                         const Contact& from) {
  if (!plain(*offered)) return;
  if (!keeper->accept(to_key(key), offered->id, offered->type, offered->data, from)) return;
  accepted.push_back({key, offered});
}

void Engine::Impl::store_accepted(base::Instant now) {
  if (accepted.empty()) return;
  for (const Accepted& one : std::exchange(accepted, {})) {
    dht->importValues(to_import(one.key, *one.value, now));
  }
  turn_soon();  // when these end, the engine must wake
}

/// A client must hold nothing, not even its own puts: it would mistake them for what the network
/// holds. The engine copies every put into its store, so the store is full from the start.
void Engine::Impl::occupy_store() {
  dht->registerType(dht::ValueType(kOccupant, "occupant", 24h * 365 * 100));
  NodeId nowhere{};
  world.entropy.fill(nowhere);
  dht->importValues(
      to_import(to_hash(nowhere), dht::Value(kOccupant, dht::Blob{0}, 1), world.clock.now()));
}

void Engine::Impl::drop(std::string_view why) {
  ++dropped;
  if (world.log.enabled(base::LogLevel::debug)) {
    world.log.debug(std::string("datagram dropped why=").append(why));
  }
}

/// From an answer that passed.
void Engine::Impl::learn(const Facts& facts, const base::Endpoint& from) {
  if (facts.kind == Facts::Kind::request || !gate.is_checked(from)) return;
  const base::Instant now = world.clock.now();
  stranger_heard = now;
  if (facts.seen_address.empty()) return;
  const base::Endpoint seen = address_in(facts.seen_address);
  if (gate.is_checked(seen)) votes.add(from, seen, now);
}

/// Of a request that passed.
void Engine::Impl::tell_keeper(const Facts& facts, const base::Endpoint& from) {
  if (keeper == nullptr || facts.kind != Facts::Kind::request || facts.key.empty()) return;
  const Key key = to_key(to_hash(facts.key));
  keeper->wanted(key);
  if (facts.ask != Facts::Ask::put || facts.client) return;
  keeper->offered(key, to_contact(to_hash(facts.id), to_sockaddr(from)));
}

void Engine::Impl::receive(base::ByteView datagram, const base::Endpoint& from) {
  const base::Instant now = world.clock.now();
  if (!gate.may_speak(from, now)) return drop(to_string(Refusal::too_fast));
  Facts facts;
  const Verdict verdict = inspect(datagram, nullptr, &facts);
  if (verdict != Verdict::ok) return drop(to_string(verdict));
  const Refusal refusal = gate.admit(facts, from, now);
  if (refusal != Refusal::none) return drop(to_string(refusal));
  learn(facts, from);
  tell_keeper(facts, from);
  if (witness.wanted()) {
    witness.look_at(from);
    (void)inspect(datagram, &witness);
    reports.push_back([this] { witness.tell(); });
  }
  turn(gate.strip(datagram, facts, from, stripped, now), from);
}

void Engine::Impl::turn(base::ByteView datagram, const base::Endpoint& from) {
  const base::Instant now = time_for(Moment::turn);
  base::Instant next = now;
  {
    const EngineTime time(now);
    cause = datagram.empty() ? nullptr : &from;
    try {
      next = dht->periodic(datagram.data(), datagram.size(), to_sockaddr(from), now);
      dht->updateStatus(socket->local().is_v4() ? AF_INET : AF_INET6);  // or it never joins
    } catch (const std::exception& error) {
      world.log.warn(std::string("the engine stumbled what=") + error.what());
      next = now + 1s;
    }
    store_accepted(now);
    cause = nullptr;
  }
  if (next != base::Instant::max()) {
    wake = world.clock.call_after(std::max<base::Duration>(next - now, 0ns) + kLate,
                                  [this] { turn({}, {}); });
  }
  give_reports();
}

void Engine::Impl::turn_soon() {
  if (turn_posted) return;
  turn_posted = true;
  world.clock.post([weak = std::weak_ptr(alive)] {
    const auto self = weak.lock();
    if (!self) return;
    (*self)->turn_posted = false;
    (*self)->turn({}, {});
  });
}

void Engine::Impl::give_reports() {
  const std::weak_ptr<Impl*> weak = alive;
  for (const auto& report : std::exchange(reports, {})) {
    report();
    if (weak.expired()) return;  // a report may end the engine
  }
}

void Engine::Impl::note_start(const Key& key) {
  const base::Instant now = world.clock.now();
  std::erase_if(started, [now](const auto& entry) { return now - entry.second > kSettle; });
  started[key] = now;
}

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() = default;

base::Result<std::unique_ptr<Engine>> Engine::open(base::World& world, EngineOptions options,
                                                   Keeper* keeper) {
  auto impl = std::make_unique<Impl>(world, options, keeper);
  auto socket = world.transport.open_datagram(
      options.listen, [raw = impl.get()](base::ByteView datagram, const base::Endpoint& from) {
        raw->receive(datagram, from);
      });
  if (!socket) return socket.error();
  impl->socket = std::move(*socket);
  impl->start();
  return std::unique_ptr<Engine>(new Engine(std::move(impl)));
}

base::Endpoint Engine::local() const { return impl_->socket->local(); }
const NodeId& Engine::id() const { return impl_->options.id; }
Witness& Engine::witness() { return impl_->witness; }
std::uint64_t Engine::dropped() const { return impl_->dropped; }
void Engine::hold(std::uint64_t mark) { impl_->outbox.hold(mark); }
void Engine::release(std::uint64_t mark) { impl_->outbox.release(mark); }

Operation Engine::put(const Key& key, const Value& value, std::function<void()> on_end) {
  using Callback = std::function<void()>;
  auto operation = std::make_shared<Callback>(std::move(on_end));
  const std::weak_ptr<Callback> weak = operation;
  Impl* const impl = impl_.get();
  const dht::DoneCallback on_done = [impl, weak](bool, const auto&) {
    impl->reports.push_back([weak] {
      const auto callback = weak.lock();
      if (callback && *callback) (*callback)();
    });
  };
  impl->note_start(key);
  impl->call([&](dht::Dht& dht) { dht.put(to_hash(key.bytes), to_engine(value), on_done); });
  return operation;
}

void Engine::cancel_put(const Key& key, std::uint64_t id) {
  impl_->call([&](dht::Dht& dht) { dht.cancelPut(to_hash(key.bytes), id); });
}

void Engine::import(const Key& key, const Value& value) {
  const base::Instant now = impl_->world.clock.now();
  impl_->call([&](dht::Dht& dht) {
    dht.importValues(to_import(to_hash(key.bytes), *to_engine(value), now));
  });
}

Operation Engine::get(const Key& key, OnValue on_value, OnDone on_done) {
  struct Get {
    OnValue on_value;
    OnDone on_done;
  };
  auto operation = std::make_shared<Get>(Get{std::move(on_value), std::move(on_done)});
  const std::weak_ptr<Get> weak = operation;
  Impl* const impl = impl_.get();
  const base::Instant start = impl->world.clock.now();

  const dht::GetCallback on_values = [impl, weak](const auto& values) {
    if (weak.expired()) return false;
    for (const auto& value : values) {
      impl->reports.push_back([weak, value] {
        if (const auto get = weak.lock()) get->on_value(value->data);
      });
    }
    return true;
  };
  const dht::DoneCallback on_end = [impl, weak, start](bool, const auto& nodes) {
    std::vector<Contact> nearest;
    for (const auto& node : nodes) {
      if (nearest.size() == kNearest) break;
      if (!node->isExpired() && node->getReplyTime() >= start) {
        nearest.push_back(to_contact(node->getId(), node->getAddr()));
      }
    }
    impl->reports.push_back([weak, nearest] {
      if (const auto get = weak.lock()) get->on_done(!nearest.empty(), nearest);
    });
  };
  impl->call([&](dht::Dht& dht) { dht.get(to_hash(key.bytes), on_values, on_end); });
  return operation;
}

/// A subscription. It outlives a change of the engine's id.
struct Engine::Impl::Listen : std::enable_shared_from_this<Listen> {
  std::weak_ptr<Impl*> engine;
  dht::InfoHash key;
  OnValue on_value;
  std::size_t token = 0;

  ~Listen() {
    const auto impl = engine.lock();
    if (!impl) return;
    (*impl)->listens.remove(this);
    if (token != 0) (*impl)->call([this](dht::Dht& dht) { dht.cancelListen(key, token); });
  }
  /// The condition, which every value of ours meets, is there for its own sake: without one, the
  /// engine answers gets at this key from what was pushed, which is stale after an edit. Conditions
  /// on other fields are never met, or cannot be sent; see docs/engine.md.
  void begin(Impl& impl) {
    const dht::ValueCallback on_push = [&impl, weak = weak_from_this()](const auto& values,
                                                                        bool expired) {
      if (expired) return true;
      for (const auto& value : values) {
        impl.reports.push_back([weak, value] {
          if (const auto listening = weak.lock()) listening->on_value(value->data);
        });
      }
      return true;
    };
    impl.call(
        [&](dht::Dht& dht) { token = dht.listen(key, on_push, {}, dht::Where{}.userType("")); });
  }
};

Operation Engine::listen(const Key& key, OnValue on_value) {
  auto operation = std::make_shared<Impl::Listen>();
  operation->engine = impl_->alive;
  operation->key = to_hash(key.bytes);
  operation->on_value = std::move(on_value);
  impl_->note_start(key);
  impl_->listens.push_back(operation.get());
  operation->begin(*impl_);
  return operation;
}

void Engine::become(const NodeId& id, bool posing) {
  const std::vector<Contact> known = good_nodes();
  {
    const EngineTime time(impl_->time_for(Impl::Moment::call));
    impl_->dht.reset();
  }
  impl_->options.id = id;
  impl_->posing = posing;
  impl_->votes.clear();
  impl_->start();
  impl_->call([&](dht::Dht& dht) {
    for (const Contact& contact : known) {
      dht.insertNode(to_hash(contact.id), to_sockaddr(contact.endpoint));
    }
  });
  for (Impl::Listen* const listen : impl_->listens) listen->begin(*impl_);
}

std::optional<base::Endpoint> Engine::seen_address() const {
  return impl_->votes.winner(impl_->world.clock.now());
}
std::optional<base::Instant> Engine::stranger_heard() const { return impl_->stranger_heard; }
bool Engine::is_stranger(const base::Endpoint& endpoint) const {
  return impl_->gate.is_checked(endpoint);
}

bool Engine::unsettled(const Key& key) const {
  const auto start = impl_->started.find(key);
  return start != impl_->started.end() && impl_->world.clock.now() - start->second <= kSettle;
}

Operation Engine::ping(const base::Endpoint& node, std::function<void(bool)> on_answer) {
  using Callback = std::function<void(bool)>;
  auto operation = std::make_shared<Callback>(std::move(on_answer));
  const std::weak_ptr<Callback> weak = operation;
  Impl* const impl = impl_.get();
  if (node.is_v4() != impl->socket->local().is_v4()) return operation;  // no way to get there
  impl->call([&](dht::Dht& dht) {
    dht.pingNode(to_sockaddr(node), [impl, weak](bool answered) {
      impl->reports.push_back([weak, answered] {
        if (const auto callback = weak.lock()) (*callback)(answered);
      });
    });
  });
  return operation;
}

Operation Engine::pass_over(const base::Endpoint& node, const Key& key) {
  const std::pair entry{node, key};
  impl_->passed_over.insert(entry);
  const auto end = [weak = std::weak_ptr(impl_->alive), entry](void*) {
    if (const auto impl = weak.lock()) (*impl)->passed_over.extract(entry);
  };
  return {impl_.get(), end};
}

void Engine::forgive() {
  impl_->call([](dht::Dht& dht) { dht.connectivityChanged(); });
}

std::vector<Contact> Engine::good_nodes() const {
  std::vector<Contact> nodes;
  for (const dht::NodeExport& node : impl_->dht->exportNodes()) {
    nodes.push_back(to_contact(node.id, {node.ss, node.sslen}));
  }
  return nodes;
}

}  // namespace openhash
