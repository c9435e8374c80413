#pragma once
// Which records a network takes. Storage nodes ask before they store, readers ask again.

#include <array>
#include <atomic>
#include <optional>

#include "openhash/record.h"

namespace openhash {

/// What all members of one network agree on.
struct Rules {
  std::uint32_t network = 0;
  /// Leading zero bits of the proof of work over (name, owner): 1 s of one core, once a user.
  unsigned work_named = 22;
  /// The same over the owner of an opaque record: 15 ms.
  unsigned work_opaque = 16;
};

/// The key of a named record: "milhouse's location" and its kin. Empty for kinds without a name.
std::optional<Key> key_of(Kind kind, std::string_view name);

/// Where a record stands that must not get lost: at three keys, so with different nodes.
inline constexpr std::size_t kReplicaKeys = 3;
using ReplicaKeys = std::array<Key, kReplicaKeys>;
/// key_of() is the first; the others are those of "1/milhouse's identity" and "2/...". Empty for
/// kinds that stand at one key, or have no name.
std::optional<ReplicaKeys> replica_keys(Kind kind, std::string_view name);
/// How long a record of this kind may be valid.
std::chrono::seconds validity_cap(Kind kind);

/// The first nonce with enough work for this kind, name and owner. Slow: run it on a worker.
/// Empty if `stop` became true first.
std::optional<std::uint64_t> find_work(const Rules& rules, Kind kind, std::string_view name,
                                       const PublicKey& owner, const std::atomic<bool>& stop);
bool has_work(const Rules& rules, const Record& record);

/// All checks that need nothing but the record: form, name, key, work, validity, signature, not
/// issued in the future (10 min of grace). Whether it is still valid is `is_current`.
base::Result<Record> open_record(const Rules& rules, const Key& key, base::ByteView bytes,
                                 base::WallTime now);
/// Valid now, with grace for clocks that differ: 5 minutes where the validity is longer than an
/// hour, one for notices, which do no harm.
bool is_current(const Record& record, base::WallTime now);
/// Whether a node that holds `held` takes `offered` in its place: same owner and kind, and a higher
/// sequence.
bool supersedes(const Record& offered, const Record& held);

/// The notice that goes with a changed record. It shares the record's sequence and work.
Record make_notice(const Record& changed, const Rules& rules, const Key& key,
                   const SigningKey& signer, base::WallTime now);

}  // namespace openhash
