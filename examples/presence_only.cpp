// Presence detection without the ready-made client: your own buddy list format, your own location,
// your own handshake. Two people and a storage node in one process, on loopback; it ends by itself.
//
// What you write is in presence_only_person.h: a BuddyList, a Location, and a PresenceDetection
// with a handshake and some hooks. What you get: registration, sign-on from any machine, a sealed
// list, and word of who is there.

#include "base/system.h"
#include "openhash/node.h"
#include "presence_only_person.h"

// 5. An evening in Springfield.
base::Task<bool> comes_to_see(base::World& world, Person& who, ohim::Name buddy,
                              ohim::Presence presence) {
  for (int i = 0; i < 200 && who.state(buddy).presence != presence; ++i) {
    co_await base::sleep_for(world.clock, 50ms);
  }
  co_return who.state(buddy).presence == presence;
}

base::Task<base::Result<void>> evening(base::World& world, Person& lisa, Person& milhouse) {
  const std::string_view password = "four quiet purple herons";
  for (const auto& [person, text] : {std::pair(&lisa, "lisa"), std::pair(&milhouse, "milhouse")}) {
    auto secret = base::Secret::copy_of(base::view(password));
    const auto key = co_await person->register_user(text, std::move(secret));
    if (!key) co_return key.error();
    std::printf("%s is registered: %s\n", text,
                fingerprint(*ohim::Name::parse(text), *key).c_str());
    secret = base::Secret::copy_of(base::view(password));
    const auto signed_on = co_await person->sign_on(text, std::move(secret));
    if (!signed_on) co_return signed_on.error();
  }

  const ohim::Name buddy = milhouse.self();
  lisa.friends.names.insert(buddy);
  const auto stored = co_await lisa.commit_buddy_list();
  if (!stored) co_return stored.error();

  const bool came = co_await comes_to_see(world, lisa, buddy, ohim::Presence::online);
  const auto left = co_await milhouse.sign_off();
  const bool went = co_await comes_to_see(world, lisa, buddy, ohim::Presence::offline);
  const auto ended = co_await lisa.sign_off();
  if (!left || !ended || !came || !went) {
    co_return base::fail(base::Errc::failed, "lisa did not see milhouse come and go");
  }
  co_return base::Result<void>();
}

int main() {
  base::System system;
  base::World& world = system.world();

  // A network of our own, with little work and quick registrations, so that the example is short.
  openhash::Rules rules;
  rules.network = 6824;
  rules.work_named = rules.work_opaque = 8;
  ohim::PresenceOptions options;
  options.password.memory = std::size_t{8} << 20;
  options.claim_settles = 200ms;

  openhash::NodeOptions storage;
  storage.role = openhash::Role::storage;
  storage.rules = rules;
  storage.listen = base::Endpoint::v4(127, 0, 0, 1, 0);
  auto node = openhash::Node::open(world, storage);
  openhash::NodeOptions client;
  client.rules = rules;
  client.listen = storage.listen;
  if (node) client.bootstrap = {(*node)->local()};
  auto lisas_way = openhash::Node::open(world, client);
  auto milhouses_way = openhash::Node::open(world, client);
  if (!node || !lisas_way || !milhouses_way) {
    std::fprintf(stderr, "no sockets to be had on loopback\n");
    return 1;
  }
  for (auto* way : {lisas_way->get(), milhouses_way->get()}) {
    if (!system.run_until_done(way->connect(5s))) return 1;
  }

  Person lisa(world, **lisas_way, options);
  Person milhouse(world, **milhouses_way, options);
  const auto done = system.run_until_done(evening(world, lisa, milhouse));
  if (!done) std::fprintf(stderr, "%s\n", done.error().message().c_str());
  return done ? 0 : 1;
}
