#pragma once
// Arithmetic on times that the tracker's rooms share.

#include <optional>

#include "base/clock.h"

namespace ohim {

inline base::Duration scaled(base::Duration duration, double factor) {
  return base::Duration(
      static_cast<base::Duration::rep>(static_cast<double>(duration.count()) * factor));
}

inline bool is_due(const std::optional<base::Instant>& when, base::Instant now) {
  return when && *when <= now;
}

inline void take_earlier(std::optional<base::Instant>& earliest,
                         const std::optional<base::Instant>& candidate) {
  if (candidate && (!earliest || *candidate < *earliest)) earliest = candidate;
}

}  // namespace ohim
