// The engine's own clock and jobs, where they are known to go wrong (docs/engine.md, "Time").

#include "engine.h"
#include "town.h"

namespace openhash {
namespace {

class EngineTest : public Town {
 protected:
  std::unique_ptr<Engine> engine(const std::string& name) {
    base::World& world = sim.host(name);
    EngineOptions options{Role::client, kNetwork, {}, sim.address(name, kPort)};
    world.entropy.fill(options.id);
    return std::move(*Engine::open(world, options, nullptr));
  }
};

TEST_F(EngineTest, GoesOnWhenItRunsAtTheInstantASubscriptionIsForgotten) {
  start_nodes(1);
  const auto lisa = engine("lisa");
  const base::Endpoint n0 = sim.address("n0", kPort);
  bool in = false;
  const Operation hello = lisa->ping(n0, [&in](bool answered) { in = answered; });
  ASSERT_TRUE(sim.run_until([&in] { return in; }, 5s));
  Operation watch = lisa->listen(kLocation, [](base::ByteView) {});
  sim.advance(1s);
  watch.reset();
  sim.advance(60s);  // the engine keeps it for a minute, in case somebody subscribes again
  bool answered = false;
  const Operation again = lisa->ping(n0, [&answered](bool yes) { answered = yes; });
  EXPECT_TRUE(sim.run_until([&answered] { return answered; }, 5s));
}

}  // namespace
}  // namespace openhash
