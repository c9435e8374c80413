#pragma once
// What a password is worth, for those who choose one: said while they type. register_user() asks
// the same and has the last word.

#include <string_view>

#include "base/secret.h"
#include "ohim/presence_detection.h"

namespace ohim {

struct PasswordStrength {
  enum class Verdict {
    too_short,  ///< under 8 bytes
    too_long,   ///< over 1 024 bytes
    unusable,   ///< control characters, or not UTF-8
    guessable,  ///< under `needed`
    enough,
  };
  Verdict verdict = Verdict::too_short;
  double bits = 0;  ///< as zxcvbn guesses; 0 where it was not asked
  double needed = 0;
};

/// `name` as typed so far, valid or not: a password made of it is worth little. Takes well under a
/// millisecond for what people type; of longer ones only the first 100 bytes are looked at.
PasswordStrength password_strength(std::string_view name, const base::Secret& password,
                                   double needed = PasswordCost{}.least_bits);

}  // namespace ohim
