#pragma once
// What can go wrong in presence detection, as far as a client tells its user different things.

#include <system_error>

namespace ohim {

enum class Errc {
  name_invalid = 1,  ///< not [a-z][a-z0-9._-]{2,31}
  name_taken,        ///< registered by somebody else, or lost in a race
  weak_password,     ///< the sentence says why and what would do
  wrong_password,    ///< the name exists, but this password opens nothing
  no_such_user,      ///< nobody registered this name
  contested_name,    ///< several keys claim the name; the fingerprint must decide
  key_changed,       ///< the name now belongs to another key than the one pinned
  not_signed_on,
  already_signed_on,
  not_a_buddy,
  store_unavailable,  ///< no node answered; nothing was lost, try again
};

const std::error_category& error_category() noexcept;
std::error_code make_error_code(Errc code) noexcept;

}  // namespace ohim

template <>
struct std::is_error_code_enum<ohim::Errc> : std::true_type {};
