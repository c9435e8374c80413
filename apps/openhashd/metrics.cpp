// What Prometheus is told: names and units by its naming rules (base units, _total for counters).

#include <charconv>

#include "report.h"
#include "version.h"

namespace {

using openhash::gateway::Counters;
using openhash::gateway::Latencies;

class Text {
 public:
  void gauge(std::string_view name, std::string_view help, double value) {
    head(name, help, "gauge");
    sample(name, "", value);
  }
  void counter(std::string_view name, std::string_view help, double value) {
    head(name, help, "counter");
    sample(name, "", value);
  }
  /// `labels`: `a="b"`; values of ours only, so nothing in them needs escaping.
  void sample(std::string_view name, std::string_view labels, double value) {
    text_.append(name);
    if (!labels.empty()) text_.append("{").append(labels).append("}");
    text_.append(" ").append(number(value)).append("\n");
  }
  void head(std::string_view name, std::string_view help, std::string_view type) {
    text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
    text_.append("# TYPE ").append(name).append(" ").append(type).append("\n");
  }
  void histogram(std::string_view name, std::string_view help, const Latencies& latencies) {
    head(name, help, "histogram");
    const std::string bucket = std::string(name) + "_bucket";
    for (std::size_t i = 0; i < Latencies::kBounds.size(); ++i) {
      sample(bucket, "le=\"" + number(Latencies::kBounds[i] / 1000.0) + "\"",
             static_cast<double>(latencies.within[i]));
    }
    const auto all = static_cast<double>(latencies.count);
    sample(bucket, "le=\"+Inf\"", all);
    sample(std::string(name) + "_sum", "", std::chrono::duration<double>(latencies.sum).count());
    sample(std::string(name) + "_count", "", all);
  }
  std::string take() { return std::move(text_); }

 private:
  static std::string number(double value) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    return {digits, end};
  }
  std::string text_;
};

double as_double(std::uint64_t number) { return static_cast<double>(number); }

void tell_node(Text& text, const Report& report) {
  const openhash::Node::Stats& node = report.node;
  text.gauge("openhash_records", "Records held for others.", as_double(node.records));
  text.gauge("openhash_unwritten_records", "Records accepted and not yet on disk.",
             as_double(node.unwritten));
  text.gauge("openhash_neighbours", "Nodes known that answer.", as_double(node.neighbours));
  text.gauge("openhash_connected", "1 if somebody answered lately, or nobody is needed.",
             node.connected ? 1 : 0);
  text.gauge("openhash_disk_writable", "0 while the journal cannot be written.",
             node.disk_error.empty() ? 1 : 0);
  text.counter("openhash_refused_records_total", "Records that broke the rules.",
               as_double(node.refused));
  text.counter("openhash_datagrams_received_total", "Datagrams that arrived.",
               as_double(report.traffic.received));
  text.counter("openhash_datagrams_sent_total", "Datagrams that left.",
               as_double(report.traffic.sent));
  text.counter("openhash_datagrams_dropped_total", "Datagrams that the guard refused.",
               as_double(node.dropped));
  text.counter("openhash_received_bytes_total", "Bytes in datagrams that arrived.",
               as_double(report.traffic.bytes_received));
  text.counter("openhash_sent_bytes_total", "Bytes in datagrams that left.",
               as_double(report.traffic.bytes_sent));
  text.histogram("openhash_look_up_duration_seconds", "The node's own look-ups, one a minute.",
                 report.look_up);
}

void tell_gateway(Text& text, const Counters& gateway) {
  text.gauge("openhash_gateway_connections", "Connections open.", as_double(gateway.connections));
  text.gauge("openhash_gateway_websockets", "Of these, WebSockets.",
             as_double(gateway.websockets));
  text.gauge("openhash_gateway_watches", "Keys that clients watch.", as_double(gateway.watches));
  text.counter("openhash_gateway_accepted_total", "Connections ever.", as_double(gateway.accepted));
  text.counter("openhash_gateway_turned_away_total", "Connections over a limit.",
               as_double(gateway.turned_away));
  text.counter("openhash_gateway_cut_off_total", "Watching clients that read too slowly.",
               as_double(gateway.cut_off));
  text.counter("openhash_gateway_pushes_total", "Records sent to watches.",
               as_double(gateway.pushes));
  text.head("openhash_gateway_answers_total", "Answers, by HTTP status.", "counter");
  for (const auto& [status, count] : gateway.answers) {
    text.sample("openhash_gateway_answers_total", "status=\"" + std::to_string(status) + "\"",
                as_double(count));
  }
  text.histogram("openhash_gateway_get_duration_seconds", "Reads for clients.", gateway.get);
  text.histogram("openhash_gateway_put_duration_seconds", "Puts for clients.", gateway.put);
}

}  // namespace

std::string metrics_text(const Report& report) {
  Text text;
  text.head("openhash_build_info", "The version, as a label.", "gauge");
  text.sample("openhash_build_info", std::string("version=\"") + kVersionNumber + '"', 1);
  tell_node(text, report);
  tell_gateway(text, report.gateway);
  if (report.certificate_ends) {
    text.gauge("openhash_certificate_end_timestamp_seconds", "When the certificate ends.",
               as_double(static_cast<std::uint64_t>(
                   report.certificate_ends->time_since_epoch().count())));
  }
  text.counter("process_cpu_seconds_total", "Processor time used.", report.cpu_seconds);
  text.gauge("process_resident_memory_bytes", "Memory in use.", as_double(report.resident_bytes));
  text.gauge("process_start_time_seconds", "When the node started.",
             as_double(static_cast<std::uint64_t>(
                 (report.time - report.uptime).time_since_epoch().count())));
  return text.take();
}
