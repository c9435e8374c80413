#pragma once
// Coroutines for what takes time: Task<T>, and Tasks, which owns those that nobody awaits.
//
// A Task is lazy: it runs when it is awaited (or handed to Tasks), on the caller's thread, up to
// its first wait. Destroying a Task that is waiting ends it there and then: its locals are
// destroyed, innermost first, and whatever it waited for forgets it. That is the whole of
// cancellation: whoever owns the task owns the work. ARCHITECTURE.md says why this is not
// asio::awaitable.
//
// Rules (g++ 12 destroys some temporaries twice, see CONTRIBUTING.md): inside a co_await expression
// build no aggregate, no capturing lambda and no ?:. Name it on the line above. Coroutine
// parameters are taken by value, or refer to what outlives the task. A lambda with captures is
// never itself a coroutine. A running coroutine must not bring about its own destruction (say, by
// Completion::set() on something whose waiter destroys it): hand that to Clock::post.

#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

namespace base {

template <typename T = void>
class Task;

namespace detail {

/// Where a task stands between being started and being awaited to the end.
struct PromiseBase {
  std::coroutine_handle<> awaiting;  // whom to resume; empty while still in the starter's stack
  bool done = false;

  std::suspend_always initial_suspend() noexcept { return {}; }
  struct Final {
    bool await_ready() noexcept { return false; }
    template <typename P>
    void await_suspend(std::coroutine_handle<P> self) noexcept {
      self.promise().done = true;
      // The awaiting coroutine may destroy this one from here on; nothing is touched after.
      if (auto next = self.promise().awaiting) next.resume();
    }
    void await_resume() noexcept {}
  };
  Final final_suspend() noexcept { return {}; }
  // Our code returns errors and does not throw; what is left is out-of-memory and our own bugs.
  [[noreturn]] void unhandled_exception() { std::terminate(); }
};

template <typename T>
struct Promise : PromiseBase {
  std::optional<T> value;
  Task<T> get_return_object();
  template <typename U>
  void return_value(U&& result) {
    value.emplace(std::forward<U>(result));
  }
  T take() { return std::move(*value); }
};

template <>
struct Promise<void> : PromiseBase {
  Task<void> get_return_object();
  void return_void() {}
  void take() {}
};

}  // namespace detail

template <typename T>
class [[nodiscard]] Task {
 public:
  using promise_type = detail::Promise<T>;
  using value_type = T;

  Task() = default;
  explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Task& operator=(Task&& other) noexcept {
    if (this != &other) {
      reset();
      handle_ = std::exchange(other.handle_, {});
    }
    return *this;
  }
  ~Task() { reset(); }

  explicit operator bool() const { return static_cast<bool>(handle_); }
  [[nodiscard]] bool done() const { return handle_ && handle_.promise().done; }
  void reset() {
    if (handle_) std::exchange(handle_, {}).destroy();
  }

  /// Runs up to the first wait (or to the end). For code that is not a coroutine; see Tasks.
  void start() { handle_.resume(); }
  /// After done(): the result.
  T take() { return handle_.promise().take(); }

  // Awaiting: the child runs nested in our stack; if it finishes there, we never suspend. So a
  // loop over tasks that finish at once needs no stack, whatever the compiler does to tail calls.
  bool await_ready() { return false; }
  bool await_suspend(std::coroutine_handle<> awaiting) {
    handle_.resume();
    if (handle_.promise().done) return false;
    handle_.promise().awaiting = awaiting;
    return true;
  }
  T await_resume() { return handle_.promise().take(); }

 private:
  std::coroutine_handle<promise_type> handle_;
};

template <typename T>
Task<T> detail::Promise<T>::get_return_object() {
  return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> detail::Promise<void>::get_return_object() {
  return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

/// Owns tasks that run beside their owner. Declare it as the LAST member, so that the tasks go
/// before what they use. Destroying it ends them all. It must not be destroyed from inside one of
/// its own tasks: post that to the loop.
class Tasks {
 public:
  Tasks();
  ~Tasks();
  Tasks(const Tasks&) = delete;
  Tasks& operator=(const Tasks&) = delete;

  /// Starts `task` now; it runs up to its first wait before this returns.
  void start(Task<void> task);
  /// Ends all tasks (not from inside one of them).
  void cancel();
  [[nodiscard]] std::size_t running() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// One value handed from a callback to at most one waiting coroutine. Setting it twice keeps the
/// first. The waiting coroutine is resumed inside set(), and may destroy the Completion there. The
/// callback's side must be cancelled (a Timer, a token) before the Completion goes.
template <typename T>
class Completion {
 public:
  Completion() = default;
  Completion(const Completion&) = delete;
  Completion& operator=(const Completion&) = delete;

  void set(T value) {
    if (value_) return;
    value_.emplace(std::move(value));
    if (auto next = std::exchange(waiting_, {})) next.resume();
  }
  [[nodiscard]] bool is_set() const { return value_.has_value(); }

  bool await_ready() const { return value_.has_value(); }
  void await_suspend(std::coroutine_handle<> handle) { waiting_ = handle; }
  T await_resume() { return std::move(*value_); }

 private:
  std::optional<T> value_;
  std::coroutine_handle<> waiting_;
};

}  // namespace base
