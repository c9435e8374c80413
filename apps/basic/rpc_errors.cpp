#include "rpc_errors.h"

#include <array>

#include "base/result.h"
#include "ohim/errc.h"

using namespace rpc_kind;

std::span<const RpcKind> rpc_kinds() {
  static constexpr std::array kAll{name_taken,        name_invalid,  weak_password, wrong_password,
                                   no_such_user,      not_signed_on, not_a_buddy,   unreachable,
                                   store_unavailable, refused,       bad_request};
  return kAll;
}

const RpcKind& rpc_kind_of(const std::error_code& code) {
  struct Row {
    std::error_code code;
    const RpcKind& kind;
  };
  static const std::array kTable{
      Row{ohim::Errc::name_invalid, name_invalid},
      Row{ohim::Errc::name_taken, name_taken},
      Row{ohim::Errc::weak_password, weak_password},
      Row{ohim::Errc::wrong_password, wrong_password},
      Row{ohim::Errc::no_such_user, no_such_user},
      Row{ohim::Errc::contested_name, refused},
      Row{ohim::Errc::key_changed, refused},
      Row{ohim::Errc::not_signed_on, not_signed_on},
      Row{ohim::Errc::already_signed_on, refused},
      Row{ohim::Errc::not_a_buddy, not_a_buddy},
      Row{ohim::Errc::store_unavailable, store_unavailable},
      Row{base::Errc::not_found, no_such_user},
      Row{base::Errc::refused, refused},
      Row{base::Errc::conflict, refused},
      Row{base::Errc::unreachable, unreachable},
      Row{base::Errc::timed_out, unreachable},
      Row{base::Errc::closed, unreachable},
      Row{base::Errc::malformed, bad_request},
      Row{base::Errc::too_large, bad_request},
      Row{base::Errc::failed, refused},
  };
  for (const Row& row : kTable)
    if (row.code == code) return row.kind;
  return refused;
}
