#pragma once
// `openhash doctor`: what is wrong with a node, found out from outside as one of its users would
// meet it: a datagram, a record to keep, a question to its gateway.

#include <string>

#include "base/world.h"
#include "openhash/node.h"

namespace openhash_tool {

struct DoctorOptions {
  std::string node;     ///< HOST:PORT
  std::string gateway;  ///< "" to leave it out
  bool json = false;
};

/// `client` has that node, at `endpoint`, as its only way in. Exit status: 0 well, 1 something is
/// wrong, 3 it does not answer.
base::Task<int> doctor(base::World& world, openhash::Node& client, base::Endpoint endpoint,
                       DoctorOptions options);

/// The same for a node whose name leads nowhere.
int doctor_found_no_such_node(const DoctorOptions& options, const base::Error& error);

}  // namespace openhash_tool
