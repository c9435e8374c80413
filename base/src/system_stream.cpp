#include "system_stream.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <vector>

namespace base::system {

namespace {

constexpr std::size_t kQueueLimit = 4U << 20;
/// Buffers that grew over this in a burst are given back.
constexpr std::size_t kKeepCapacity = 64U << 10;
/// So many reads in a row may end at once; then the loop gets its turn, or a fast sender would
/// starve everybody else.
constexpr int kReadsInARow = 16;
constexpr Duration kLingerLimit = std::chrono::seconds(2);

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

}  // namespace

/// Shared by the Stream, the coroutines that wait on it, and Lingering.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Loop& loop, std::unique_ptr<Descriptor> socket)
      : loop_(loop), socket_(std::move(socket)) {}

  /// Tries once. Nothing: it would block.
  std::optional<Result<std::size_t>> try_read(std::span<std::uint8_t> into);
  std::shared_ptr<Waiter> wait_to_read(std::function<void()> callback);

  Result<void> write(ByteView bytes);
  [[nodiscard]] std::uint64_t written() const { return written_; }
  [[nodiscard]] bool handed_over(std::uint64_t position) const {
    return sent_ >= position || send_broken_ || !socket_;
  }
  std::shared_ptr<Waiter> wait_to_send(std::function<void()> callback);

  void close();
  /// The Stream is gone. True: this must be kept until linger() says so.
  bool abandon();
  void linger(std::function<void()> finished);
  [[nodiscard]] bool abandoned() const { return abandoned_; }

 private:
  void pump();
  void pump_soon();
  void watch_readable();
  void watch_writable();
  void drain();
  void cut();
  void tell_senders();
  void finish();

  Loop& loop_;
  std::unique_ptr<Descriptor> socket_;  // empty once cut

  std::weak_ptr<Waiter> reader_;
  bool read_watched_ = false;
  bool read_broken_ = false;
  bool peer_ended_ = false;
  int reads_in_a_row_ = 0;

  Bytes queue_;    // what write() appends to
  Bytes sending_;  // what the system takes now, from next_ on
  std::size_t next_ = 0;
  std::uint64_t written_ = 0;
  std::uint64_t sent_ = 0;
  bool pump_pending_ = false;
  bool closing_ = false;
  bool abandoned_ = false;
  bool end_sent_ = false;
  bool send_broken_ = false;
  std::vector<std::weak_ptr<Waiter>> senders_;

  std::function<void()> finished_;  // set while lingering
  Timer linger_limit_;
};

std::optional<Result<std::size_t>> Connection::try_read(std::span<std::uint8_t> into) {
  if (!socket_ || read_broken_) return fail(Errc::closed, "the connection was cut off");
  if (into.empty()) return fail(Errc::too_large, "a read needs room for at least one byte");
  if (++reads_in_a_row_ > kReadsInARow) return std::nullopt;
  const ssize_t count = ::recv(socket_->fd(), into.data(), into.size(), MSG_DONTWAIT);
  if (count == 0) peer_ended_ = true;
  if (count >= 0) return static_cast<std::size_t>(count);
  if (would_block(errno) || errno == EINTR) return std::nullopt;
  read_broken_ = true;  // The system tells it once only.
  return fail(Errc::closed, "the connection was cut off");
}

std::shared_ptr<Waiter> Connection::wait_to_read(std::function<void()> callback) {
  auto waiter = std::make_shared<Waiter>(Waiter{std::move(callback)});
  reader_ = waiter;
  watch_readable();
  return waiter;
}

void Connection::watch_readable() {
  if (read_watched_) return;
  read_watched_ = true;
  socket_->when_readable([weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->read_watched_ = false;
    self->reads_in_a_row_ = 0;
    if (self->finished_) return self->drain();
    wake(self->reader_);
  });
}

Result<void> Connection::write(ByteView bytes) {
  if (closing_ || send_broken_ || !socket_) {
    return fail(Errc::closed, "the connection is closed");
  }
  const std::size_t waiting = queue_.size() + sending_.size() - next_;
  if (bytes.size() > kQueueLimit || waiting > kQueueLimit - bytes.size()) {
    return fail(Errc::too_large, "the other side reads too slowly: 4 MiB are waiting");
  }
  queue_.insert(queue_.end(), bytes.begin(), bytes.end());
  written_ += bytes.size();
  pump_soon();
  return {};
}

/// In the loop's next turn, so that all that is written in this one leaves as one packet.
void Connection::pump_soon() {
  if (std::exchange(pump_pending_, true)) return;
  loop_.post([weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->pump_pending_ = false;
    self->pump();
  });
}

