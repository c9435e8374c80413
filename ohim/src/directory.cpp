#include "directory.h"

#include "labelled.h"
#include "ohim/errc.h"
#include "records.h"

namespace ohim {
namespace {

enum class InboxMode : std::uint8_t { closed = 0 };

/// Prekeys, inbox and rotation come with a later version of the clients, in this same form.
base::Bytes claim_body(const UserKeys& keys) {
  constexpr std::size_t kNoPrekey = 4 + 32 + 8;
  constexpr std::size_t kNoPreviousOwner = 32 + 64;
  base::Writer body;
  body.bytes(keys.agreement_public());
  body.pad_to(body.size() + kNoPrekey);
  body.u8(static_cast<std::uint8_t>(InboxMode::closed)).u32(0);  // no capabilities yet
  body.pad_to(body.size() + kNoPreviousOwner);
  return body.take();
}

}  // namespace

ClaimRank rank_of(const Name& name, const openhash::PublicKey& owner, std::uint32_t network) {
  const base::Bytes content = base::Writer().text8(name.str()).bytes(owner).take();
  return labelled_hash<32>("ohim/1/claim-rank", network, content);
}

openhash::Record make_claim(const UserKeys& keys, std::uint64_t sequence, std::uint8_t flags,
                            base::WallTime now) {
  openhash::Record claim = make_named(keys, openhash::Kind::identity, sequence, now);
  claim.flags = flags;
  claim.body = claim_body(keys);
  sign_named(claim, keys);
  return claim;
}

std::vector<openhash::PublicKey> live_claimants(const std::vector<openhash::Record>& found) {
  std::vector<openhash::PublicKey> owners;
  for (const openhash::Record& record : found) {
    // A store gives the newest of each owner, but a claim must not outlive its withdrawal.
    const auto* const newest = newest_of(found, openhash::Kind::identity, record.owner);
    if (newest == &record && record.flags == 0) owners.push_back(record.owner);
  }
  return owners;
}

base::Result<openhash::PublicKey> sole_owner(const Name& name,
                                             const std::vector<openhash::Record>& found) {
  const std::vector<openhash::PublicKey> owners = live_claimants(found);
  if (owners.empty()) {
    return base::fail(Errc::no_such_user, "nobody is registered as " + name.str());
  }
  if (owners.size() == 1) return owners.front();
  std::string sentence = "several people claim the name " + name.str() +
                         "; ask yours for the fingerprint. The claims:";
  for (const openhash::PublicKey& owner : owners) sentence += "\n  " + fingerprint(name, owner);
  return base::fail(Errc::contested_name, std::move(sentence));
}

}  // namespace ohim
