#pragma once
// The last hour of a node, for the plots of its status page.

#include <deque>
#include <optional>
#include <string>

#include "report.h"

/// Rates and levels over one interval.
struct Sample {
  double records = 0;
  double neighbours = 0;
  double clients = 0;
  double received = 0;            ///< datagrams a second
  double sent = 0;                ///< datagrams a second
  double cpu = 0;                 ///< share of one core, 0 to 1 (more with several threads)
  std::optional<double> look_up;  ///< milliseconds, if there was one
};

class History {
 public:
  static constexpr std::chrono::seconds kInterval{10};
  static constexpr std::size_t kSamples = 360;

  /// Call it every kInterval. `look_up`: how long the last one took, if there was one since.
  void add(const Report& report, std::optional<base::Duration> look_up);
  /// {"interval":10,"records":[..],"neighbours":[..],...}: the oldest first, null where unknown.
  [[nodiscard]] std::string json() const;

 private:
  std::deque<Sample> samples_;
  std::optional<Report> before_;
};