void Connection::pump() {
  while (socket_ && !send_broken_) {
    if (next_ == sending_.size()) {
      sending_.clear();
      if (sending_.capacity() > kKeepCapacity) sending_.shrink_to_fit();
      next_ = 0;
      std::swap(sending_, queue_);
      if (sending_.empty()) break;
    }
    const ssize_t count = ::send(socket_->fd(), sending_.data() + next_, sending_.size() - next_,
                                 MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      next_ += static_cast<std::size_t>(count);
      sent_ += static_cast<std::uint64_t>(count);
    } else if (would_block(errno)) {
      tell_senders();
      return watch_writable();
    } else if (errno != EINTR) {
      send_broken_ = true;
    }
  }
  if (socket_ && !send_broken_ && closing_ && !std::exchange(end_sent_, true)) {
    ::shutdown(socket_->fd(), SHUT_WR);
  }
  tell_senders();
  if (finished_ && (send_broken_ || peer_ended_)) finish();
}

void Connection::watch_writable() {
  if (std::exchange(pump_pending_, true)) return;
  socket_->when_writable([weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->pump_pending_ = false;
    self->pump();
  });
}

/// By post: the one who waits may destroy the Stream whose function we are in.
void Connection::tell_senders() {
  for (auto& waiting : std::exchange(senders_, {})) {
    loop_.post([waiting = std::move(waiting)] { wake(waiting); });
  }
}

std::shared_ptr<Waiter> Connection::wait_to_send(std::function<void()> callback) {
  auto waiter = std::make_shared<Waiter>(Waiter{std::move(callback)});
  senders_.push_back(waiter);
  return waiter;
}

void Connection::close() {
  if (std::exchange(closing_, true)) return;
  pump();  // At once: the program may end before the loop's next turn.
}

bool Connection::abandon() {
  abandoned_ = true;
  if (closing_ && socket_ && !send_broken_) return true;
  cut();
  return false;
}

/// Sends on, and reads what still comes: closing a socket with unread bytes would reset the
/// connection, and the other side could lose the end of what we sent.
void Connection::linger(std::function<void()> finished) {
  finished_ = std::move(finished);
  linger_limit_ = loop_.call_after(kLingerLimit, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->finish();
  });
  loop_.post([reader = reader_] { wake(reader); });
  drain();
}

void Connection::drain() {
  std::uint8_t scrap[4096];
  reads_in_a_row_ = 0;
  for (;;) {
    const auto result = try_read(scrap);
    if (!result) return watch_readable();
    if (!*result) return finish();
    if (!peer_ended_) continue;
    if (end_sent_) finish();
    return;  // If not, pump() goes on sending.
  }
}

void Connection::finish() {
  cut();
  const auto finished = std::exchange(finished_, {});
  if (finished) loop_.post(finished);  // drops the last owner
}

/// Drops the connection with a reset, unless the end was sent already.
void Connection::cut() {
  if (!socket_) return;
  if (!end_sent_) {
    constexpr ::linger kReset{1, 0};
    ::setsockopt(socket_->fd(), SOL_SOCKET, SO_LINGER, &kReset, sizeof kReset);
  }
  socket_.reset();
  loop_.post([reader = reader_] { wake(reader); });
  tell_senders();
}

namespace {

Task<Result<std::size_t>> read_from(std::shared_ptr<Connection> connection,
                                    std::span<std::uint8_t> into) {
  for (;;) {
    if (connection->abandoned()) co_return fail(Errc::closed, "the stream is gone");
    if (auto result = connection->try_read(into)) co_return std::move(*result);
    Completion<bool> ready;
    const auto waiter = connection->wait_to_read([&ready] { ready.set(true); });
    co_await ready;
  }
}

Task<void> sent_up_to(std::shared_ptr<Connection> connection, std::uint64_t position) {
  while (!connection->handed_over(position)) {
    Completion<bool> progress;
    const auto waiter = connection->wait_to_send([&progress] { progress.set(true); });
    co_await progress;
  }
}

class TcpStream final : public Stream {
 public:
  TcpStream(std::shared_ptr<Connection> connection, std::shared_ptr<Lingering> lingering,
            const Endpoint& remote)
      : connection_(std::move(connection)), lingering_(std::move(lingering)), remote_(remote) {}

  ~TcpStream() override {
    if (!connection_->abandon()) return;
    lingering_->connections.insert(connection_);
    connection_->linger([all = std::weak_ptr(lingering_), mine = std::weak_ptr(connection_)] {
      if (const auto lingering = all.lock()) lingering->connections.erase(mine.lock());
    });
  }

  Task<Result<std::size_t>> read(std::span<std::uint8_t> into) override {
    return read_from(connection_, into);
  }
  Result<void> write(ByteView bytes) override { return connection_->write(bytes); }
  Task<void> flushed() override { return sent_up_to(connection_, connection_->written()); }
  void close() override { connection_->close(); }
  Endpoint remote() const override { return remote_; }

 private:
  std::shared_ptr<Connection> connection_;
  std::shared_ptr<Lingering> lingering_;
  Endpoint remote_;
};

}  // namespace

std::unique_ptr<Stream> make_stream(Loop& loop, std::shared_ptr<Lingering> lingering,
                                    std::unique_ptr<Descriptor> socket, const Endpoint& remote) {
  const int on = 1;
  ::setsockopt(socket->fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  auto connection = std::make_shared<Connection>(loop, std::move(socket));
  return std::make_unique<TcpStream>(std::move(connection), std::move(lingering), remote);
}

}  // namespace base::system
