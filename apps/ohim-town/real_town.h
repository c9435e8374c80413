#pragma once
// A small town of whole clients on the real engine, reported like a crowd.

#include "testing/crowd.h"

namespace town {

inline constexpr std::size_t kMostPeople = 64;

/// Lets people live for `span`. Everybody is struck by something (sign-off, crash, power loss)
/// every two hours, in a storm every five minutes, and comes back; idle people by nothing. The
/// report knows nothing of the store's operations, nor of the paper's scheme. `complaints`: what
/// must not happen in any town (sim::Town::check()).
sim::CrowdReport live(const sim::CrowdOptions& options, base::Duration span,
                      std::vector<std::string>& complaints);

}  // namespace town
