#pragma once
// The machine's sockets as a base::Transport.

#include "base/log.h"
#include "base/transport.h"
#include "base/workers.h"
#include "system_loop.h"
#include "system_stream.h"

namespace base::system {

class SocketTransport final : public Transport {
 public:
  SocketTransport(Loop& loop, Workers& workers, Log log)
      : loop_(loop), workers_(workers), log_(std::move(log)) {}

  Result<std::unique_ptr<DatagramSocket>> open_datagram(const Endpoint& local,
                                                        DatagramSocket::Handler handler) override;
  Result<std::unique_ptr<StreamListener>> listen(const Endpoint& local,
                                                 StreamListener::Handler handler) override;
  Task<Result<std::unique_ptr<Stream>>> connect(Endpoint to) override;
  Task<Result<std::vector<Endpoint>>> resolve(std::string host_and_port) override;
  std::vector<Endpoint> own_addresses() override;

 private:
  Loop& loop_;
  Workers& workers_;
  Log log_;
  std::shared_ptr<Lingering> lingering_ = std::make_shared<Lingering>();
};

}  // namespace base::system
