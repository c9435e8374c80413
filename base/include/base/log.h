#pragma once
// What a program says about itself, on stderr: one line an event, `key=value` after the words.
// Never message texts, keys, locators, passwords; fingerprints at 8 characters (security.md, 8).

#include <functional>
#include <string>
#include <string_view>

namespace base {

enum class LogLevel { debug, info, warn, error, off };

/// Where lines go. Copyable and cheap; an empty one swallows everything. Control characters in
/// `line` are escaped by the sink.
class Log {
 public:
  using Sink = std::function<void(LogLevel, std::string_view line)>;
  Log() = default;
  Log(LogLevel least, Sink sink) : least_(least), sink_(std::move(sink)) {}

  [[nodiscard]] bool enabled(LogLevel level) const { return sink_ && level >= least_; }
  void debug(std::string_view line) const { write(LogLevel::debug, line); }
  void info(std::string_view line) const { write(LogLevel::info, line); }
  void warn(std::string_view line) const { write(LogLevel::warn, line); }
  void error(std::string_view line) const { write(LogLevel::error, line); }

 private:
  void write(LogLevel level, std::string_view line) const {
    if (enabled(level)) sink_(level, line);
  }
  LogLevel least_ = LogLevel::off;
  Sink sink_;
};

/// "debug", "info", "warn", "error", "off".
bool parse_log_level(std::string_view word, LogLevel& level);
/// UTC time, level, line, on stderr; of lines that begin alike, few a minute. For one thread.
Log stderr_log(LogLevel least);

}  // namespace base
