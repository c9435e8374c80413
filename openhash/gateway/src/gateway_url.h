#pragma once
// "https://node.example.org:8443#sha256=ab12..." taken apart.

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace openhash::gateway {

struct GatewayUrl {
  bool tls = false;
  std::string host;       ///< a name, or an address in digits, without brackets
  std::string authority;  ///< host and port, as resolve() and the Host header want them
  base::Bytes pin;        ///< 32 bytes; empty: none

  /// `malformed`, with a sentence that says how to write it.
  static base::Result<GatewayUrl> parse(std::string_view url);
};

}  // namespace openhash::gateway
