#pragma once
// How long the window's thread is away from its events.

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <vector>

#include "table.h"

namespace bench {

/// One row for the table: the usual and the worst of `times`, beside what is promised.
inline Row row_of(const std::string& what, const std::vector<Nanoseconds>& times, double promised) {
  const Percentiles taken = percentiles(times);
  return {what + ", of " + std::to_string(times.size()) + ", worst",
          format("%.1f ms", taken.most / 1000), format("< %.0f ms", promised),
          format("%.2fx", taken.most / 1000 / promised)};
}

/// What a frame takes: `change`, all that is due, and the picture of it.
inline Nanoseconds frame(QWidget& painted, const std::function<void()>& change) {
  QElapsedTimer time;
  time.start();
  change();
  QCoreApplication::processEvents();
  painted.repaint();
  return Nanoseconds(time.nsecsElapsed());
}

/// Ticks every 5 ms on the window's thread, and notes how late each tick came.
class Heartbeat {
 public:
  Heartbeat() {
    timer_.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer_, &QTimer::timeout, &timer_, [this] {
      const Nanoseconds gap(since_.nsecsElapsed());
      since_.restart();
      late_.push_back(std::max(gap - kEvery, Nanoseconds::zero()));
    });
    since_.start();
    timer_.start(kEvery);
  }
  [[nodiscard]] const std::vector<Nanoseconds>& late() const { return late_; }

 private:
  static constexpr std::chrono::milliseconds kEvery{5};
  QTimer timer_;
  QElapsedTimer since_;
  std::vector<Nanoseconds> late_;
};

}  // namespace bench
