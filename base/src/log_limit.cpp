#include "log_limit.h"

#include <algorithm>

namespace base {

namespace {

constexpr double kAtOnce = 20;
constexpr double kPerSecond = 0.1;
constexpr std::size_t kMostKinds = 64;  // those beyond share one
constexpr std::size_t kMostOfKind = 60;
constexpr std::size_t kMostOfLine = 1000;

std::string_view kind_of(std::string_view line) {
  return line.substr(0, std::min(line.find_first_of("=:"), kMostOfKind));
}

}  // namespace

std::string LogLimit::pass(std::string_view line, Instant now) {
  std::string_view name = kind_of(line);
  if (kinds_.size() >= kMostKinds && !kinds_.contains(name)) name = "";
  auto [entry, is_new] = kinds_.try_emplace(std::string(name), Kind{kAtOnce, now, 0});
  Kind& kind = entry->second;
  const double seconds = std::chrono::duration<double>(now - kind.seen).count();
  kind.credit = std::min(kAtOnce, kind.credit + seconds * kPerSecond);
  kind.seen = now;
  if (kind.credit < 1) {
    ++kind.left_out;
    return {};
  }
  kind.credit -= 1;
  std::string text(line.substr(0, kMostOfLine));
  if (text.size() < line.size()) text += "...";
  if (kind.left_out > 0) text += " left_out=" + std::to_string(std::exchange(kind.left_out, 0));
  return text;
}

}  // namespace base
