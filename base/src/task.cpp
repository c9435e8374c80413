#include "base/task.h"

#include <cassert>
#include <list>

#include "base/clock.h"

namespace base {

struct Tasks::Impl {
  std::list<Task<void>> tasks;
  int starting = 0;  // > 0 while a task runs for the first time in start()

  void reap() {
    tasks.remove_if([](const Task<void>& task) { return task.done(); });
  }
};

Tasks::Tasks() : impl_(std::make_unique<Impl>()) {}
Tasks::~Tasks() { cancel(); }

void Tasks::start(Task<void> task) {
  if (impl_->starting == 0) impl_->reap();
  impl_->tasks.push_back(std::move(task));
  Task<void>& started = impl_->tasks.back();
  ++impl_->starting;
  started.start();
  --impl_->starting;
}

void Tasks::cancel() {
  assert(impl_->starting == 0 && "a task destroys its owner from inside start()");
  impl_->tasks.clear();
}

std::size_t Tasks::running() const {
  impl_->reap();
  return impl_->tasks.size();
}

Task<void> sleep_for(Clock& clock, Duration delay) {
  Completion<bool> over;
  const Timer timer = clock.call_after(delay, [&over] { over.set(true); });
  co_await over;
}

}  // namespace base
