// OpenHash for a program of your own, without UDP: Lisa stores a note and reads it through a
// gateway, whom she need not trust, and is told when it changes. Node and gateway live here too, in
// a simulated world. With base::System in its place, and a URL such as
// "https://node.example.org:8443", they are real.

#include <atomic>
#include <cstdio>

#include "gateway/gateway_store.h"
#include "gateway/server.h"
#include "openhash/node.h"
#include "openhash/rules.h"
#include "testing/sim_world.h"

using namespace std::chrono_literals;

/// How much work a record takes is the same for all of a network; here next to none.
constexpr openhash::Rules kRules{.network = 7, .work_named = 4, .work_opaque = 4};

bool expect(bool is_so, const char* what) {
  std::printf("%s %s\n", is_so ? "yes:" : "NO: ", what);
  return is_so;
}

/// What whoever has the key of `owner` says at `place`. A higher sequence replaces a lower one.
openhash::Record note(const openhash::Key& place, std::uint64_t sequence, const char* words,
                      const openhash::SigningKey& owner, base::WallTime now) {
  openhash::Record record;
  record.kind = openhash::Kind::opaque;
  record.sequence = sequence;
  record.issued = now;
  record.valid_for = 24h;
  record.body = base::to_bytes(base::view(words));
  const std::atomic<bool> never{false};
  record.work = *openhash::find_work(kRules, record.kind, "", owner.public_key(), never);
  openhash::sign(record, kRules.network, place, owner);
  return record;
}

int main() {
  sim::SimWorld town(1);

  // Somebody's node, and its gateway.
  openhash::NodeOptions storage;
  storage.role = openhash::Role::storage;
  storage.rules = kRules;
  storage.listen = town.address("node", 6824);
  const auto node = *openhash::Node::open(town.host("node"), storage);
  openhash::gateway::ServerOptions options;
  options.listen = town.address("node", 8080);
  const auto server = *openhash::gateway::Server::open(town.host("node"), *node, options);

  // Lisa's program.
  base::World& world = town.host("lisa");
  const auto store =
      *openhash::GatewayStore::open(world, {.rules = kRules, .url = "http://node:8080"});
  base::Secret seed(32);
  world.entropy.fill(seed.bytes());
  const openhash::SigningKey lisa(seed);
  const openhash::Key place = openhash::Key::of("lisa's notes");
  std::string news;
  const auto watch = store->watch(place, [&news](const openhash::Record& record) {
    news.assign(record.body.begin(), record.body.end());
  });

  const auto first = note(place, 1, "saxophone at four", lisa, world.clock.wall());
  bool all = expect(bool(town.run(store->put(place, first))), "the note is stored");
  const auto found = town.run(store->get(place));
  all &= expect(found && *found == std::vector{first}, "it is found, and it is hers");
  all &= expect(!town.run(store->put(place, note(place, 1, "at five", lisa, world.clock.wall()))),
                "nothing takes its place that is not newer");
  const auto second = note(place, 2, "at five", lisa, world.clock.wall());
  all &= expect(bool(town.run(store->put(place, second))), "a newer one does");
  all &= expect(town.run_until([&news] { return news == "at five"; }, 2min), "and she is told");
  return all ? 0 : 1;
}
