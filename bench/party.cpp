#include "party.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace bench {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kPassword = "correct horse battery staple 6824";

base::Secret password() { return base::Secret::copy_of(base::view(kPassword)); }

basic::ClientOptions light_options() {
  basic::ClientOptions options;
  options.presence.password.memory = std::size_t{1} << 20;
  options.presence.password.passes = 1;
  options.presence.claim_settles = 1ms;
  options.listen = base::Endpoint::v4(127, 0, 0, 1, 0);
  return options;
}

}  // namespace

openhash::Rules light_rules() {
  openhash::Rules rules;
  rules.work_named = 4;
  rules.work_opaque = 4;
  return rules;
}

void give_up(const std::string& what, const base::Error& error) {
  std::fprintf(stderr, "ohim-bench: %s: %s\n", what.c_str(), error.message().c_str());
  std::exit(1);
}

std::unique_ptr<openhash::Node> open_node(base::World& world, openhash::Role role,
                                          std::vector<base::Endpoint> nodes) {
  openhash::NodeOptions options;
  options.role = role;
  options.rules = light_rules();
  options.listen = base::Endpoint::v4(127, 0, 0, 1, 0);
  options.bootstrap = std::move(nodes);
  auto node = openhash::Node::open(world, std::move(options));
  if (!node) give_up("opening a node", node.error());
  return std::move(*node);
}

Party::Party(base::World& world, openhash::Store& store, basic::Profile& profile, std::string name)
    : world_(world),
      name_(std::move(name)),
      client_(world, store, profile, *this, light_options()) {}

base::Task<void> Party::register_user() {
  const auto done = co_await client_.register_user(name_, password());
  if (!done) give_up("registering " + name_, done.error());
}

base::Task<void> Party::sign_on() {
  seen_.clear();
  const auto done = co_await client_.sign_on(name_, password());
  if (!done) give_up("signing " + name_ + " on", done.error());
}

base::Task<void> Party::add(std::string buddy) {
  const base::Instant deadline = world_.clock.now() + 5s;
  for (;;) {
    const auto added = co_await client_.add_buddy(buddy);
    if (added) co_return;
    if (world_.clock.now() > deadline) give_up("adding " + buddy, added.error());
    co_await base::sleep_for(world_.clock, 50ms);
  }
}

std::size_t Party::online() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      seen_, [](const auto& buddy) { return buddy.second == basic::Presence::online; }));
}

void Party::presence(const basic::Buddy& buddy) {
  seen_[buddy.name] = buddy.presence;
  if (on_change) on_change();
}

void Party::warning(const std::string& sentence) {
  std::fprintf(stderr, "ohim-bench: %s: %s\n", name_.c_str(), sentence.c_str());
}

}  // namespace bench
