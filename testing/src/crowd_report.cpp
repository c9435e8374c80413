#include "testing/crowd_report.h"

#include <array>
#include <cstdarg>
#include <cstdio>

namespace sim {
namespace {

constexpr std::array<std::string_view, kIncidents> kNames{
    "signed off",   "signed off, no link",   "process ended",       "process ended, no link",
    "machine gone", "machine gone, no link", "process stood still", "process stood still, no link",
    "line cut",     "line cut, no link",     "signed on, mutual",   "signed on, one-sided",
    "woke",         "line mended",           "region healed",       "gone while one was away",
};

[[gnu::format(printf, 2, 3)]] void add(std::string& text, const char* format, ...) {
  std::array<char, 256> line;
  std::va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(line.data(), line.size(), format, arguments);
  va_end(arguments);
  text += line.data();
}

double seconds(base::Duration duration) { return std::chrono::duration<double>(duration).count(); }
double hours(base::Duration duration) { return seconds(duration) / 3600; }

void add_correctness(std::string& text, const CrowdReport& report) {
  add(text, "\nWrong presence, seconds a user-day      ohim       the paper's polling\n");
  const bool has_naive = report.naive.all() > 0;
  const auto row = [&](const char* what, double ours, double naive) {
    add(text, "  %-34s %9.2f", what, report.a_user_day(ours));
    add(text, has_naive ? "       %9.2f\n" : "\n", report.a_user_day(naive));
  };
  row("shown online while gone", report.of(Verdict::online_while_gone),
      report.naive_online_while_gone);
  row("shown offline while there", report.of(Verdict::offline_while_there),
      report.naive_offline_while_there);
  const auto ours_only = [&](const char* what, Verdict verdict) {
    add(text, "  %-34s %9.2f\n", what, report.a_user_day(report.of(verdict)));
  };
  ours_only("unknown while the own line is up", Verdict::unknown);
  ours_only("still shown while the own line is cut", Verdict::stale);
  add(text, "  \"online\" shown past its bound: %llu\n",
      static_cast<unsigned long long>(report.broken_promises));
  for (const std::string& sentence : report.first_broken) text += "    " + sentence + "\n";
}

void add_detection(std::string& text, const CrowdReport& report) {
  add(text, "\nSeen after, seconds                    seen        p50      p99      max\n");
  const auto row = [&](std::string_view what, const Histogram& found) {
    if (found.count() == 0) return;
    add(text, "  %-30.*s %10llu   %8.2f %8.2f %8.2f\n", static_cast<int>(what.size()), what.data(),
        static_cast<unsigned long long>(found.count()), seconds(found.quantile(0.5)),
        seconds(found.quantile(0.99)), seconds(found.max()));
  };
  for (std::size_t i = 0; i < kIncidents; ++i) row(kNames[i], report.detection[i]);
  row("own sign-on: all known", report.all_known);
}

void add_cost(std::string& text, const CrowdReport& report) {
  add(text, "\nStore operations a user-hour on line    ohim       the paper's polling\n");
  const auto row = [&](const char* what, std::uint64_t ours, std::uint64_t naive) {
    add(text, "  %-34s %9.1f       %9.1f\n", what, report.a_user_hour(ours),
        report.a_user_hour(naive));
  };
  row("reads", report.store.gets, report.naive.gets);
  row("writes", report.store.puts, report.naive.puts);
  row("pushes set up", report.store.push_set_ups, report.naive.push_set_ups);
  row("pushes renewed", report.store.push_renewals, report.naive.push_renewals);
  row("all", report.store.all(), report.naive.all());
  add(text, "  %.1f times fewer\n", report.fewer_operations());
}

}  // namespace

std::string_view to_string(Incident incident) { return kNames[static_cast<std::size_t>(incident)]; }

double CrowdReport::a_user_day(double seconds_of_all) const {
  const double user_days = static_cast<double>(users) * hours(span) / 24;
  return user_days > 0 ? seconds_of_all / user_days : 0;
}

double CrowdReport::a_user_hour(std::uint64_t operations) const {
  return user_hours > 0 ? static_cast<double>(operations) / user_hours : 0;
}

double CrowdReport::wrong_a_user_day() const {
  return a_user_day(of(Verdict::online_while_gone) + of(Verdict::offline_while_there));
}

double CrowdReport::naive_wrong_a_user_day() const {
  return a_user_day(naive_online_while_gone + naive_offline_while_there);
}

double CrowdReport::fewer_operations() const {
  const std::uint64_t ours = store.all();
  return ours > 0 ? static_cast<double>(naive.all()) / static_cast<double>(ours) : 0;
}

std::string to_text(const CrowdReport& report) {
  std::string text;
  add(text, "%zu users for %.1f hours, seed %llu: %.0f user-hours on line, %.1f buddies each",
      report.users, hours(report.span), static_cast<unsigned long long>(report.seed),
      report.user_hours, report.buddies);
  add(text, " (%.1f on line)\n", report.buddies_online);
  add_correctness(text, report);
  add_detection(text, report);
  if (report.store.all() > 0) add_cost(text, report);
  add(text, "\n%llu dials, %llu links, %llu events, trace %016llx\n",
      static_cast<unsigned long long>(report.dials), static_cast<unsigned long long>(report.links),
      static_cast<unsigned long long>(report.events),
      static_cast<unsigned long long>(report.trace));
  return text;
}

}  // namespace sim
