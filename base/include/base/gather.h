#pragma once
// Many tasks side by side: all of them, a bounded number at once; or until enough have ended.

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "base/task.h"

namespace base {

namespace detail {

/// Counts lanes down; the last one resumes whoever gathers. A lane suspends here for good, so the
/// gatherer may destroy it from inside this very call.
struct Countdown {
  std::size_t left = 0;
  std::coroutine_handle<> gatherer;

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) {
    if (--left == 0 && gatherer) gatherer.resume();
  }
  void await_resume() const noexcept {}
};

/// What the gatherer itself waits on.
struct AllDown {
  Countdown& countdown;
  bool await_ready() const noexcept { return countdown.left == 0; }
  void await_suspend(std::coroutine_handle<> gatherer) { countdown.gatherer = gatherer; }
  void await_resume() const noexcept {}
};

template <typename T>
struct Gathering {
  std::vector<Task<T>> tasks;
  std::vector<std::optional<T>> results;
  std::size_t next = 0;
  Countdown countdown;
};

template <typename T>
Task<void> lane(Gathering<T>& all) {
  while (all.next < all.tasks.size()) {
    const std::size_t mine = all.next++;
    Task<T> task = std::move(all.tasks[mine]);
    all.results[mine].emplace(co_await task);
  }
  co_await all.countdown;
}

/// Asks after each end whether it is enough. As with Countdown, a lane suspends here for good.
struct Tally {
  std::size_t left = 0;
  std::function<bool()> enough;
  std::coroutine_handle<> gatherer;
  bool over = false;

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) {
    if (over || (--left > 0 && !enough())) return;
    over = true;
    if (gatherer) gatherer.resume();
  }
  void await_resume() const noexcept {}
};

struct Over {
  Tally& tally;
  bool await_ready() const noexcept { return tally.over; }
  void await_suspend(std::coroutine_handle<> gatherer) { tally.gatherer = gatherer; }
  void await_resume() const noexcept {}
};

inline Task<void> tallied(Tally& tally, Task<void> task) {
  co_await task;
  co_await tally;
}

}  // namespace detail

/// Runs all `tasks`, at most `at_once` side by side, started in order; answers in their order when
/// the last has ended. Destroying the gathering task ends them all.
template <typename T>
Task<std::vector<T>> gather(std::vector<Task<T>> tasks, std::size_t at_once = 64) {
  detail::Gathering<T> all;
  all.tasks = std::move(tasks);
  all.results.resize(all.tasks.size());
  const std::size_t lanes = std::min(std::max<std::size_t>(at_once, 1), all.tasks.size());
  all.countdown.left = lanes;
  std::vector<Task<void>> running;
  running.reserve(lanes);
  for (std::size_t i = 0; i < lanes; ++i) {
    running.push_back(detail::lane(all));
    running.back().start();
  }
  detail::AllDown all_down{all.countdown};
  co_await all_down;
  std::vector<T> results;
  results.reserve(all.results.size());
  for (auto& result : all.results) results.push_back(std::move(*result));
  co_return results;
}

/// Runs all `tasks` side by side. Ends when the last has ended, or after the first end of which
/// `enough` says that it will do; those still under way are ended then.
inline Task<void> gather_until(std::vector<Task<void>> tasks, std::function<bool()> enough) {
  detail::Tally tally{tasks.size(), std::move(enough), {}, tasks.empty()};
  std::vector<Task<void>> running;
  running.reserve(tasks.size());
  for (Task<void>& task : tasks) {
    running.push_back(detail::tallied(tally, std::move(task)));
    running.back().start();
  }
  detail::Over over{tally};
  co_await over;
}

}  // namespace base
