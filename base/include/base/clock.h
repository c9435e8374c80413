#pragma once
// Time as a port: the machine's, or the simulator's. Everything above reads time only here.

#include <chrono>
#include <functional>
#include <memory>

#include "base/result.h"
#include "base/task.h"

namespace base {

using Duration = std::chrono::nanoseconds;
/// Since an arbitrary start; never goes back. For waits and ages.
using Instant = std::chrono::time_point<std::chrono::steady_clock, Duration>;
/// UTC, to the second: what records carry. May jump when the machine's clock is set.
using WallTime = std::chrono::sys_seconds;

/// A pending call; destroying it cancels the call. Empty once it ran or was cancelled.
class Timer {
 public:
  Timer() = default;
  /// `alive` is shared with the clock alone, which skips a call whose token is gone.
  explicit Timer(std::shared_ptr<void> alive) : alive_(std::move(alive)) {}
  void cancel() { alive_.reset(); }

 private:
  std::shared_ptr<void> alive_;
};

/// Lives on one thread, the loop's; so do all calls it makes.
class Clock {
 public:
  virtual ~Clock() = default;

  virtual Instant now() const = 0;
  virtual WallTime wall() const = 0;
  /// Calls `callback` once, from the loop (never from inside this call), `delay` from now.
  [[nodiscard]] virtual Timer call_after(Duration delay, std::function<void()> callback) = 0;
  /// Calls `callback` once, from the loop, as soon as what runs now has returned.
  virtual void post(std::function<void()> callback) = 0;
};

Task<void> sleep_for(Clock& clock, Duration delay);

/// `task`, but for at most `limit`: then the task is destroyed and the answer is `timed_out`.
template <typename T>
Task<Result<T>> within(Clock& clock, Duration limit, Task<Result<T>> task);

}  // namespace base

#include "base/detail/within.h"  // the body of within()
