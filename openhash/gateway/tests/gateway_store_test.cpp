#include "gateway/gateway_store.h"

#include <algorithm>

#include "gateway.h"
#include "gateway_url.h"
#include "openhash/nearest_store.h"

namespace openhash::gateway {
namespace {

using base::Errc;

/// What a store says, changed by whoever runs the gateway.
class Forger final : public Store {
 public:
  explicit Forger(Store& honest) : honest_(honest) {}

  std::function<void(Record&)> forge = [](Record&) {};

  [[nodiscard]] const Rules& rules() const override { return honest_.rules(); }
  base::Task<base::Result<void>> put(Key key, Record record) override {
    return honest_.put(key, std::move(record));
  }
  base::Task<base::Result<std::vector<Record>>> get(Key key, OnRecord early) override {
    auto found = co_await honest_.get(key);
    if (!found) co_return found;
    for (Record& record : *found) {
      forge(record);
      if (early) early(record);
    }
    co_return found;
  }
  base::Task<std::vector<base::Result<std::vector<Record>>>> get_many(
      std::vector<Key> keys) override {
    return honest_.get_many(std::move(keys));
  }
  void announce(Key key, Record record) override { honest_.announce(key, std::move(record)); }
  std::unique_ptr<Watch> watch(Key key, OnRecord changed, Fallback fallback) override {
    const OnRecord forged = [this, changed = std::move(changed)](Record record) {
      forge(record);
      changed(record);
    };
    return honest_.watch(key, forged, fallback);
  }
  [[nodiscard]] bool connected() const override { return honest_.connected(); }
  [[nodiscard]] base::Instant last_heard() const override { return honest_.last_heard(); }
  [[nodiscard]] std::vector<NodeHealth> nodes() const override { return honest_.nodes(); }

 private:
  Store& honest_;
};

/// Lisa, who uses the gateway.
class GatewayStoreTest : public GatewayTest {
 protected:
  void open(Store& behind) {
    ServerOptions options;
    options.listen = sim.address("node", 8080);
    options.limits = limits;
    auto opened = Server::open(sim.host("node"), behind, options);
    ASSERT_TRUE(opened) << opened.error().message();
    server = std::move(*opened);
  }
  std::unique_ptr<GatewayStore> client(const std::string& host = "lisa") {
    auto opened = GatewayStore::open(sim.host(host), {.rules = rules, .url = "http://node:8080"});
    EXPECT_TRUE(opened);
    return opened ? std::move(*opened) : nullptr;
  }
  std::unique_ptr<Watch> watch(GatewayStore& lisa, Fallback fallback = Fallback::poll) {
    return lisa.watch(
        key, [this](const Record& record) { news.push_back(record.sequence); }, fallback);
  }
  /// Until the gateway knows of a watch, and has looked.
  void let_watch_settle() { sim.advance(1s); }

  Forger forger{store};
  std::vector<std::uint64_t> news;
};

TEST(GatewayUrl, IsTakenApart) {
  const auto url = GatewayUrl::parse("https://node.example.org:8443");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->tls);
  EXPECT_EQ(url->host, "node.example.org");
  EXPECT_EQ(url->authority, "node.example.org:8443");
  EXPECT_EQ(GatewayUrl::parse("http://192.0.2.7")->authority, "192.0.2.7:80");
  EXPECT_EQ(GatewayUrl::parse("https://192.0.2.7/")->authority, "192.0.2.7:443");
  EXPECT_EQ(GatewayUrl::parse("http://[2001:db8::1]:8080")->authority, "[2001:db8::1]:8080");
  EXPECT_EQ(GatewayUrl::parse("http://[2001:db8::1]:8080")->host, "2001:db8::1");
  const std::string pin(64, 'a');
  EXPECT_EQ(GatewayUrl::parse("https://node:1#sha256=" + pin)->pin, base::Bytes(32, 0xaa));
}

TEST(GatewayUrl, IsStrict) {
  const std::string pin(64, 'a');
  for (const std::string& url :
       {std::string("node:8080"), std::string("ftp://node:1"), std::string("http://"),
        std::string("http://:80"), std::string("http://node:0"), std::string("http://node:65536"),
        std::string("http://node:1x"), std::string("http://node:1/v1"),
        std::string("http://no de:1"), std::string("http://node\r\nx:1"),
        std::string("http://[::1:80"), std::string("http://me@node:1"),
        "http://node:1#sha256=" + pin, "https://node:1#sha256=" + pin + "aa",
        std::string("https://node:1#sha256=zz")}) {
    EXPECT_FALSE(GatewayUrl::parse(url)) << url;
  }
}

TEST_F(GatewayStoreTest, PutsAndGets) {
  open(store);
  const auto lisa = client();
  EXPECT_TRUE(sim.run(lisa->get(key))->empty());
  EXPECT_TRUE(sim.run(lisa->put(key, location(7))));
  const auto found = sim.run(lisa->get(key));
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, std::vector<Record>{location(7)});
  EXPECT_TRUE(lisa->connected());
  EXPECT_GT(lisa->nodes().front().latency, 0ns);
}

