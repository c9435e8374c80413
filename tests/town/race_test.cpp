// Two people who want the same name at the same moment.

#include <gtest/gtest.h>

#include <iostream>
#include <random>

#include "ohim/errc.h"
#include "testing/town.h"

namespace sim {
namespace {

using namespace std::chrono_literals;
using Outcome = base::Result<std::string>;

constexpr int kRaces = 200;
constexpr base::Duration kLatest = 3s;  // between the two starts

base::Task<void> race(base::Clock& clock, base::Duration start, basic::Client& client,
                      std::string password, std::optional<Outcome>& outcome) {
  co_await base::sleep_for(clock, start);
  base::Secret secret = base::Secret::copy_of(base::view(password));
  std::string name = "milhouse";
  Outcome done = co_await client.register_user(std::move(name), std::move(secret));
  outcome.emplace(std::move(done));
}

bool was_told(const Outcome& outcome) {
  return outcome.error().code == ohim::Errc::name_taken ||
         outcome.error().code == ohim::Errc::contested_name;
}

struct Nobody final : basic::ClientEvents {
  void presence(const basic::Buddy&) override {}
  void text(const basic::Text&) override {}
  void request(const ohim::Name&, const std::string&) override {}
  void warning(const std::string&) override {}
};

/// One of the two.
struct Rival {
  Rival(Town& town, const std::string& host)
      : world(town.world().host(host)),
        node(town.enter(host)),
        client(world, *node, profile, face, options()) {}
  static basic::ClientOptions options() {
    basic::ClientOptions options = quick_client();
    options.presence.claim_settles = 5s;
    return options;
  }

  base::World& world;
  std::unique_ptr<openhash::Node> node;
  basic::MemoryProfile profile;
  Nobody face;
  basic::Client client;
  std::optional<Outcome> outcome;
};

TEST(NameRace, ExactlyOneOfTwoGetsTheName) {
  int nobody = 0;
  for (std::uint64_t seed = 1; seed <= kRaces; ++seed) {
    Town town({.seed = seed, .faults = {.loss = 0.1, .delay = 50ms, .jitter = 20ms}});
    std::mt19937_64 dice(seed);
    town.world().advance(10s);
    Rival one(town, "one");
    Rival other(town, "other");
    town.world().advance(2s);
    const auto late = std::chrono::milliseconds(dice() % (kLatest / 1ms + 1));
    base::Tasks tasks;
    tasks.start(race(one.world.clock, 0s, one.client, "four quiet purple herons", one.outcome));
    tasks.start(
        race(other.world.clock, late, other.client, "nine loud yellow badgers", other.outcome));
    const bool over = town.world().run_until(
        [&] { return one.outcome.has_value() && other.outcome.has_value(); }, 5min);
    ASSERT_TRUE(over) << "seed " << seed;
    const int winners = one.outcome->has_value() + other.outcome->has_value();
    const auto words = [](const Outcome& outcome) {
      return outcome ? "got it" : outcome.error().message();
    };
    EXPECT_LE(winners, 1) << "seed " << seed << ", both have the name; late by " << late.count();
    if (winners == 0) ++nobody;
    if (winners == 0) {
      std::cout << "seed " << seed << ": nobody got it, late by " << late.count()
                << " ms: " << words(*one.outcome) << " / " << words(*other.outcome) << "\n";
    }
    for (const Rival* rival : {&one, &other}) {
      EXPECT_TRUE(rival->outcome->has_value() || was_told(*rival->outcome))
          << "seed " << seed << ": " << words(*rival->outcome);
    }
  }
  std::cout << nobody << " of " << kRaces << " races had no winner\n";
  EXPECT_EQ(nobody, 0);
}

}  // namespace
}  // namespace sim
