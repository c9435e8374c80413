#pragma once
// What presence costs an idle user, by the size of her list and the share of mutual buddies.

#include "testing/crowd.h"

namespace town {

/// Lines of a table. Each is a town of its own, with half of all buddies on line, and an hour that
/// is counted; all else is as in `options`.
std::string price_list(const sim::CrowdOptions& options);

}  // namespace town
