#pragma once
// What is printed: a table with a yardstick that was measured in the same run.

#include <chrono>
#include <string>
#include <vector>

namespace bench {

using Nanoseconds = std::chrono::nanoseconds;

struct Row {
  std::string what;
  std::string ours;
  std::string peer;   ///< the yardstick, measured in the same run; empty if there is none
  std::string ratio;  ///< ours to the yardstick
};
using Rows = std::vector<Row>;

void print(const Rows& rows);
std::string format(const char* pattern, double value);

struct Percentiles {
  double p50 = 0;
  double p99 = 0;
  double most = 0;
};
/// Of durations, in microseconds.
Percentiles percentiles(std::vector<Nanoseconds> times);

}  // namespace bench
