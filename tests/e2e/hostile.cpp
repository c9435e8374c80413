// hostile WHAT HOST:PORT NETWORK WORK-BITS NAME: a third party, for test_hostile.py.
//   foreign   puts well-made records of another owner at the user's keys
//   engine    puts values of a stock OpenDHT node there
//   replay    reads what is there now, waits for a line on stdin, and puts just that again
// Says what it did in one line.

#include "hostile.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/system.h"

using namespace std::chrono_literals;

namespace {

using openhash::Kind;

constexpr Kind kNamed[] = {Kind::identity, Kind::location, Kind::list};

struct Context {
  base::World& world;
  openhash::Node& node;
  std::string name;
};

openhash::SigningKey own_key(base::World& world) {
  base::Secret seed(32);
  world.entropy.fill(seed.bytes());
  return openhash::SigningKey(seed);
}

/// A record with everything right but the owner.
openhash::Record foreign(const Context& context, Kind kind, const openhash::SigningKey& signer,
                         bool blank) {
  openhash::Record record;
  record.kind = kind;
  if (blank) record.flags = openhash::kBlank;
  record.name = context.name;
  record.owner = signer.public_key();
  record.sequence = ~std::uint64_t{0} - (blank ? 1 : 0);
  record.issued = context.world.clock.wall();
  record.valid_for = openhash::validity_cap(kind);
  record.body = base::Bytes(blank ? 0 : 860, 0x5a);
  const std::atomic<bool> never{false};
  record.work = *openhash::find_work(context.node.rules(), kind, context.name, record.owner, never);
  openhash::sign(record, context.node.rules().network, *openhash::key_of(kind, context.name),
                 signer);
  return record;
}

base::Task<int> put_foreign(Context context) {
  const openhash::SigningKey signer = own_key(context.world);
  int taken = 0;
  int tried = 0;
  for (const Kind kind : kNamed) {
    for (const bool blank : {false, true}) {
      const openhash::Record record = foreign(context, kind, signer, blank);
      const openhash::Key key = *openhash::key_of(kind, context.name);
      context.node.announce(key, record);
      auto putting = context.node.put(key, record);
      const auto put = co_await base::within(context.world.clock, 5s, std::move(putting));
      taken += put ? 1 : 0;
      ++tried;
    }
  }
  std::printf("tried %d taken %d\n", tried, taken);
  co_return 0;
}

base::Task<int> replay(Context context) {
  std::vector<std::pair<openhash::Key, openhash::Record>> seen;
  for (const Kind kind : kNamed) {
    const openhash::Key key = *openhash::key_of(kind, context.name);
    const auto found = co_await context.node.get(key);
    if (!found) continue;
    for (const openhash::Record& record : *found) seen.emplace_back(key, record);
  }
  std::printf("seen %zu\n", seen.size());
  std::fflush(stdout);
  std::getchar();  // nothing else runs here
  for (int round = 0; round < 3; ++round) {
    for (const auto& [key, record] : seen) context.node.announce(key, record);
    co_await base::sleep_for(context.world.clock, 300ms);
  }
  std::printf("replayed\n");
  co_return 0;
}

base::Task<int> put_engine_values(Context context, hostile::Target target) {
  std::vector<hostile::Place> places;
  for (const Kind kind : kNamed) {
    const char* word = kind == Kind::identity ? "identity"
                       : kind == Kind::list   ? "buddy list"
                                              : "location";
    hostile::Place place{context.name + "'s " + word, {}};
    const auto found = co_await context.node.get(*openhash::key_of(kind, context.name));
    if (found)
      for (const openhash::Record& record : *found)
        place.slots.push_back(openhash::slot_of(record, target.network));
    places.push_back(std::move(place));
  }
  std::printf("tried %d\n", hostile::put_engine_values(target, places));
  co_return 0;
}

base::Task<int> act(Context context, std::string what, hostile::Target target) {
  const auto connected = co_await context.node.connect(10s);
  if (!connected) co_return 1;
  if (what == "foreign") co_return co_await put_foreign(context);
  if (what == "replay") co_return co_await replay(context);
  co_return co_await put_engine_values(context, target);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  const auto endpoint = base::Endpoint::parse(argv[2]);
  if (!endpoint) return 2;
  base::System system;
  openhash::NodeOptions options;
  options.rules.network = static_cast<std::uint32_t>(std::strtoul(argv[3], nullptr, 10));
  options.rules.work_named = static_cast<unsigned>(std::strtoul(argv[4], nullptr, 10));
  options.bootstrap = {*endpoint};
  auto node = openhash::Node::open(system.world(), options);
  if (!node) return 1;
  const hostile::Target target{"127.0.0.1", endpoint->port, options.rules.network, argv[5]};
  const Context context{system.world(), **node, argv[5]};
  return system.run_until_done(act(context, argv[1], target));
}
