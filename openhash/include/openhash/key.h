#pragma once
// Where a record lives: 160 bits, as the paper has it the hash of a string such as
// "milhouse's location".

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace openhash {

struct Key {
  std::array<std::uint8_t, 20> bytes{};

  /// SHA-1 of `text`, exactly these bytes (the engine's own rule for strings).
  static Key of(std::string_view text);
  /// What people write for a key: 40 hexadecimal digits, or a text such as "Milhouse's location",
  /// of which the key is of(canonical(text)).
  static Key parse(std::string_view text);
  [[nodiscard]] std::string hex() const { return base::to_hex(bytes); }
  auto operator<=>(const Key&) const = default;
};

/// What people type is what is stored: names are lower case, so "Milhouse's location" becomes
/// "milhouse's location". Text without "'s " is returned as it is.
std::string canonical(std::string_view text);

}  // namespace openhash
