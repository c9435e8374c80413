// The real world and the simulated one keep the same promises.

#include <gtest/gtest.h>

#include "base/system.h"
#include "testing/sim_world.h"

namespace {

using namespace std::chrono_literals;
using base::Bytes;
using base::ByteView;
using base::Completion;
using base::DatagramSocket;
using base::Endpoint;
using base::Errc;
using base::Result;
using base::Stream;
using base::StreamListener;
using base::Task;

const Endpoint kLoopback = Endpoint::v4(127, 0, 0, 1, 0);

struct Real {
  base::System system;
  base::World& world = system.world();
  template <typename T>
  T run(Task<T> task) {
    return system.run_until_done(std::move(task));
  }
};

struct Simulated {
  sim::SimWorld all{1};
  base::World& world = all.host("lisa");
  template <typename T>
  T run(Task<T> task) {
    return all.run(std::move(task));
  }
};

template <typename T>
Task<T> value_of(Completion<T>& completion) {
  co_return co_await completion;
}

Task<void> turn(base::Clock& clock) {
  Completion<bool> over;
  const base::Timer timer = clock.call_after(0s, [&over] { over.set(true); });
  co_await over;
}

template <typename T>
Task<void> until_done(base::Clock& clock, Task<T>& task) {
  while (!task.done()) co_await base::sleep_for(clock, 1ms);
}

Task<void> all_over(base::Clock& clock, const int& over, int count) {
  while (over < count) co_await base::sleep_for(clock, 1ms);
}

Task<Result<std::string>> read_once(Stream& stream) {
  Bytes chunk(64U << 10);
  auto count = co_await stream.read(chunk);
  if (!count) co_return count.error();
  co_return base::to_string(ByteView(chunk).first(*count));
}

Task<Result<std::string>> read_to_end(Stream& stream) {
  std::string all;
  for (;;) {
    auto more = co_await read_once(stream);
    if (!more) co_return more.error();
    if (more->empty()) co_return all;
    all += *more;
  }
}

/// How many reads of one byte come before `flag`.
Task<Result<int>> reads_until(Stream& stream, const bool& flag) {
  Bytes byte(1);
  int reads = 0;
  for (;; ++reads) {
    auto count = co_await stream.read(byte);
    if (!count) co_return count.error();
    if (flag || *count == 0) co_return reads;
  }
}

/// Talks until the stream breaks, the other side ends, or the dice say to stop, one way or another.
Task<void> talk(std::unique_ptr<Stream> stream, base::Clock& clock, base::Entropy& dice,
                int& over) {
  Bytes chunk(1 + dice.u64() % 5000);
  for (int turns = 0; turns < 20; ++turns) {
    (void)stream->write(chunk);
    const auto choice = dice.u64() % 8;
    if (choice == 0) stream->close();
    if (choice == 1) break;
    if (choice == 2) co_await stream->flushed();
    auto reading = stream->read(chunk);
    auto count = co_await base::within(clock, 2ms, std::move(reading));
    if (count && *count == 0) stream->close();
    if (!count && count.error() == Errc::closed) break;
  }
  ++over;
}

template <typename W>
class Contract : public ::testing::Test {
 protected:
  W in;
  base::Clock& clock = in.world.clock;
  base::Transport& transport = in.world.transport;

  Completion<bool> accepted;
  std::unique_ptr<StreamListener> listener;
  std::unique_ptr<Stream> caller;
  std::unique_ptr<Stream> callee;

