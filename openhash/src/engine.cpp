#include "engine.h"

#include <netinet/in.h>
#include <opendht/dht.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "engine_clock.h"
#include "openhash/guard.h"
#include "openhash/rules.h"
#include "outbox.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kNearest = 8;  // the engine's TARGET_NODES
constexpr std::chrono::seconds kExpiryGrace = 5min;
// The engine reads these as int; negative is "no limit", zero its default.
constexpr int kUnlimited = -1;
constexpr int kMostBytes = 1 << 30;
constexpr int kMostKeys = 1 << 20;
// The engine gives a request up only when its time is *over*; woken on the dot, as happens in
// virtual time, it would ask for ever.
constexpr base::Duration kLate = 1us;
constexpr base::Duration kSettle = 1s;
// A client's store has room for one key, and this type of value fills it for good.
constexpr std::uint16_t kOccupant = 0xffff;

dht::InfoHash to_hash(base::ByteView bytes) { return {bytes.data(), bytes.size()}; }

dht::SockAddr to_sockaddr(const base::Endpoint& endpoint) {
  if (endpoint.is_v4()) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(endpoint.port);
    std::memcpy(&out.sin_addr, endpoint.address.data() + 12, 4);
    return {reinterpret_cast<const sockaddr*>(&out), sizeof out};
  }
  sockaddr_in6 out{};
  out.sin6_family = AF_INET6;
  out.sin6_port = htons(endpoint.port);
  std::memcpy(&out.sin6_addr, endpoint.address.data(), 16);
  return {reinterpret_cast<const sockaddr*>(&out), sizeof out};
}

base::Endpoint to_endpoint(const dht::SockAddr& address) {
  base::Endpoint out;
  if (address.getFamily() == AF_INET) {
    const auto* const a = reinterpret_cast<const std::uint8_t*>(&address.getIPv4().sin_addr);
    return base::Endpoint::v4(a[0], a[1], a[2], a[3], address.getPort());
  }
  if (address.getFamily() == AF_INET6) {
    std::memcpy(out.address.data(), &address.getIPv6().sin6_addr, 16);
    out.port = address.getPort();
  }
  return out;
}

Contact to_contact(const dht::InfoHash& id, const dht::SockAddr& address) {
  Contact contact{{}, to_endpoint(address)};
  std::copy(id.cbegin(), id.cend(), contact.id.begin());
  return contact;
}

Key to_key(const dht::InfoHash& hash) {
  Key key;
  std::copy(hash.cbegin(), hash.cend(), key.bytes.begin());
  return key;
}

std::shared_ptr<dht::Value> to_engine(const Value& value) {
  return std::make_shared<dht::Value>(value.type, value.record.data(), value.record.size(),
                                      value.id);
}

/// The engine has fields of its own for owners and encryption; ours are in the record.
bool plain(const dht::Value& value) {
  return !value.owner && !value.recipient && value.signature.empty() && value.cypher.empty() &&
         value.user_type.empty();
}

/// The engine's socket: hands every datagram over to us.
class EngineSocket final : public dht::net::DatagramSocket {
 public:
  using Send = std::function<void(const base::Endpoint&, base::ByteView)>;
  EngineSocket(const base::Endpoint& local, Send send)
      : v4_(local.is_v4()), bound_(to_sockaddr(local)), send_(std::move(send)) {}

  int sendTo(const dht::SockAddr& to, const std::uint8_t* data, std::size_t size, bool) override {
    send_(to_endpoint(to), {data, size});
    return 0;
  }
  bool hasIPv4() const override { return v4_; }
  bool hasIPv6() const override { return !v4_; }
  const dht::SockAddr& getBoundRef(sa_family_t) const override { return bound_; }
  void stop() override {}

 private:
  bool v4_;
  dht::SockAddr bound_;
  Send send_;
};

dht::Config config_of(const EngineOptions& options) {
  dht::Config config;
  config.node_id = to_hash(options.id);
  config.network = options.network;
  config.max_req_per_sec = kUnlimited;       // the guard counts, per network prefix
  config.max_peer_req_per_sec = kUnlimited;  // the default throttles a cluster on one address
  config.max_searches = kUnlimited;          // at its limit the engine loops for ever
  config.max_store_keys = options.role == Role::storage ? kMostKeys : 1;
  config.max_store_size = options.role == Role::storage ? kMostBytes : 1024;
  config.public_stable = true;  // renew listens every 5 minutes, not every 20 seconds
  return config;
}

}  // namespace

struct Engine::Impl {
  Impl(base::World& the_world, EngineOptions the_options, Keeper* the_keeper)
      : world(the_world), options(the_options), keeper(the_keeper) {}
  ~Impl() {
    alive.reset();
    const EngineTime time(time_for(Moment::call));
    dht.reset();
  }

