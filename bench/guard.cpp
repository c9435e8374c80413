// guard-bench: how many datagrams a second a storage node reads on one core: the guard alone, the
// guard and the gate, and with the engine behind them, which answers. Honest requests of strangers,
// each from a network of its own, and the same with a few bytes changed.

#include <time.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "engine.h"
#include "gate.h"
#include "openhash/guard.h"
#include "pack.h"
#include "table.h"
#include "testing/sim_world.h"

namespace {

using namespace std::chrono_literals;
using base::Bytes;
using base::Endpoint;
using openhash::Pack;

constexpr std::uint32_t kNetwork = 1001;
constexpr std::size_t kStrangers = 1000;
constexpr std::size_t kRound = 1000;  // datagrams, then a second passes

/// The simulated host's, but what arrives is handed over by hand.
class Tap final : public base::Transport {
 public:
  explicit Tap(base::Transport& transport) : transport_(transport) {}

  base::DatagramSocket::Handler receive;
  std::size_t sent = 0;

  base::Result<std::unique_ptr<base::DatagramSocket>> open_datagram(
      const Endpoint& local, base::DatagramSocket::Handler handler) override {
    receive = std::move(handler);
    return std::unique_ptr<base::DatagramSocket>(std::make_unique<Socket>(*this, local));
  }
  base::Result<std::unique_ptr<base::StreamListener>> listen(
      const Endpoint& local, base::StreamListener::Handler handler) override {
    return transport_.listen(local, std::move(handler));
  }
  base::Task<base::Result<std::unique_ptr<base::Stream>>> connect(Endpoint to) override {
    return transport_.connect(to);
  }
  base::Task<base::Result<std::vector<Endpoint>>> resolve(std::string name) override {
    return transport_.resolve(std::move(name));
  }
  std::vector<Endpoint> own_addresses() override { return transport_.own_addresses(); }

 private:
  struct Socket final : base::DatagramSocket {
    Socket(Tap& the_tap, const Endpoint& the_local) : tap(the_tap), own(the_local) {}
    void send(const Endpoint&, base::ByteView) override { ++tap.sent; }
    [[nodiscard]] Endpoint local() const override { return own; }
    Tap& tap;
    Endpoint own;
  };
  base::Transport& transport_;
};

struct Arrival {
  Endpoint from;
  Bytes datagram;
};

/// A ping, a find or a get of a storage node.
Bytes request(std::size_t number, const openhash::NodeId& id) {
  const Bytes near(20, static_cast<std::uint8_t>(number));
  Pack out;
  out.map(5).text("a");
  const char* const names[] = {"ping", "find", "get"};
  const std::size_t kind = number % std::size(names);
  if (kind == 0) out.map(1).text("id").binary(id);
  if (kind == 1) out.map(2).text("id").binary(id).text("target").binary(near);
  if (kind == 2) {
    out.map(3).text("id").binary(id).text("h").binary(near);
    out.text("q").map(2).text("s").array(1).number(1).text("w").array(0);
  }
  out.text("q").text(names[kind]).text("t").number(number).text("y").text("q");
  return out.text("n").number(kNetwork).bytes();
}

std::vector<Arrival> honest(base::Entropy& entropy) {
  std::vector<Arrival> all;
  for (std::size_t number = 0; number < kStrangers; ++number) {
    const auto byte = [number](std::size_t by) { return static_cast<std::uint8_t>(number / by); };
    const Endpoint from = Endpoint::v4(40, byte(200), byte(1), 1, 6824);
    all.push_back({from, request(number, openhash::draw_node_id(entropy, from))});
  }
  return all;
}

std::vector<Arrival> changed(std::vector<Arrival> all) {
  std::mt19937 random(1);
  for (auto& [from, datagram] : all) {
    for (int i = 0; i < 3; ++i) {
      datagram[random() % datagram.size()] = static_cast<std::uint8_t>(random());
    }
  }
  return all;
}

/// This process's: what others do on the machine does not count.
std::chrono::nanoseconds processor_time() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

/// Gives every arrival to `take` until `count` were given, a second apart each round.
template <typename Take>
double per_second(sim::SimWorld& sim, const std::vector<Arrival>& all, std::size_t count,
                  const Take& take) {
  std::chrono::nanoseconds spent{0};
  for (std::size_t done = 0; done < count; done += kRound) {
    const auto start = processor_time();
    for (std::size_t i = 0; i < kRound; ++i) take(all[i % all.size()]);
    spent += processor_time() - start;
    sim.advance(1s);
  }
  return static_cast<double>(count) / std::chrono::duration<double>(spent).count();
}

class Nothing final : public openhash::Keeper {
 public:
  void wanted(const openhash::Key&) override {}
  void offered(const openhash::Key&, const openhash::Contact&) override {}
  bool accept(const openhash::Key&, std::uint64_t, std::uint16_t, base::ByteView,
              const openhash::Contact&) override {
    return false;
  }
};

void measure(std::size_t count, bool garbage) {
  sim::SimWorld sim(1);
  base::World host = sim.host("node");
  std::vector<Arrival> all = honest(host.entropy);
  if (garbage) all = changed(std::move(all));

  const double guard = per_second(
      sim, all, count, [](const Arrival& one) { (void)openhash::inspect(one.datagram); });

  openhash::Gate gate({}, 7);
  std::size_t passed = 0;
  Bytes room;
  const double guard_and_gate = per_second(sim, all, count, [&](const Arrival& one) {
    openhash::Facts facts;
    const base::Instant now = host.clock.now();
    if (!gate.may_speak(one.from, now)) return;
    if (openhash::inspect(one.datagram, nullptr, &facts) != openhash::Verdict::ok) return;
    if (gate.admit(facts, one.from, now) != openhash::Refusal::none) return;
    (void)gate.strip(one.datagram, facts, one.from, room, now);
    ++passed;
  });

  Tap tap(host.transport);
  base::World tapped{host.clock, tap, host.entropy, host.workers, host.log};
  Nothing nothing;
  const Endpoint here = sim.address("node", 6824);
  auto engine = openhash::Engine::open(
      tapped, {openhash::Role::storage, kNetwork, openhash::draw_node_id(host.entropy), here},
      &nothing);
  if (!engine) std::exit(1);
  sim.advance(1s);
  std::size_t answers = 0;
  const double whole = per_second(sim, all, count, [&](const Arrival& one) {
    const std::size_t before = tap.sent;
    tap.receive(one.datagram, one.from);
    answers += tap.sent - before;
  });

  const auto row = [&](const char* what, double rate) {
    return bench::Row{what, bench::format("%.0f/s", rate), bench::format("%.0f/s", whole),
                      bench::format("%.1f", rate / whole)};
  };
  std::printf("%s: %zu, of which guard and gate let %.1f %% pass; %zu datagrams sent\n",
              garbage ? "changed requests" : "honest requests", count,
              100.0 * static_cast<double>(passed) / static_cast<double>(count), answers);
  bench::print({row("guard", guard), row("guard and gate", guard_and_gate)});
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc == 2 ? std::strtoul(argv[1], nullptr, 10) : 100'000;
  bench::print({{"datagrams, one core", "alone", "with engine", "ratio"}});
  measure(std::max(count, kRound), false);
  measure(std::max(count, kRound), true);
  return 0;
}
