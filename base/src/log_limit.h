#pragma once
// Keeps repeated lines of a log few, so that nobody can fill a disk by making us complain.

#include <map>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace base {

/// Lines are of one kind if they begin with the same words, up to the first `=` or `:`. Each kind
/// may have a few lines at once and then one every ten seconds; so a flood of one kind hides no
/// other. Time is an argument.
class LogLimit {
 public:
  /// What to write for `line`: the line, with a count of those left out before it; "" to leave it
  /// out.
  std::string pass(std::string_view line, Instant now);

 private:
  struct Kind {
    double credit = 0;
    Instant seen{};
    std::uint64_t left_out = 0;
  };
  std::map<std::string, Kind, std::less<>> kinds_;
};

}  // namespace base