TEST_F(GatewayStoreTest, SaysWhatTheStoreBehindSays) {
  open(store);
  const auto lisa = client();
  ASSERT_TRUE(sim.run(lisa->put(key, location(7))));
  EXPECT_EQ(sim.run(lisa->put(key, location(6))).error(), Errc::conflict);
  Record wrong = location(8);
  wrong.sequence = 9;
  EXPECT_EQ(sim.run(lisa->put(key, wrong)).error(), Errc::refused);
  wrong.body.resize(kMaxBody + 1);
  EXPECT_EQ(sim.run(lisa->put(key, wrong)).error(), Errc::too_large);
  store.set_reachable(false);
  EXPECT_EQ(sim.run(lisa->put(key, location(8))).error(), Errc::unreachable);
  EXPECT_EQ(sim.run(lisa->get(key)).error(), Errc::unreachable);
}

TEST_F(GatewayStoreTest, AnnouncesWithoutWaiting) {
  open(store);
  const auto lisa = client();
  lisa->announce(key, location(7));
  sim.advance(1s);
  EXPECT_EQ(table.at(key, node.clock.wall()).size(), 1U);
}

TEST_F(GatewayStoreTest, AsksForManyKeysAtOnce) {
  open(store);
  store_now(location(7));
  store.set_delay(300ms);
  const auto lisa = client();
  std::vector<Key> keys;
  for (int i = 0; i < 250; ++i) keys.push_back(Key::of(std::to_string(i)));
  keys.push_back(key);
  const auto answers = sim.run(lisa->get_many(keys));
  ASSERT_EQ(answers.size(), 251U);
  EXPECT_TRUE(answers[0]->empty());
  EXPECT_EQ(answers[250]->size(), 1U);
  EXPECT_EQ(server->counters().answers[200], 1U) << "one request";
}

TEST_F(GatewayStoreTest, GivesEachReadItsAnswerAsSoonAsItIsThere) {
  open(store);
  store_now(location(7));
  const auto lisa = client();
  sim.advance(1s);
  store.set_delay(1s);
  auto slow = lisa->get(Key::of("elsewhere"));
  slow.start();
  sim.advance(200ms);
  store.set_delay(0ms);
  std::vector<std::uint64_t> early;
  const OnRecord on_early = [&](const Record& record) { early.push_back(record.sequence); };
  EXPECT_EQ(sim.run(lisa->get(key, on_early))->size(), 1U);
  EXPECT_EQ(early, std::vector<std::uint64_t>{7});
  EXPECT_FALSE(slow.done());
}

TEST_F(GatewayStoreTest, BelievesNoForgedRecord) {
  open(forger);
  store_now(location(7));
  const auto lisa = client();
  const auto watching = watch(*lisa);
  forger.forge = [](Record& record) { record.body.push_back('!'); };
  EXPECT_EQ(sim.run(lisa->get(key)).error(), Errc::malformed);
  forger.forge = [](Record& record) { ++record.sequence; };
  EXPECT_EQ(sim.run(lisa->get(key)).error(), Errc::malformed);
  store_now(location(8));
  sim.advance(5s);
  EXPECT_TRUE(news.empty());
  forger.forge = [](Record&) {};
  EXPECT_EQ(sim.run(lisa->get(key))->size(), 1U);
}

TEST_F(GatewayStoreTest, TakesNothingThatHasRunOut) {
  open(store);
  store_now(location(7));
  const auto lisa = client();
  sim.set_skew("lisa", 125s);  // the gateway still gives it out
  const auto found = sim.run(lisa->get(key));
  EXPECT_TRUE(found && found->empty());
}

TEST_F(GatewayStoreTest, SaysThatOurClockIsWrong) {
  open(store);
  store_now(location(7));
  const auto lisa = client();
  sim.set_skew("lisa", 3h);
  const auto found = sim.run(lisa->get(key));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error(), Errc::refused);
  EXPECT_NE(found.error().message().find("3 h ahead"), std::string::npos);
}

