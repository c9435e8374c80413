#include "sim_ports.h"

#include <charconv>

#include "sim_stream.h"

namespace sim {

namespace {

using namespace std::chrono_literals;

/// When every simulated world begins: 2026-01-01 00:00:00 UTC.
constexpr base::WallTime kBeginning{std::chrono::seconds(1'767'225'600)};
constexpr base::Duration kLookUpTime = 20ms;

class SimDatagramSocket final : public base::DatagramSocket {
 public:
  SimDatagramSocket(Network& network, std::shared_ptr<Host> host, std::shared_ptr<UdpPort> port)
      : network_(network), host_(std::move(host)), port_(std::move(port)) {}
  ~SimDatagramSocket() override {
    port_->open = false;
    host_->udp.erase(port_->local.port);
  }

  void send(const base::Endpoint& to, base::ByteView datagram) override {
    if (!host_->alive) return;
    const bool loopback = port_->local.is_loopback();
    if (loopback && !to.is_loopback()) return;  // as the kernel: no route from there
    network_.send_datagram(host_, port_->local.port, to, datagram);
  }
  base::Endpoint local() const override { return port_->local; }

 private:
  Network& network_;
  std::shared_ptr<Host> host_;
  std::shared_ptr<UdpPort> port_;
};

class SimListener final : public base::StreamListener {
 public:
  SimListener(std::shared_ptr<Host> host, std::shared_ptr<ListenPort> port)
      : host_(std::move(host)), port_(std::move(port)) {}
  ~SimListener() override {
    port_->open = false;
    host_->listeners.erase(port_->local.port);
  }
  base::Endpoint local() const override { return port_->local; }

 private:
  std::shared_ptr<Host> host_;
  std::shared_ptr<ListenPort> port_;
};

base::Result<std::vector<base::Endpoint>> look_up(const Network& network,
                                                  const std::string& host_and_port) {
  if (const auto number = base::Endpoint::parse(host_and_port)) return std::vector{*number};
  const std::size_t colon = host_and_port.rfind(':');
  if (colon == std::string::npos) {
    return base::fail(base::Errc::malformed, host_and_port + " is not host:port");
  }
  const std::string host = host_and_port.substr(0, colon);
  const auto port = base::Endpoint::parse("0.0.0.0:" + host_and_port.substr(colon + 1));
  if (host.empty() || !port) {
    return base::fail(base::Errc::malformed, host_and_port + " is not host:port");
  }
  base::Endpoint found = base::Endpoint::v4(127, 0, 0, 1, 0);
  if (host != "localhost") {
    const auto name = network.names.find(host);
    if (name == network.names.end()) {
      return base::fail(base::Errc::not_found, "there is no host named " + host);
    }
    found = name->second;
  }
  found.port = port->port;
  return std::vector{found};
}

base::Task<base::Result<std::vector<base::Endpoint>>> resolve_in(Network& network,
                                                                 base::Clock& clock,
                                                                 std::string host_and_port) {
  co_await base::sleep_for(clock, kLookUpTime);
  co_return look_up(network, host_and_port);
}

}  // namespace

base::WallTime VirtualClock::wall() const {
  const base::Duration gone = network_.events->now() - network_.events->start();
  const auto skew = network_.skews.find(host_->address);
  const auto ahead = skew == network_.skews.end() ? 0s : skew->second;
  return kBeginning + std::chrono::floor<std::chrono::seconds>(gone) + ahead;
}

base::Timer VirtualClock::call_after(base::Duration delay, std::function<void()> callback) {
  if (!host_->alive) return {};
  return network_.events->timer(delay, std::move(callback), host_.get());
}

void VirtualClock::post(std::function<void()> callback) {
  if (host_->alive) network_.events->after(0s, std::move(callback), host_.get());
}

template <typename Taken>
base::Result<base::Endpoint> SimTransport::bind(const base::Endpoint& wanted, const Taken& taken) {
  if (!host_->alive) return base::fail(base::Errc::failed, "this program has ended");
  if (!host_->owns(wanted)) {
    return base::fail(base::Errc::not_found,
                      wanted.to_string() + " is not an address of this machine");
  }
  base::Endpoint bound = wanted;
  if (bound.port == 0) bound.port = network_.free_port(taken);
  if (taken.contains(bound.port)) {
    return base::fail(base::Errc::conflict, bound.to_string() + " is in use; choose another port");
  }
  return bound;
}

base::Result<std::unique_ptr<base::DatagramSocket>> SimTransport::open_datagram(
    const base::Endpoint& local, base::DatagramSocket::Handler handler) {
  const auto bound = bind(local, host_->udp);
  if (!bound) return bound.error();
  auto port = std::make_shared<UdpPort>(UdpPort{*bound, std::move(handler)});
  host_->udp[bound->port] = port;
  return std::unique_ptr<base::DatagramSocket>(
      std::make_unique<SimDatagramSocket>(network_, host_, std::move(port)));
}

base::Result<std::unique_ptr<base::StreamListener>> SimTransport::listen(
    const base::Endpoint& local, base::StreamListener::Handler handler) {
  const auto bound = bind(local, host_->listeners);
  if (!bound) return bound.error();
  auto port = std::make_shared<ListenPort>(ListenPort{*bound, std::move(handler)});
  host_->listeners[bound->port] = port;
  return std::unique_ptr<base::StreamListener>(
      std::make_unique<SimListener>(host_, std::move(port)));
}

base::Task<base::Result<std::unique_ptr<base::Stream>>> SimTransport::connect(base::Endpoint to) {
  return sim::connect(network_, host_, clock_, to);
}

base::Task<base::Result<std::vector<base::Endpoint>>> SimTransport::resolve(
    std::string host_and_port) {
  return resolve_in(network_, clock_, std::move(host_and_port));
}

std::vector<base::Endpoint> SimTransport::own_addresses() {
  const base::Endpoint loopback = base::Endpoint::v4(127, 0, 0, 1, 0);
  if (host_->name.starts_with(kBehindNat)) return {loopback};
  return {host_->address, loopback};
}

std::shared_ptr<void> InlineWorkers::submit(std::function<void()> work,
                                            std::function<void()> done) {
  auto waiter = std::make_shared<Waiter>(Waiter{std::move(done)});
  if (!host_->alive) return waiter;
  auto job = [work = std::move(work), waiting = std::weak_ptr(waiter)] {
    work();
    if (const auto still = waiting.lock()) still->wake();
  };
  network_.events->after(network_.work_cost, std::move(job), host_.get());
  return waiter;
}

}  // namespace sim
