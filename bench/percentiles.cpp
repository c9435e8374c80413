#include <algorithm>
#include <cstdio>

#include "measure.h"

namespace bench {

Percentiles percentiles(std::vector<Nanoseconds> times) {
  if (times.empty()) return {};
  std::ranges::sort(times);
  const auto at = [&](std::size_t percent) {
    const std::size_t index = std::min(times.size() - 1, times.size() * percent / 100);
    return std::chrono::duration<double, std::micro>(times[index]).count();
  };
  return {at(50), at(99)};
}

std::string format(const char* pattern, double value) {
  char text[64];
  std::snprintf(text, sizeof text, pattern, value);
  return text;
}

}  // namespace bench
