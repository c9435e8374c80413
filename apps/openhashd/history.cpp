#include "history.h"

#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;

/// Three digits are enough for a plot.
json rounded(double value) { return std::round(value * 1000) / 1000; }

double per_second(std::uint64_t now, std::uint64_t before) {
  const double seconds = std::chrono::duration<double>(History::kInterval).count();
  return static_cast<double>(now - before) / seconds;
}

}  // namespace

void History::add(const Report& report, std::optional<base::Duration> look_up) {
  Sample sample;
  sample.records = static_cast<double>(report.node.records);
  sample.neighbours = static_cast<double>(report.node.neighbours);
  sample.clients = static_cast<double>(report.gateway.connections);
  if (before_) {
    sample.received = per_second(report.traffic.received, before_->traffic.received);
    sample.sent = per_second(report.traffic.sent, before_->traffic.sent);
    sample.cpu = (report.cpu_seconds - before_->cpu_seconds) /
                 std::chrono::duration<double>(kInterval).count();
  }
  if (look_up) sample.look_up = std::chrono::duration<double, std::milli>(*look_up).count();
  before_ = report;
  samples_.push_back(sample);
  if (samples_.size() > kSamples) samples_.pop_front();
}

std::string History::json() const {
  nlohmann::json out = {{"interval", kInterval.count()}};
  const auto series = [&](const char* name, auto member) {
    nlohmann::json& values = out[name] = nlohmann::json::array();
    for (const Sample& sample : samples_) values.push_back(rounded(sample.*member));
  };
  series("records", &Sample::records);
  series("neighbours", &Sample::neighbours);
  series("clients", &Sample::clients);
  series("received", &Sample::received);
  series("sent", &Sample::sent);
  series("cpu", &Sample::cpu);
  nlohmann::json& look_ups = out["lookUp"] = nlohmann::json::array();
  for (const Sample& sample : samples_) {
    look_ups.push_back(sample.look_up ? rounded(*sample.look_up) : nlohmann::json());
  }
  return out.dump() + '\n';
}