TEST_F(GatewayStoreTest, HearsOfWhatIsThereAndWhatComes) {
  open(store);
  store_now(location(7));
  const auto lisa = client();
  const auto first = watch(*lisa, Fallback::none);
  let_watch_settle();
  store_now(location(8));
  sim.advance(1s);
  EXPECT_EQ(news, (std::vector<std::uint64_t>{7, 8}));
  const auto second = watch(*lisa);
  let_watch_settle();
  EXPECT_EQ(news, (std::vector<std::uint64_t>{7, 8, 8})) << "the second one hears it, too";
}

TEST_F(GatewayStoreTest, EndsAWatch) {
  open(store);
  const auto lisa = client();
  auto watching = watch(*lisa);
  let_watch_settle();
  EXPECT_EQ(server->counters().watches, 1U);
  watching.reset();
  sim.advance(1s);
  EXPECT_EQ(server->counters().watches, 0U);
}

TEST_F(GatewayStoreTest, ReadsEachMinuteWhereTheGatewayTakesNoMoreWatches) {
  limits.watches_per_connection = 0;
  open(store);
  const auto lisa = client();
  const auto watching = watch(*lisa);
  let_watch_settle();
  store_now(location(7));
  sim.advance(80s);
  EXPECT_EQ(news, std::vector<std::uint64_t>{7});
}

TEST_F(GatewayStoreTest, ComesBackAfterTheGatewayDoesAndMissesNothing) {
  open(store);
  const auto lisa = client();
  const auto watching = watch(*lisa);
  let_watch_settle();
  server.reset();
  sim.advance(2s);
  store_now(location(7));
  EXPECT_FALSE(sim.run(lisa->get(key)));
  sim.advance(10s);
  EXPECT_FALSE(lisa->connected());
  open(store);
  EXPECT_TRUE(sim.run_until([&] { return lisa->connected(); }, 20s));
  EXPECT_TRUE(sim.run_until([&] { return news == std::vector<std::uint64_t>{7}; }, 5s));
  EXPECT_TRUE(sim.run(lisa->get(key)));
}

TEST_F(GatewayStoreTest, NoticesASilentLineAndThatItIsBack) {
  open(store);
  const auto lisa = client();
  const auto watching = watch(*lisa);
  let_watch_settle();
  sim.cut("node");
  EXPECT_TRUE(sim.run_until([&] { return !lisa->connected(); }, 9s));
  store_now(location(7));
  sim.mend("node");
  EXPECT_TRUE(sim.run_until([&] { return lisa->connected(); }, 20s));
  EXPECT_TRUE(sim.run_until([&] { return !news.empty(); }, 20s));
}

TEST_F(GatewayStoreTest, UsesAConnectionThatTheGatewayHasClosedOnlyOnce) {
  limits.idle = 5s;
  open(store);
  store_now(location(7));
  const auto lisa = client();
  for (int i = 0; i < 5; ++i) {
    const auto found = sim.run(lisa->get(key));
    EXPECT_TRUE(found) << found.error().message();
    sim.advance(20s);
  }
}

TEST_F(GatewayStoreTest, KnowsThatItsOwnLineStandsWhileNothingIsAsked) {
  open(store);
  const auto lisa = client();
  sim.advance(10min);
  EXPECT_TRUE(lisa->connected());
  EXPECT_LT(sim.now() - lisa->last_heard(), 4s);
}

TEST_F(GatewayStoreTest, CanBeLeftInTheMiddle) {
  open(store);
  store.set_delay(1h);
  auto lisa = client();
  {
    auto reading = lisa->get(key);
    auto putting = lisa->put(key, location(8));
    const auto watching = watch(*lisa);
    reading.start();
    putting.start();
    sim.advance(1s);
  }
  auto reading = lisa->get(key);
  reading.start();
  sim.advance(1s);
  reading.reset();
  lisa.reset();
  sim.advance(1min);
}

TEST_F(GatewayStoreTest, LetsAReaderEndAnotherReadThatHasItsAnswer) {
  open(store);
  store_now(location(7));
  const auto lisa = client();
  base::Task<base::Result<std::vector<Record>>> other;
  // Both are answered by the same line; whoever hears of it first ends the other.
  const OnRecord end_other = [&](const Record&) {
    sim.host("lisa").clock.post([&] { other.reset(); });
  };
  auto first = lisa->get(key, end_other);
  other = lisa->get(key);
  first.start();
  other.start();
  sim.advance(1s);
  EXPECT_TRUE(first.done());
}

// --- several gateways ---

/// Three gateways on hosts of their own, and Lisa who uses the nearest.
class ThreeGateways : public testing::Test {
 protected:
  explicit ThreeGateways() = default;

