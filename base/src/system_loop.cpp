#include "system_loop.h"

#include <unistd.h>

#include <algorithm>
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/post.hpp>
#include <asio/signal_set.hpp>
#include <asio/steady_timer.hpp>
#include <list>

namespace base::system {

namespace {

/// Longer waits than this are cut to it, so that no sum overflows.
constexpr Duration kFarAway = std::chrono::hours(24 * 365 * 10);

struct PendingCall {
  PendingCall(asio::io_context& io, std::function<void()> what)
      : timer(io), callback(std::move(what)) {}
  asio::steady_timer timer;
  std::function<void()> callback;
};

struct SignalWatch {
  SignalWatch(asio::io_context& io, std::function<void(int)> what)
      : signals(io), callback(std::move(what)) {}

  void wait() {
    signals.async_wait([this](const asio::error_code& error, int number) {
      if (error) return;
      callback(number);
      wait();
    });
  }
  asio::signal_set signals;
  std::function<void(int)> callback;
};

}  // namespace

struct Loop::Impl {
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> stay = asio::make_work_guard(io);
  std::list<SignalWatch> signal_watches;
};

Loop::Loop() : impl_(std::make_unique<Impl>()) {}
Loop::~Loop() = default;

Instant Loop::now() const {
  return std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now());
}

WallTime Loop::wall() const {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Timer Loop::call_after(Duration delay, std::function<void()> callback) {
  auto call = std::make_shared<PendingCall>(impl_->io, std::move(callback));
  call->timer.expires_after(std::clamp(delay, Duration::zero(), kFarAway));
  call->timer.async_wait([waiting = std::weak_ptr<PendingCall>(call)](const asio::error_code&) {
    const auto due = waiting.lock();
    if (!due) return;
    const auto run = std::move(due->callback);
    run();
  });
  return Timer(std::move(call));
}

void Loop::post(std::function<void()> callback) { asio::post(impl_->io, std::move(callback)); }

void Loop::run_until(const std::function<bool()>& done) {
  while (!done()) impl_->io.run_one();
}

void Loop::on_signal(std::initializer_list<int> signals, std::function<void(int)> callback) {
  SignalWatch& watch = impl_->signal_watches.emplace_back(impl_->io, std::move(callback));
  for (const int number : signals) watch.signals.add(number);
  watch.wait();
}

struct Descriptor::Impl {
  using Socket = asio::posix::stream_descriptor;
  explicit Impl(asio::io_context& io) : descriptor(io) {}

  /// Any error but our own going away makes the waiting side try, and see for itself.
  static void when(const std::shared_ptr<Impl>& self, Socket::wait_type type,
                   std::function<void()> callback) {
    auto ready = [waiting = std::weak_ptr<Impl>(self),
                  callback = std::move(callback)](const asio::error_code&) {
      if (!waiting.expired()) callback();
    };
    self->descriptor.async_wait(type, std::move(ready));
  }
  Socket descriptor;
};

Result<std::unique_ptr<Descriptor>> Descriptor::watch(Loop& loop, int fd) {
  auto impl = std::make_shared<Impl>(loop.impl_->io);
  asio::error_code error;
  impl->descriptor.assign(fd, error);
  if (error) {
    ::close(fd);
    return fail(Errc::failed, "the system cannot watch another descriptor: " + error.message());
  }
  return std::unique_ptr<Descriptor>(new Descriptor(std::move(impl)));
}

Descriptor::Descriptor(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
Descriptor::~Descriptor() = default;  // closes

int Descriptor::fd() const { return impl_->descriptor.native_handle(); }
void Descriptor::when_readable(std::function<void()> callback) {
  Impl::when(impl_, Impl::Socket::wait_read, std::move(callback));
}
void Descriptor::when_writable(std::function<void()> callback) {
  Impl::when(impl_, Impl::Socket::wait_write, std::move(callback));
}

}  // namespace base::system
