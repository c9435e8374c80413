#pragma once
// A transport that counts datagrams on their way through another.

#include "base/transport.h"

/// `below` is borrowed, and must outlive this object; both must outlive the sockets.
class Traffic final : public base::Transport {
 public:
  struct Counts {
    std::uint64_t received = 0;
    std::uint64_t sent = 0;
    std::uint64_t bytes_received = 0;
    std::uint64_t bytes_sent = 0;
  };

  explicit Traffic(base::Transport& below) : below_(below) {}
  [[nodiscard]] const Counts& counts() const { return counts_; }

  base::Result<std::unique_ptr<base::DatagramSocket>> open_datagram(
      const base::Endpoint& local, base::DatagramSocket::Handler handler) override;
  base::Result<std::unique_ptr<base::StreamListener>> listen(
      const base::Endpoint& local, base::StreamListener::Handler handler) override {
    return below_.listen(local, std::move(handler));
  }
  base::Task<base::Result<std::unique_ptr<base::Stream>>> connect(base::Endpoint to) override {
    return below_.connect(to);
  }
  base::Task<base::Result<std::vector<base::Endpoint>>> resolve(
      std::string host_and_port) override {
    return below_.resolve(std::move(host_and_port));
  }
  std::vector<base::Endpoint> own_addresses() override { return below_.own_addresses(); }

 private:
  base::Transport& below_;
  Counts counts_;
};
