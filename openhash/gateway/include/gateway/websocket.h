#pragma once
// WebSocket (RFC 6455): the opening handshake, and messages over a stream, for both sides.

#include <memory>
#include <string>
#include <string_view>

#include "base/world.h"
#include "gateway/http.h"

namespace openhash::gateway {

struct WebSocketLimits {
  std::size_t message = 4 << 10;  ///< of the peer; beyond it the connection is closed (1009)
  std::size_t queue = 256 << 10;  ///< waiting for a slow peer; beyond it send() fails
  base::Duration ping = std::chrono::seconds(20);  ///< of silence, then a ping
  base::Duration dead = std::chrono::seconds(60);  ///< of silence, then it is closed
};

/// What a server answers to a client's Sec-WebSocket-Key.
std::string websocket_accept(std::string_view client_key);
/// The client's opening request for `target`; `key` is 16 random bytes.
HttpMessage websocket_request(std::string_view host, std::string_view target, base::ByteView key);
/// The server's answer: 101 if another protocol begins now; else 400 or 426, and what is wrong.
HttpMessage websocket_response(const HttpMessage& request);
/// Whether a client's request was answered as it must be: then messages follow. `refused` if not.
base::Result<void> check_websocket(const HttpMessage& response, base::ByteView key);

/// Text messages over a stream on which the handshake is done. Answers pings, sends its own.
class WebSocket final {
 public:
  enum class Side { server, client };
  /// `early`: bytes that came together with the handshake.
  WebSocket(base::World& world, Side side, std::unique_ptr<base::Stream> stream,
            base::ByteView early, WebSocketLimits limits = {});
  ~WebSocket();
  WebSocket(const WebSocket&) = delete;
  WebSocket& operator=(const WebSocket&) = delete;

  /// The next message. `closed`: the other side closed, broke the rules, or fell silent. One read
  /// at a time; silence is noticed, and pings are answered, only while one waits.
  base::Task<base::Result<std::string>> read();
  /// Queues one message. `too_large`: too much is waiting for a slow peer; `closed`.
  base::Result<void> send(std::string_view text);
  /// Says goodbye after what is queued: `code` of RFC 6455 section 7.4.
  void close(unsigned code, std::string_view reason);
  /// When the other side said anything last, be it an answer to a ping.
  [[nodiscard]] base::Instant heard() const;
  [[nodiscard]] std::size_t queued() const;  ///< bytes not yet handed to the stream

  struct Impl;  ///< the inside

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace openhash::gateway
