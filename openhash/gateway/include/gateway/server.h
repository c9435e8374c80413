#pragma once
// The gateway: put, get, batch get and watch of a Store for everybody who speaks HTTP.
// docs/gateway.md has the interface, with examples, and the limits.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/world.h"
#include "gateway/counters.h"
#include "gateway/http.h"
#include "gateway/websocket.h"
#include "openhash/store.h"

namespace openhash::gateway {

/// What strangers may make grow, and how long they may take. "An address" is an IPv4 address or an
/// IPv6 /64; this machine's own (loopback) has no limits of its own, only those in all.
struct ServerLimits {
  HttpLimits http;
  WebSocketLimits websocket;
  std::size_t connections = 8192;
  std::size_t connections_per_address = 64;
  std::size_t watches_per_connection = 400;  ///< a buddy list has 300, and some more
  std::size_t watched_keys = 20'000;         ///< different ones, in all
  std::size_t polls_per_second = 50;         ///< of watched keys, beside what is pushed
  /// A key read or watched costs one, a put four. A sign-on with 300 buddies must pass.
  double operations_per_second = 50;
  double operations_at_once = 1000;
  std::size_t reads_at_once = 64;  ///< of the store; others wait, each address in its turn
  std::size_t reads_waiting = 20'000;
  std::size_t puts_at_once = 64;

  base::Duration tls = std::chrono::seconds(10);     ///< for its handshake
  base::Duration head = std::chrono::seconds(10);    ///< from a request's first byte to its headers
  base::Duration body = std::chrono::seconds(20);    ///< from there to its end
  base::Duration idle = std::chrono::seconds(60);    ///< without a request
  base::Duration answer = std::chrono::seconds(30);  ///< for a client to take what it asked for
};

struct ServerOptions {
  base::Endpoint listen = base::Endpoint::v4(127, 0, 0, 1, 0);
  /// PEM files; both empty: no TLS.
  std::string certificate;
  std::string key;
  ServerLimits limits;
};

/// Answers a GET of one path; HEAD is taken care of. Called on the loop.
using Page = std::function<HttpMessage(const HttpMessage& request)>;

/// Lives on the world's loop; `store` is borrowed. Destroying it drops all its connections. It must
/// not be destroyed from inside a page.
class Server final {
 public:
  /// `conflict`: the port is taken. `failed`: certificate or key are no good.
  static base::Result<std::unique_ptr<Server>> open(base::World& world, Store& store,
                                                    ServerOptions options);
  ~Server();

  [[nodiscard]] base::Endpoint local() const;
  /// Adds a page: "/", "/metrics", "/v1/status".
  void page(std::string path, Page page);
  [[nodiscard]] Counters counters() const;
  /// Of the certificate, if there is one.
  [[nodiscard]] std::optional<base::WallTime> certificate_ends() const;

  struct Impl;  ///< the inside; see src/server_impl.h

 private:
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace openhash::gateway
