#pragma once
// The vault: a sealed record at a secret place that keeps a user's private keys, so that name and
// password are all she needs on a blank machine.

#include <optional>

#include "base/entropy.h"
#include "keys.h"
#include "openhash/rules.h"
#include "password.h"

namespace ohim {

/// A new vault has sequence 1, so that it never replaces one by accident: the store refuses what is
/// not newer.
inline constexpr std::uint64_t kFirstVault = 1;

/// The record to store at `password_keys.vault`, signed for the first of these keys. `work` is the
/// vault owner's.
openhash::Record make_vault(const PasswordKeys& password_keys, const Name& name,
                            const VaultContent& content, const openhash::Rules& rules,
                            std::uint64_t sequence, std::uint64_t work, base::WallTime now,
                            base::Entropy& entropy);

/// The newest vault record among those found at its place; null if there is none.
const openhash::Record* find_vault(const PasswordKeys& password_keys,
                                   const std::vector<openhash::Record>& found);

/// Opens the vault among the records found at its place. `not_found`: there is none.
base::Result<VaultContent> open_vault(const PasswordKeys& password_keys, const Name& name,
                                      const openhash::Rules& rules,
                                      const std::vector<openhash::Record>& found);

}  // namespace ohim
