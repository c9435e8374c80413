#pragma once
// The network as a port: datagrams and streams, real or simulated.

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "base/task.h"

namespace base {

/// An IP address (IPv4 is kept as an IPv4-mapped IPv6 address, RFC 4291 section 2.5.5.2) and a
/// port.
struct Endpoint {
  std::array<std::uint8_t, 16> address{};
  std::uint16_t port = 0;

  static Endpoint v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d,
                     std::uint16_t port);
  /// "127.0.0.1:6824" or "[::1]:6824". No names; the port is required. See resolve() for names.
  static std::optional<Endpoint> parse(std::string_view text);

  [[nodiscard]] bool is_v4() const;
  [[nodiscard]] bool is_loopback() const;
  [[nodiscard]] bool is_unspecified() const;
  [[nodiscard]] std::string to_string() const;

  auto operator<=>(const Endpoint&) const = default;
};

/// A UDP socket. Datagrams arrive on the loop through the handler given at opening.
class DatagramSocket {
 public:
  using Handler = std::function<void(ByteView datagram, const Endpoint& from)>;
  virtual ~DatagramSocket() = default;
  /// Best effort, as UDP is: what cannot be sent now is lost.
  virtual void send(const Endpoint& to, ByteView datagram) = 0;
  [[nodiscard]] virtual Endpoint local() const = 0;
};

/// A reliable, ordered stream of bytes: a TCP connection, or TLS over one.
///
/// One owner, who destroys it to abort. At most one read at a time.
class Stream {
 public:
  virtual ~Stream() = default;
  /// At least one byte, at most `into.size()`. 0 is the orderly end. `closed`: cut off.
  virtual Task<Result<std::size_t>> read(std::span<std::uint8_t> into) = 0;
  /// Queues all of `bytes`. Never blocks; `too_large` when the queue is over its limit (4 MiB),
  /// `closed` after close() or a cut. The queue is sent in the background.
  virtual Result<void> write(ByteView bytes) = 0;
  /// Completes when everything queued so far is with the operating system, or the stream broke.
  virtual Task<void> flushed() = 0;
  /// Sends what is queued, then the end of the stream. Reading goes on.
  virtual void close() = 0;
  [[nodiscard]] virtual Endpoint remote() const = 0;
};

/// Accepts streams while it lives.
class StreamListener {
 public:
  using Handler = std::function<void(std::unique_ptr<Stream>)>;
  virtual ~StreamListener() = default;
  [[nodiscard]] virtual Endpoint local() const = 0;
};

class Transport {
 public:
  virtual ~Transport() = default;
  /// Port 0 takes a free one: ask local(). [::] takes IPv4 too. `conflict`: taken.
  virtual Result<std::unique_ptr<DatagramSocket>> open_datagram(
      const Endpoint& local, DatagramSocket::Handler handler) = 0;
  virtual Result<std::unique_ptr<StreamListener>> listen(const Endpoint& local,
                                                         StreamListener::Handler handler) = 0;
  /// `unreachable`: that host refused. `timed_out`: no answer in 5 s, or no way there, which says
  /// nothing of who is there. `failed`: no descriptors left.
  virtual Task<Result<std::unique_ptr<Stream>>> connect(Endpoint to) = 0;
  /// "host:port", by name or number: all its addresses. `not_found`, `malformed`, `unreachable`.
  virtual Task<Result<std::vector<Endpoint>>> resolve(std::string host_and_port) = 0;
  /// This host's own addresses that others may reach, port 0; loopback last.
  virtual std::vector<Endpoint> own_addresses() = 0;
};

}  // namespace base
