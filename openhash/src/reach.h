#pragma once
// What an address says about who is behind it: which network it is of, and whether that is a local
// one.

#include <array>
#include <cstdint>

#include "base/transport.h"

namespace openhash {

/// The part of an address that one customer has: the /24 of IPv4, the /64 of IPv6. All zeros: none.
using Prefix = std::array<std::uint8_t, 8>;
Prefix prefix_of(const base::Endpoint& endpoint);

/// One host: an IPv4 address, or the /64 of IPv6, all of which one host may use. Port 0.
base::Endpoint host_of(const base::Endpoint& endpoint);

/// Loopback, private (RFC 1918, RFC 4193) or link-local: no stranger comes from there.
bool is_local(const base::Endpoint& endpoint);

/// For hash tables that strangers fill: who does not know `salt` cannot aim at one place.
std::uint64_t salted_hash(base::ByteView bytes, std::uint64_t salt);

struct EndpointHash {
  std::uint64_t salt = 0;
  std::size_t operator()(const base::Endpoint& endpoint) const {
    return static_cast<std::size_t>(salted_hash(endpoint.address, salt ^ endpoint.port));
  }
};

}  // namespace openhash
