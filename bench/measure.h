#pragma once
// What is measured; each prints rows of the table.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "bare_tls.h"

namespace bench {

struct Row {
  std::string what;
  std::string ours;
  std::string peer;   ///< the yardstick, measured in the same run; empty if there is none
  std::string ratio;  ///< ours to the yardstick
};
using Rows = std::vector<Row>;

struct Percentiles {
  double p50 = 0;
  double p99 = 0;
};
/// Of durations, in microseconds.
Percentiles percentiles(std::vector<Nanoseconds> times);
std::string format(const char* pattern, double value);

/// Latency of `count` texts one after another and rate of `count` texts at once, from one client to
/// another on an open link, each text acknowledged when it is on the receiver's disk.
Rows measure_texts(std::size_t count);

/// From sign_on() to its end, and to the moment all `buddies` are shown on line.
Rows measure_sign_on(const std::vector<std::size_t>& buddies);

/// Resident memory of a signed-on `basic rpc` process, found beside this program.
Rows measure_memory(const std::filesystem::path& folder);

}  // namespace bench
