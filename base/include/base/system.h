#pragma once
// The real world: one event loop (Asio) on the calling thread, the machine's sockets and clock,
// the kernel's random numbers, a small pool of threads.

#include <functional>
#include <memory>

#include "base/world.h"

namespace base {

struct SystemOptions {
  /// Two: one may hash a password (0.6 s) while another waits for the disk.
  unsigned worker_threads = 2;
  Log log{};
};

class System {
 public:
  explicit System(SystemOptions options = {});
  ~System();
  System(const System&) = delete;
  System& operator=(const System&) = delete;

  [[nodiscard]] World& world();

  /// Calls `callback` from the loop. The one function here that other threads may call.
  void post(std::function<void()> callback);

  /// Runs until stop(). Destroy what uses the world before the System.
  void run();
  void stop();
  /// Runs until `task` has ended, whatever stop() says, and gives its result.
  template <typename T>
  T run_until_done(Task<T> task);

  /// Calls back on the loop whenever one of these signals arrives, instead of dying.
  void on_signal(std::initializer_list<int> signals, std::function<void(int)> callback);
  /// Calls back on the loop when `fd` (not owned, e.g. stdin) can be read, again and again until
  /// the returned token is destroyed. A regular file counts as always readable.
  [[nodiscard]] std::shared_ptr<void> on_readable(int fd, std::function<void()> callback);

 private:
  struct Impl;
  void run_until(const std::function<bool()>& done);
  std::unique_ptr<Impl> impl_;
};

template <typename T>
T System::run_until_done(Task<T> task) {
  task.start();
  run_until([&task] { return task.done(); });
  return task.take();
}

}  // namespace base
