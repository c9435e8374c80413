#include "gateway_url.h"

#include <algorithm>
#include <charconv>

namespace openhash::gateway {
namespace {

constexpr std::string_view kPin = "#sha256=";
constexpr std::size_t kPinSize = 32;

/// Takes `prefix` off, if it is there.
bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

/// What may stand in a name or an address; so nothing that is put into a header breaks it.
bool is_host(std::string_view text) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:";
  return !text.empty() && text.find_first_not_of(kAllowed) == std::string_view::npos;
}

base::Error no_url(std::string_view url) {
  return base::fail(base::Errc::malformed,
                    "'" + std::string(url) +
                        "' is no node: write http://HOST:PORT or https://HOST:PORT, for example "
                        "https://node.example.org:8443");
}

}  // namespace

base::Result<GatewayUrl> GatewayUrl::parse(std::string_view url) {
  GatewayUrl parsed;
  std::string_view rest = url;
  parsed.tls = take(rest, "https://");
  if (!parsed.tls && !take(rest, "http://")) return no_url(url);
  if (const auto hash = rest.find('#'); hash != std::string_view::npos) {
    std::string_view pin = rest.substr(hash);
    const auto bytes = take(pin, kPin) ? base::from_hex(pin) : std::nullopt;
    if (!parsed.tls || !bytes || bytes->size() != kPinSize) return no_url(url);
    parsed.pin = *bytes;
    rest = rest.substr(0, hash);
  }
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const bool bracketed = rest.starts_with('[');
  const auto end = bracketed ? rest.find(']') : std::min(rest.find(':'), rest.size());
  if (end == std::string_view::npos) return no_url(url);
  parsed.host = bracketed ? rest.substr(1, end - 1) : rest.substr(0, end);
  std::string_view port = rest.substr(bracketed ? end + 1 : end);
  if (port.empty()) port = parsed.tls ? ":443" : ":80";
  if (!is_host(parsed.host) || !take(port, ":") || !is_port(port)) return no_url(url);
  parsed.authority = bracketed ? "[" + parsed.host + "]" : parsed.host;
  parsed.authority.append(":").append(port);
  return parsed;
}

}  // namespace openhash::gateway
