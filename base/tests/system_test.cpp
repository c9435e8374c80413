// What only the real world has; the rest is in testing/tests/contract_test.cpp.

#include "base/system.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>

namespace base {
namespace {

using namespace std::chrono_literals;

const Endpoint kLoopback = Endpoint::v4(127, 0, 0, 1, 0);

template <typename T>
Task<T> value_of(Completion<T>& completion) {
  co_return co_await completion;
}

TEST(System, RunsUntilItIsStopped) {
  System system;
  int turns = 0;
  for (int round = 0; round < 2; ++round) {
    system.world().clock.post([&] {
      ++turns;
      system.stop();
    });
    system.run();
  }
  EXPECT_EQ(turns, 2);
}

TEST(System, HearsSignals) {
  System system;
  std::vector<int> heard;
  system.on_signal({SIGUSR1, SIGUSR2}, [&](int number) {
    heard.push_back(number);
    if (heard.size() == 2) return system.stop();
    std::raise(SIGUSR2);
  });
  std::raise(SIGUSR1);
  system.run();
  EXPECT_EQ(heard, (std::vector<int>{SIGUSR1, SIGUSR2}));
}

TEST(System, SurvivesClosedPipes) {
  const System system;
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  ::close(ends[0]);
  EXPECT_EQ(::write(ends[1], "x", 1), -1);
  ::close(ends[1]);
}

/// Reads `fd` to its end through on_readable, as a program reads its stdin.
std::string read_all(System& system, int fd) {
  std::string all;
  std::shared_ptr<void> watch = system.on_readable(fd, [&] {
    std::array<char, 4> chunk{};
    const ssize_t count = ::read(fd, chunk.data(), chunk.size());
    if (count > 0) {
      all.append(chunk.data(), static_cast<std::size_t>(count));
    } else {
      watch.reset();
      system.stop();
    }
  });
  system.run();
  return all;
}

TEST(System, ReadsAPipe) {
  System system;
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  ASSERT_EQ(::write(ends[1], "hello, world", 12), 12);
  ::close(ends[1]);
  EXPECT_EQ(read_all(system, ends[0]), "hello, world");
  EXPECT_NE(::fcntl(ends[0], F_GETFD), -1) << "it is not ours to close";
  ::close(ends[0]);
}

TEST(System, ReadsARegularFile) {
  System system;
  std::FILE* file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  std::fputs("line one\nline two\n", file);
  std::rewind(file);
  EXPECT_EQ(read_all(system, ::fileno(file)), "line one\nline two\n");
  std::fclose(file);
}

TEST(System, ReadsTheNullDevice) {
  System system;
  const int null = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  EXPECT_EQ(read_all(system, null), "");
  ::close(null);
}

TEST(System, SaysNothingOfADescriptorThatIsNone) {
  System system;
  const auto watch = system.on_readable(-1, [] { FAIL(); });
  system.run_until_done(sleep_for(system.world().clock, 1ms));
}

TEST(System, RunsWorkInParallelAndFinishesItOnItsWayOut) {
  std::atomic<int> done = 0;
  {
    System system({.worker_threads = 2});
    for (int i = 0; i < 10; ++i) {
      (void)system.world().workers.submit([&done] { ++done; }, [] { FAIL(); });
    }
  }
  EXPECT_EQ(done, 10);
}

TEST(System, SpeaksIpv6WhereTheMachineDoes) {
  System system;
  Transport& transport = system.world().transport;
  Completion<Endpoint> arrived;
  auto both = transport.open_datagram(*Endpoint::parse("[::]:0"),
                                      [&](ByteView, const Endpoint& from) { arrived.set(from); });
  if (!both) GTEST_SKIP() << both.error().message();
  auto four = transport.open_datagram(kLoopback, [](ByteView, const Endpoint&) {});
  (*four)->send(Endpoint::v4(127, 0, 0, 1, (*both)->local().port), view("hello"));
  EXPECT_EQ(system.run_until_done(value_of(arrived)), (*four)->local()) << "IPv4 comes as IPv4";
}

/// Leaves the process as many descriptors as it has open, and a few.
class FewDescriptors {
 public:
  explicit FewDescriptors(rlim_t spare) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int next = ::dup(STDERR_FILENO);
    ::close(next);
    rlimit tight = before_;
    tight.rlim_cur = static_cast<rlim_t>(next) + spare;
    ::setrlimit(RLIMIT_NOFILE, &tight);
  }
  ~FewDescriptors() { lift(); }
  void lift() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

TEST(System, ListensOnWhenDescriptorsRunOut) {
  std::vector<std::string> warnings;
  SystemOptions options;
  options.log =
      Log(LogLevel::warn, [&](LogLevel, std::string_view line) { warnings.emplace_back(line); });
  System system(options);
  Transport& transport = system.world().transport;
  std::unique_ptr<Stream> accepted;
  auto listener = transport.listen(kLoopback, [&](std::unique_ptr<Stream> stream) {
    accepted = std::move(stream);
    system.stop();
  });
  FewDescriptors few(1);  // enough for the caller, not for the called
  auto stream = system.run_until_done(transport.connect((*listener)->local()));
  ASSERT_TRUE(stream) << stream.error().message();
  while (warnings.empty()) system.run_until_done(sleep_for(system.world().clock, 1ms));
  auto another = system.run_until_done(transport.connect((*listener)->local()));
  ASSERT_FALSE(another);
  EXPECT_EQ(another.error().code, Errc::failed);
  few.lift();
  system.run();
  EXPECT_TRUE(accepted);
}

TEST(System, ConnectingToAClosedPortIsUnreachable) {
  System system;
  auto stream =
      system.run_until_done(system.world().transport.connect(Endpoint::v4(127, 0, 0, 1, 1)));
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().code, Errc::unreachable);
  EXPECT_EQ(stream.error().message(), "127.0.0.1:1 cannot be reached: Connection refused");
}

TEST(System, NoWayThereIsNoRefusal) {
  System system;
  const Endpoint group = Endpoint::v4(224, 0, 0, 1, 4000);  // to which no stream can lead
  auto stream = system.run_until_done(system.world().transport.connect(group));
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().code, Errc::timed_out);
}

TEST(System, WhatCanBeNoHostIsNotFound) {
  System system;
  const auto found = system.run_until_done(system.world().transport.resolve("a..b:80"));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::not_found) << found.error().message();
}

}  // namespace
}  // namespace base
