#pragma once
// The event loop under System. Asio does the work, in system_loop.cpp; nothing of it shows here.

#include <functional>
#include <initializer_list>
#include <memory>

#include "base/clock.h"

namespace base::system {

/// The clock of the machine, and the loop that its calls come from. Runs on the thread that calls
/// run_until(); only post() may be called from others.
class Loop final : public Clock {
 public:
  Loop();
  ~Loop() override;
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  Instant now() const override;
  WallTime wall() const override;
  Timer call_after(Duration delay, std::function<void()> callback) override;
  void post(std::function<void()> callback) override;

  /// Runs callbacks until `done()`, which is asked before each of them.
  void run_until(const std::function<bool()>& done);
  /// Until the loop goes.
  void on_signal(std::initializer_list<int> signals, std::function<void(int)> callback);

 private:
  friend class Descriptor;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A file descriptor that the loop watches. Destroying it closes the descriptor and forgets who
/// waits. Waiting for one direction twice at once is not allowed.
class Descriptor {
 public:
  /// Takes `fd` in any case. `failed`: the machine cannot watch one more.
  static Result<std::unique_ptr<Descriptor>> watch(Loop& loop, int fd);
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int fd() const;
  /// Calls back once, from the loop, when a read would not block. What cannot be watched (a regular
  /// file) counts as always ready.
  void when_readable(std::function<void()> callback);
  void when_writable(std::function<void()> callback);

 private:
  struct Impl;
  explicit Descriptor(std::shared_ptr<Impl> impl);
  /// Shared with the handlers that Asio holds, which may find it gone.
  std::shared_ptr<Impl> impl_;
};

/// Somebody who waits for a callback: the one who waits holds it, the one who calls has only a weak
/// pointer, so that whoever goes away is not called.
struct Waiter {
  std::function<void()> wake;
};
inline void wake(const std::weak_ptr<Waiter>& waiting) {
  if (const auto waiter = waiting.lock()) waiter->wake();
}

}  // namespace base::system
