#include "line_cutter.h"

#include <utility>

#include "base/secret.h"

LineCutter::LineCutter(std::size_t limit, Events events)
    : limit_(limit), events_(std::move(events)) {}

void LineCutter::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto newline = bytes.find('\n');
    append(bytes.substr(0, newline));
    if (newline == std::string_view::npos) return;
    end_line();
    bytes.remove_prefix(newline + 1);
  }
}

void LineCutter::finish() {
  if (!line_.empty() || skipping_) end_line();
}

void LineCutter::append(std::string_view part) {
  if (skipping_) return;
  if (line_.size() + part.size() <= limit_) {
    line_.append(part);
    return;
  }
  skipping_ = true;
  line_ = {};
}

void LineCutter::end_line() {
  std::string line = std::exchange(line_, {});
  if (std::exchange(skipping_, false)) {
    events_.oversize();
  } else {
    events_.line(line);
  }
  base::wipe(
      {reinterpret_cast<std::uint8_t*>(line.data()), line.size()});  // it may hold a password
}