  struct Place {
    Place(std::uint64_t seed, const Rules& rules) : sim(seed), table(rules) {
      sim.set_faults({.delay = 20ms, .jitter = 5ms});
      for (const char* const name : {"n0", "n1", "n2"}) start(name);
      sim.set_faults("lisa", "n1", {.delay = 3ms});
    }
    void start(const std::string& name) {
      base::World& world = sim.host(name);
      auto store = std::make_unique<sim::MemoryStore>(world, table);
      ServerOptions options;
      options.listen = sim.address(name, 8080);
      servers[name] = std::move(*Server::open(world, *store, options));
      stores[name] = std::move(store);
    }
    sim::SimWorld sim;
    sim::MemoryTable table;
    std::map<std::string, std::unique_ptr<sim::MemoryStore>> stores;
    std::map<std::string, std::unique_ptr<Server>> servers;
  };
  struct Lisa {
    explicit Lisa(Place& place) : world(place.sim.host("lisa")) {
      for (const char* const name : {"n0", "n1", "n2"}) {
        GatewayOptions options;
        options.rules = place.table.rules();
        options.url = "http://" + std::string(name) + ":8080";
        gateways.push_back(std::move(*GatewayStore::open(world, options)));
      }
      store.emplace(world, std::vector<std::reference_wrapper<Store>>{*gateways[0], *gateways[1],
                                                                      *gateways[2]});
    }
    base::World& world;
    std::vector<std::unique_ptr<GatewayStore>> gateways;
    std::optional<NearestStore> store;
  };

  Record location(base::World& world, std::uint64_t sequence) {
    Record record;
    record.kind = Kind::location;
    record.name = "milhouse";
    record.sequence = sequence;
    record.issued = world.clock.wall();
    record.valid_for = 120s;
    sign(record, rules.network, key, owner);
    return record;
  }

  const Rules rules{.network = 7, .work_named = 0, .work_opaque = 0};
  const SigningKey owner{base::Secret(32)};
  const Key key = *key_of(Kind::location, "milhouse");
};

TEST_F(ThreeGateways, TheNextOperationIsServedByAnotherInTwoSeconds) {
  const char* const kinds[] = {"get", "get_many", "put", "watch"};
  for (const char* const fault : {"crash", "vanish", "cut"}) {
    base::Duration slowest{};
    int right = 0;
    for (std::uint64_t round = 0; round < 100; ++round) {
      Place place(round + 1, rules);
      Lisa lisa(place);
      place.sim.advance(15s + round * 70ms);
      const std::string chosen = lisa.store->nodes().front().endpoint;
      EXPECT_EQ(chosen, "http://n1:8080");
      std::uint64_t heard = 0;
      const auto watching =
          lisa.store->watch(key, [&](const Record& record) { heard = record.sequence; });
      place.sim.advance(1s);
      if (fault == std::string("crash")) place.sim.crash("n1");
      if (fault == std::string("vanish")) place.sim.vanish("n1");
      if (fault == std::string("cut")) place.sim.cut("n1");
      place.sim.advance(round % 3 * 400ms);
      ASSERT_TRUE(place.table.take(key, location(lisa.world, 7), lisa.world.clock.wall()));
      const base::Instant began = place.sim.now();
      const std::string kind = kinds[round % std::size(kinds)];
      if (kind == "get") {
        const auto found = place.sim.run(lisa.store->get(key));
        right += found && found->size() == 1 ? 1 : 0;
      } else if (kind == "get_many") {
        const auto found = place.sim.run(lisa.store->get_many({key, Key::of("elsewhere")}));
        right += found[0] && found[0]->size() == 1 && found[1] ? 1 : 0;
      } else if (kind == "put") {
        right += place.sim.run(lisa.store->put(key, location(lisa.world, 8))) ? 1 : 0;
      } else {
        right += place.sim.run_until([&] { return heard == 7; }, 2s) ? 1 : 0;
      }
      slowest = std::max(slowest, place.sim.now() - began);
    }
    EXPECT_EQ(right, 100) << fault;
    EXPECT_LT(slowest, 2s) << fault;
    std::printf("%s: slowest of 100 %.3f s\n", fault,
                std::chrono::duration<double>(slowest).count());
  }
}

TEST_F(ThreeGateways, TheBetterOneIsUsedAgainWhenItIsBack) {
  Place place(1, rules);
  Lisa lisa(place);
  place.sim.advance(15s);
  place.sim.crash("n1");
  place.sim.advance(10s);
  EXPECT_NE(lisa.store->nodes().front().endpoint, "http://n1:8080");
  EXPECT_TRUE(lisa.store->connected());
  place.start("n1");
  EXPECT_TRUE(place.sim.run_until(
      [&] { return lisa.store->nodes().front().endpoint == "http://n1:8080"; }, 3min));
}

}  // namespace
}  // namespace openhash::gateway
