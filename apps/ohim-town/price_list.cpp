#include "price_list.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace town {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kFewestUsers = 200;

std::string row(const sim::CrowdReport& report, double mutual) {
  std::array<char, 160> line;
  std::snprintf(line.data(), line.size(),
                "  %7.0f %7.0f %% %9.1f %9.1f %9.1f %9.1f %9.1f %8.1f x\n", report.buddies,
                100 * mutual, report.a_user_hour(report.store.gets),
                report.a_user_hour(report.store.puts),
                report.a_user_hour(report.store.push_set_ups + report.store.push_renewals),
                report.a_user_hour(report.store.all()), report.a_user_hour(report.naive.all()),
                report.fewer_operations());
  return line.data();
}

}  // namespace

std::string price_list(const sim::CrowdOptions& options) {
  std::string text =
      "Store operations an hour of an idle user, half of whose buddies are on line\n"
      "  buddies   mutual     reads    writes    pushes       all   polling    fewer\n";
  for (const std::size_t buddies : {10, 100, 300}) {
    for (const double mutual : {1.0, 0.9, 0.5}) {
      sim::CrowdOptions idle = options;
      idle.script = sim::Script::idle;
      idle.buddies = buddies;
      idle.mutual = mutual;
      idle.users = std::max(kFewestUsers, 2 * buddies);
      sim::Crowd crowd(idle);
      crowd.advance(sim::kComeAndGo);
      crowd.count_anew();
      crowd.advance(1h);
      text += row(crowd.report(), mutual);
    }
  }
  return text;
}

}  // namespace town
