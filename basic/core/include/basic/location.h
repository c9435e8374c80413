#pragma once
// Basic's location: where a user accepts connections, by which key to know her there, and how she
// is. The paper's BasicLocation. docs/link.md has its bytes.

#include <array>
#include <string>
#include <vector>

#include "basic/show.h"
#include "ohim/presence_detection.h"

namespace basic {

/// SHA-256.
using Digest = std::array<std::uint8_t, 32>;

class Location final : public ohim::Location {
 public:
  static constexpr std::size_t kMaxEndpoints = 4;

  Show show = Show::online;
  ohim::PlaceId device = 0;  ///< random for each run of a client
  Digest tls_key{};          ///< hash of the TLS key of this run
  std::array<std::uint8_t, 16> knock_key{};
  std::vector<base::Endpoint> addresses;  ///< at most kMaxEndpoints
  base::WallTime since{};                 ///< of `show`
  std::string text;                       ///< at most kMaxStatusText bytes

  [[nodiscard]] std::vector<base::Endpoint> endpoints() const override { return addresses; }
  /// Nothing at all while invisible: that is a blank location.
  [[nodiscard]] base::Bytes to_bytes() const override;
  base::Result<void> from_bytes(base::ByteView bytes) override;
  [[nodiscard]] ohim::PlaceId place() const override { return device; }
};

}  // namespace basic
