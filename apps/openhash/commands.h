#pragma once
// What `openhash` can do, one function a command. Each prints to standard output, complaints to
// standard error, and gives the exit status.

#include <string>
#include <vector>

#include "base/world.h"
#include "gateway/named_nodes.h"

namespace openhash_tool {

enum Exit : int { kFound = 0, kNotFound = 1, kUsage = 2, kUnreachable = 3 };

base::Task<int> get(base::World& world, openhash::NamedNodes& nodes, std::string key);
/// Runs until the process ends.
base::Task<int> watch(base::World& world, openhash::NamedNodes& nodes, std::string key);

struct PutOptions {
  std::string key;
  std::string file;
  std::string key_file;
  unsigned days = 30;
};
base::Task<int> put(base::World& world, openhash::NamedNodes& nodes, PutOptions options);
/// Prints the signed record as a gateway takes it (docs/gateway.md). Needs no node: the time is the
/// sequence, so one that is signed later is newer.
int sign(base::World& world, const openhash::Rules& rules, const PutOptions& options);

/// The work of an opaque record of that owner.
base::Task<std::uint64_t> work_for(base::World& world, openhash::Rules rules,
                                   openhash::PublicKey owner);

/// `all`: also those that do not answer.
base::Task<int> show_nodes(base::World& world, openhash::NamedNodes& nodes, bool all);

}  // namespace openhash_tool
