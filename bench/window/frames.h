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

constexpr double kPromised = 50;  // milliseconds that no frame and no key may take

/// Two rows for the table: what one in a hundred of `times` takes, and the worst, beside what is
/// promised.
inline Rows rows_of(const std::string& what, const std::vector<Nanoseconds>& times) {
  const Percentiles taken = percentiles(times);
  return {{what + ", p99 of " + std::to_string(times.size()), format("%.1f ms", taken.p99 / 1000),
           format("< %.0f ms", kPromised), format("%.2fx", taken.p99 / 1000 / kPromised)},
          {what + ", worst", format("%.1f ms", taken.most / 1000), format("< %.0f ms", kPromised),
           format("%.2fx", taken.most / 1000 / kPromised)}};
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
