#pragma once
// Tasks side by side, whose results are taken in the order in which they come.

#include <deque>
#include <optional>
#include <vector>

#include "base/clock.h"

namespace openhash {

/// Destroying it ends what still runs. It may be destroyed by whoever has just taken a result.
template <typename T>
class Arrivals {
 public:
  struct Arrival {
    std::size_t from = 0;
    T result;
  };
  explicit Arrivals(base::Clock& clock) : clock_(clock) {}
  Arrivals(const Arrivals&) = delete;
  Arrivals& operator=(const Arrivals&) = delete;

  void start(std::size_t from, base::Task<T> task) {
    ++running_;
    tasks_.push_back(run(*this, from, std::move(task)));
    tasks_.back().start();
  }
  [[nodiscard]] std::size_t running() const { return running_; }

  /// The next result; none if there was none within `limit`, or nothing runs.
  base::Task<std::optional<Arrival>> next(base::Duration limit) {
    if (arrived_.empty() && running_ > 0) {
      Wait wait{*this, limit, {}};
      co_await wait;
    }
    std::optional<Arrival> arrival;
    if (!arrived_.empty()) {
      arrival.emplace(std::move(arrived_.front()));
      arrived_.pop_front();
    }
    co_return arrival;
  }

 private:
  /// Suspends whoever takes, until something has come or time is over.
  struct Wait {
    Arrivals& all;
    base::Duration limit;
    base::Timer timer;

    ~Wait() { all.waiting_ = {}; }
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> taker) {
      all.waiting_ = taker;
      timer = all.clock_.call_after(limit, [this] { all.wake(); });
    }
    void await_resume() noexcept { timer.cancel(); }
  };
  /// Where a task that has ended stays, so that whoever is woken may destroy it.
  struct Ended {
    Arrivals& all;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) { all.wake(); }
    void await_resume() const noexcept {}
  };

  static base::Task<void> run(Arrivals& all, std::size_t from, base::Task<T> task) {
    T result = co_await task;
    all.arrived_.push_back(Arrival{from, std::move(result)});
    --all.running_;
    Ended ended{all};
    co_await ended;
  }
  void wake() {
    if (auto taker = std::exchange(waiting_, {})) taker.resume();
  }

  base::Clock& clock_;
  std::size_t running_ = 0;
  std::deque<Arrival> arrived_;
  std::coroutine_handle<> waiting_;
  std::vector<base::Task<void>> tasks_;
};

}  // namespace openhash
