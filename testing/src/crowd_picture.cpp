// The report as a picture: what was wrong, what it cost, and how soon changes were seen.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "testing/crowd_report.h"
#include "testing/svg.h"

namespace sim {
namespace {

using namespace std::chrono_literals;
using Anchor = Svg::Anchor;

constexpr double kWidth = 960;
constexpr double kHeight = 830;
constexpr double kLeft = 40;
constexpr double kRight = kWidth - 40;
constexpr double kLabels = 150;  // room for the words before a bar
constexpr double kBar = 26;

constexpr std::string_view kPaper = "#fcfcfa";
constexpr std::string_view kInk = "#22272e";
constexpr std::string_view kSoft = "#6b7480";
constexpr std::string_view kGrid = "#e3e5e8";
constexpr std::string_view kBlue = "#2f6fb2";
constexpr std::string_view kOrange = "#e08a2c";
constexpr std::string_view kGreen = "#4f9d69";
constexpr std::string_view kGrey = "#a9b0b8";

struct Part {
  std::string_view name;
  std::string_view colour;
  double ours;
  double naive;
};

std::string rounded(double value) {
  std::array<char, 32> text;
  const char* const format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f";
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

/// One stacked bar; where it ends, its sum.
void draw_bar(Svg& picture, double top, std::string_view label, const std::vector<Part>& parts,
              double Part::*size, double scale) {
  picture.text({kLeft + kLabels - 12, top + kBar * 0.68}, label, 14, kInk, Anchor::end);
  double x = kLeft + kLabels;
  double sum = 0;
  for (const Part& part : parts) {
    const double width = part.*size * scale;
    if (width > 0) picture.box({x, top}, width, kBar, part.colour);
    x += width;
    sum += part.*size;
  }
  picture.text({x + 8, top + kBar * 0.68}, rounded(sum), 14, kInk, Anchor::start, true);
}

/// Title, two bars beside each other's measure, and what the colours mean.
void draw_bars(Svg& picture, double top, std::string_view title, std::string_view remark,
               const std::vector<Part>& parts) {
  double ours = 0;
  double naive = 0;
  for (const Part& part : parts) {
    ours += part.ours;
    naive += part.naive;
  }
  picture.text({kLeft, top}, title, 16, kInk, Anchor::start, true);
  picture.text({kRight, top}, remark, 14, kSoft, Anchor::end);
  const double room = kRight - kLeft - kLabels - 70;
  const double scale = room / std::max({ours, naive, 1e-9});
  draw_bar(picture, top + 18, "OHIM", parts, &Part::ours, scale);
  if (naive > 0) {
    draw_bar(picture, top + 18 + kBar + 10, "polling every 60 s", parts, &Part::naive, scale);
  }
  double x = kLeft + kLabels;
  const double legend = top + 18 + 2 * kBar + 34;
  for (const Part& part : parts) {
    picture.box({x, legend - 10}, 12, 12, part.colour, 2);
    picture.text({x + 18, legend}, part.name, 13, kSoft);
    x += 40 + 6.6 * static_cast<double>(part.name.size());
  }
}

// --- how soon ---

struct Curve {
  Incident incident;
  std::string_view name;
  std::string_view colour;
  std::string_view dashes = "";  ///< where curves lie on one another
};
constexpr std::array<Curve, 6> kCurves{{
    {Incident::signed_off, "signed off", kBlue},
    {Incident::crashed, "process ended", "#7a5ca8", "7 6"},
    {Incident::vanished, "machine gone, with a link", "#c0413b"},
    {Incident::vanished_unlinked, "machine gone, no link", kOrange},
    {Incident::signed_on_mutual, "signed on, mutual", kGreen},
    {Incident::signed_on_one_sided, "signed on, one-sided", "#2aa5a0"},
}};

constexpr double kChartTop = 430;
constexpr double kChartHeight = 330;
constexpr double kChartLeft = kLeft + 45;
constexpr double kChartRight = kRight - 235;
constexpr double kFirst = 0.01;  // seconds at the left edge
constexpr double kDecades = 4.3;

double x_of(double seconds) {
  const double share = std::log10(std::max(seconds, kFirst) / kFirst) / kDecades;
  return kChartLeft + std::min(share, 1.0) * (kChartRight - kChartLeft);
}
double y_of(double share) { return kChartTop + (1 - share) * kChartHeight; }

void draw_axes(Svg& picture) {
  constexpr std::array<std::pair<double, std::string_view>, 5> kTicks{
      {{0.01, "10 ms"}, {0.1, "0.1 s"}, {1, "1 s"}, {10, "10 s"}, {100, "100 s"}}};
  for (const auto& [seconds, words] : kTicks) {
    const double x = x_of(seconds);
    picture.line({x, y_of(1)}, {x, y_of(0)}, kGrid);
    picture.text({x, y_of(0) + 18}, words, 12, kSoft, Anchor::middle);
  }
  for (int percent = 0; percent <= 100; percent += 25) {
    const double y = y_of(percent / 100.0);
    picture.line({kChartLeft, y}, {kChartRight, y}, kGrid);
    picture.text({kChartLeft - 8, y + 4}, std::to_string(percent) + " %", 12, kSoft, Anchor::end);
  }
}

void draw_curve(Svg& picture, const Histogram& found, const Curve& curve) {
  std::vector<Svg::Point> points;
  constexpr int kSteps = 260;
  for (int i = 0; i <= kSteps; ++i) {
    const double seconds = kFirst * std::pow(10, kDecades * i / kSteps);
    const std::chrono::duration<double> limit(seconds);
    const double share = found.within(std::chrono::duration_cast<base::Duration>(limit));
    points.emplace_back(x_of(seconds), y_of(share));
  }
  picture.path(points, curve.colour, 2.4, curve.dashes);
}

void draw_detection(Svg& picture, const CrowdReport& report) {
  picture.text({kLeft, kChartTop - 22}, "Share of changes seen within", 16, kInk, Anchor::start,
               true);
  draw_axes(picture);
  double y = kChartTop + 14;
  for (const Curve& curve : kCurves) {
    const Histogram& found = report.of(curve.incident);
    if (found.count() == 0) continue;
    draw_curve(picture, found, curve);
    const double p99 = std::chrono::duration<double>(found.quantile(0.99)).count();
    const double x = kChartRight + 28;
    picture.line({x, y - 4}, {x + 22, y - 4}, curve.colour, 3, curve.dashes);
    picture.text({x + 30, y}, curve.name, 14, kInk);
    picture.text({x + 30, y + 17}, "99 % within " + rounded(p99) + " s", 12, kSoft);
    y += 50;
  }
}

}  // namespace

std::string to_svg(const CrowdReport& report) {
  Svg picture(kWidth, kHeight, kPaper);
  const double hours = std::chrono::duration<double, std::ratio<3600>>(report.span).count();
  std::array<char, 160> line;
  picture.text({kLeft, 46}, "Presence in a town of " + std::to_string(report.users), 24, kInk,
               Anchor::start, true);
  std::snprintf(
      line.data(), line.size(), "%.1f virtual hours, %.0f buddies each (%.0f on line), seed %llu",
      hours, report.buddies, report.buddies_online, static_cast<unsigned long long>(report.seed));
  picture.text({kLeft, 70}, line.data(), 14, kSoft);

  const auto day = [&](double seconds) { return report.a_user_day(seconds); };
  std::snprintf(line.data(), line.size(), "\"online\" past its bound: %llu",
                static_cast<unsigned long long>(report.broken_promises));
  draw_bars(picture, 112, "Wrong presence, seconds a user-day", line.data(),
            {{"shown online while gone", kOrange, day(report.of(Verdict::online_while_gone)),
              day(report.naive_online_while_gone)},
             {"shown offline while there", kBlue, day(report.of(Verdict::offline_while_there)),
              day(report.naive_offline_while_there)}});

  draw_detection(picture, report);
  if (report.store.all() == 0) return picture.str();  // nobody counted
  const auto hour = [&](std::uint64_t operations) { return report.a_user_hour(operations); };
  std::snprintf(line.data(), line.size(), "%.1f times fewer", report.fewer_operations());
  draw_bars(picture, 260, "Store operations a user-hour on line", line.data(),
            {{"reads", kBlue, hour(report.store.gets), hour(report.naive.gets)},
             {"writes", kGreen, hour(report.store.puts), hour(report.naive.puts)},
             {"pushes", kGrey, hour(report.store.push_set_ups + report.store.push_renewals), 0}});
  return picture.str();
}

}  // namespace sim
