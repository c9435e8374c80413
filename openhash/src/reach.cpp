#include "reach.h"

#include <algorithm>
#include <cstring>

namespace openhash {
namespace {

constexpr std::size_t kV4At = 12;  // where an IPv4 address begins in its mapped form
constexpr std::size_t kV6Network = 8;

}  // namespace

Prefix prefix_of(const base::Endpoint& endpoint) {
  Prefix prefix{};
  if (endpoint.is_v4()) {
    prefix = {0xff, 0xff, 0, 0, 4};  // multicast in IPv6, so no /64 is taken for it
    std::copy_n(endpoint.address.begin() + kV4At, 3, prefix.begin() + 5);
  } else {
    std::copy_n(endpoint.address.begin(), prefix.size(), prefix.begin());
  }
  return prefix;
}

base::Endpoint host_of(const base::Endpoint& endpoint) {
  base::Endpoint host = endpoint;
  host.port = 0;
  if (!host.is_v4()) std::fill(host.address.begin() + kV6Network, host.address.end(), 0);
  return host;
}

bool is_local(const base::Endpoint& endpoint) {
  if (endpoint.is_loopback()) return true;
  if (!endpoint.is_v4()) {
    const std::uint8_t first = endpoint.address[0];
    return (first & 0xfe) == 0xfc || (first == 0xfe && (endpoint.address[1] & 0xc0) == 0x80);
  }
  const std::uint8_t a = endpoint.address[kV4At];
  const std::uint8_t b = endpoint.address[kV4At + 1];
  return a == 10 || (a == 172 && (b & 0xf0) == 16) || (a == 192 && b == 168) ||
         (a == 169 && b == 254);
}

std::uint64_t salted_hash(base::ByteView bytes, std::uint64_t salt) {
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15;
  std::uint64_t hash = salt;
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t size = std::min(bytes.size(), sizeof word);
    std::memcpy(&word, bytes.data(), size);
    hash = (hash ^ word) * kOdd;
    hash ^= hash >> 29;
    hash += salt;
    bytes = bytes.subspan(size);
  }
  hash *= kOdd;
  return hash ^ hash >> 32;
}

}  // namespace openhash