  void connect() {
    auto listening = transport.listen(kLoopback, [this](std::unique_ptr<Stream> stream) {
      callee = std::move(stream);
      accepted.set(true);
    });
    ASSERT_TRUE(listening) << listening.error().message();
    listener = std::move(*listening);
    auto connected = in.run(transport.connect(listener->local()));
    ASSERT_TRUE(connected) << connected.error().message();
    caller = std::move(*connected);
    in.run(value_of(accepted));
    ASSERT_TRUE(callee);
  }
};

using Worlds = ::testing::Types<Real, Simulated>;
TYPED_TEST_SUITE(Contract, Worlds);

// --- clock -----------------------------------------------------------------------------------

TYPED_TEST(Contract, PostNeverCallsFromInside) {
  std::string order;
  Completion<bool> over;
  this->clock.post([&] { order += 'b'; });
  this->clock.post([&] { over.set(true); });
  order += 'a';
  this->in.run(value_of(over));
  EXPECT_EQ(order, "ab");
}

TYPED_TEST(Contract, TimersRunAfterTheirDelay) {
  const auto start = this->clock.now();
  this->in.run(base::sleep_for(this->clock, 2ms));
  EXPECT_GE(this->clock.now() - start, 2ms);
}

TYPED_TEST(Contract, ATimerWithoutTokenNeverRuns) {
  bool ran = false;
  {
    const auto timer = this->clock.call_after(0s, [&] { ran = true; });
  }
  this->in.run(base::sleep_for(this->clock, 1ms));
  EXPECT_FALSE(ran);
}

TYPED_TEST(Contract, ATimerMayDestroyItselfInItsCallback) {
  auto timer = std::make_unique<base::Timer>();
  Completion<std::string> over;
  std::string words = "kept until the callback ends";
  *timer = this->clock.call_after(0s, [&, words] {
    timer.reset();
    over.set(words);
  });
  EXPECT_EQ(this->in.run(value_of(over)), words);
}

TYPED_TEST(Contract, FarAwayAndPastDelaysAreFine) {
  const auto far = this->clock.call_after(base::Duration::max(), [] { FAIL(); });
  this->in.run(base::sleep_for(this->clock, -5s));
}

// --- datagrams -------------------------------------------------------------------------------

TYPED_TEST(Contract, DatagramsArriveWithTheirSender) {
  Completion<std::pair<std::string, Endpoint>> arrived;
  auto ear = this->transport.open_datagram(kLoopback, [&](ByteView datagram, const Endpoint& from) {
    arrived.set({base::to_string(datagram), from});
  });
  auto mouth = this->transport.open_datagram(kLoopback, [](ByteView, const Endpoint&) {});
  ASSERT_TRUE(ear && mouth);
  (*mouth)->send((*ear)->local(), base::view("hello"));
  const auto [words, from] = this->in.run(value_of(arrived));
  EXPECT_EQ(words, "hello");
  EXPECT_EQ(from, (*mouth)->local());
}

TYPED_TEST(Contract, ASocketMayBeDestroyedInItsHandler) {
  std::unique_ptr<DatagramSocket> ear;
  Completion<int> over;
  int heard = 0;
  ear = std::move(*this->transport.open_datagram(kLoopback, [&](ByteView, const Endpoint&) {
    ++heard;
    ear.reset();
    over.set(heard);
  }));
  auto mouth = this->transport.open_datagram(kLoopback, [](ByteView, const Endpoint&) {});
  const Endpoint to = ear->local();
  for (int i = 0; i < 3; ++i) (*mouth)->send(to, base::view("x"));
  this->in.run(value_of(over));
  this->in.run(base::sleep_for(this->clock, 1ms));
  EXPECT_EQ(heard, 1);
}

TYPED_TEST(Contract, ManyDatagramsInOneGo) {
  int heard = 0;
  Completion<bool> over;
  auto ear = this->transport.open_datagram(kLoopback, [&](ByteView, const Endpoint&) {
    if (++heard == 200) over.set(true);
  });
  for (int i = 0; i < 200; ++i) (*ear)->send((*ear)->local(), base::view("x"));
  this->in.run(value_of(over));
}

TYPED_TEST(Contract, WhatCannotBeSentIsLost) {
  auto socket = this->transport.open_datagram(kLoopback, [](ByteView, const Endpoint&) {});
  (*socket)->send(*Endpoint::parse("[2001:db8::1]:9"), base::view("no way"));
  (*socket)->send((*socket)->local(), Bytes(70'000));
  (*socket)->send(Endpoint::v4(127, 0, 0, 1, 1), base::view("nobody"));
  this->in.run(turn(this->clock));
}

TYPED_TEST(Contract, APortIsTakenOnce) {
  auto one = this->transport.open_datagram(kLoopback, [](ByteView, const Endpoint&) {});
  auto two = this->transport.open_datagram((*one)->local(), [](ByteView, const Endpoint&) {});
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().code, Errc::conflict);
}

TYPED_TEST(Contract, AForeignAddressCannotBeBound) {
  const Endpoint foreign = Endpoint::v4(192, 0, 2, 1, 0);
  auto socket = this->transport.open_datagram(foreign, [](ByteView, const Endpoint&) {});
  ASSERT_FALSE(socket);
  EXPECT_EQ(socket.error().code, Errc::not_found);
}

// --- streams ---------------------------------------------------------------------------------

TYPED_TEST(Contract, StreamsCarryBytesBothWays) {
  this->connect();
  ASSERT_TRUE(this->caller->write(base::view("question")));
  EXPECT_EQ(this->in.run(read_once(*this->callee)).value_or("").substr(0, 1), "q");
  ASSERT_TRUE(this->callee->write(base::view("answer")));
  this->callee->close();
  EXPECT_EQ(this->in.run(read_to_end(*this->caller)).value_or(""), "answer");
}

TYPED_TEST(Contract, BothSidesKnowEachOther) {
  this->connect();
  EXPECT_EQ(this->caller->remote(), this->listener->local());
  EXPECT_TRUE(this->callee->remote().is_loopback());
  EXPECT_NE(this->callee->remote().port, 0);
}

TYPED_TEST(Contract, ClosingSendsAllAndThenTheEnd) {
  this->connect();
  const std::string much(3'000'000, 'x');
  ASSERT_TRUE(this->caller->write(base::view(much)));
  this->caller->close();
  EXPECT_FALSE(this->caller->write(base::view("more")));
  this->caller.reset();
  const auto all = this->in.run(read_to_end(*this->callee));
  ASSERT_TRUE(all) << all.error().message();
  EXPECT_EQ(all->size(), much.size());
}

TYPED_TEST(Contract, ReadingGoesOnAfterClosing) {
  this->connect();
  this->caller->close();
  EXPECT_EQ(this->in.run(read_to_end(*this->callee)).value_or("?"), "");
  ASSERT_TRUE(this->callee->write(base::view("still here")));
  this->callee->close();
  EXPECT_EQ(this->in.run(read_to_end(*this->caller)).value_or(""), "still here");
}

TYPED_TEST(Contract, DestroyingAStreamCutsIt) {
  this->connect();
  this->caller.reset();
  const auto read = this->in.run(read_once(*this->callee));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::closed);
  const auto again = this->in.run(read_once(*this->callee));
  EXPECT_FALSE(again) << "and so it stays";
}

TYPED_TEST(Contract, AStreamThatGoesEndsItsReader) {
  this->connect();
  auto reading = read_once(*this->caller);
  reading.start();
  this->caller.reset();
  this->in.run(until_done(this->clock, reading));
  EXPECT_EQ(reading.take().error().code, Errc::closed);
}

TYPED_TEST(Contract, AReaderMayGiveUpAndReadAgain) {
  this->connect();
  {
    auto reading = read_once(*this->callee);
    reading.start();
  }
  ASSERT_TRUE(this->caller->write(base::view("x")));
  EXPECT_EQ(this->in.run(read_once(*this->callee)).value_or(""), "x");
}

TYPED_TEST(Contract, ASlowReaderFillsTheQueueAndNoMore) {
  this->connect();
  const Bytes chunk(100'000);
  int taken = 0;
  Result<void> written;
  while (written && taken < 1000) {
    written = this->caller->write(chunk);
    ++taken;
    this->in.run(turn(this->clock));
  }
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Errc::too_large);
  EXPECT_GT(taken, 40);
}

TYPED_TEST(Contract, AFastSenderStarvesNobody) {
  this->connect();
  ASSERT_TRUE(this->caller->write(Bytes(1000)));
  this->caller->close();
  this->in.run(base::sleep_for(this->clock, 1ms));
  bool had_a_turn = false;
  this->clock.post([&had_a_turn] { had_a_turn = true; });
  EXPECT_EQ(this->in.run(reads_until(*this->callee, had_a_turn)).value_or(1000), 16);
}

TYPED_TEST(Contract, FlushedMeansHandedOver) {
  this->connect();
  this->in.run(this->caller->flushed());
  ASSERT_TRUE(this->caller->write(base::view("x")));
  this->in.run(this->caller->flushed());
  EXPECT_EQ(this->in.run(read_once(*this->callee)).value_or(""), "x");
}

TYPED_TEST(Contract, FlushedEndsWhenTheStreamBreaks) {
  this->connect();
  ASSERT_TRUE(this->caller->write(Bytes(4'000'000)));
  auto flushing = this->caller->flushed();
  flushing.start();
  this->callee.reset();
  this->in.run(until_done(this->clock, flushing));
}

TYPED_TEST(Contract, NobodyListensThereSoItIsUnreachable) {
  this->connect();
  const Endpoint gone = this->listener->local();
  this->listener.reset();
  const auto stream = this->in.run(this->transport.connect(gone));
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().code, Errc::unreachable);
}

