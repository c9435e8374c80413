// records put|get HOST:PORT[,HOST:PORT...] NETWORK WORK-BITS FIRST COUNT: the records of so many
// synthetic users, for test_durable.py. Each has what must not get lost: identity, list and vault.
// Says in one line how many were stored, or found unchanged; before it, of each of the others in
// one line, why: "missing KIND of USER | KEY KEY KEY | what came of each try".

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <sstream>
#include <string_view>

#include "base/gather.h"
#include "base/system.h"
#include "openhash/node.h"
#include "openhash/replicas.h"

using namespace std::chrono_literals;

namespace {

using openhash::Kind;
using openhash::Record;
using openhash::ReplicaKeys;

constexpr std::size_t kAtOnce = 16;
constexpr int kUsersOfANode = 100;  // one client node is one person's, not a crowd's
constexpr int kTries = 10;  // a busy machine answers late

struct Plan {
  bool puts = false;
  std::vector<base::Endpoint> nodes;
  openhash::Rules rules;
  int first = 0;
  int count = 0;
};

struct Item {
  std::string what;
  ReplicaKeys keys;
  Record record;
  openhash::SigningKey owner;
};

openhash::SigningKey key_of_user(int number) {
  base::Secret seed(32);
  std::iota(seed.data(), seed.data() + 32, static_cast<std::uint8_t>(0));
  seed.data()[0] = static_cast<std::uint8_t>(number);
  seed.data()[1] = static_cast<std::uint8_t>(number >> 8);
  return openhash::SigningKey(seed);
}

ReplicaKeys vault_of(const std::string& user) {
  ReplicaKeys keys;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    keys[i] = openhash::Key::of("vault of " + user + " " + std::to_string(i));
  }
  return keys;
}

Item item_of(const Plan& plan, int number, Kind kind, base::WallTime now) {
  const std::string user = "user" + std::to_string(number);
  openhash::SigningKey owner = key_of_user(number);
  Record record;
  record.kind = kind;
  if (kind != Kind::opaque) record.name = user;
  record.sequence = 1;
  record.issued = now;
  record.valid_for = 7 * 24h;  // Town.kept() counts what lasts for days
  record.body = base::Bytes(kind == Kind::identity ? 181 : 860, static_cast<std::uint8_t>(number));
  const std::atomic<bool> never{false};
  record.work = *find_work(plan.rules, kind, record.name, owner.public_key(), never);
  const ReplicaKeys keys = kind == Kind::opaque ? vault_of(user) : *replica_keys(kind, user);
  const std::string what = std::to_string(static_cast<int>(kind)) + " of " + user;
  return {what, keys, std::move(record), std::move(owner)};
}

void tell_missing(const Item& item, const std::string& tries) {
  std::string keys;
  for (const openhash::Key& key : item.keys) keys += base::to_hex(key.bytes) + " ";
  std::printf("missing %s | %s|%s\n", item.what.c_str(), keys.c_str(), tries.c_str());
}

base::Task<bool> put(base::World& world, openhash::Store& store, Item item) {
  std::string tries;
  for (int i = 0; i < kTries; ++i) {
    const auto put =
        co_await openhash::put_replicas(store, world.clock, item.keys, item.record, item.owner);
    if (put) co_return true;
    tries += " " + put.error().message() + ";";
  }
  tell_missing(item, tries);
  co_return false;
}

base::Task<bool> get(base::World& world, openhash::Store& store, Item item) {
  std::string tries;
  for (int i = 0; i < kTries; ++i) {
    const base::Instant asked = world.clock.now();
    const auto found = co_await openhash::get_replicas(store, item.keys);
    if (found) {
      for (const Record& record : *found) {
        if (record.owner == item.owner.public_key() && record.body == item.record.body) {
          co_return true;
        }
      }
    }
    const std::chrono::duration<double> took = world.clock.now() - asked;
    tries += " " + (found ? "found " + std::to_string(found->size()) : found.error().message()) +
             " after " + std::to_string(took.count()) + " s;";
  }
  tell_missing(item, tries);
  co_return false;
}

base::Task<int> act(base::World& world, openhash::Node& node, Plan plan) {
  const auto connected = co_await node.connect(20s);
  if (!connected) co_return 0;
  std::vector<base::Task<bool>> tasks;
  for (int number = plan.first; number < plan.first + plan.count; ++number) {
    for (const Kind kind : {Kind::identity, Kind::list, Kind::opaque}) {
      Item item = item_of(plan, number, kind, world.clock.wall());
      if (plan.puts) {
        tasks.push_back(put(world, node, std::move(item)));
      } else {
        tasks.push_back(get(world, node, std::move(item)));
      }
    }
  }
  const auto done = co_await base::gather(std::move(tasks), kAtOnce);
  co_return static_cast<int>(std::count(done.begin(), done.end(), true));
}

std::vector<base::Endpoint> endpoints_in(const std::string& list) {
  std::vector<base::Endpoint> endpoints;
  std::istringstream in(list);
  for (std::string one; std::getline(in, one, ',');) {
    if (const auto endpoint = base::Endpoint::parse(one)) endpoints.push_back(*endpoint);
  }
  return endpoints;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) return 2;
  Plan plan;
  plan.puts = std::string_view(argv[1]) == "put";
  plan.nodes = endpoints_in(argv[2]);
  plan.rules.network = static_cast<std::uint32_t>(std::strtoul(argv[3], nullptr, 10));
  plan.rules.work_named = static_cast<unsigned>(std::strtoul(argv[4], nullptr, 10));
  plan.rules.work_opaque = plan.rules.work_named;
  plan.first = std::atoi(argv[5]);
  const int end = plan.first + std::atoi(argv[6]);
  int good = 0;
  for (; plan.first < end; plan.first += kUsersOfANode) {
    plan.count = std::min(kUsersOfANode, end - plan.first);
    base::System system;
    openhash::NodeOptions options;
    options.rules = plan.rules;
    options.listen = base::Endpoint::v4(127, 0, 0, 1, 0);
    options.bootstrap = plan.nodes;
    auto node = openhash::Node::open(system.world(), options);
    if (!node) return 1;
    good += system.run_until_done(act(system.world(), **node, plan));
  }
  std::printf("%d\n", good);
  return 0;
}
