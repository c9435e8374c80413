// What strangers may not do: the table of limits in docs/gateway.md, as tests.

#include "gateway.h"

namespace openhash::gateway {
namespace {

constexpr std::string_view kGet = "GET /v1/records/x HTTP/1.1\r\nHost: node\r\n\r\n";

class LimitsTest : public GatewayTest {
 protected:
  /// What a caller of its own is answered to `bytes`, and whether the connection then ends.
  int status_of_bytes(std::string_view bytes) {
    Caller caller = call();
    const int status = caller.ask(bytes).status;
    EXPECT_TRUE(caller.is_closed()) << bytes.substr(0, 60);
    return status;
  }
};

TEST_F(LimitsTest, WhatIsNoRequestIsToldWhy) {
  start();
  EXPECT_EQ(status_of_bytes("hello\r\n\r\n"), 501) << "no method that there is";
  EXPECT_EQ(status_of_bytes("GET /\r\n\r\n"), 505) << "HTTP/0.9";
  EXPECT_EQ(status_of_bytes("GET / HTTP/1.1\r\nno header\r\n\r\n"), 400);
  EXPECT_EQ(status_of_bytes("BREW / HTTP/1.1\r\nHost: node\r\n\r\n"), 501);
  EXPECT_EQ(status_of_bytes("GET / HTTP/2.0\r\nHost: node\r\n\r\n"), 505);
  EXPECT_EQ(status_of_bytes("GET / HTTP/1.1\r\n\r\n"), 400) << "no Host";
  EXPECT_EQ(status_of_bytes("PUT /v1/records/x HTTP/1.1\r\nHost: node\r\n\r\n"), 411);
  EXPECT_EQ(status_of_bytes("PUT / HTTP/1.1\r\nHost: node\r\nContent-Length: -1\r\n\r\n"), 400);
  EXPECT_EQ(status_of_bytes("PUT / HTTP/1.1\r\nHost: node\r\nContent-Length: 1\r\n"
                            "Content-Length: 2\r\n\r\n"),
            400);
  EXPECT_EQ(status_of_bytes("PUT / HTTP/1.1\r\nHost: node\r\nContent-Length: 5\r\n"
                            "Transfer-Encoding: chunked\r\n\r\n"),
            400)
      << "two lengths: that is how requests are smuggled";
  EXPECT_EQ(status_of_bytes("PUT / HTTP/1.1\r\nHost: node\r\nContent-Length: 5\r\n"
                            "Expect: a miracle\r\n\r\n"),
            417);
}

TEST_F(LimitsTest, WhatIsTooLargeIsRefused) {
  start();
  const std::string host = " HTTP/1.1\r\nHost: node\r\n";
  EXPECT_EQ(status_of_bytes("GET /" + std::string(2100, 'a') + host + "\r\n"), 414);
  EXPECT_EQ(status_of_bytes("GET /" + host + "X: " + std::string(9000, 'a') + "\r\n\r\n"), 431);
  std::string many = "GET /" + host;
  for (int i = 0; i < 101; ++i) many += "a: b\r\n";
  EXPECT_EQ(status_of_bytes(many + "\r\n"), 431);
  EXPECT_EQ(status_of_bytes("POST /v1/get" + host + "Content-Length: 65537\r\n\r\n"), 413)
      << "at once, not when all of it came";
  EXPECT_EQ(status_of_bytes("POST /v1/get" + host + "Content-Length: 99999999999999999999\r\n\r\n"),
            400);
  EXPECT_EQ(status_of_bytes("POST /v1/get" + host + "Transfer-Encoding: chunked\r\n\r\n10001\r\n" +
                            std::string(0x10001, 'a')),
            413);
}

TEST_F(LimitsTest, JsonOfStrangersIsBounded) {
  start();
  Caller lisa = call();
  EXPECT_EQ(lisa.post("/v1/get", std::string(60'000, '[')).status, 400);
  EXPECT_EQ(lisa.post("/v1/get", "{\"keys\":[1]}").status, 400);
  EXPECT_EQ(lisa.post("/v1/get", "{\"keys\":[\"\"]}").status, 400);
  EXPECT_EQ(lisa.post("/v1/get", "{\"keys\":[\"" + std::string(129, 'k') + "\"]}").status, 400);
  EXPECT_EQ(lisa.get("/v1/records/" + std::string(129, 'k')).status, 400);
  EXPECT_EQ(lisa.get("/v1/records/%zz").status, 400);
  EXPECT_EQ(lisa.get("/v1/records/%00").status, 400);
  EXPECT_EQ(lisa.post("/v1/get", "{\"keys\":[]}").status, 200);
}

TEST_F(LimitsTest, ASlowRequestIsEnded) {
  start();
  Caller lisa = call();
  const auto begun = sim.now();
  for (int i = 0; i < 9; ++i) {  // a byte a second: "slow loris"
    lisa.say(kGet.substr(static_cast<std::size_t>(i), 1));
    sim.advance(1s);
  }
  EXPECT_EQ(lisa.answer().status, 408);
  EXPECT_NEAR(std::chrono::duration<double>(sim.now() - begun).count(), 10, 0.5);
  EXPECT_TRUE(lisa.is_closed());
}

TEST_F(LimitsTest, ASlowBodyIsEnded) {
  start();
  Caller lisa = call();
  lisa.say("PUT /v1/records/x HTTP/1.1\r\nHost: node\r\nContent-Length: 50\r\n\r\n{");
  sim.advance(19s);
  EXPECT_FALSE(lisa.is_closed(500ms));
  Caller bart = call();
  bart.say("PUT /v1/records/x HTTP/1.1\r\nHost: node\r\nContent-Length: 50\r\n\r\n{");
  EXPECT_EQ(bart.answer().status, 408);
}

TEST_F(LimitsTest, AnIdleConnectionIsClosedInSilence) {
  start();
  Caller lisa = call();
  EXPECT_EQ(lisa.ask(kGet).status, 200);
  EXPECT_FALSE(lisa.is_closed(59s));
  Caller bart = call();
  EXPECT_TRUE(bart.is_closed(61s));
  sim.advance(2s);
  EXPECT_EQ(server->counters().connections, 0U);
}

TEST_F(LimitsTest, TellsAClientThatWaitsForItToGoOn) {
  start();
  Caller lisa = call();
  const std::string body = get_many_text({key});
  lisa.say("POST /v1/get HTTP/1.1\r\nHost: node\r\nExpect: 100-continue\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n");
  sim.advance(1s);
  lisa.say(body);
  EXPECT_EQ(lisa.answer().status, 200);
}

TEST_F(LimitsTest, ConnectionsAreCountedByAddress) {
  limits.connections_per_address = 3;
  start();
  std::vector<Caller> lisas;
  for (int i = 0; i < 3; ++i) lisas.push_back(call("lisa"));
  for (Caller& lisa : lisas) EXPECT_EQ(lisa.ask(kGet).status, 200);
  Caller fourth = call("lisa");
  EXPECT_EQ(fourth.answer().status, 0);
  EXPECT_EQ(call("bart").ask(kGet).status, 200) << "others are not concerned";
  lisas.clear();
  sim.advance(1s);
  EXPECT_EQ(call("lisa").ask(kGet).status, 200);
  EXPECT_EQ(server->counters().turned_away, 1U);
}

TEST_F(LimitsTest, ConnectionsAreCountedInAll) {
  limits.connections = 2;
  start();
  Caller lisa = call("lisa");
  Caller bart = call("bart");
  EXPECT_EQ(lisa.ask(kGet).status, 200);
  EXPECT_EQ(call("nelson").answer().status, 0);
}

TEST_F(LimitsTest, WhoAsksTooMuchWaits) {
  limits.operations_at_once = 10;
  limits.operations_per_second = 2;
  start();
  Caller lisa = call("lisa");
  for (int i = 0; i < 10; ++i) EXPECT_EQ(lisa.ask(kGet).status, 200);
  const HttpMessage refused = lisa.ask(kGet);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("retry-after"), "5");
  EXPECT_EQ(call("lisa").ask(kGet).status, 429) << "another connection is no way out";
  EXPECT_EQ(call("bart").ask(kGet).status, 200);
  sim.advance(5s);
  EXPECT_EQ(lisa.ask(kGet).status, 200);
}

TEST_F(LimitsTest, ABatchCostsAsMuchAsItsKeys) {
  limits.operations_at_once = 300;
  start();
  Caller lisa = call();
  std::vector<Key> keys(300, key);
  EXPECT_EQ(lisa.post("/v1/get", get_many_text(keys)).status, 200);
  EXPECT_EQ(lisa.post("/v1/get", get_many_text(keys)).status, 429);
}

TEST_F(LimitsTest, AClientThatTakesNothingIsCut) {
  for (int i = 0; i < 16; ++i) {
    Record record = location(static_cast<std::uint64_t>(i) + 1, std::string(800, 'x'));
    record.set_device_slot(static_cast<unsigned>(i) % kDeviceSlots);
    sign(record, rules.network, key, owner);
    store_now(record);
  }
  limits.answer = 5s;
  start();
  Caller lisa = call();
  sim.advance(1s);
  sim.set_faults("lisa", "node", {.loss = 1});  // she is there, but nothing gets through to her
  EXPECT_EQ(server->counters().connections, 1U);
  sim.advance(120s);
  EXPECT_EQ(server->counters().connections, 0U);
}

TEST_F(LimitsTest, ManyClientsAtOnceAreServedEachInItsTurn) {
  store.set_delay(100ms);
  limits.reads_at_once = 4;
  start();
  Caller greedy = call("nelson");
  std::vector<Key> keys;
  for (int i = 0; i < 300; ++i) keys.push_back(Key::of(std::to_string(i)));
  const std::string body = get_many_text(keys);
  greedy.say("POST /v1/get HTTP/1.1\r\nHost: node\r\nContent-Length: " +
             std::to_string(body.size()) + "\r\n\r\n" + body);
  sim.advance(1s);
  Caller lisa = call("lisa");
  const auto asked = sim.now();
  EXPECT_EQ(lisa.ask(kGet).status, 200);
  EXPECT_LT(sim.now() - asked, 400ms) << "not behind the 300 of the other";
}

}  // namespace
}  // namespace openhash::gateway
