#pragma once
// What went wrong, in the words of the RPC contract (docs/rpc.md).

#include <span>
#include <string_view>
#include <system_error>

struct RpcKind {
  std::string_view name;   ///< `error.data.kind`
  int code;                ///< `error.code`
  std::string_view about;  ///< for --help
};

namespace rpc_kind {
inline constexpr RpcKind name_taken{"NameTaken", -32001, "somebody else registered this name"};
inline constexpr RpcKind name_invalid{"NameInvalid", -32002, "a name is [a-z][a-z0-9._-]{2,31}"};
inline constexpr RpcKind weak_password{"WeakPassword", -32003, "too easy to guess; says why"};
inline constexpr RpcKind wrong_password{"WrongPassword", -32004,
                                        "the user exists, but no such password"};
inline constexpr RpcKind no_such_user{"NoSuchUser", -32005, "nobody registered this name"};
inline constexpr RpcKind not_signed_on{"NotSignedOn", -32006, "needs a signOn first"};
inline constexpr RpcKind not_a_buddy{"NotABuddy", -32007, "needs an addBuddy first"};
inline constexpr RpcKind unreachable{"Unreachable", -32008,
                                     "the buddy is off line; nothing is kept"};
inline constexpr RpcKind store_unavailable{"StoreUnavailable", -32009,
                                           "no node answered; try again"};
inline constexpr RpcKind refused{"Refused", -32010, "somebody entitled to decide said no"};
inline constexpr RpcKind bad_request{"BadRequest", -32602,
                                     "not JSON-RPC 2.0, or not these parameters"};
}  // namespace rpc_kind

/// All of them, in the order of the contract.
std::span<const RpcKind> rpc_kinds();

/// The one table from our errors to the contract's.
const RpcKind& rpc_kind_of(const std::error_code& code);
