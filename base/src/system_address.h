#pragma once
// Endpoints as the system calls know them.

#include <sys/socket.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/transport.h"

namespace base::system {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = sizeof(sockaddr_storage);

  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

/// AF_INET for an IPv4 endpoint, else AF_INET6.
int family_of(const Endpoint& endpoint);
/// As a socket of `family` takes it; size 0 if it cannot (IPv6 on an IPv4 socket).
SocketAddress to_socket_address(const Endpoint& endpoint, int family);
/// All zeros if it is neither IPv4 nor IPv6.
Endpoint to_endpoint(const sockaddr* address);
Endpoint local_endpoint(int socket);

/// A non-blocking socket bound to `local`, or why not. `type`: SOCK_DGRAM or SOCK_STREAM.
Result<int> bound_socket(const Endpoint& local, int type);

/// Transport::resolve, blocking.
Result<std::vector<Endpoint>> look_up(const std::string& host_and_port);
/// Transport::own_addresses.
std::vector<Endpoint> interface_addresses();

}  // namespace base::system
