#pragma once
// What address others see us at. Behind a NAT nobody else can tell; so those who answer us do, and
// the majority of networks is believed. No I/O; time is an argument.

#include <deque>
#include <optional>

#include "base/clock.h"
#include "reach.h"

namespace openhash {

class AddressVotes {
 public:
  /// `voter` answered a question of ours. One vote a network, the latest.
  void add(const base::Endpoint& voter, const base::Endpoint& seen, base::Instant now);
  /// Port 0. Nothing until three networks or five seconds have spoken, or if they do not agree.
  [[nodiscard]] std::optional<base::Endpoint> winner(base::Instant now) const;
  void clear() { votes_.clear(); }

 private:
  struct Vote {
    Prefix voter;
    base::Endpoint seen;
    base::Instant when;
  };
  std::deque<Vote> votes_;  // oldest first
};

}  // namespace openhash
