#pragma once
// A gateway over a store in memory, in a simulated world, and clients that speak to it byte by
// byte.

#include <gtest/gtest.h>

#include "gateway/http.h"
#include "gateway/server.h"
#include "gateway/wire.h"
#include "testing/memory_store.h"
#include "testing/sim_world.h"

namespace openhash::gateway {

using namespace std::chrono_literals;

/// One client's connection.
class Caller {
 public:
  Caller(sim::SimWorld& sim, std::unique_ptr<base::Stream> stream)
      : sim_(sim), stream_(std::move(stream)) {}

  void say(std::string_view bytes) { EXPECT_TRUE(stream_->write(base::view(bytes))); }
  /// The next answer; a status of 0 if the connection ended instead, and 1 if it is none.
  HttpMessage answer(HttpReader::Side side = HttpReader::Side::responses) {
    return sim_.run(read_answer(side));
  }
  HttpMessage ask(std::string_view bytes) {
    say(bytes);
    return answer();
  }
  HttpMessage get(std::string_view target) {
    return ask("GET " + std::string(target) + " HTTP/1.1\r\nHost: node\r\n\r\n");
  }
  HttpMessage put(std::string_view target, const std::string& body) {
    return ask("PUT " + std::string(target) + " HTTP/1.1\r\nHost: node\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  HttpMessage post(std::string_view target, const std::string& body) {
    return ask("POST " + std::string(target) + " HTTP/1.1\r\nHost: node\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  /// Whether the server closes within `limit` without another word.
  bool is_closed(base::Duration limit = 5s) {
    auto ended = read_end();
    ended.start();
    return sim_.run_until([&] { return ended.done(); }, limit) && ended.take();
  }
  std::unique_ptr<base::Stream> take_stream() { return std::move(stream_); }
  [[nodiscard]] const std::string& rest() const { return rest_; }

 private:
  base::Task<HttpMessage> read_answer(HttpReader::Side side) {
    HttpLimits large;
    large.body = 8 << 20;
    HttpReader reader(side, large);
    for (;;) {
      const auto taken = reader.feed(base::view(rest_));
      if (!taken) co_return HttpMessage{.status = 1};
      rest_.erase(0, *taken);
      if (reader.done() && reader.message().status != 100) co_return reader.take();
      if (reader.done()) reader.take();
      if (!rest_.empty()) continue;
      base::Bytes room(8192);
      const std::span<std::uint8_t> into(room);
      const auto got = co_await stream_->read(into);
      if (!got || *got == 0) co_return reader.end() ? reader.take() : HttpMessage{};
      rest_.append(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(*got));
    }
  }
  base::Task<bool> read_end() {
    base::Bytes room(16);
    const std::span<std::uint8_t> into(room);
    const auto got = co_await stream_->read(into);
    co_return rest_.empty() && got&&* got == 0;
  }

  sim::SimWorld& sim_;
  std::unique_ptr<base::Stream> stream_;
  std::string rest_;
};

class GatewayTest : public testing::Test {
 protected:
  GatewayTest() { limits.idle = 60s; }

  /// Starts the gateway, with `limits`.
  void start() {
    ServerOptions options;
    options.listen = sim.address("node", 8080);
    options.limits = limits;
    auto opened = Server::open(node, store, options);
    ASSERT_TRUE(opened) << opened.error().message();
    server = std::move(*opened);
  }
  Caller call(const std::string& host = "lisa") {
    auto stream = sim.run(sim.host(host).transport.connect(sim.address("node", 8080)));
    EXPECT_TRUE(stream);
    return Caller(sim, stream ? std::move(*stream) : nullptr);
  }
  /// A record of "milhouse" at his place.
  Record location(std::uint64_t sequence, const std::string& body = "somewhere") {
    Record record;
    record.kind = Kind::location;
    record.name = "milhouse";
    record.sequence = sequence;
    record.issued = node.clock.wall();
    record.valid_for = 120s;
    record.body = base::to_bytes(base::view(body));
    sign(record, rules.network, key, owner);
    return record;
  }
  void store_now(const Record& record) { ASSERT_TRUE(table.take(key, record, node.clock.wall())); }

  sim::SimWorld sim{1};
  Rules rules{.network = 7, .work_named = 0, .work_opaque = 0};
  sim::MemoryTable table{rules};
  base::World& node = sim.host("node");
  sim::MemoryStore store{node, table};
  const SigningKey owner{base::Secret(32)};
  const Key key = *key_of(Kind::location, "milhouse");
  ServerLimits limits;
  std::unique_ptr<Server> server;
};

}  // namespace openhash::gateway
