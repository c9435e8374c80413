// One client that watches, over a WebSocket.

#include "gateway/wire.h"
#include "server_impl.h"

namespace openhash::gateway {
namespace {

using base::Errc;
using base::fail;

constexpr unsigned kPolicy = 1008;  // RFC 6455 section 7.4.1

/// The watches of one client.
class Session {
 public:
  Session(Server::Impl& server, WebSocket& socket) : server_(server), socket_(socket) {}

  void carry_out(const WatchCommand& command) {
    if (!command.on) {
      subscriptions_.erase(command.key);
      return;
    }
    if (subscriptions_.contains(command.key)) return say(watching_text(command.key));
    if (subscriptions_.size() >= server_.options.limits.watches_per_connection) {
      return refuse(command.key, "this connection watches as many keys as it may");
    }
    auto subscription =
        server_.watches.watch(command.key, [this](const std::string& news) { say(news); });
    if (!subscription) return refuse(command.key, "this node watches as many keys as it can");
    subscriptions_[command.key] = std::move(subscription);
    say(watching_text(command.key));
  }

  void say(std::string_view text) {
    const auto sent = socket_.send(text);
    if (!sent && sent.error() == make_error_code(Errc::too_large)) ++server_.counters.cut_off;
  }

 private:
  void refuse(const Key& key, const char* why) { say(error_text(fail(Errc::refused, why), &key)); }

  Server::Impl& server_;
  WebSocket& socket_;
  std::map<Key, std::unique_ptr<Watches::Subscription>> subscriptions_;
};

}  // namespace

base::Task<void> Server::Impl::watch(Exchange& exchange, const Target&) {
  HttpMessage response = websocket_response(exchange.request());
  const bool agreed = response.status == 101;
  exchange.answer(std::move(response));
  if (!agreed) co_return;
  const base::Bytes early = exchange.take_rest();
  WebSocket socket(world, WebSocket::Side::server, exchange.take_stream(), early,
                   options.limits.websocket);
  const Counted counted(counters.websockets);
  Session session(*this, socket);
  for (;;) {
    const base::Result<std::string> message = co_await socket.read();
    if (!message) co_return;
    if (!visitors.charge(exchange.visitor(), 1, world.clock.now())) {
      co_return socket.close(kPolicy, "too much at once from your address");
    }
    const base::Result<WatchCommand> command = parse_watch(*message);
    if (command) {
      session.carry_out(*command);
    } else {
      session.say(error_text(command.error()));
    }
  }
}

}  // namespace openhash::gateway
