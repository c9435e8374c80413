#pragma once
// One question to a gateway, and its answer.

#include <string>

#include "base/world.h"

namespace openhash_tool {

/// Where a gateway is: "http://HOST:PORT", "https://HOST[:PORT]", or HOST:PORT, which is http.
struct GatewayAddress {
  bool tls = false;
  std::string host;
  std::string port;

  /// `malformed`, with a sentence.
  static base::Result<GatewayAddress> parse(std::string_view text);
};

/// The body of GET `target`, which must be answered with 200. `unreachable`, `timed_out`: nobody
/// is there; `refused`: there is no HTTP, or the certificate is not good.
base::Task<base::Result<std::string>> ask_gateway(base::World& world, GatewayAddress gateway,
                                                  std::string target);

}  // namespace openhash_tool
