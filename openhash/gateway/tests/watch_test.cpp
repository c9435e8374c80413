// Watching over a WebSocket.

#include "gateway.h"

namespace openhash::gateway {
namespace {

class WatchTest : public GatewayTest {
 protected:
  WatchTest() { store.set_delay(5ms); }

  std::unique_ptr<WebSocket> open_socket(const std::string& host = "lisa") {
    Caller caller = call(host);
    base::Bytes nonce(16, 7);
    const HttpMessage response =
        caller.ask(encode_request(websocket_request("node", "/v1/watch", nonce)));
    EXPECT_TRUE(check_websocket(response, nonce));
    return std::make_unique<WebSocket>(sim.host(host), WebSocket::Side::client,
                                       caller.take_stream(), base::view(caller.rest()));
  }
  /// The next thing that is said; an error if that takes longer than `limit`.
  base::Result<Answer> hear(WebSocket& socket, base::Duration limit = 1s) {
    auto read = socket.read();
    read.start();
    if (!sim.run_until([&] { return read.done(); }, limit)) {
      return base::fail(base::Errc::timed_out, "nothing was said");
    }
    const base::Result<std::string> message = read.take();
    if (!message) return message.error();
    return parse_answer(*message);
  }
  static void say(WebSocket& socket, std::string_view text) { EXPECT_TRUE(socket.send(text)); }
  std::uint64_t sequence_in(const base::Result<Answer>& heard) {
    if (!heard || heard->records.empty()) return 0;
    const auto record = open_record(rules, key, heard->records[0], node.clock.wall());
    return record ? record->sequence : 0;
  }
};

TEST_F(WatchTest, TellsWhatIsThereAndWhatComes) {
  start();
  store_now(location(1));
  const auto lisa = open_socket();
  say(*lisa, watch_text(key, true));
  EXPECT_EQ(hear(*lisa)->watching, key);
  EXPECT_EQ(sequence_in(hear(*lisa)), 1U);
  store_now(location(2));
  EXPECT_EQ(sequence_in(hear(*lisa)), 2U);
}

TEST_F(WatchTest, WhoComesLaterHearsTheSame) {
  start();
  store_now(location(1));
  const auto lisa = open_socket("lisa");
  say(*lisa, watch_text(key, true));
  EXPECT_TRUE(hear(*lisa));
  EXPECT_EQ(sequence_in(hear(*lisa)), 1U);
  const auto bart = open_socket("bart");
  say(*bart, watch_text(key, true));
  EXPECT_EQ(hear(*bart)->watching, key);
  EXPECT_EQ(sequence_in(hear(*bart)), 1U) << "at once, from what is known";
  EXPECT_EQ(server->counters().watches, 2U);
  EXPECT_EQ(server->counters().watched_keys, 1U) << "and they share one watch";
  store_now(location(2));
  EXPECT_EQ(sequence_in(hear(*lisa)), 2U);
  EXPECT_EQ(sequence_in(hear(*bart)), 2U);
}

TEST_F(WatchTest, WhatIsPutHereIsToldOnce) {
  start();
  const auto lisa = open_socket();
  say(*lisa, watch_text(key, true));
  EXPECT_TRUE(hear(*lisa));
  EXPECT_EQ(call("milhouse").put("/v1/records/" + key.hex(), put_text(location(3))).status, 200);
  EXPECT_EQ(sequence_in(hear(*lisa)), 3U);
  EXPECT_FALSE(hear(*lisa, 10s)) << "not again when the store says so, too";
}

TEST_F(WatchTest, UnwatchEndsIt) {
  start();
  const auto lisa = open_socket();
  say(*lisa, watch_text(key, true));
  EXPECT_TRUE(hear(*lisa));
  say(*lisa, watch_text(key, false));
  sim.advance(1s);
  EXPECT_EQ(server->counters().watched_keys, 0U);
  store_now(location(1));
  EXPECT_FALSE(hear(*lisa, 10s));
}

TEST_F(WatchTest, AClientThatGoesLeavesNothing) {
  start();
  auto lisa = open_socket();
  say(*lisa, watch_text(key, true));
  EXPECT_TRUE(hear(*lisa));
  lisa.reset();
  sim.advance(1s);
  EXPECT_EQ(server->counters().websockets, 0U);
  EXPECT_EQ(server->counters().watches, 0U);
}

TEST_F(WatchTest, AClientThatVanishesIsMissed) {
  start();
  const auto lisa = open_socket();
  say(*lisa, watch_text(key, true));
  EXPECT_TRUE(hear(*lisa));
  sim.vanish("lisa");
  sim.advance(85s);
  EXPECT_EQ(server->counters().websockets, 0U);
}

TEST_F(WatchTest, AnIdleClientStaysByPings) {
  start();
  const auto lisa = open_socket();
  EXPECT_FALSE(hear(*lisa, 10min));
  EXPECT_EQ(server->counters().websockets, 1U);
}

TEST_F(WatchTest, WhatIsNoCommandIsToldWhy) {
  start();
  const auto lisa = open_socket();
  for (const char* const text : {"", "{}", "[]", "{\"watch\":7}", "{\"watch\":\"\"}", "\xc3\xa9",
                                 "{\"watch\":\"a\",\"unwatch\":\"a\"}"}) {
    say(*lisa, text);
    const auto heard = hear(*lisa);
    ASSERT_TRUE(heard) << text;
    EXPECT_TRUE(heard->error.has_value()) << text;
  }
}

TEST_F(WatchTest, WatchesAreCounted) {
  limits.watches_per_connection = 2;
  limits.watched_keys = 3;
  start();
  const auto lisa = open_socket("lisa");
  for (const char* const name : {"a", "b", "c"}) say(*lisa, watch_text(Key::of(name), true));
  EXPECT_TRUE(hear(*lisa)->watching);
  EXPECT_TRUE(hear(*lisa)->watching);
  EXPECT_TRUE(hear(*lisa)->error) << "two a connection";
  const auto bart = open_socket("bart");
  for (const char* const name : {"c", "d"}) say(*bart, watch_text(Key::of(name), true));
  EXPECT_TRUE(hear(*bart)->watching);
  EXPECT_TRUE(hear(*bart)->error) << "three keys in all";
}

TEST_F(WatchTest, AFloodOfCommandsEndsTheConnection) {
  limits.operations_at_once = 20;
  start();
  const auto lisa = open_socket();
  for (int i = 0; i < 30; ++i) say(*lisa, watch_text(key, i % 2 == 0));
  base::Result<Answer> heard = hear(*lisa);
  while (heard) heard = hear(*lisa);
  EXPECT_EQ(heard.error(), make_error_code(base::Errc::closed));
  EXPECT_EQ(server->counters().websockets, 0U);
}

TEST_F(WatchTest, AMessageThatIsTooLargeEndsTheConnection) {
  start();
  const auto lisa = open_socket();
  say(*lisa, std::string(5000, 'x'));
  EXPECT_FALSE(hear(*lisa, 5s));
  sim.advance(1s);
  EXPECT_EQ(server->counters().websockets, 0U);
}

TEST_F(WatchTest, BytesThatAreNoFramesEndTheConnection) {
  start();
  Caller lisa = call();
  base::Bytes nonce(16, 7);
  EXPECT_EQ(lisa.ask(encode_request(websocket_request("node", "/v1/watch", nonce))).status, 101);
  lisa.say("\x81\x02hi not masked, as a client's must be");
  sim.advance(5s);
  EXPECT_EQ(server->counters().websockets, 0U);
}

TEST_F(WatchTest, ASlowReaderIsCutAndTheOthersAreNot) {
  limits.websocket.queue = 8 << 10;
  start();
  const auto lisa = open_socket("lisa");
  const auto slow = open_socket("nelson");
  say(*lisa, watch_text(key, true));
  say(*slow, watch_text(key, true));
  EXPECT_TRUE(hear(*lisa));
  sim.set_faults("nelson", "node", {.loss = 1});
  for (std::uint64_t sequence = 1; sequence <= 50; ++sequence) {
    store_now(location(sequence, std::string(800, 'x')));
    EXPECT_EQ(sequence_in(hear(*lisa)), sequence);
  }
  EXPECT_FALSE(hear(*lisa, 60s));
  EXPECT_EQ(server->counters().websockets, 1U);
}

TEST_F(WatchTest, PlainHttpIsToldToUpgrade) {
  start();
  Caller lisa = call();
  const HttpMessage answer = lisa.get("/v1/watch");
  EXPECT_EQ(answer.status, 426);
  EXPECT_EQ(answer.header("sec-websocket-version"), "13");
  EXPECT_EQ(lisa.get("/v1/records/x").status, 200) << "the connection goes on";
}

TEST_F(WatchTest, TheAnswerIsThatOfTheRfc) {
  // RFC 6455, section 1.3.
  EXPECT_EQ(websocket_accept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

}  // namespace
}  // namespace openhash::gateway
