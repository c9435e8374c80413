#include "records.h"

#include <algorithm>

namespace ohim {

const openhash::Record* newest_of(const std::vector<openhash::Record>& found, openhash::Kind kind,
                                  const openhash::PublicKey& owner) {
  const openhash::Record* newest = nullptr;
  for (const openhash::Record& record : found) {
    if (record.kind != kind || record.owner != owner) continue;
    if (newest == nullptr || record.sequence > newest->sequence) newest = &record;
  }
  return newest;
}

openhash::Key named_key(openhash::Kind kind, const Name& name) {
  return openhash::key_of(kind, name.str()).value();
}

openhash::ReplicaKeys named_keys(openhash::Kind kind, const Name& name) {
  return openhash::replica_keys(kind, name.str()).value();
}

std::uint64_t next_sequence(std::uint64_t seen, base::WallTime now) {
  const auto seconds = static_cast<std::uint64_t>(now.time_since_epoch().count());
  return std::max(seen + 1, seconds);
}

openhash::Record make_named(const UserKeys& keys, openhash::Kind kind, std::uint64_t sequence,
                            base::WallTime now) {
  openhash::Record record;
  record.kind = kind;
  record.name = keys.name().str();
  record.sequence = sequence;
  record.issued = now;
  record.valid_for = openhash::validity_cap(kind);
  record.work = keys.work();
  return record;
}

void sign_named(openhash::Record& record, const UserKeys& keys) {
  openhash::sign(record, keys.network(), named_key(record.kind, keys.name()), keys.identity());
}

}  // namespace ohim
