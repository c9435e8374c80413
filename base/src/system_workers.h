#pragma once
// A fixed number of threads for slow work.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "base/workers.h"
#include "system_loop.h"

namespace base::system {

/// Destroying it waits for everything submitted: what was promised to be written is written.
class ThreadPool final : public Workers {
 public:
  ThreadPool(Loop& loop, unsigned threads);
  ~ThreadPool() override;
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  std::shared_ptr<void> submit(std::function<void()> work, std::function<void()> done) override;

 private:
  struct Job {
    std::function<void()> work;
    std::weak_ptr<Waiter> done;
  };
  void serve();

  Loop& loop_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> queue_;  // under mutex_
  bool ending_ = false;    // under mutex_
  std::vector<std::thread> threads_;
};

}  // namespace base::system
