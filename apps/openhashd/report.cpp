#include "report.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "version.h"

namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using openhash::gateway::Latencies;
using Weight = Condition::Weight;

constexpr std::chrono::hours kCertificateSoon{24 * 14};

/// "18,412 records"
std::string count(std::uint64_t number, const std::string& one, const std::string& many) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits + ' ' + (number == 1 ? one : many);
}

std::string span_in_words(std::chrono::seconds span) {
  if (span >= 48h) return count(static_cast<std::uint64_t>(span / 24h), "day", "days");
  if (span >= 2h) return count(static_cast<std::uint64_t>(span / 1h), "hour", "hours");
  if (span >= 2min) return count(static_cast<std::uint64_t>(span / 1min), "minute", "minutes");
  return count(static_cast<std::uint64_t>(std::max(span, 0s).count()), "second", "seconds");
}

void add_line_conditions(const Report& report, std::vector<Condition>& conditions) {
  if (report.node.alone) {
    conditions.push_back({"alone", Weight::trouble,
                          "It is the only node of its network, so what it holds is nowhere else: "
                          "it was given no way in (bootstrap), and nobody has come."});
  } else if (!report.node.connected) {
    const std::string since =
        report.silence
            ? "for " + span_in_words(std::chrono::floor<std::chrono::seconds>(*report.silence))
            : "since it started";
    conditions.push_back({"cut-off", Weight::failure,
                          "Nobody has answered it " + since +
                              ": its line is cut, its ways in (bootstrap) are gone, or a firewall "
                              "keeps UDP out."});
  } else if (report.look_up_failed) {
    conditions.push_back({"look-up-failed", Weight::failure,
                          "It has neighbours, but its last look-up found nobody who answered."});
  }
}

void add_place_condition(const Report& report, std::vector<Condition>& conditions) {
  if (!report.node.without_place) return;
  conditions.push_back({"no-place", Weight::trouble,
                        "It has no place in the table yet: no stranger has told it at which "
                        "address it is seen, to which its id must fit. Nobody outside its own "
                        "network asks it."});
}

void add_certificate_conditions(const Report& report, std::vector<Condition>& conditions) {
  if (!report.certificate_ends) return;
  const auto left = *report.certificate_ends - report.time;
  if (left <= 0s) {
    conditions.push_back({"certificate-ended", Weight::failure,
                          "The certificate of its gateway is over: renew it, and restart the "
                          "node."});
  } else if (left < kCertificateSoon) {
    conditions.push_back({"certificate-ends", Weight::trouble,
                          "The certificate of its gateway ends in " + span_in_words(left) +
                              ": renew it, and restart the node."});
  }
}

json latency_json(const Latencies& latencies) {
  return {{"count", latencies.count},
          {"p50", latencies.quantile(0.5).count()},
          {"p99", latencies.quantile(0.99).count()}};
}

std::string_view word_of(Weight weight) {
  return weight == Weight::failure ? "failure" : "trouble";
}

}  // namespace

std::vector<Condition> conditions_of(const Report& report) {
  std::vector<Condition> conditions;
  // A node that cannot write sends nothing either; that its neighbours fall silent is no news.
  const bool mute = !report.node.disk_error.empty();
  if (mute) {
    conditions.push_back({"disk", Weight::failure,
                          "It cannot write to its disk, and tells nobody that anything is stored "
                          "until it can: " +
                              report.node.disk_error + "."});
  }
  if (!mute) add_line_conditions(report, conditions);
  add_place_condition(report, conditions);
  if (report.node.clock_ahead) {
    const std::chrono::seconds ahead = *report.node.clock_ahead;
    conditions.push_back({"clock", Weight::failure,
                          "Its clock is about " + span_in_words(std::chrono::abs(ahead)) +
                              (ahead > 0s ? " ahead of" : " behind") +
                              " those of others: set it."});
  }
  add_certificate_conditions(report, conditions);
  if (!report.node.damage.empty()) {
    conditions.push_back({"journal-damaged", Weight::trouble,
                          "Its journal was damaged when it started: " + report.node.damage + "."});
  }
  std::ranges::stable_sort(conditions, std::ranges::greater(), &Condition::weight);
  return conditions;
}

std::string_view state_of(const std::vector<Condition>& conditions) {
  if (conditions.empty()) return "well";
  return conditions.front().weight == Weight::trouble ? "worried" : "ill";
}

std::string sentence_of(const Report& report, const std::vector<Condition>& conditions) {
  if (!conditions.empty()) return conditions.front().sentence;
  std::string sentence = "It is well: " + count(report.node.neighbours, "neighbour", "neighbours") +
                         ", " + count(report.node.records, "record", "records") + " held";
  if (report.look_up.count > 0) {
    sentence +=
        ", look-ups within " + std::to_string(report.look_up.quantile(0.5).count()) + " ms";
  }
  return sentence + '.';
}

std::string status_json(const Report& report) {
  const std::vector<Condition> conditions = conditions_of(report);
  json listed = json::array();
  for (const Condition& condition : conditions) {
    listed.push_back({{"kind", condition.kind},
                      {"weight", word_of(condition.weight)},
                      {"sentence", condition.sentence}});
  }
  json status = {
      {"software", kSoftware},
      {"version", kVersionNumber},
      {"node", report.node.id},
      {"network", report.rules.network},
      {"rules",
       {{"workNamed", report.rules.work_named}, {"workOpaque", report.rules.work_opaque}}},
      {"time", report.time.time_since_epoch().count()},
      {"uptime", report.uptime.count()},
      {"health",
       {{"state", state_of(conditions)}, {"sentence", sentence_of(report, conditions)}}},
      {"conditions", std::move(listed)},
      {"connected", report.node.connected},
      {"records", report.node.records},
      {"unwritten", report.node.unwritten},
      {"refused", report.node.refused},
      {"neighbours", report.node.neighbours},
      {"lastHeard", nullptr},
      {"datagrams",
       {{"received", report.traffic.received},
        {"sent", report.traffic.sent},
        {"dropped", report.node.dropped},
        {"bytesReceived", report.traffic.bytes_received},
        {"bytesSent", report.traffic.bytes_sent}}},
      {"clients",
       {{"connections", report.gateway.connections},
        {"webSockets", report.gateway.websockets},
        {"watches", report.gateway.watches},
        {"turnedAway", report.gateway.turned_away}}},
      {"latency",
       {{"lookUp", latency_json(report.look_up)},
        {"get", latency_json(report.gateway.get)},
        {"put", latency_json(report.gateway.put)}}},
      {"load", {{"cpuSeconds", report.cpu_seconds}, {"residentBytes", report.resident_bytes}}},
  };
  if (report.silence) status["lastHeard"] = std::chrono::duration<double>(*report.silence).count();
  if (report.certificate_ends) {
    status["certificateEnds"] = report.certificate_ends->time_since_epoch().count();
  }
  // A path in a sentence may be no UTF-8.
  return status.dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
}

double cpu_seconds_used() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::uint64_t resident_bytes() {
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;  // in pages; proc(5)
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}
