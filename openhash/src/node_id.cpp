#include "node_id.h"

#include <algorithm>

namespace openhash {
namespace {

constexpr std::uint8_t kClientBit = 0x80;
constexpr std::uint8_t kVariants = 8;
constexpr std::size_t kV4At = 12;
constexpr std::uint8_t kV4Mask[] = {0x03, 0x0f, 0x3f, 0xff};
constexpr std::uint8_t kV6Mask[] = {0x01, 0x03, 0x07, 0x0f, 0x1f, 0x3f, 0x7f, 0xff};

constexpr std::array<std::uint32_t, 256> kCrcTable = [] {
  constexpr std::uint32_t kCastagnoli = 0x82f63b78;  // bits reversed
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? kCastagnoli : 0);
    table[byte] = crc;
  }
  return table;
}();

/// The first 21 bits of the ids that end in `last`, in the upper bits.
std::uint32_t beginning(const base::Endpoint& endpoint, std::uint8_t last) {
  const bool v4 = endpoint.is_v4();
  const auto* const address = endpoint.address.data() + (v4 ? kV4At : 0);
  const base::ByteView mask = v4 ? base::ByteView(kV4Mask) : base::ByteView(kV6Mask);
  std::uint32_t crc = ~std::uint32_t{0};
  for (std::size_t i = 0; i < mask.size(); ++i) {
    auto byte = static_cast<std::uint8_t>(address[i] & mask[i]);
    if (i == 0) byte = static_cast<std::uint8_t>(byte | (last & (kVariants - 1)) << 5);
    crc = crc >> 8 ^ kCrcTable[(crc ^ byte) & 0xff];
  }
  return ~crc & 0xfffff800;
}

}  // namespace

bool fits(base::ByteView id, const base::Endpoint& endpoint) {
  if (id.size() != NodeId{}.size() || is_client_id(id)) return false;
  const std::uint32_t first = std::uint32_t{id[0]} << 24 | id[1] << 16 | (id[2] & 0xf8) << 8;
  return first == beginning(endpoint, id.back());
}

bool is_client_id(base::ByteView id) { return (id.back() & kClientBit) != 0; }

NodeId draw_client_id(base::Entropy& entropy) {
  NodeId id{};
  entropy.fill(id);
  id.back() |= kClientBit;
  return id;
}

NodeId draw_node_id(base::Entropy& entropy) {
  NodeId id{};
  entropy.fill(id);
  id.back() = static_cast<std::uint8_t>(id.back() & ~kClientBit);
  return id;
}

NodeId draw_node_id(base::Entropy& entropy, const base::Endpoint& endpoint) {
  NodeId id = draw_node_id(entropy);
  const std::uint32_t first = beginning(endpoint, id.back());
  id[0] = static_cast<std::uint8_t>(first >> 24);
  id[1] = static_cast<std::uint8_t>(first >> 16);
  id[2] = static_cast<std::uint8_t>((first >> 8 & 0xf8) | (id[2] & 0x07));
  return id;
}

}  // namespace openhash