TYPED_TEST(Contract, AListenerMayBeDestroyedInItsHandler) {
  Completion<bool> over;
  this->listener = std::move(*this->transport.listen(kLoopback, [&](std::unique_ptr<Stream>) {
    this->listener.reset();
    over.set(true);
  }));
  auto connecting = this->transport.connect(this->listener->local());
  connecting.start();
  this->in.run(value_of(over));
}

TYPED_TEST(Contract, AConnectMayBeGivenUp) {
  this->connect();
  {
    auto connecting = this->transport.connect(this->listener->local());
    connecting.start();
  }
  this->in.run(base::sleep_for(this->clock, 1ms));
}

TYPED_TEST(Contract, AStormOfStreamsLeavesNothingBehind) {
  constexpr int kStreams = 60;
  int over = 0;
  base::Entropy& dice = this->in.world.entropy;
  base::Tasks tasks;
  auto listening = this->transport.listen(kLoopback, [&](std::unique_ptr<Stream> stream) {
    tasks.start(talk(std::move(stream), this->clock, dice, over));
  });
  for (int i = 0; i < kStreams; ++i) {
    auto stream = this->in.run(this->transport.connect((*listening)->local()));
    ASSERT_TRUE(stream) << stream.error().message();
    tasks.start(talk(*std::move(stream), this->clock, dice, over));
  }
  this->in.run(all_over(this->clock, over, kStreams * 2));
}

