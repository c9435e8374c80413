#include "system_address.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <system_error>

namespace base::system {

namespace {

std::string words_for(int error) { return std::generic_category().message(error); }

Error bind_error(const Endpoint& local, int error) {
  const std::string where = local.to_string();
  switch (error) {
    case EADDRINUSE:
      return fail(Errc::conflict, where + " is in use by another program; choose another port");
    case EACCES:
      return fail(Errc::refused, where +
                                     " needs rights that this program lacks; ports from 1024 "
                                     "on are free to use");
    case EADDRNOTAVAIL:
      return fail(Errc::not_found, where + " is not an address of this machine");
    case EAFNOSUPPORT:
      return fail(Errc::not_found, where +
                                       ": this machine does not speak IPv6; use an IPv4 "
                                       "address, such as 0.0.0.0");
    default:
      return fail(Errc::failed, "cannot open " + where + ": " + words_for(error));
  }
}

/// fe80::/10: useless without naming an interface.
bool is_link_local_v6(const Endpoint& endpoint) {
  return endpoint.address[0] == 0xfe && (endpoint.address[1] & 0xc0) == 0x80;
}

}  // namespace

int family_of(const Endpoint& endpoint) { return endpoint.is_v4() ? AF_INET : AF_INET6; }

SocketAddress to_socket_address(const Endpoint& endpoint, int family) {
  SocketAddress address;
  if (family == AF_INET6) {
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(endpoint.port);
    std::memcpy(&six.sin6_addr, endpoint.address.data(), 16);
    std::memcpy(&address.storage, &six, sizeof six);
    address.size = sizeof six;
  } else if (endpoint.is_v4()) {
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = htons(endpoint.port);
    std::memcpy(&four.sin_addr, endpoint.address.data() + 12, 4);
    std::memcpy(&address.storage, &four, sizeof four);
    address.size = sizeof four;
  } else {
    address.size = 0;
  }
  return address;
}

Endpoint to_endpoint(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, address, sizeof four);
    std::array<std::uint8_t, 4> octets{};
    std::memcpy(octets.data(), &four.sin_addr, 4);
    return Endpoint::v4(octets[0], octets[1], octets[2], octets[3], ntohs(four.sin_port));
  }
  Endpoint endpoint;
  if (address->sa_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, address, sizeof six);
    std::memcpy(endpoint.address.data(), &six.sin6_addr, 16);
    endpoint.port = ntohs(six.sin6_port);
  }
  return endpoint;
}

Endpoint local_endpoint(int socket) {
  SocketAddress address;
  if (::getsockname(socket, address.get(), &address.size) != 0) return {};
  return to_endpoint(address.get());
}

Result<int> bound_socket(const Endpoint& local, int type) {
  const int family = family_of(local);
  const int fd = ::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return bind_error(local, errno);
  const int on = 1;
  const int off = 0;
  // A restarted program gets its port back at once; for UDP it would let two share one port.
  if (type == SOCK_STREAM) ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  // [::] serves both families, so that one socket is enough.
  if (family == AF_INET6) ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  const SocketAddress address = to_socket_address(local, family);
  if (::bind(fd, address.get(), address.size) != 0) {
    const int error = errno;
    ::close(fd);
    return bind_error(local, error);
  }
  return fd;
}

Result<std::vector<Endpoint>> look_up(const std::string& host_and_port) {
  if (const auto number = Endpoint::parse(host_and_port)) return std::vector<Endpoint>{*number};
  const std::size_t colon = host_and_port.rfind(':');
  const std::string host = host_and_port.substr(0, colon);
  const std::string digits = colon == std::string::npos ? "" : host_and_port.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (host.empty() || host.find_first_of(":[]\0 ", 0, 5) != std::string::npos ||
      bad != std::errc{} || end != digits.data() + digits.size()) {
    return fail(Errc::malformed, "\"" + host_and_port +
                                     "\" is not an address; write host:port, e.g. "
                                     "node.example.org:6824");
  }
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;  // or each address comes once per type
  addrinfo* found = nullptr;
  const int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
  if (error == EAI_AGAIN) {
    return fail(Errc::unreachable, "no name server answered for " + host + "; is the line up?");
  }
  if (error != 0) return fail(Errc::not_found, "there is no host named " + host);
  std::vector<Endpoint> all;
  for (const addrinfo* next = found; next != nullptr; next = next->ai_next) {
    Endpoint endpoint = to_endpoint(next->ai_addr);
    endpoint.port = port;
    if (std::ranges::find(all, endpoint) == all.end()) all.push_back(endpoint);
  }
  ::freeaddrinfo(found);
  if (all.empty()) return fail(Errc::not_found, host + " has no IP address");
  return all;
}

std::vector<Endpoint> interface_addresses() {
  ifaddrs* interfaces = nullptr;
  if (::getifaddrs(&interfaces) != 0) return {};
  std::vector<Endpoint> all;
  for (const ifaddrs* next = interfaces; next != nullptr; next = next->ifa_next) {
    if (next->ifa_addr == nullptr || (next->ifa_flags & IFF_UP) == 0) continue;
    Endpoint endpoint = to_endpoint(next->ifa_addr);
    endpoint.port = 0;
    if (endpoint.is_unspecified() || is_link_local_v6(endpoint)) continue;
    if (std::ranges::find(all, endpoint) == all.end()) all.push_back(endpoint);
  }
  ::freeifaddrs(interfaces);
  const auto rank = [](const Endpoint& endpoint) {
    return endpoint.is_loopback() ? 2 : endpoint.is_v4() ? 0 : 1;
  };
  std::ranges::stable_sort(all, {}, rank);
  return all;
}

}  // namespace base::system
