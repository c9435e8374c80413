#pragma once
// The ports of one simulated host.

#include "sim_network.h"

namespace sim {

/// Before the name of a host that is its address (sim_world.cpp).
inline constexpr std::string_view kBehindNat = "nat ";

class VirtualClock final : public base::Clock {
 public:
  VirtualClock(Network& network, std::shared_ptr<Host> host)
      : network_(network), host_(std::move(host)) {}

  base::Instant now() const override { return network_.events->now(); }
  base::WallTime wall() const override;
  base::Timer call_after(base::Duration delay, std::function<void()> callback) override;
  void post(std::function<void()> callback) override;

 private:
  Network& network_;
  std::shared_ptr<Host> host_;
};

class SimTransport final : public base::Transport {
 public:
  SimTransport(Network& network, std::shared_ptr<Host> host, base::Clock& clock)
      : network_(network), host_(std::move(host)), clock_(clock) {}

  base::Result<std::unique_ptr<base::DatagramSocket>> open_datagram(
      const base::Endpoint& local, base::DatagramSocket::Handler handler) override;
  base::Result<std::unique_ptr<base::StreamListener>> listen(
      const base::Endpoint& local, base::StreamListener::Handler handler) override;
  base::Task<base::Result<std::unique_ptr<base::Stream>>> connect(base::Endpoint to) override;
  base::Task<base::Result<std::vector<base::Endpoint>>> resolve(std::string host_and_port) override;
  std::vector<base::Endpoint> own_addresses() override;

 private:
  /// `wanted` with a port, if this host may bind it.
  template <typename Taken>
  base::Result<base::Endpoint> bind(const base::Endpoint& wanted, const Taken& taken);

  Network& network_;
  std::shared_ptr<Host> host_;
  base::Clock& clock_;
};

/// Runs the work in an event of its own, `network.work_cost` after it was submitted.
class InlineWorkers final : public base::Workers {
 public:
  InlineWorkers(Network& network, std::shared_ptr<Host> host)
      : network_(network), host_(std::move(host)) {}
  std::shared_ptr<void> submit(std::function<void()> work, std::function<void()> done) override;

 private:
  Network& network_;
  std::shared_ptr<Host> host_;
};

/// A running program's view of the world: what SimWorld::host() gives.
class Ports {
 public:
  Ports(Network& network, std::shared_ptr<Host> host, base::Log log)
      : host_(std::move(host)),
        clock_(network, host_),
        transport_(network, host_, clock_),
        entropy_(network.seed, host_->name + ' ' + std::to_string(host_->start)),
        workers_(network, host_),
        world_{clock_, transport_, entropy_, workers_, std::move(log)} {}

  [[nodiscard]] const std::shared_ptr<Host>& host() const { return host_; }
  [[nodiscard]] base::World& world() { return world_; }

 private:
  std::shared_ptr<Host> host_;
  VirtualClock clock_;
  SimTransport transport_;
  SeededEntropy entropy_;
  InlineWorkers workers_;
  base::World world_;
};

}  // namespace sim
