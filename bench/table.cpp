#include "table.h"

#include <algorithm>
#include <cstdio>

namespace bench {

void print(const Rows& rows) {
  for (const Row& row : rows) {
    std::printf("| %-52s | %12s | %12s | %8s |\n", row.what.c_str(), row.ours.c_str(),
                row.peer.c_str(), row.ratio.c_str());
  }
  std::fflush(stdout);
}

std::string format(const char* pattern, double value) {
  char text[64];
  std::snprintf(text, sizeof text, pattern, value);
  return text;
}

Percentiles percentiles(std::vector<Nanoseconds> times) {
  if (times.empty()) return {};
  std::ranges::sort(times);
  const auto microseconds = [&](std::size_t index) {
    return std::chrono::duration<double, std::micro>(times[index]).count();
  };
  const auto at = [&](std::size_t percent) {
    return microseconds(std::min(times.size() - 1, times.size() * percent / 100));
  };
  return {at(50), at(99), microseconds(times.size() - 1)};
}

}  // namespace bench
