#pragma once
// Who owns a name, by the claims that stand at "<name>'s identity".

#include <vector>

#include "base/result.h"
#include "keys.h"
#include "openhash/rules.h"
#include "openhash/store.h"

namespace ohim {

/// Where a claim stands among rivals: the smallest wins (security.md, section 5).
using ClaimRank = std::array<std::uint8_t, 32>;
ClaimRank rank_of(const Name& name, const openhash::PublicKey& owner, std::uint32_t network);

/// This user's claim to her name. `flags` may be kWithdrawn.
openhash::Record make_claim(const UserKeys& keys, std::uint64_t sequence, std::uint8_t flags,
                            base::WallTime now);

/// The owners of claims that were not given up.
std::vector<openhash::PublicKey> live_claimants(const std::vector<openhash::Record>& found);

/// The owner of a name nobody here has met before. no_such_user, contested_name.
base::Result<openhash::PublicKey> sole_owner(const Name& name,
                                             const std::vector<openhash::Record>& found);

}  // namespace ohim