// --- names, workers, entropy -------------------------------------------------------------------

TYPED_TEST(Contract, NumbersAndLocalhostResolve) {
  const auto number = this->in.run(this->transport.resolve("[::1]:80"));
  ASSERT_TRUE(number);
  EXPECT_EQ(number->front(), *Endpoint::parse("[::1]:80"));
  const auto name = this->in.run(this->transport.resolve("localhost:80"));
  ASSERT_TRUE(name) << name.error().message();
  EXPECT_TRUE(name->front().is_loopback());
  EXPECT_EQ(name->front().port, 80);
}

TYPED_TEST(Contract, WhatIsNoAddressIsMalformed) {
  for (const char* text : {"", "localhost", "localhost:", "localhost:http", ":80", "a:70000"}) {
    const auto found = this->in.run(this->transport.resolve(text));
    ASSERT_FALSE(found) << text;
    EXPECT_EQ(found.error().code, Errc::malformed) << text;
  }
}

TYPED_TEST(Contract, OwnAddressesEndWithLoopback) {
  const auto all = this->transport.own_addresses();
  ASSERT_FALSE(all.empty());
  EXPECT_TRUE(all.back().is_loopback());
}

TYPED_TEST(Contract, WorkRunsAndItsResultComesBack) {
  const auto work = [] { return std::string("hashed"); };
  EXPECT_EQ(this->in.run(base::run_on(this->in.world.workers, work)), "hashed");
}

TYPED_TEST(Contract, WorkOutlivesWhoeverAsked) {
  auto worked = std::make_shared<bool>(false);
  bool told = false;
  {
    const auto token =
        this->in.world.workers.submit([worked] { *worked = true; }, [&told] { told = true; });
  }
  const auto after = [] { return 1; };
  this->in.run(base::run_on(this->in.world.workers, after));
  this->in.run(base::sleep_for(this->clock, 1ms));
  EXPECT_FALSE(told);
}

TYPED_TEST(Contract, EntropyDiffers) {
  EXPECT_NE(this->in.world.entropy.u64(), this->in.world.entropy.u64());
  const double fraction = this->in.world.entropy.fraction();
  EXPECT_TRUE(fraction >= 0 && fraction < 1);
}

}  // namespace
