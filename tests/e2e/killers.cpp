// killers HOST:PORT: sends all that is known to end a stock engine, and each cut short and changed.

#include "killers.h"

#include <cstdio>

#include "base/system.h"

using namespace std::chrono_literals;

namespace {

base::Task<int> send_all(base::World& world, base::Endpoint target) {
  auto socket =
      world.transport.open_datagram(base::Endpoint::v4(127, 0, 0, 1, 0), [](auto, auto&) {});
  if (!socket) co_return 1;
  int sent = 0;
  for (const base::Bytes& killer : openhash::killers::all()) {
    for (std::size_t length = 0; length <= killer.size(); ++length, ++sent)
      (*socket)->send(target, base::ByteView(killer).first(length));
    for (std::size_t i = 0; i < killer.size(); ++i, ++sent) {
      base::Bytes changed = killer;
      changed[i] ^= static_cast<std::uint8_t>(world.entropy.u64() | 1);
      (*socket)->send(target, changed);
    }
    for (int i = 0; i < 20; ++i, ++sent) (*socket)->send(target, killer);
    co_await base::sleep_for(world.clock, 5ms);  // so that no buffer overflows on the way
  }
  std::printf("sent %d\n", sent);
  co_return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const auto target = argc == 2 ? base::Endpoint::parse(argv[1]) : std::nullopt;
  if (!target) return 2;
  base::System system;
  return system.run_until_done(send_all(system.world(), *target));
}
