#pragma once
// Slow work off the loop: password hashing, proofs of work, fsync.

#include <functional>

#include "base/task.h"

namespace base {

class Workers {
 public:
  virtual ~Workers() = default;
  /// Runs `work` on another thread, then `done` on the loop. `work` must own what it touches: it
  /// runs to its end even if whoever asked is gone. Once the returned token is destroyed, `done`
  /// is not called. The simulator runs both on its one thread.
  [[nodiscard]] virtual std::shared_ptr<void> submit(std::function<void()> work,
                                                     std::function<void()> done) = 0;
};

/// `co_await run_on(workers, [..]{ return value; })`: `work` must own what it touches. Name the
/// lambda on the line above (see task.h).
template <typename F>
auto run_on(Workers& workers, F work) -> Task<decltype(work())> {
  using T = decltype(work());
  auto result = std::make_shared<std::optional<T>>();
  Completion<bool> done;
  auto job = [result, work = std::move(work)]() mutable { result->emplace(work()); };
  auto token = workers.submit(std::move(job), [&done] { done.set(true); });
  co_await done;
  co_return std::move(**result);
}

}  // namespace base
