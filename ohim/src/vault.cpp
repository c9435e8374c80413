#include "vault.h"

#include <algorithm>

#include "records.h"
#include "seal.h"

namespace ohim {
namespace {

SealedPlace place_of(const PasswordKeys& keys, const Name& name, const openhash::Rules& rules,
                     const openhash::PublicKey& owner, std::uint64_t sequence) {
  return {"ohim/1/vault", rules.network, name.str(), keys.vault[0], owner, sequence};
}

}  // namespace

openhash::Record make_vault(const PasswordKeys& password_keys, const Name& name,
                            const VaultContent& content, const openhash::Rules& rules,
                            std::uint64_t sequence, std::uint64_t work, base::WallTime now,
                            base::Entropy& entropy) {
  const openhash::SigningKey owner(password_keys.vault_owner);
  openhash::Record record;
  record.kind = openhash::Kind::opaque;
  record.sequence = sequence;
  record.issued = now;
  record.valid_for = openhash::validity_cap(record.kind);
  record.work = work;
  const SealedPlace place =
      place_of(password_keys, name, rules, owner.public_key(), record.sequence);
  record.body = seal(password_keys.vault_sealing, place, encode(content).view(), entropy);
  openhash::sign(record, rules.network, password_keys.vault[0], owner);
  return record;
}

const openhash::Record* find_vault(const PasswordKeys& password_keys,
                                   const std::vector<openhash::Record>& found) {
  const openhash::SigningKey owner(password_keys.vault_owner);
  return newest_of(found, openhash::Kind::opaque, owner.public_key());
}

base::Result<VaultContent> open_vault(const PasswordKeys& password_keys, const Name& name,
                                      const openhash::Rules& rules,
                                      const std::vector<openhash::Record>& found) {
  const openhash::Record* const record = find_vault(password_keys, found);
  if (record == nullptr || record->blank()) {
    return base::fail(base::Errc::not_found, "no vault for this name and password");
  }
  const SealedPlace place = place_of(password_keys, name, rules, record->owner, record->sequence);
  const auto plain = unseal(password_keys.vault_sealing, place, record->body);
  if (!plain) return plain.error();
  return decode_vault_content(*plain);
}

}  // namespace ohim
