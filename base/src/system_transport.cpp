#include "system_transport.h"

#include <cerrno>
#include <system_error>

#include "system_address.h"

namespace base::system {

namespace {

/// Datagrams and new connections taken per wake; the rest waits for the loop's next turn.
constexpr int kAtOnce = 64;
constexpr Duration kConnectLimit = std::chrono::seconds(5);
/// How long a listener rests when the machine is out of descriptors.
constexpr Duration kExhaustedPause = std::chrono::milliseconds(100);
/// A burst of small datagrams must fit while a password is being hashed on the other core.
constexpr int kReceiveBuffer = 1 << 20;
constexpr std::size_t kLargestDatagram = 65'536;

/// Alive during its callbacks, even if these destroy the socket that owns it.
struct UdpState : std::enable_shared_from_this<UdpState> {
  UdpState(std::unique_ptr<Descriptor> descriptor, DatagramSocket::Handler what)
      : socket(std::move(descriptor)), handler(std::move(what)), buffer(kLargestDatagram) {}

  void wait() {
    socket->when_readable([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->receive();
    });
  }

  void receive() {
    for (int i = 0; i < kAtOnce; ++i) {
      SocketAddress from;
      const ssize_t size = ::recvfrom(socket->fd(), buffer.data(), buffer.size(), MSG_DONTWAIT,
                                      from.get(), &from.size);
      if (size < 0) break;  // Nothing more, or the echo of an earlier send: no matter.
      handler(ByteView(buffer.data(), static_cast<std::size_t>(size)), to_endpoint(from.get()));
      if (!socket) return;
    }
    wait();
  }

  std::unique_ptr<Descriptor> socket;  // empty once the owner is gone
  DatagramSocket::Handler handler;
  Bytes buffer;
};

class UdpSocket final : public DatagramSocket {
 public:
  explicit UdpSocket(std::shared_ptr<UdpState> state)
      : state_(std::move(state)), local_(local_endpoint(state_->socket->fd())) {}
  ~UdpSocket() override { state_->socket.reset(); }

  void send(const Endpoint& to, ByteView datagram) override {
    const SocketAddress address = to_socket_address(to, family_of(local_));
    if (address.size == 0) return;
    ::sendto(state_->socket->fd(), datagram.data(), datagram.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
             address.get(), address.size);
  }
  Endpoint local() const override { return local_; }

 private:
  std::shared_ptr<UdpState> state_;
  Endpoint local_;
};

/// Alive during its callbacks, like UdpState.
struct ListenState : std::enable_shared_from_this<ListenState> {
  ListenState(Loop& the_loop, std::shared_ptr<Lingering> all, Log to,
              std::unique_ptr<Descriptor> descriptor, StreamListener::Handler what)
      : loop(the_loop),
        lingering(std::move(all)),
        log(std::move(to)),
        socket(std::move(descriptor)),
        handler(std::move(what)) {}

  void wait() {
    socket->when_readable([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->accept();
    });
  }

  void accept() {
    for (int i = 0; i < kAtOnce; ++i) {
      SocketAddress from;
      const int fd = ::accept4(socket->fd(), from.get(), &from.size, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (fd < 0 && errno == ECONNABORTED) continue;
      if (fd < 0 && (errno == EAGAIN || errno == EINTR)) break;
      if (fd < 0) return pause(errno);
      auto descriptor = Descriptor::watch(loop, fd);
      if (!descriptor) return pause(ENOSPC);
      handler(make_stream(loop, lingering, std::move(*descriptor), to_endpoint(from.get())));
      if (!socket) return;
    }
    wait();
  }

  void pause(int error) {
    log.warn("cannot accept a connection, waiting reason=\"" +
             std::generic_category().message(error) + '"');
    retry = loop.call_after(kExhaustedPause, [weak = weak_from_this()] {
      const auto self = weak.lock();
      if (self && self->socket) self->accept();
    });
  }

  Loop& loop;
  std::shared_ptr<Lingering> lingering;
  Log log;
  std::unique_ptr<Descriptor> socket;  // empty once the owner is gone
  StreamListener::Handler handler;
  Timer retry;
};

class TcpListener final : public StreamListener {
 public:
  explicit TcpListener(std::shared_ptr<ListenState> state)
      : state_(std::move(state)), local_(local_endpoint(state_->socket->fd())) {}
  ~TcpListener() override {
    state_->socket.reset();
    state_->retry.cancel();
  }
  Endpoint local() const override { return local_; }

