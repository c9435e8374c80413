#pragma once
// How long things took: many durations in little memory, exact to 3 %.

#include <cstdint>
#include <vector>

#include "base/clock.h"

namespace sim {

/// Durations from 0 to years, to the millisecond below 64 ms and in steps of 1/32 above.
class Histogram {
 public:
  void add(base::Duration duration);
  void add(const Histogram& other);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  /// The longest one, exactly; zero if there is none.
  [[nodiscard]] base::Duration max() const { return max_; }
  /// At least this share of all was not longer; `share` from 0 to 1. Zero if there is none.
  [[nodiscard]] base::Duration quantile(double share) const;
  /// The share that was not longer than `duration`; 1 if there is none.
  [[nodiscard]] double within(base::Duration duration) const;

 private:
  std::vector<std::uint64_t> buckets_;
  std::uint64_t count_ = 0;
  base::Duration max_{};
};

}  // namespace sim
