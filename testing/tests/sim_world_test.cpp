#include "testing/sim_world.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sim {
namespace {

using namespace std::chrono_literals;
using base::Bytes;
using base::ByteView;
using base::DatagramSocket;
using base::Endpoint;
using base::Errc;
using base::Result;
using base::Stream;
using base::StreamListener;
using base::Task;

const Endpoint kAny = Endpoint::v4(0, 0, 0, 0, 0);

Task<Result<std::size_t>> read_some(Stream& stream, Bytes& into) {
  auto reading = stream.read(into);
  co_return co_await reading;
}

Task<Result<std::size_t>> read_all(Stream& stream) {
  Bytes chunk(10'000);
  std::size_t total = 0;
  for (;;) {
    auto count = co_await stream.read(chunk);
    if (!count) co_return count.error();
    if (*count == 0) co_return total;
    total += *count;
  }
}

/// Lisa and Bart, and a connection between them.
class TwoHosts : public ::testing::Test {
 protected:
  SimWorld world{7};
  base::World& lisa = world.host("lisa");
  base::World& bart = world.host("bart");
  std::unique_ptr<StreamListener> listener;
  std::unique_ptr<Stream> at_lisa;
  std::unique_ptr<Stream> at_bart;
  std::vector<std::string> heard;
  std::unique_ptr<DatagramSocket> ear;
  std::unique_ptr<DatagramSocket> mouth;

  void connect() {
    listener = std::move(*bart.transport.listen(
        kAny, [this](std::unique_ptr<Stream> stream) { at_bart = std::move(stream); }));
    auto stream = world.run(lisa.transport.connect(world.address("bart", listener->local().port)));
    ASSERT_TRUE(stream) << stream.error().message();
    at_lisa = std::move(*stream);
  }
  void open_sockets() {
    ear = std::move(*bart.transport.open_datagram(kAny, [this](ByteView datagram, const Endpoint&) {
      heard.push_back(base::to_string(datagram));
    }));
    mouth = std::move(*lisa.transport.open_datagram(kAny, [](ByteView, const Endpoint&) {}));
  }
  void say(std::string_view words) {
    mouth->send(world.address("bart", ear->local().port), base::view(words));
  }
  Result<std::size_t> read(Stream& stream, base::Duration limit = 1h) {
    Bytes into(100);
    return world.run(read_some(stream, into), limit);
  }
};

TEST_F(TwoHosts, TimePassesOnlyWhenTold) {
  const auto start = lisa.clock.now();
  const auto wall = lisa.clock.wall();
  world.advance(90min);
  EXPECT_EQ(bart.clock.now() - start, 90min);
  EXPECT_EQ(bart.clock.wall() - wall, 90min);
}

TEST_F(TwoHosts, ClocksMayGoWrong) {
  world.set_skew("bart", -3h);
  EXPECT_EQ(lisa.clock.wall() - bart.clock.wall(), 3h);
  EXPECT_EQ(lisa.clock.now(), bart.clock.now());
}

TEST_F(TwoHosts, TimersRunInOrder) {
  std::string order;
  const auto late = lisa.clock.call_after(2s, [&] { order += 'c'; });
  const auto early = bart.clock.call_after(1s, [&] { order += 'a'; });
  const auto next = lisa.clock.call_after(1s, [&] { order += 'b'; });
  auto never = lisa.clock.call_after(1s, [&] { order += 'x'; });
  never.cancel();
  world.advance(3s);
  EXPECT_EQ(order, "abc");
}

TEST_F(TwoHosts, DatagramsTakeTheirTime) {
  open_sockets();
  world.set_faults({.delay = 100ms});
  say("hello");
  world.advance(99ms);
  EXPECT_TRUE(heard.empty());
  world.advance(1ms);
  EXPECT_EQ(heard, std::vector<std::string>{"hello"});
}

TEST_F(TwoHosts, DatagramsAreLostDoubledAndOvertaken) {
  open_sockets();
  world.set_faults({.loss = 0.2, .jitter = 50ms, .duplicate = 0.2});
  for (int i = 0; i < 1000; ++i) say(std::to_string(1000 + i));
  world.advance(1s);
  EXPECT_NEAR(static_cast<double>(heard.size()), 1000 * 0.8 * 1.2, 60);
  EXPECT_FALSE(std::ranges::is_sorted(heard));
  EXPECT_EQ(world.traffic("lisa").datagrams, 1000U);
}

TEST_F(TwoHosts, LinksHaveFaultsOfTheirOwn) {
  open_sockets();
  world.set_faults("bart", "lisa", {.loss = 1});
  say("not heard");
  world.advance(1s);
  world.set_faults("lisa", "bart", {});
  say("heard");
  world.advance(1s);
  EXPECT_EQ(heard, std::vector<std::string>{"heard"});
}

TEST_F(TwoHosts, PartitionsCutAndHeal) {
  open_sockets();
  world.partition({{"lisa"}, {"bart", "maggie"}});
  say("one");
  world.advance(1s);
  world.heal();
  say("two");
  world.advance(1s);
  world.cut("bart");
  say("three");
  world.advance(1s);
  world.mend("bart");
  say("four");
  world.advance(1s);
  EXPECT_EQ(heard, (std::vector<std::string>{"two", "four"}));
}

TEST_F(TwoHosts, StreamsLoseNothingButTime) {
  connect();
  world.set_faults({.loss = 0.3, .delay = 50ms, .jitter = 100ms});
  ASSERT_TRUE(at_lisa->write(Bytes(1'000'000)));
  at_lisa->close();
  const auto total = world.run(read_all(*at_bart));
  ASSERT_TRUE(total) << total.error().message();
  EXPECT_EQ(*total, 1'000'000U);
  EXPECT_EQ(world.traffic("lisa").stream_bytes, 1'000'000U);
}

TEST_F(TwoHosts, APartitionSilencesAStreamAndTheEndOfItBringsAllAfter) {
  connect();
  world.partition({{"lisa"}, {"bart"}});
  ASSERT_TRUE(at_lisa->write(base::view("still there?")));
  Bytes into(100);
  auto reading = read_some(*at_bart, into);
  reading.start();
  world.advance(1min);
  EXPECT_FALSE(reading.done());
  world.heal();
  world.advance(11s);
  ASSERT_TRUE(reading.done());
  EXPECT_EQ(reading.take().value_or(0), 12U);
}

TEST_F(TwoHosts, ACrashCutsTheStreamsOfThePeers) {
  connect();
  ASSERT_TRUE(at_bart->write(base::view("last words")));
  world.advance(0s);
  world.crash("bart");
  EXPECT_EQ(read(*at_lisa, 1s).value_or(0), 10U);
  const auto next = read(*at_lisa, 1s);
  ASSERT_FALSE(next);
  EXPECT_EQ(next.error().code, Errc::closed);
}

TEST_F(TwoHosts, NobodyHearsOfACrashBehindACutCable) {
  connect();
  world.cut("bart");
  world.crash("bart");
  world.advance(1min);
  world.mend("bart");
  Bytes into(100);
  auto reading = read_some(*at_lisa, into);
  reading.start();
  world.advance(1min);
  EXPECT_FALSE(reading.done()) << "the reset was lost, and nobody repeats it";
  ASSERT_TRUE(at_lisa->write(base::view("hello?")));
  world.advance(1s);
  ASSERT_TRUE(reading.done());
  EXPECT_EQ(reading.take().error().code, Errc::closed);
}

TEST_F(TwoHosts, ClosingLingersForTwoSecondsOnly) {
  connect();
  ASSERT_TRUE(at_lisa->write(Bytes(4'000'000)));
  at_lisa->close();
  at_lisa.reset();
  world.advance(5s);
  const auto total = world.run(read_all(*at_bart));
  ASSERT_FALSE(total) << "Bart read too late";
  EXPECT_EQ(total.error().code, Errc::closed);
}

TEST_F(TwoHosts, NothingOfACrashedProgramRunsOn) {
  connect();
  open_sockets();
  bool ran = false;
  const auto timer = bart.clock.call_after(1s, [&] { ran = true; });
  bart.clock.post([&] { ran = true; });
  say("on the way");
  world.crash("bart");
  world.advance(10s);
  EXPECT_FALSE(ran);
  EXPECT_TRUE(heard.empty());
  EXPECT_FALSE(at_bart->write(base::view("x")));
  EXPECT_FALSE(bart.transport.listen(kAny, [](std::unique_ptr<Stream>) {}));
}

TEST_F(TwoHosts, AVanishedHostIsSilent) {
  connect();
  world.vanish("bart");
  ASSERT_TRUE(at_lisa->write(base::view("hello?")));
  Bytes into(100);
  auto reading = read_some(*at_lisa, into);
  reading.start();
  world.advance(1min);
  EXPECT_FALSE(reading.done()) << "nobody says that it is gone";
  const auto other =
      world.run(lisa.transport.connect(world.address("bart", listener->local().port)));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Errc::timed_out);
  world.host("bart");
  world.advance(20s);
  ASSERT_TRUE(reading.done()) << "the new machine knows nothing of the stream, and says so";
  EXPECT_EQ(reading.take().error().code, Errc::closed);
}

TEST_F(TwoHosts, ADeadLineIsGivenUpInTheEnd) {
  connect();
  world.cut("bart");
  ASSERT_TRUE(at_lisa->write(base::view("hello?")));
  const auto answer = read(*at_lisa, 1h);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::closed);
}

