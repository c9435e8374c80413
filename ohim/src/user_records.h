#pragma once
// All that stands in the store about one user: what a registration and a sign-on begin with.

#include "ohim/name.h"
#include "openhash/replicas.h"

namespace ohim {

struct UserRecords {
  std::vector<openhash::Record> vault;
  std::vector<openhash::Record> identity;
  std::vector<openhash::Record> list;
  std::vector<openhash::Record> location;
};

/// Reads all places side by side; only who knows the password knows those of the vault. The first
/// error, if one could not be read.
base::Task<base::Result<UserRecords>> read_user_records(openhash::Store& store, Name name,
                                                        openhash::ReplicaKeys vault,
                                                        openhash::Reading reading);

}  // namespace ohim
