#pragma once
// All that a node tells about itself, gathered at one moment, and what is to be thought of it: for
// the status page, /v1/status (which `openhash doctor` reads) and /metrics.

#include <optional>
#include <string>
#include <vector>

#include "gateway/counters.h"
#include "openhash/node.h"
#include "traffic.h"

struct Report {
  base::WallTime time;
  std::chrono::seconds uptime{};
  openhash::Rules rules;
  openhash::Node::Stats node;
  std::optional<base::Duration> silence;  ///< since somebody answered; nothing: nobody ever did
  Traffic::Counts traffic;
  openhash::gateway::Counters gateway;
  openhash::gateway::Latencies look_up;  ///< the node's own, one a minute
  bool look_up_failed = false;           ///< the last of them
  double cpu_seconds = 0;
  std::uint64_t resident_bytes = 0;
  std::optional<base::WallTime> certificate_ends;
};

/// Something worth knowing, in a word for programs and a sentence for people.
struct Condition {
  enum class Weight {
    trouble,  ///< it serves, but somebody should look
    failure,  ///< it does not do what it is for
  };
  std::string kind;
  Weight weight = Weight::trouble;
  std::string sentence;
};

/// The heaviest first.
std::vector<Condition> conditions_of(const Report& report);

/// "well", "worried" or "ill", by the heaviest condition.
std::string_view state_of(const std::vector<Condition>& conditions);
/// The node's health in one sentence.
std::string sentence_of(const Report& report, const std::vector<Condition>& conditions);

/// The body of /v1/status (docs/operate.md).
std::string status_json(const Report& report);
/// The body of /metrics, in Prometheus' text format, version 0.0.4.
std::string metrics_text(const Report& report);

/// Of this process.
double cpu_seconds_used();
std::uint64_t resident_bytes();
