#pragma once
// Whether somebody sits at the client. Pure: time is an argument.

#include <optional>

#include "base/clock.h"

namespace basic {

class Idle {
 public:
  /// Idle is who did nothing for `limit`; zero: nobody ever is.
  explicit Idle(base::Duration limit) : limit_(limit) {}

  void set_limit(base::Duration limit) { limit_ = limit; }
  /// The user did something. Until the first time there is no user: a bot is never idle.
  void active(base::Instant now) { active_ = now; }
  /// The same, but does not count as a first time.
  void still_there(base::Instant now) {
    if (active_) active_ = now;
  }
  [[nodiscard]] std::optional<base::Instant> idle_from() const {
    if (!active_ || limit_ <= base::Duration::zero()) return std::nullopt;
    return *active_ + limit_;
  }
  [[nodiscard]] bool at(base::Instant now) const {
    const auto from = idle_from();
    return from && now >= *from;
  }

 private:
  base::Duration limit_;
  std::optional<base::Instant> active_;
};

}  // namespace basic
