#pragma once
// Lines to a descriptor, whole and in order, without ever waiting for whoever reads them.

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "base/clock.h"
#include "base/task.h"

/// Lives on the loop. `fd` is borrowed, and stays blocking, since it may be shared with others:
/// so this asks first, and writes no more than is sure to be taken.
class LineWriter {
 public:
  enum class Broken {
    reader_gone,
    reader_stuck,  ///< `limit` bytes have piled up
  };
  /// `broken` is called once, from the loop. From then on lines are dropped.
  LineWriter(base::Clock& clock, int fd, std::size_t limit, std::function<void(Broken)> broken);

  /// Queues `line` and a newline.
  void write(std::string line);
  [[nodiscard]] std::size_t queued() const { return buffer_.size() - written_; }
  /// Called whenever the queue has run empty.
  void on_drained(std::function<void()> callback) { drained_ = std::move(callback); }
  /// Completes when the queue is empty or nobody reads, after `limit` at the latest.
  base::Task<void> flushed(base::Duration limit);

 private:
  enum class Step { wrote, full, broke };
  Step step();
  void pump();
  void forget_written();
  void give_up(Broken why);

  base::Clock& clock_;
  int fd_;
  std::size_t limit_;
  bool regular_ = false;
  bool broke_ = false;
  std::function<void(Broken)> broken_;
  std::function<void()> drained_;
  std::string buffer_;
  std::size_t written_ = 0;  ///< how much of the buffer is out
  base::Timer retry_;
};
