#include "basic/connection_listener.h"

#include <algorithm>

namespace basic {
namespace {

/// More callers than this are not remembered once they are quiet.
constexpr std::size_t kRememberedCallers = 256;

}  // namespace

/// A place among the half-open connections, for as long as it lives.
class ConnectionListener::Place {
 public:
  Place(ConnectionListener& listener, const base::Endpoint& from)
      : listener_(listener), from_(from.address), counted_(!from.is_loopback()) {
    ++listener_.half_open_;
    if (counted_) ++listener_.callers_.at(from_).half_open;
  }
  ~Place() {
    --listener_.half_open_;
    if (counted_) --listener_.callers_.at(from_).half_open;
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  ConnectionListener& listener_;
  std::array<std::uint8_t, 16> from_;
  bool counted_;
};

ConnectionListener::ConnectionListener(base::World& world, TlsContext& tls,
                                       const Handshake& handshake, Gate& gate, OnLink on_link,
                                       ListenerOptions options)
    : world_(world),
      tls_(tls),
      handshake_(handshake),
      gate_(gate),
      on_link_(std::move(on_link)),
      options_(options) {}

base::Result<std::unique_ptr<ConnectionListener>> ConnectionListener::open(
    base::World& world, const base::Endpoint& at, TlsContext& tls, const Handshake& handshake,
    Gate& gate, OnLink on_link, ListenerOptions options) {
  std::unique_ptr<ConnectionListener> listener(
      new ConnectionListener(world, tls, handshake, gate, std::move(on_link), options));
  const auto accept = [self = listener.get()](std::unique_ptr<base::Stream> stream) {
    self->accept(std::move(stream));
  };
  auto opened = world.transport.listen(at, accept);
  if (!opened) return opened.error();
  listener->listener_ = std::move(*opened);
  return listener;
}

void ConnectionListener::accept(std::unique_ptr<base::Stream> stream) {
  if (has_room_for(stream->remote())) tasks_.start(welcome(std::move(stream)));
}

bool ConnectionListener::has_room_for(const base::Endpoint& from) {
  if (half_open_ >= options_.half_open) return false;
  if (from.is_loopback()) return true;
  if (callers_.size() >= kRememberedCallers) forget_quiet_callers();
  const double rate = options_.connects_per_second_an_address;
  Caller& caller =
      callers_.try_emplace(from.address, Caller{0, base::TokenBucket(rate, rate)}).first->second;
  return caller.half_open < options_.half_open_an_address &&
         caller.connects.try_take(1, world_.clock.now());
}

void ConnectionListener::forget_quiet_callers() {
  const base::Instant now = world_.clock.now();
  std::erase_if(callers_, [now](auto& entry) {
    return entry.second.half_open == 0 && entry.second.connects.full(now);
  });
}

base::Task<void> ConnectionListener::welcome(std::unique_ptr<base::Stream> stream) {
  const base::Endpoint from = stream->remote();
  const Place place(*this, from);
  base::Task<base::Result<void>> shaking = shake_hands(std::move(stream));
  const base::Result<void> shaken =
      co_await base::within(world_.clock, options_.handshake_limit, std::move(shaking));
  if (!shaken) world_.log.debug("a connection came to nothing: " + shaken.error().message());
}

base::Task<base::Result<void>> ConnectionListener::shake_hands(
    std::unique_ptr<base::Stream> stream) {
  const base::Instant accepted = world_.clock.now();
  TlsContext::Opened secured = co_await tls_.accept(std::move(stream));
  if (!secured) co_return secured.error();
  std::unique_ptr<TlsStream> session_stream = std::move(*secured);
  const Exporter exporter = session_stream->exporter();
  base::Result<Session> session = co_await handshake_.respond(*session_stream, exporter, gate_);
  if (!session) {
    const base::Error error = session.error();
    if (error == base::Errc::conflict) {
      session_stream->close();
      co_await session_stream->flushed();
    } else {
      co_await refuse(*session_stream, accepted);
    }
    co_return error;
  }
  on_link_(std::move(*session), std::move(session_stream));
  co_return base::Result<void>();
}

base::Task<void> ConnectionListener::refuse(base::Stream& stream, base::Instant accepted) {
  const base::Duration age = world_.clock.now() - accepted;
  if (age < options_.refusal_at) {
    co_await base::sleep_for(world_.clock, options_.refusal_at - age);
  }
  stream.close();
  co_await stream.flushed();
}

}  // namespace basic
