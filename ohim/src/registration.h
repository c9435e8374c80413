#pragma once
// Claiming a name (security.md, section 5). One object is one attempt.
//
// The vault is stored before the claim, not after it: it stands at a secret place, so it tells
// nobody anything, and if the process dies between the two, the same name and password find the
// same keys again and finish the claim. The other way round a crash would lose the name for as long
// as the claim is valid. For the same reason the blank list, stored last, marks a registration as
// complete.

#include <optional>

#include "base/world.h"
#include "directory.h"
#include "ohim/presence_detection.h"
#include "openhash/store.h"
#include "password.h"

namespace ohim {

class Registration {
 public:
  /// `world` and `store` are borrowed and outlive this.
  Registration(base::World& world, openhash::Store& store, PresenceOptions options, Name name,
               OnProgress progress);

  /// As PresenceDetection::register_user(), for a password that was found strong enough.
  base::Task<base::Result<openhash::PublicKey>> run(base::Secret password);

 private:
  using Done = base::Task<base::Result<void>>;
  enum class Verdict {
    unopposed,  ///< ours alone was found
    rivalled,   ///< ours, and others of lower rank
    outranked,  ///< another of higher rank
    shut_out,   ///< others of lower rank, and not ours
    missing,    ///< none at all
  };

  Done look_up_name();
  Done make_vault_unless_found();
  Done claim();
  Done settle();
  Done withdraw();
  Done put_claim(openhash::Record claim);
  Done store_blanks();
  base::Task<base::Result<Verdict>> judge();
  Done give_up(base::Error why);
  [[nodiscard]] bool is_mine(const openhash::PublicKey& owner) const;
  [[nodiscard]] base::Error taken() const;
  [[nodiscard]] base::Error contested() const;
  void tell(Progress progress) const;

  base::World& world_;
  openhash::Store& store_;
  PresenceOptions options_;
  Name name_;
  OnProgress progress_;
  std::optional<PasswordKeys> password_keys_;
  std::optional<UserKeys> keys_;
  std::uint64_t claim_sequence_ = 0;  // of our newest claim, if any
};

}  // namespace ohim
