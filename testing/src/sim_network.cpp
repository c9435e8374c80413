#include "sim_network.h"

#include <sodium.h>

#include <algorithm>

#include "sim_stream.h"

namespace sim {

namespace {

constexpr std::size_t kLargestDatagram = 65'507;  // RFC 768 over IPv4
constexpr base::Duration kLoopbackDelay = std::chrono::microseconds(20);

base::Endpoint without_port(base::Endpoint endpoint) {
  endpoint.port = 0;
  return endpoint;
}

/// Whether what is bound to `local` gets what is sent to `to`.
bool takes(const base::Endpoint& local, const base::Endpoint& to) {
  return local.is_unspecified() || local.address == to.address;
}

}  // namespace

SeededEntropy::SeededEntropy(std::uint64_t seed, std::string_view name) {
  base::Writer writer;
  writer.u64(seed).bytes(base::view(name));
  crypto_generichash(seed_.data(), seed_.size(), writer.view().data(), writer.size(), nullptr, 0);
}

void SeededEntropy::refill() {
  static_assert(std::tuple_size_v<decltype(seed_)> == randombytes_SEEDBYTES);
  std::array<std::uint8_t, 32> block_seed{};
  const base::Bytes number = base::Writer().u64(block_++).take();
  crypto_generichash(block_seed.data(), block_seed.size(), number.data(), number.size(),
                     seed_.data(), seed_.size());
  ready_.resize(4096);
  randombytes_buf_deterministic(ready_.data(), ready_.size(), block_seed.data());
  used_ = 0;
}

void SeededEntropy::fill(std::span<std::uint8_t> out) {
  for (std::uint8_t& byte : out) {
    if (used_ == ready_.size()) refill();
    byte = ready_[used_++];
  }
}

bool Host::owns(const base::Endpoint& local) const {
  return local.is_unspecified() || local.is_loopback() || local.address == address.address;
}

base::Endpoint Host::seen_from(const base::Endpoint& peer, std::uint16_t port) const {
  base::Endpoint seen = peer.is_loopback() ? peer : address;
  seen.port = port;
  return seen;
}

std::shared_ptr<Host> Network::find(const Host& from, const base::Endpoint& to) const {
  const auto found = hosts.find(to.is_loopback() ? from.address : without_port(to));
  return found == hosts.end() ? nullptr : found->second;
}

bool Network::reaches(const base::Endpoint& from, const base::Endpoint& to) const {
  const base::Endpoint one = without_port(from);
  const base::Endpoint other = without_port(to);
  if (one == other || other.is_loopback()) return true;
  const auto group = [this](const base::Endpoint& host) {
    const auto found = groups.find(host);
    return found == groups.end() ? 0 : found->second;
  };
  return hosts.contains(other) && !cut_off.contains(one) && !cut_off.contains(other) &&
         group(one) == group(other) && faults(one, other).loss < 1;
}

Faults Network::faults(const base::Endpoint& from, const base::Endpoint& to) const {
  const base::Endpoint one = without_port(from);
  const base::Endpoint other = without_port(to);
  if (one == other || other.is_loopback()) return {.delay = kLoopbackDelay};
  const auto found = link_faults.find(std::minmax(one, other));
  return found == link_faults.end() ? usual_faults : found->second;
}

base::Duration Network::delay(const Faults& faults) {
  if (faults.jitter <= base::Duration::zero()) return faults.delay;
  const double extra = dice.fraction() * static_cast<double>(faults.jitter.count());
  return faults.delay + base::Duration(static_cast<base::Duration::rep>(extra));
}

void Network::send_datagram(const std::shared_ptr<Host>& from, std::uint16_t port,
                            const base::Endpoint& to, base::ByteView datagram) {
  Traffic& sent = traffic[from->address];
  ++sent.datagrams;
  sent.datagram_bytes += datagram.size();
  const base::Endpoint at = to.is_loopback() ? from->address : without_port(to);
  if (datagram.size() > kLargestDatagram || !reaches(from->address, at)) return;
  const Faults faulty = faults(from->address, at);
  if (dice.chance(faulty.loss)) return;
  const int copies = dice.chance(faulty.duplicate) ? 2 : 1;
  for (int i = 0; i < copies; ++i) {
    events->after(delay(faulty),
                  [this, sender = from->seen_from(to, port), to, at,
                   bytes = base::to_bytes(datagram)] { deliver(sender, to, at, bytes); });
  }
}

/// `at` is the host; `to` may be loopback.
void Network::deliver(const base::Endpoint& from, const base::Endpoint& to,
                      const base::Endpoint& at, const base::Bytes& datagram) {
  const auto host = hosts.find(at);
  if (host == hosts.end() || !reaches(from.is_loopback() ? at : from, at)) return;
  const auto found = host->second->udp.find(to.port);
  if (found == host->second->udp.end()) return;
  const auto socket = found->second.lock();
  if (socket && socket->open && takes(socket->local, to)) socket->handler(datagram, from);
}

void Network::kill(const std::shared_ptr<Host>& host, bool tell_peers) {
  if (!std::exchange(host->alive, false)) return;
  hosts.erase(host->address);
  events->forget(host.get());
  for (const auto& [id, end] : std::exchange(host->ends, {})) end->die(tell_peers);
  host->udp.clear();
  host->listeners.clear();
}

}  // namespace sim
