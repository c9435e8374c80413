#include "system_workers.h"

#include <algorithm>

namespace base::system {

ThreadPool::ThreadPool(Loop& loop, unsigned threads) : loop_(loop) {
  for (unsigned i = 0; i < std::max(threads, 1U); ++i) {
    threads_.emplace_back([this] { serve(); });
  }
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

std::shared_ptr<void> ThreadPool::submit(std::function<void()> work, std::function<void()> done) {
  auto waiter = std::make_shared<Waiter>(Waiter{std::move(done)});
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back({std::move(work), waiter});
  }
  changed_.notify_one();
  return waiter;
}

void ThreadPool::serve() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return ending_ || !queue_.empty(); });
      if (queue_.empty()) return;
      job = std::move(queue_.front());
      queue_.pop_front();
    }
    job.work();
    job.work = {};  // What it owned goes before anybody hears of the result.
    loop_.post([done = std::move(job.done)] { wake(done); });
  }
}

}  // namespace base::system
