// What the gateway answers: docs/gateway.md as tests.

#include "gateway.h"

namespace openhash::gateway {
namespace {

constexpr std::string_view kPath = "/v1/records/milhouse%27s%20location";

class ServerTest : public GatewayTest {
 protected:
  ServerTest() { start(); }
};

TEST_F(ServerTest, GivesTheRecordsAtAKey) {
  store_now(location(7));
  Caller lisa = call();
  const HttpMessage answer = lisa.get(kPath);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-type"), "application/json");
  const auto said = parse_answer(answer.body);
  ASSERT_TRUE(said);
  EXPECT_EQ(said->key, key);
  ASSERT_EQ(said->records.size(), 1U);
  const auto record = open_record(rules, key, said->records[0], node.clock.wall());
  ASSERT_TRUE(record);
  EXPECT_EQ(record->sequence, 7U);
}

TEST_F(ServerTest, TakesAKeyInDigitsToo) {
  store_now(location(7));
  Caller lisa = call();
  EXPECT_EQ(lisa.get(kPath).body, lisa.get("/v1/records/" + key.hex()).body);
}

TEST_F(ServerTest, NothingAtAKeyIsNoError) {
  Caller lisa = call();
  const HttpMessage answer = lisa.get(kPath);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "{\"key\":\"" + key.hex() + "\",\"records\":[]}\n");
}

TEST_F(ServerTest, StoresWhatTheRulesAllow) {
  Caller lisa = call();
  const HttpMessage answer = lisa.put(kPath, put_text(location(1)));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "{\"stored\":true}\n");
  EXPECT_EQ(table.at(key, node.clock.wall()).size(), 1U);
}

TEST_F(ServerTest, TellsWhyItDoesNotStore) {
  Caller lisa = call();
  EXPECT_EQ(lisa.put(kPath, "{\"record\":\"AAAA\"}").status, 400);
  EXPECT_EQ(lisa.put(kPath, "no JSON").status, 400);
  EXPECT_EQ(lisa.put("/v1/records/other", put_text(location(1))).status, 403) << "another key";
  Record forged = location(2);
  forged.body.push_back('!');
  EXPECT_EQ(lisa.put(kPath, put_text(forged)).status, 403) << "not what was signed";
  store_now(location(5));
  const HttpMessage older = lisa.put(kPath, put_text(location(4)));
  EXPECT_EQ(older.status, 409);
  EXPECT_EQ(kind_of(*parse_answer(older.body)->error), "conflict");
  store.set_reachable(false);
  EXPECT_EQ(lisa.put(kPath, put_text(location(6))).status, 503);
}

TEST_F(ServerTest, StoresBytesAsTheyAre) {
  Caller lisa = call();
  const base::Bytes bytes = encode(location(1));
  lisa.say("PUT " + std::string(kPath) +
           " HTTP/1.1\r\nHost: node\r\nContent-Type: application/octet-stream\r\nContent-Length: " +
           std::to_string(bytes.size()) + "\r\n\r\n" + base::to_string(bytes));
  EXPECT_EQ(lisa.answer().status, 200);
}

TEST_F(ServerTest, AnnouncesWithoutAPromise) {
  Caller lisa = call();
  EXPECT_EQ(lisa.put(std::string(kPath) + "?announce=1", put_text(location(1))).status, 202);
  sim.advance(1s);
  EXPECT_EQ(table.at(key, node.clock.wall()).size(), 1U);
}

TEST_F(ServerTest, GivesManyKeysInTheirOrder) {
  store_now(location(7));
  Caller lisa = call();
  const Key nothing = Key::of("nothing");
  const auto said = parse_answer(lisa.post("/v1/get", get_many_text({nothing, key})).body);
  ASSERT_TRUE(said);
  ASSERT_EQ(said->results.size(), 2U);
  EXPECT_EQ(said->results[0].key, nothing);
  EXPECT_TRUE(said->results[0].records.empty());
  EXPECT_EQ(said->results[1].key, key);
  EXPECT_EQ(said->results[1].records.size(), 1U);
}

TEST_F(ServerTest, GivesAWholeBuddyListAtOnce) {
  store.set_delay(20ms);
  std::vector<Key> keys;
  for (int i = 0; i < 300; ++i) keys.push_back(Key::of(std::to_string(i)));
  Caller lisa = call();
  const auto said = parse_answer(lisa.post("/v1/get", get_many_text(keys)).body);
  ASSERT_TRUE(said);
  ASSERT_EQ(said->results.size(), 300U);
  for (std::size_t i = 0; i < keys.size(); ++i) EXPECT_EQ(said->results[i].key, keys[i]);
  keys.push_back(key);
  EXPECT_EQ(lisa.post("/v1/get", get_many_text(keys)).status, 413);
}

TEST_F(ServerTest, AKeyThatCannotBeReadDoesNotSpoilTheOthers) {
  store.set_reachable(false);
  Caller lisa = call();
  const auto said = parse_answer(lisa.post("/v1/get", get_many_text({key})).body);
  ASSERT_TRUE(said);
  ASSERT_EQ(said->results.size(), 1U);
  EXPECT_EQ(kind_of(*said->results[0].error), "unreachable");
  EXPECT_EQ(lisa.get(kPath).status, 503);
}

