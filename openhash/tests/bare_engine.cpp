#include "bare_engine.h"

#include "engine_clock.h"
#include "engine_forms.h"
#include "openhash/rules.h"

namespace openhash {

struct BareEngine::Impl {
  Impl(base::World& the_world, const base::Endpoint& here, std::uint32_t network)
      : world(the_world) {
    socket = std::move(*world.transport.open_datagram(
        here, [this](base::ByteView datagram, const base::Endpoint& from) {
          turn(datagram, from);
        }));
    EngineOptions options{Role::storage, network, {}, here};
    world.entropy.fill(options.id);
    const EngineTime time(world.clock.now());
    dht = std::make_unique<dht::Dht>(
        std::make_unique<EngineSocket>(socket->local(),
                                       [this](const base::Endpoint& to, base::ByteView datagram) {
                                         socket->send(to, datagram);
                                       }),
        config_of(options), std::shared_ptr<dht::Logger>());
    for (int kind = 0; kind <= static_cast<int>(Kind::notice); ++kind) {
      dht::ValueType type(static_cast<dht::ValueType::Id>(kValueTypes + kind), "record",
                          std::chrono::hours(24));
      type.editPolicy = [](auto&&...) { return true; };
      dht->registerType(type);
    }
    turn({}, {});
  }
  ~Impl() {
    const EngineTime time(world.clock.now());
    dht.reset();
  }

  void turn(base::ByteView datagram, const base::Endpoint& from) {
    const base::Instant now = world.clock.now();
    const EngineTime time(now);
    const base::Instant next =
        dht->periodic(datagram.data(), datagram.size(), to_sockaddr(from), now);
    if (next == base::Instant::max()) return;
    wake = world.clock.call_after(next - now + std::chrono::microseconds(1),
                                  [this] { turn({}, {}); });
  }

  base::World& world;
  std::unique_ptr<base::DatagramSocket> socket;
  std::unique_ptr<dht::Dht> dht;
  base::Timer wake;
};

BareEngine::BareEngine(base::World& world, const base::Endpoint& here, std::uint32_t network)
    : impl_(std::make_unique<Impl>(world, here, network)) {}
BareEngine::~BareEngine() = default;

}  // namespace openhash
