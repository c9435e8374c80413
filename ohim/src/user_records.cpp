#include "user_records.h"

#include "base/gather.h"
#include "records.h"

namespace ohim {
namespace {

using openhash::Kind;
using Found = base::Result<std::vector<openhash::Record>>;

}  // namespace

base::Task<base::Result<UserRecords>> read_user_records(openhash::Store& store, Name name,
                                                        openhash::ReplicaKeys vault,
                                                        openhash::Reading reading) {
  std::vector<base::Task<Found>> reads;
  for (const openhash::ReplicaKeys& keys :
       {vault, named_keys(Kind::identity, name), named_keys(Kind::list, name)}) {
    reads.push_back(openhash::get_replicas(store, keys, reading));
  }
  reads.push_back(store.get(named_key(Kind::location, name)));
  auto found = co_await base::gather(std::move(reads));
  for (const Found& one : found) {
    if (!one) co_return one.error();
  }
  UserRecords records{std::move(*found[0]), std::move(*found[1]), std::move(*found[2]),
                      std::move(*found[3])};
  co_return records;
}

}  // namespace ohim
