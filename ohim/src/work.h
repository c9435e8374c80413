#pragma once
// Proofs of work, off the loop.

#include <memory>

#include "base/task.h"
#include "base/workers.h"
#include "openhash/rules.h"

namespace ohim {

/// find_work() on a worker; destroying the task stops the search.
base::Task<std::uint64_t> find_work_on(base::Workers& workers, openhash::Rules rules,
                                       openhash::Kind kind, std::string name,
                                       openhash::PublicKey owner);

}  // namespace ohim
