#pragma once
// Finding one's way among the records at a key, and the start of every named record.

#include <vector>

#include "keys.h"
#include "openhash/rules.h"

namespace ohim {

/// The newest record of this kind and owner; null if there is none. The rest is noise, or hostile.
const openhash::Record* newest_of(const std::vector<openhash::Record>& found, openhash::Kind kind,
                                  const openhash::PublicKey& owner);

/// The key of a kind that has one, or the first of several.
openhash::Key named_key(openhash::Kind kind, const Name& name);
/// The keys of a kind that must not get lost.
openhash::ReplicaKeys named_keys(openhash::Kind kind, const Name& name);

/// A sequence above `seen` that also grows from run to run: nobody has to remember it.
std::uint64_t next_sequence(std::uint64_t seen, base::WallTime now);

/// A record of this user, valid for as long as its kind may be; body and flags are to be filled in,
/// then sign_named() completes it, for its (first) key.
openhash::Record make_named(const UserKeys& keys, openhash::Kind kind, std::uint64_t sequence,
                            base::WallTime now);
void sign_named(openhash::Record& record, const UserKeys& keys);

}  // namespace ohim
