#pragma once
// The bodies of base::within() and base::gather(); include base/clock.h or base/gather.h instead.

#include <optional>

namespace base::detail {

/// Awaits a task or a timer, whichever is first. Both end while the child is suspended (at its
/// end, or at its wait), so destroying it is always sound.
template <typename T>
class WithinAwaiter {
 public:
  WithinAwaiter(Clock& clock, Duration limit, Task<T>& task)
      : clock_(clock), limit_(limit), task_(task) {}

  bool await_ready() { return false; }
  bool await_suspend(std::coroutine_handle<> awaiting) {
    if (!task_.await_suspend(awaiting)) return false;
    timer_ = clock_.call_after(limit_, [this, awaiting] {
      task_.reset();
      awaiting.resume();
    });
    return true;
  }
  std::optional<T> await_resume() {
    timer_.cancel();
    if (!task_) return std::nullopt;
    return task_.take();
  }

 private:
  Clock& clock_;
  Duration limit_;
  Task<T>& task_;
  Timer timer_;
};

}  // namespace base::detail

namespace base {

template <typename T>
Task<Result<T>> within(Clock& clock, Duration limit, Task<Result<T>> task) {
  detail::WithinAwaiter<Result<T>> first(clock, limit, task);
  std::optional<Result<T>> result = co_await first;
  if (result) co_return std::move(*result);
  co_return fail(Errc::timed_out);
}

}  // namespace base
