#include "base/gather.h"
#include "base/system.h"
#include "measure.h"
#include "party.h"

namespace bench {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr std::size_t kUsersPerNode = 20;

/// Many users, some behind each way in, all signed on, all listing lisa.
struct Crowd {
  std::vector<std::unique_ptr<openhash::Node>> stores;
  std::vector<std::unique_ptr<basic::MemoryProfile>> profiles;
  std::vector<std::unique_ptr<Party>> members;
};

std::string member_name(std::size_t i) { return "buddy" + std::to_string(i); }

base::Task<bool> join(Party& member) {
  const std::string lisa = "lisa";
  co_await member.register_user();
  co_await member.sign_on();
  co_await member.add(lisa);
  co_return true;
}

Crowd gather_crowd(base::System& system, base::Endpoint node, std::size_t count) {
  Crowd crowd;
  std::vector<base::Task<bool>> joining;
  for (std::size_t i = 0; i < count; ++i) {
    if (i % kUsersPerNode == 0) {
      crowd.stores.push_back(open_node(system.world(), openhash::Role::client, {node}));
    }
    crowd.profiles.push_back(std::make_unique<basic::MemoryProfile>());
    crowd.members.push_back(std::make_unique<Party>(system.world(), *crowd.stores.back(),
                                                    *crowd.profiles.back(), member_name(i)));
    joining.push_back(join(*crowd.members.back()));
  }
  system.run_until_done(base::gather(std::move(joining), 32));
  return crowd;
}

base::Task<bool> list_all(Party& lisa, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) co_await lisa.add(member_name(i));
  co_return true;
}

struct SignOn {
  Nanoseconds signed_on{};
  Nanoseconds all_online{};
};

base::Task<SignOn> time_sign_on(base::Clock& clock, Party& lisa, std::size_t buddies) {
  base::Completion<bool> complete;
  lisa.on_change = [&lisa, &complete, buddies] {
    if (lisa.online() == buddies) complete.set(true);
  };
  SignOn taken;
  const auto start = Steady::now();
  co_await lisa.sign_on();
  taken.signed_on = Steady::now() - start;
  co_await complete;
  taken.all_online = Steady::now() - start;
  co_await base::sleep_for(clock, 0ns);  // out of on_change, before it goes
  lisa.on_change = {};
  co_return taken;
}

base::Task<bool> sign_off(Party& party) {
  const auto done = co_await party.client().sign_off();
  co_return done.has_value();
}

SignOn sign_on_with(std::size_t buddies) {
  base::System system;
  base::World& world = system.world();
  const auto storage = open_node(world, openhash::Role::storage, {});
  const auto lisa_store = open_node(world, openhash::Role::client, {storage->local()});
  basic::MemoryProfile profile;
  Party lisa(world, *lisa_store, profile, "lisa");
  system.run_until_done(lisa.register_user());
  const Crowd crowd = gather_crowd(system, storage->local(), buddies);
  system.run_until_done(lisa.sign_on());
  system.run_until_done(list_all(lisa, buddies));
  system.run_until_done(sign_off(lisa));
  return system.run_until_done(time_sign_on(world.clock, lisa, buddies));
}

double milliseconds(Nanoseconds taken) {
  return std::chrono::duration<double, std::milli>(taken).count();
}

}  // namespace

Rows measure_sign_on(const std::vector<std::size_t>& buddies) {
  Rows rows;
  for (const std::size_t count : buddies) {
    const SignOn taken = sign_on_with(count);
    const std::string with = " with " + std::to_string(count) + " buddies on line";
    rows.push_back({"sign-on" + with, format("%.0f ms", milliseconds(taken.signed_on)), "", ""});
    rows.push_back(
        {"all shown on line" + with, format("%.0f ms", milliseconds(taken.all_online)), "", ""});
  }
  return rows;
}

}  // namespace bench