/// The lines of a streamed answer.
std::vector<Answer> lines_of(const HttpMessage& answer) {
  std::vector<Answer> lines;
  std::size_t from = 0;
  for (std::size_t to; (to = answer.body.find('\n', from)) != std::string::npos; from = to + 1) {
    auto line = parse_answer(std::string_view(answer.body).substr(from, to - from));
    EXPECT_TRUE(line);
    if (line) lines.push_back(std::move(*line));
  }
  return lines;
}

TEST_F(ServerTest, StreamsRecordsAsTheyAreFound) {
  store_now(location(7));
  Caller lisa = call();
  const auto lines = lines_of(lisa.get(std::string(kPath) + "?stream=1"));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].key, key);
  EXPECT_EQ(lines[0].records.size(), 1U);
  EXPECT_TRUE(lines[1].end);
  EXPECT_EQ(lines[1].key, key);
}

TEST_F(ServerTest, StreamsABatch) {
  store_now(location(7));
  Caller lisa = call();
  const auto lines =
      lines_of(lisa.post("/v1/get?stream=1", get_many_text({Key::of("nothing"), key})));
  ASSERT_EQ(lines.size(), 4U) << "a record, two ends, the end of all";
  EXPECT_TRUE(lines.back().end);
  EXPECT_FALSE(lines.back().key.has_value());
}

TEST_F(ServerTest, ShowsPagesThatOthersAdd) {
  server->page("/", [](const HttpMessage&) {
    return HttpMessage{.status = 200, .headers = {{"content-type", "text/html"}}, .body = "hello"};
  });
  Caller lisa = call();
  EXPECT_EQ(lisa.get("/").body, "hello");
  lisa.say("HEAD / HTTP/1.1\r\nHost: node\r\n\r\n");
  const HttpMessage head = lisa.answer(HttpReader::Side::responses_to_head);
  EXPECT_EQ(head.header("content-length"), "5");
  EXPECT_EQ(lisa.get("/").body, "hello") << "and no body in between";
}

TEST_F(ServerTest, SaysWhatAPathKnows) {
  Caller lisa = call();
  EXPECT_EQ(lisa.get("/v2/records/x").status, 404);
  const HttpMessage wrong = lisa.post(kPath, "{}");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.header("allow"), "GET, HEAD, PUT, OPTIONS");
  const HttpMessage options = lisa.ask("OPTIONS /v1/get HTTP/1.1\r\nHost: node\r\n\r\n");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("allow"), "POST, OPTIONS");
}

TEST_F(ServerTest, WebPagesMayReadButNotWrite) {
  Caller lisa = call();
  EXPECT_EQ(lisa.get(kPath).header("access-control-allow-origin"), "*");
  const HttpMessage options =
      lisa.ask("OPTIONS " + std::string(kPath) + " HTTP/1.1\r\nHost: node\r\n\r\n");
  EXPECT_EQ(options.header("access-control-allow-methods"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(lisa.put(kPath, "x").header("access-control-allow-origin"), "");
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  store.set_delay(50ms);
  Caller lisa = call();
  std::string many;
  for (int i = 0; i < 20; ++i) {
    many += "GET /v1/records/" + std::to_string(i) + " HTTP/1.1\r\nHost: node\r\n\r\n";
  }
  lisa.say(many);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(parse_answer(lisa.answer().body)->key, Key::of(std::to_string(i)));
  }
}

TEST_F(ServerTest, WhoAsksForTheSameKeySharesOneLook) {
  store.set_delay(1s);
  std::vector<Caller> callers;
  const auto all_ask = [&] {
    for (int i = 0; i < 20; ++i) {
      callers.push_back(call("host" + std::to_string(callers.size())));
      callers.back().say("GET " + std::string(kPath) + " HTTP/1.1\r\nHost: node\r\n\r\n");
    }
    sim.advance(20ms);
  };
  sim.set_faults({.delay = 1ms});
  all_ask();
  sim.advance(500ms);
  all_ask();  // too late for the first look: they share the one that follows
  for (Caller& caller : callers) EXPECT_EQ(caller.answer().status, 200);
  const Counters counters = server->counters();
  EXPECT_EQ(counters.gets, 40U);
  EXPECT_EQ(counters.gets - counters.joined, 2U);
}

TEST_F(ServerTest, WhatWasStoredIsSeenByWhoAsksThen) {
  store.set_delay(50ms);
  sim.set_faults({.delay = 1ms});
  Caller milhouse = call("milhouse");
  Caller bart = call("bart");
  for (std::uint64_t sequence = 1; sequence <= 20; ++sequence) {
    bart.say("GET " + std::string(kPath) + " HTTP/1.1\r\nHost: node\r\n\r\n");
    EXPECT_EQ(milhouse.put(kPath, put_text(location(sequence))).status, 200);
    const auto said = parse_answer(milhouse.get(kPath).body);
    ASSERT_TRUE(said && said->records.size() == 1U);
    EXPECT_EQ(open_record(rules, key, said->records[0], node.clock.wall())->sequence, sequence);
    EXPECT_EQ(bart.answer().status, 200);
  }
}

}  // namespace
}  // namespace openhash::gateway
