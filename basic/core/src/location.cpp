#include "basic/location.h"

#include <algorithm>

#include "basic/display.h"

namespace basic {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint64_t kLastSecond = 253'402'300'799;  // of the year 9999
constexpr std::size_t kEndpointBytes = 1 + 16 + 2;

void write(base::Writer& out, const base::Endpoint& endpoint) {
  out.u8(endpoint.is_v4() ? 4 : 6).bytes(endpoint.address).u16(endpoint.port);
}

std::optional<base::Endpoint> read_endpoint(base::Reader& in) {
  const std::uint8_t family = in.u8();
  base::Endpoint endpoint;
  endpoint.address = in.array<16>();
  endpoint.port = in.u16();
  const bool fits = family == (endpoint.is_v4() ? 4 : 6);
  return fits ? std::optional(endpoint) : std::nullopt;
}

bool all_zero(base::ByteView bytes) {
  return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

base::Error malformed(const char* what) { return base::fail(base::Errc::malformed, what); }

}  // namespace

base::Bytes Location::to_bytes() const {
  if (show == Show::invisible) return {};
  const std::size_t count = std::min(addresses.size(), kMaxEndpoints);
  base::Writer out;
  out.u8(kVersion).u8(static_cast<std::uint8_t>(show)).u16(0).u64(device);
  out.bytes(tls_key).bytes(knock_key).u8(static_cast<std::uint8_t>(count));
  const std::size_t places_end = out.size() + kMaxEndpoints * kEndpointBytes;
  for (std::size_t i = 0; i < count; ++i) write(out, addresses[i]);
  out.pad_to(places_end);
  out.u64(static_cast<std::uint64_t>(since.time_since_epoch().count()));
  out.text8(std::string_view(text).substr(0, kMaxStatusText));
  return out.take();
}

base::Result<void> Location::from_bytes(base::ByteView bytes) {
  if (bytes.empty()) {
    *this = Location();
    show = Show::invisible;
    return {};
  }
  base::Reader in(bytes);
  Location read;
  if (in.u8() != kVersion) return malformed("a location of an unknown version");
  const auto read_show = show_from_wire(in.u8());
  if (!read_show) return malformed("a location with an unknown status");
  read.show = *read_show;
  in.u16();  // flags: none known yet
  read.device = in.u64();
  read.tls_key = in.array<32>();
  read.knock_key = in.array<16>();
  const std::size_t count = in.u8();
  if (count > kMaxEndpoints) return malformed("a location with too many endpoints");
  base::Reader places(in.bytes(kMaxEndpoints * kEndpointBytes));
  for (std::size_t i = 0; i < count; ++i) {
    const auto endpoint = read_endpoint(places);
    if (!endpoint) return malformed("a location with an endpoint of no known kind");
    read.addresses.push_back(*endpoint);
  }
  const std::uint64_t seconds = in.u64();
  if (seconds > kLastSecond) return malformed("a location from beyond the calendar");
  read.since = base::WallTime(std::chrono::seconds(seconds));
  read.text = in.text8();
  if (read.text.size() > kMaxStatusText || !is_utf8(read.text)) {
    return malformed("a location with a text that is not one");
  }
  if (!in.finished() || !all_zero(places.rest())) {
    return malformed("a location of the wrong size, or with something in its padding");
  }
  *this = std::move(read);
  return {};
}

}  // namespace basic
