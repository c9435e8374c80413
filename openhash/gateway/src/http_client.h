#pragma once
// Requests to one server, over connections that are kept.

#include <deque>
#include <functional>
#include <optional>

#include "base/world.h"
#include "gateway/http.h"
#include "gateway_url.h"
#include "tls/context.h"

namespace openhash::gateway {

/// A stream, and what came on it that was not asked for yet.
struct Connection {
  std::unique_ptr<base::Stream> stream;
  base::Bytes early;
  base::Instant used{};
  bool reused = false;
};

class HttpClient {
 public:
  using OnPiece = std::function<void(std::string_view)>;

  /// `context`: for https.
  HttpClient(base::World& world, GatewayUrl url, std::optional<tls::ClientContext> context)
      : world_(world), url_(std::move(url)), context_(std::move(context)) {}

  /// Sends the request and reads the answer, whatever its status. With `on_piece`, the body of a
  /// 200 is handed over as it comes, and is not in the answer. Asks once more on a new connection
  /// if a kept one turns out to be gone, so ask nothing that must not be carried out twice.
  /// `unreachable`, `refused` (its certificate), `closed`, `malformed`.
  base::Task<base::Result<HttpMessage>> ask(HttpMessage request, OnPiece on_piece = {});

  /// A new connection, for a request that turns it into something else.
  base::Task<base::Result<Connection>> connect();
  base::Task<base::Result<HttpMessage>> exchange(Connection& connection, HttpMessage request,
                                                 OnPiece on_piece);
  /// Forgets the connections that are kept: nothing came on them for too long.
  void drop() { kept_.clear(); }

 private:
  std::optional<Connection> take_kept();

  base::World& world_;
  GatewayUrl url_;
  std::optional<tls::ClientContext> context_;
  std::deque<Connection> kept_;  // the one used last is at the end
};

}  // namespace openhash::gateway