  base::World& world;
  EngineOptions options;
  Keeper* keeper;
  std::unique_ptr<base::DatagramSocket> socket;
  Witness witness;
  std::uint64_t dropped = 0;
  Outbox outbox{[this](const base::Endpoint& to, base::ByteView datagram) {
    if (options.role == Role::storage) return socket->send(to, datagram);
    socket->send(to, with_client_flag(datagram));
  }};
  std::vector<std::function<void()>> reports;  // what the engine said, given out after its turn
  std::unique_ptr<dht::Dht> dht;
  base::Instant engine_time{};  // the last one the engine was given
  base::Timer wake;
  bool turn_posted = false;
  std::map<Key, base::Instant> started;  // offers and subscriptions of the last second
  std::shared_ptr<Impl*> alive = std::make_shared<Impl*>(this);

  void start();
  void register_types();
  void occupy_store();
  bool judge(const dht::InfoHash& key, const dht::Value& offered) const;
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
    outbox.send(to, datagram);
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

/// Unknown types are accepted by default: so all 65 536 are known, and refused, but for ours.
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
                              const dht::InfoHash&,
                              const dht::SockAddr&) { return judge(key, *offered); };
    ours.editPolicy = [this](const dht::InfoHash& key, const std::shared_ptr<dht::Value>& held,
                             std::shared_ptr<dht::Value>& offered, const dht::InfoHash&,
                             const dht::SockAddr&) {
      return held->type == offered->type && judge(key, *offered);
    };
    dht->registerType(ours);
  }
}

bool Engine::Impl::judge(const dht::InfoHash& key, const dht::Value& offered) const {
  return plain(offered) && keeper->accept(to_key(key), offered.id, offered.type, offered.data);
}

/// A client must hold nothing, not even its own puts: it would mistake them for what the network
/// holds. The engine copies every put into its store, so the store is full from the start.
void Engine::Impl::occupy_store() {
  dht->registerType(dht::ValueType(kOccupant, "occupant", 24h * 365 * 100));
  NodeId nowhere{};
  world.entropy.fill(nowhere);
  msgpack::sbuffer buffer;
  msgpack::packer<msgpack::sbuffer> packer(&buffer);
  packer.pack_array(1);
  packer.pack_array(2);
  packer.pack(world.clock.now().time_since_epoch().count());
  dht::Value(kOccupant, dht::Blob{0}, 1).msgpack_pack(packer);
  dht->importValues({{to_hash(nowhere), {buffer.data(), buffer.data() + buffer.size()}}});
}

void Engine::Impl::receive(base::ByteView datagram, const base::Endpoint& from) {
  witness.look_at(from);
  const Verdict verdict = inspect(datagram, witness.wanted() ? &witness : nullptr);
  if (verdict != Verdict::ok) {
    ++dropped;
    if (world.log.enabled(base::LogLevel::debug)) {
      world.log.debug(std::string("datagram dropped why=").append(to_string(verdict)));
    }
    return;
  }
  turn(datagram, from);
}

void Engine::Impl::turn(base::ByteView datagram, const base::Endpoint& from) {
  const base::Instant now = time_for(Moment::turn);
  base::Instant next = now;
  {
    const EngineTime time(now);
    try {
      next = dht->periodic(datagram.data(), datagram.size(), to_sockaddr(from), now);
      dht->updateStatus(socket->local().is_v4() ? AF_INET : AF_INET6);  // or it never joins
    } catch (const std::exception& error) {
      world.log.warn(std::string("the engine stumbled what=") + error.what());
      next = now + 1s;
    }
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
  msgpack::sbuffer buffer;
  msgpack::packer<msgpack::sbuffer> packer(&buffer);
  packer.pack_array(1);
  packer.pack_array(2);
  packer.pack(impl_->world.clock.now().time_since_epoch().count());
  to_engine(value)->msgpack_pack(packer);
  impl_->call([&](dht::Dht& dht) {
    dht.importValues({{to_hash(key.bytes), {buffer.data(), buffer.data() + buffer.size()}}});
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

/// The condition, which every value of ours meets, is there for its own sake: without one, the
/// engine answers gets at this key from what was pushed, which is stale after an edit. Conditions
/// on other fields are never met, or cannot be sent; see docs/engine.md.
Operation Engine::listen(const Key& key, OnValue on_value) {
  struct Listen {
    std::weak_ptr<Impl*> engine;
    dht::InfoHash key;
    OnValue on_value;
    std::size_t token = 0;
    ~Listen() {
      const auto impl = engine.lock();
      if (!impl || token == 0) return;
      (*impl)->call([this](dht::Dht& dht) { dht.cancelListen(key, token); });
    }
  };
  auto operation = std::make_shared<Listen>();
  operation->engine = impl_->alive;
  operation->key = to_hash(key.bytes);
  operation->on_value = std::move(on_value);

  const std::weak_ptr<Listen> weak = operation;
  Impl* const impl = impl_.get();
  impl->note_start(key);
  const dht::ValueCallback on_push = [impl, weak](const auto& values, bool expired) {
    if (expired) return true;
    for (const auto& value : values) {
      impl->reports.push_back([weak, value] {
        if (const auto listening = weak.lock()) listening->on_value(value->data);
      });
    }
    return true;
  };
  impl->call([&](dht::Dht& dht) {
    operation->token = dht.listen(operation->key, on_push, {}, dht::Where{}.userType(""));
  });
  return operation;
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
