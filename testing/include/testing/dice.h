#pragma once
// Random numbers of a simulation: the same seed throws the same, on every machine and compiler
// (which std::*_distribution does not promise).

#include <cmath>
#include <cstdint>

#include "base/clock.h"

namespace sim {

/// SplitMix64 (Steele, Lea, Flood 2014). Copies throw the same from there on.
class Dice {
 public:
  explicit Dice(std::uint64_t seed = 0) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t z = state_;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
  }
  /// 0 to count - 1; `count` is at least 1. The bias is below count / 2^32.
  std::uint32_t below(std::uint32_t count) {
    return static_cast<std::uint32_t>(((next() >> 32) * count) >> 32);
  }
  /// 0 to just under 1.
  double fraction() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  bool chance(double share) { return share > 0 && fraction() < share; }
  base::Duration between(base::Duration least, base::Duration most) {
    const auto span = static_cast<double>((most - least).count());
    return least + base::Duration(static_cast<base::Duration::rep>(fraction() * span));
  }
  /// Pauses of what happens at any time alike, so many a `mean`.
  base::Duration about(base::Duration mean) {
    const double factor = -std::log(1 - fraction());
    return base::Duration(
        static_cast<base::Duration::rep>(factor * static_cast<double>(mean.count())));
  }

 private:
  std::uint64_t state_;
};

}  // namespace sim