TEST_F(TwoHosts, ARestartedHostKeepsItsAddressAndServesAnew) {
  world.crash("bart");
  base::World& again = world.host("bart");
  EXPECT_EQ(again.transport.own_addresses().front(), world.address("bart"));
  std::unique_ptr<Stream> served;
  const auto open = again.transport.listen(
      kAny, [&](std::unique_ptr<Stream> stream) { served = std::move(stream); });
  ASSERT_TRUE(open);
  const auto stream =
      world.run(lisa.transport.connect(world.address("bart", (*open)->local().port)));
  EXPECT_TRUE(stream);
  EXPECT_TRUE(served);
}

TEST_F(TwoHosts, NamesResolve) {
  const auto found = world.run(lisa.transport.resolve("bart:6824"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->front(), world.address("bart", 6824));
}

TEST_F(TwoHosts, WorkTakesTheTimeItIsGiven) {
  world.set_work_cost(600ms);
  const auto start = world.now();
  const auto sum = [] { return 42; };
  EXPECT_EQ(world.run(base::run_on(lisa.workers, sum)), 42);
  EXPECT_EQ(world.now() - start, 600ms);
}

std::vector<std::string> arrivals(std::uint64_t seed) {
  SimWorld world(seed);
  world.set_faults({.loss = 0.3, .jitter = 1s});
  std::vector<std::string> heard;
  const auto ear = world.host("bart").transport.open_datagram(
      kAny,
      [&](ByteView datagram, const Endpoint&) { heard.push_back(base::to_string(datagram)); });
  const auto mouth =
      world.host("lisa").transport.open_datagram(kAny, [](ByteView, const Endpoint&) {});
  heard.push_back(std::to_string(world.host("lisa").entropy.u64()));
  for (int i = 0; i < 100; ++i) {
    (*mouth)->send(world.address("bart", (*ear)->local().port), base::view(std::to_string(i)));
  }
  world.advance(10s);
  return heard;
}

TEST(SimWorld, RepeatsItselfFromItsSeed) {
  EXPECT_EQ(arrivals(1), arrivals(1));
  EXPECT_NE(arrivals(1), arrivals(2));
}

TEST(SimWorld, SaysWhenATaskNeverEnds) {
  SimWorld world(1);
  auto forever = base::sleep_for(world.host("lisa").clock, 1h);
  EXPECT_THROW(world.run(std::move(forever), 1min), std::runtime_error);
}

}  // namespace
}  // namespace sim
