#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "base/transport.h"

namespace base {

namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::optional<std::uint16_t> parse_port(std::string_view digits) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return port;
}

}  // namespace

Endpoint Endpoint::v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d,
                      std::uint16_t port) {
  Endpoint endpoint;
  std::ranges::copy(kMappedPrefix, endpoint.address.begin());
  endpoint.address[12] = a;
  endpoint.address[13] = b;
  endpoint.address[14] = c;
  endpoint.address[15] = d;
  endpoint.port = port;
  return endpoint;
}

std::optional<Endpoint> Endpoint::parse(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = parse_port(text.substr(colon + 1));
  if (!port) return std::nullopt;
  std::string host(text.substr(0, colon));
  if (host.find('\0') != std::string::npos) return std::nullopt;

  in_addr four{};
  if (inet_pton(AF_INET, host.c_str(), &four) == 1) {
    const std::uint32_t bits = ntohl(four.s_addr);
    return v4(static_cast<std::uint8_t>(bits >> 24), static_cast<std::uint8_t>(bits >> 16),
              static_cast<std::uint8_t>(bits >> 8), static_cast<std::uint8_t>(bits), *port);
  }
  if (host.size() < 2 || host.front() != '[' || host.back() != ']') return std::nullopt;
  host = host.substr(1, host.size() - 2);
  Endpoint endpoint;
  endpoint.port = *port;
  if (inet_pton(AF_INET6, host.c_str(), endpoint.address.data()) != 1) return std::nullopt;
  return endpoint;
}

bool Endpoint::is_v4() const {
  return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), address.begin());
}

bool Endpoint::is_loopback() const {
  if (is_v4()) return address[12] == 127;
  return address[15] == 1 && std::all_of(address.begin(), address.begin() + 15,
                                         [](std::uint8_t byte) { return byte == 0; });
}

bool Endpoint::is_unspecified() const {
  return std::all_of(address.begin() + (is_v4() ? 12 : 0), address.end(),
                     [](std::uint8_t byte) { return byte == 0; });
}

std::string Endpoint::to_string() const {
  char text[INET6_ADDRSTRLEN] = "";
  if (is_v4()) {
    inet_ntop(AF_INET, address.data() + 12, text, sizeof text);
    return std::string(text) + ':' + std::to_string(port);
  }
  inet_ntop(AF_INET6, address.data(), text, sizeof text);
  return '[' + std::string(text) + "]:" + std::to_string(port);
}

}  // namespace base
