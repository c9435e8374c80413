#pragma once
// The keys of one user: what the vault keeps, and all that is made from it (security.md, section
// 3).

#include <string_view>

#include "base/entropy.h"
#include "base/result.h"
#include "ohim/name.h"
#include "openhash/record.h"
#include "openhash/rules.h"

namespace ohim {

/// What the vault keeps; everything else can be made again from this.
struct VaultContent {
  base::Secret identity_seed;  ///< 32, Ed25519
  base::Secret agreement_key;  ///< 32, X25519; independent of the identity
  base::Secret data_key;       ///< 32, K
  std::uint32_t generation = 1;
  std::uint64_t work = 0;  ///< of the identity under its name: found once, repeated in each record
};

/// Fresh keys, without work.
VaultContent make_vault_content(base::Entropy& entropy);
base::Secret encode(const VaultContent& content);
/// `malformed`: another version, or damaged.
base::Result<VaultContent> decode_vault_content(const base::Secret& plain);

/// Where one chunk of a buddy list stands, and who signs it.
struct ChunkPlace {
  openhash::ReplicaKeys keys;
  openhash::SigningKey owner;
};

class UserKeys {
 public:
  UserKeys(Name name, std::uint32_t network, VaultContent content);

  [[nodiscard]] const Name& name() const { return name_; }
  [[nodiscard]] std::uint32_t network() const { return network_; }
  [[nodiscard]] std::uint64_t work() const { return content_.work; }
  [[nodiscard]] const VaultContent& vault_content() const { return content_; }
  [[nodiscard]] const openhash::SigningKey& identity() const { return identity_; }
  [[nodiscard]] std::array<std::uint8_t, 32> agreement_public() const;

  /// Seals the buddy list's manifest and its chunks.
  [[nodiscard]] const base::Secret& list_key() const { return list_key_; }
  [[nodiscard]] ChunkPlace list_chunk(std::uint8_t set, std::uint16_t index) const;
  /// For a purpose of the client's own.
  [[nodiscard]] base::Secret derive(std::string_view purpose) const;

 private:
  Name name_;
  std::uint32_t network_;
  VaultContent content_;
  openhash::SigningKey identity_;
  base::Secret list_key_;
};

}  // namespace ohim
