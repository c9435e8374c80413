#pragma once
// From name and password to the vault: what a password must be worth, and what it opens.

#include "base/result.h"
#include "base/secret.h"
#include "base/task.h"
#include "base/workers.h"
#include "ohim/name.h"
#include "ohim/presence_detection.h"
#include "openhash/rules.h"

namespace ohim {

/// A new password: 8 to 1 024 bytes of UTF-8 without control characters, and at least `least_bits`
/// by zxcvbn, which knows the name. `weak_password` says what is wrong and what would do.
base::Result<void> check_password(const Name& name, const base::Secret& password,
                                  double least_bits);

/// What name and password give: the way to the vault, and its key.
struct PasswordKeys {
  openhash::ReplicaKeys vault;  ///< where it stands; known to nobody else
  base::Secret vault_owner;     ///< seed of the key that signs it
  base::Secret vault_sealing;   ///< opens it
};

/// Argon2id, so slow and large by design: run it on a worker. `failed` if memory is short.
base::Result<PasswordKeys> hash_password(const Name& name, const base::Secret& password,
                                         const PasswordCost& cost, std::uint32_t network);

/// The same on a worker. A password longer than any can be is `wrong_password`.
base::Task<base::Result<PasswordKeys>> hash_password_on(base::Workers& workers, Name name,
                                                        base::Secret password, PasswordCost cost,
                                                        std::uint32_t network);

}  // namespace ohim
