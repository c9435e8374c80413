#include <algorithm>

#include "sim_stream.h"

namespace sim {

namespace {

using namespace std::chrono_literals;
using Connected = base::Result<std::unique_ptr<base::Stream>>;

constexpr base::Duration kConnectLimit = 5s;
/// When the first packet is sent again: RFC 6298, one second and doubling.
constexpr std::array<base::Duration, 3> kTries = {0s, 1s, 3s};

/// One connect() under way. The task that waits holds it; the network has weak pointers.
struct Attempt {
  Network& network;
  std::shared_ptr<Host> host;
  base::Endpoint local;
  base::Endpoint to;
  bool answered{};
  base::Completion<bool> decided{};
  std::unique_ptr<base::Stream> stream{};

  void knock(const std::weak_ptr<Attempt>& self);
};

void decide(const std::weak_ptr<Attempt>& waiting, std::unique_ptr<base::Stream> stream) {
  const auto attempt = waiting.lock();
  if (!attempt || !attempt->host->alive) return;  // and the stream goes, with a reset
  attempt->stream = std::move(stream);
  attempt->decided.set(true);
}

bool listens_at(const ListenPort& port, const base::Endpoint& to) {
  return port.open && (port.local.is_unspecified() || port.local.address == to.address);
}

/// The packet has arrived: opens both ends, or refuses. Our end learns of it one way later.
void answer(const std::weak_ptr<Attempt>& self, base::Duration way_back) {
  const auto attempt = self.lock();
  if (!attempt || attempt->answered || !attempt->host->alive) return;
  Network& network = attempt->network;
  const auto host = network.find(*attempt->host, attempt->to);
  if (!host || !network.reaches(attempt->host->address, host->address)) return;
  attempt->answered = true;

  const auto found = host->listeners.find(attempt->to.port);
  const auto listener = found == host->listeners.end() ? nullptr : found->second.lock();
  if (!listener || !listens_at(*listener, attempt->to)) {
    return network.events->after(way_back, [self] { decide(self, nullptr); });
  }
  auto [ours, theirs] =
      StreamEnd::make_pair(network, attempt->host, attempt->local, host, attempt->to);
  network.events->after(way_back,
                        [self, end = std::move(ours)] { decide(self, make_stream(end)); });
  listener->handler(make_stream(theirs));
}

void Attempt::knock(const std::weak_ptr<Attempt>& self) {
  const base::Endpoint at = to.is_loopback() ? host->address : to;
  const Faults faults = network.faults(host->address, at);
  for (const base::Duration start : kTries) {
    if (network.dice.chance(faults.loss) || network.dice.chance(faults.loss)) continue;
    const base::Duration way_back = network.delay(faults);
    network.events->after(start + network.delay(faults),
                          [self, way_back] { answer(self, way_back); });
  }
}

}  // namespace

base::Task<Connected> connect(Network& network, std::shared_ptr<Host> host, base::Clock& clock,
                              base::Endpoint to) {
  if (!host->alive) co_return base::fail(base::Errc::failed, "this program has ended");
  ++network.traffic[host->address].connects;
  const base::Endpoint local = host->seen_from(to, network.free_port(host->listeners));
  auto attempt = std::shared_ptr<Attempt>(new Attempt{network, host, local, to});
  attempt->knock(attempt);
  const base::Timer limit =
      clock.call_after(kConnectLimit, [&attempt] { attempt->decided.set(false); });
  base::Completion<bool>& decided = attempt->decided;
  const bool in_time = co_await decided;
  if (!in_time) {
    co_return base::fail(base::Errc::timed_out, to.to_string() + " did not answer within 5 s");
  }
  if (!attempt->stream) {
    co_return base::fail(base::Errc::unreachable, to.to_string() + " refused the connection");
  }
  co_return std::move(attempt->stream);
}

}  // namespace sim
