#include "base/log.h"

#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <memory>

#include "log_limit.h"

namespace base {

namespace {

constexpr std::array<std::string_view, 5> kLevelNames = {"debug", "info", "warn", "error", "off"};

/// True for what a terminal might obey: C0, DEL, and C1 as UTF-8 spells it (C2 80 to C2 9F).
bool is_control(unsigned char byte, unsigned char next) {
  return byte < 0x20 || byte == 0x7f || (byte == 0xc2 && next >= 0x80 && next < 0xa0);
}

std::string escaped(std::string_view line) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(line.size());
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto byte = static_cast<unsigned char>(line[i]);
    const auto next = static_cast<unsigned char>(i + 1 < line.size() ? line[i + 1] : 0);
    if (!is_control(byte, next)) {
      out += line[i];
      continue;
    }
    const unsigned char code = byte == 0xc2 ? next : byte;
    if (byte == 0xc2) ++i;
    out += "\\x";
    out += kDigits[code >> 4];
    out += kDigits[code & 15];
  }
  return out;
}

/// RFC 3339, to the millisecond.
std::string utc_now() {
  using namespace std::chrono;
  const auto since_epoch = duration_cast<milliseconds>(system_clock::now().time_since_epoch());
  const std::time_t seconds = since_epoch.count() / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char day[24] = "";
  std::strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &parts);
  char text[40] = "";
  std::snprintf(text, sizeof text, "%s.%03dZ", day, static_cast<int>(since_epoch.count() % 1000));
  return text;
}

Instant steady_now() {
  return std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now());
}

/// One write per line, so that lines of several processes on one terminal do not mix.
void write_to_stderr(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written <= 0) return;  // Nobody is left to tell.
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

bool parse_log_level(std::string_view word, LogLevel& level) {
  for (std::size_t i = 0; i < kLevelNames.size(); ++i) {
    if (word != kLevelNames[i]) continue;
    level = static_cast<LogLevel>(i);
    return true;
  }
  return false;
}

Log stderr_log(LogLevel least) {
  // Log is copied freely; all copies of this one share the limit.
  const auto limit = std::make_shared<LogLimit>();
  return Log(least, [limit](LogLevel level, std::string_view line) {
    // Who asks for debug lines wants them all.
    const std::string text =
        level == LogLevel::debug ? std::string(line) : limit->pass(line, steady_now());
    if (text.empty()) return;
    const std::string_view name = kLevelNames[static_cast<std::size_t>(level)];
    write_to_stderr(utc_now() + ' ' + std::string(name) + ' ' + escaped(text) + '\n');
  });
}

}  // namespace base
