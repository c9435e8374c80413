#pragma once
// Records that must not get lost stand at three keys, each signed for its own. A put at two of them
// and a read of two of them have one in common: so whatever was acknowledged is found, even if all
// nodes around one of the keys are gone or lie.

#include "base/clock.h"
#include "openhash/store.h"

namespace openhash {

/// How many of the three keys decide.
inline constexpr std::size_t kEnoughKeys = 2;

/// Signs `record` for each key and stores it there. Done when two keys have it; the third is given
/// a moment more. `conflict`: at one of them stands a newer one of the same owner. Other errors as
/// of Store::put(), if fewer than two keys took it. All but `record` are borrowed until the end.
base::Task<base::Result<void>> put_replicas(Store& store, base::Clock& clock, ReplicaKeys keys,
                                            Record record, const SigningKey& signer);

enum class Reading {
  enough,  ///< ends when two keys have answered and something is there
  all,     ///< waits for the third as well: for races, which a single key may show
};

/// What stands at the three keys: of each owner, kind and slot the newest. Errors as of
/// Store::get(), if fewer than two keys answered.
base::Task<base::Result<std::vector<Record>>> get_replicas(Store& store, ReplicaKeys keys,
                                                           Reading reading = Reading::enough);

/// Whether this version of a record stands at all three keys. If not, or if that cannot be told, it
/// is time to store it anew.
base::Task<bool> is_whole(Store& store, ReplicaKeys keys, Record record);

}  // namespace openhash
