#include <algorithm>

#include "gateway/wire.h"
#include "gateway_store_impl.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using base::fail;
using base::Result;

constexpr base::Duration kOpenLimit = 5s;
constexpr base::Duration kAgain = 250ms;  // after the socket broke; twice as long each time
constexpr base::Duration kAgainMost = 15s;
constexpr base::Duration kPing = 3s;  // as a node greets the one it uses
constexpr base::Duration kDead = 7s;
constexpr base::Duration kPoll = 60s;
constexpr double kJitter = 0.2;  // so that those who lost one gateway do not come back in step

base::Duration jittered(base::Duration span, base::Entropy& entropy) {
  const double factor = 1 + kJitter * (2 * entropy.fraction() - 1);
  return base::Duration(
      static_cast<base::Duration::rep>(factor * static_cast<double>(span.count())));
}

}  // namespace

class GatewayWatch final : public Watch {
 public:
  GatewayWatch(GatewayStore::Impl& store, const Key& key, OnRecord changed, Fallback fallback)
      : store_(store),
        key_(key),
        changed_(std::move(changed)),
        polls_(fallback == Fallback::poll),
        news_(store.options.rules.network) {
    const bool first = !store_.watches.contains(key_);
    at_ = store_.watches.emplace(key_, this);
    if (first) store_.say_watch(key_, true);
    if (polls_) read_after(0ns);
  }
  ~GatewayWatch() override {
    store_.watches.erase(at_);
    if (!store_.watches.contains(key_)) store_.say_watch(key_, false);
  }
  GatewayWatch(const GatewayWatch&) = delete;
  GatewayWatch& operator=(const GatewayWatch&) = delete;

  /// By post, since the callback may end us.
  void give(const Record& record) {
    if (!news_.take(record, store_.now())) return;
    store_.world.clock.post([weak = std::weak_ptr(alive_), record] {
      if (const auto self = weak.lock()) {
        const OnRecord changed = (*self)->changed_;  // outlives the watch, should that end now
        changed(record);
      }
    });
  }
  /// The gateway takes no more watches.
  void refused() {
    if (!std::exchange(refused_, true) && polls_) read_after(kPoll);
  }

 private:
  void read_after(base::Duration pause) {
    timer_ = store_.world.clock.call_after(pause, [this] { tasks_.start(read()); });
  }
  base::Task<void> read() {
    const auto found = co_await store_.get(key_, {});
    if (found) {
      for (const Record& record : *found) give(record);
    }
    if (!found || refused_) read_after(jittered(found ? kPoll : kPing, store_.world.entropy));
  }

  GatewayStore::Impl& store_;
  Key key_;
  OnRecord changed_;
  bool polls_;
  bool refused_ = false;
  News news_;
  std::multimap<Key, GatewayWatch*>::iterator at_;
  std::shared_ptr<GatewayWatch*> alive_ = std::make_shared<GatewayWatch*>(this);
  base::Timer timer_;
  base::Tasks tasks_;
};

base::Task<void> GatewayStore::Impl::listen() {
  for (base::Duration pause = kAgain;; pause = std::min(2 * pause, kAgainMost)) {
    auto opening = open_socket();
    const Result<void> opened = co_await base::within(world.clock, kOpenLimit, std::move(opening));
    trouble = !opened && opened.error() == Errc::refused ? opened.error().message() : "";
    if (opened) {
      pause = kAgain;
      co_await take_messages();
      socket.reset();
      http.drop();
      world.log.info("the gateway " + options.url + " is gone");
    } else {
      world.log.debug("no watching through " + options.url + ": " + opened.error().message());
    }
    co_await base::sleep_for(world.clock, jittered(pause, world.entropy));
  }
}

base::Task<Result<void>> GatewayStore::Impl::open_socket() {
  auto connection = co_await http.connect();
  if (!connection) co_return connection.error();
  std::array<std::uint8_t, 16> key{};
  world.entropy.fill(key);
  gateway::HttpMessage request = gateway::websocket_request("", "/v1/watch", key);
  std::erase_if(request.headers, [](const auto& header) { return header.first == "host"; });
  const auto response = co_await http.exchange(*connection, std::move(request), {});
  if (!response) co_return response.error();
  if (auto good = gateway::check_websocket(*response, key); !good) co_return good;
  gateway::WebSocketLimits limits;
  limits.ping = kPing;
  limits.dead = kDead;
  heard();
  socket = std::make_unique<gateway::WebSocket>(world, gateway::WebSocket::Side::client,
                                                std::move(connection->stream), connection->early,
                                                limits);
  for (auto at = watches.begin(); at != watches.end(); at = watches.upper_bound(at->first))
    say_watch(at->first, true);
  co_return Result<void>();
}

base::Task<void> GatewayStore::Impl::take_messages() {
  for (;;) {
    const Result<std::string> message = co_await socket->read();
    if (!message) co_return;
    take_message(*message);
  }
}

void GatewayStore::Impl::take_message(const std::string& text) {
  const auto message = gateway::parse_answer(text);
  if (!message || !message->key) return;
  const auto [first, last] = watches.equal_range(*message->key);
  if (message->error) {
    std::for_each(first, last, [](const auto& entry) { entry.second->refused(); });
  }
  for (const base::Bytes& bytes : message->records) {
    const auto record = open(*message->key, bytes);
    if (!record || !*record) continue;
    std::for_each(first, last, [&](const auto& entry) { entry.second->give(**record); });
  }
}

void GatewayStore::Impl::say_watch(const Key& key, bool on) {
  if (socket) (void)socket->send(gateway::watch_text(key, on));
}

std::unique_ptr<Watch> GatewayStore::watch(Key key, OnRecord changed, Fallback fallback) {
  return std::make_unique<GatewayWatch>(*impl_, key, std::move(changed), fallback);
}

}  // namespace openhash
