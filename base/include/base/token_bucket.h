#pragma once
// So much a second, and a burst of so much: for limits on what others make us do.

#include <algorithm>

#include "base/clock.h"

namespace base {

class TokenBucket {
 public:
  TokenBucket(double per_second, double burst) : rate_(per_second), burst_(burst), left_(burst) {}

  /// Takes `count` if it is there.
  bool try_take(double count, Instant now) {
    refill(now);
    if (left_ < count) return false;
    left_ -= count;
    return true;
  }
  /// Takes `count` in any case and says how long to pause before the next.
  Duration take(double count, Instant now) {
    refill(now);
    left_ -= count;
    if (left_ >= 0) return Duration::zero();
    const std::chrono::duration<double> debt(-left_ / rate_);
    return std::chrono::duration_cast<Duration>(debt);
  }
  [[nodiscard]] bool full(Instant now) const { return level(now) >= burst_; }

 private:
  [[nodiscard]] double level(Instant now) const {
    if (!started_) return left_;
    const double seconds = std::chrono::duration<double>(now - last_).count();
    return std::min(burst_, left_ + seconds * rate_);
  }
  void refill(Instant now) {
    left_ = level(now);
    started_ = true;
    last_ = now;
  }

  double rate_;
  double burst_;
  double left_;
  bool started_ = false;
  Instant last_{};
};

}  // namespace base