 private:
  std::shared_ptr<ListenState> state_;
  Endpoint local_;
};

/// Only a refusal comes from there. That there is no way says as little as silence.
Error unreachable(const Endpoint& to, int error) {
  return fail(error == ECONNREFUSED ? Errc::unreachable : Errc::timed_out,
              to.to_string() + " cannot be reached: " + std::generic_category().message(error));
}

/// Connects a fresh socket without waiting; what remains is to see whether it comes to be.
Result<std::unique_ptr<Descriptor>> start_connecting(Loop& loop, const Endpoint& to) {
  const int fd = ::socket(family_of(to), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0 && errno == EAFNOSUPPORT) return unreachable(to, errno);
  if (fd < 0) {
    return fail(Errc::failed, "cannot open a socket: " + std::generic_category().message(errno));
  }
  auto descriptor = Descriptor::watch(loop, fd);
  if (!descriptor) return descriptor;
  const SocketAddress address = to_socket_address(to, family_of(to));
  if (::connect(fd, address.get(), address.size) != 0 && errno != EINPROGRESS) {
    return unreachable(to, errno);
  }
  return descriptor;
}

/// What became of the attempt; 0 is a connection.
int connect_error(int fd, const Endpoint& to) {
  int error = 0;
  socklen_t size = sizeof error;
  if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return errno;
  // The kernel may pick the very port we connect to, and so connect a socket with itself.
  if (error == 0 && local_endpoint(fd) == to) return ECONNREFUSED;
  return error;
}

Task<Result<std::unique_ptr<Stream>>> connect_to(Loop& loop, std::shared_ptr<Lingering> lingering,
                                                 Endpoint to) {
  Result<std::unique_ptr<Descriptor>> socket = start_connecting(loop, to);
  if (!socket) co_return socket.error();
  Completion<bool> decided;
  (*socket)->when_writable([&decided] { decided.set(true); });
  const Timer limit = loop.call_after(kConnectLimit, [&decided] { decided.set(false); });
  const bool in_time = co_await decided;
  if (!in_time) {
    co_return fail(Errc::timed_out, to.to_string() + " did not answer within 5 s");
  }
  const int error = connect_error((*socket)->fd(), to);
  if (error != 0) co_return unreachable(to, error);
  co_return make_stream(loop, std::move(lingering), std::move(*socket), to);
}

Task<Result<std::vector<Endpoint>>> resolve_on(Workers& workers, std::string host_and_port) {
  // Numbers need no name server, and no thread.
  if (const auto number = Endpoint::parse(host_and_port)) {
    std::vector<Endpoint> one(1, *number);
    co_return one;
  }
  auto work = [name = std::move(host_and_port)] { return look_up(name); };
  auto found = run_on(workers, std::move(work));
  co_return co_await found;
}

}  // namespace

Result<std::unique_ptr<DatagramSocket>> SocketTransport::open_datagram(
    const Endpoint& local, DatagramSocket::Handler handler) {
  const Result<int> fd = bound_socket(local, SOCK_DGRAM);
  if (!fd) return fd.error();
  ::setsockopt(*fd, SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof kReceiveBuffer);
  auto descriptor = Descriptor::watch(loop_, *fd);
  if (!descriptor) return descriptor.error();
  auto state = std::make_shared<UdpState>(std::move(*descriptor), std::move(handler));
  state->wait();
  return std::unique_ptr<DatagramSocket>(std::make_unique<UdpSocket>(std::move(state)));
}

Result<std::unique_ptr<StreamListener>> SocketTransport::listen(const Endpoint& local,
                                                                StreamListener::Handler handler) {
  const Result<int> fd = bound_socket(local, SOCK_STREAM);
  if (!fd) return fd.error();
  auto descriptor = Descriptor::watch(loop_, *fd);
  if (!descriptor) return descriptor.error();
  if (::listen(*fd, SOMAXCONN) != 0) {
    return fail(Errc::conflict, local.to_string() + " is in use by another program");
  }
  auto state = std::make_shared<ListenState>(loop_, lingering_, log_, std::move(*descriptor),
                                             std::move(handler));
  state->wait();
  return std::unique_ptr<StreamListener>(std::make_unique<TcpListener>(std::move(state)));
}

Task<Result<std::unique_ptr<Stream>>> SocketTransport::connect(Endpoint to) {
  return connect_to(loop_, lingering_, to);
}

Task<Result<std::vector<Endpoint>>> SocketTransport::resolve(std::string host_and_port) {
  return resolve_on(workers_, std::move(host_and_port));
}

std::vector<Endpoint> SocketTransport::own_addresses() { return interface_addresses(); }

}  // namespace base::system
