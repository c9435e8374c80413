#pragma once
// People of a simulated town for the window to meet: real clients, virtual time, OpenHash in
// memory.

#include <QCoreApplication>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "basic/client.h"
#include "basic/gui/bridge.h"
#include "testing/memory_store.h"
#include "testing/sim_world.h"

namespace basic::gui::test {

using namespace std::chrono_literals;

inline const std::string kPassword = "four quiet purple herons";

/// A face that shows nothing.
struct Silence final : ClientEvents {
  void presence(const Buddy&) override {}
  void text(const Text&) override {}
  void request(const ohim::Name&, const std::string&) override {}
  void warning(const std::string&) override {}
};

struct Person {
  std::unique_ptr<sim::MemoryStore> store;
  std::unique_ptr<MemoryProfile> profile = std::make_unique<MemoryProfile>();
  std::shared_ptr<ClientEvents> events;
  std::unique_ptr<Client> client;
};

/// Declare it before the window that looks into it.
class SimPeople {
 public:
  explicit SimPeople(std::uint64_t seed = 1) : world_(seed) {}
  ~SimPeople() {
    for (auto& [name, person] : people_) person.client.reset();
  }

  /// The client on the host of that name, started if need be, that tells `events`.
  Client& start(const std::string& name, std::shared_ptr<ClientEvents> events) {
    Person& person = people_[name];
    base::World& host = world_.host(name);
    person.store = std::make_unique<sim::MemoryStore>(host, table_);
    person.events = std::move(events);
    ClientOptions options;
    options.presence.password.memory = std::size_t{8} << 10;
    options.presence.password.passes = 1;
    person.client = std::make_unique<Client>(host, *person.store, *person.profile, *person.events,
                                             std::move(options));
    return *person.client;
  }
  /// Somebody who is registered and signed on.
  Client& join(const std::string& name) {
    Client& client = start(name, std::make_shared<Silence>());
    must(world_.run(client.register_user(name, secret())));
    must(world_.run(client.sign_on(name, secret())));
    return client;
  }
  /// The client that `bridge` asks.
  Client& serve(const std::string& name, Bridge& bridge) {
    Client& client = start(name, bridge.events());
    base::World& host = world_.host(name);
    bridge.attach(client,
                  [&host](std::function<void()> call) { host.clock.post(std::move(call)); });
    return client;
  }

  Client& at(const std::string& name) { return *people_.at(name).client; }
  MemoryProfile& profile(const std::string& name) { return *people_.at(name).profile; }
  sim::MemoryStore& store(const std::string& name) { return *people_.at(name).store; }
  sim::SimWorld& world() { return world_; }
  base::WallTime wall() { return world_.host("clock").clock.wall(); }

  /// The world and the window go on side by side until it is so.
  void until(const char* what, const std::function<bool()>& holds) {
    for (int i = 0; i < 4000; ++i) {
      if (holds()) return;
      step();
    }
    throw std::runtime_error(std::string("it never came to be: ") + what);
  }
  /// For so much virtual time.
  void pass(base::Duration span) {
    for (const base::Instant end = world_.now() + span; world_.now() < end;) step();
  }

  static base::Secret secret() { return base::Secret::copy_of(base::view(kPassword)); }
  template <typename T>
  static void must(const base::Result<T>& done) {
    if (!done) throw std::runtime_error(done.error().message());
  }

 private:
  void step() {
    world_.advance(20ms);
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, 0);
  }

  sim::SimWorld world_;
  sim::MemoryTable table_{openhash::Rules{.network = 7, .work_named = 4, .work_opaque = 4}};
  std::map<std::string, Person> people_;
};

}  // namespace basic::gui::test
