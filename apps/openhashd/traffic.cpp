#include "traffic.h"

namespace {

class CountingSocket final : public base::DatagramSocket {
 public:
  CountingSocket(std::unique_ptr<base::DatagramSocket> below, Traffic::Counts& counts)
      : below_(std::move(below)), counts_(counts) {}

  void send(const base::Endpoint& to, base::ByteView datagram) override {
    ++counts_.sent;
    counts_.bytes_sent += datagram.size();
    below_->send(to, datagram);
  }
  [[nodiscard]] base::Endpoint local() const override { return below_->local(); }

 private:
  std::unique_ptr<base::DatagramSocket> below_;
  Traffic::Counts& counts_;
};

}  // namespace

base::Result<std::unique_ptr<base::DatagramSocket>> Traffic::open_datagram(
    const base::Endpoint& local, base::DatagramSocket::Handler handler) {
  auto counted = [this, handler = std::move(handler)](base::ByteView datagram,
                                                      const base::Endpoint& from) {
    ++counts_.received;
    counts_.bytes_received += datagram.size();
    handler(datagram, from);
  };
  auto opened = below_.open_datagram(local, std::move(counted));
  if (!opened) return opened.error();
  return std::unique_ptr<base::DatagramSocket>(
      std::make_unique<CountingSocket>(std::move(*opened), counts_));
}
