#pragma once
// How a user shows herself, and what others see of her.

#include <cstdint>
#include <optional>
#include <string_view>

namespace basic {

/// How a user shows herself; `invisible` looks like off line to others. The numbers of the first
/// three are on the wire (docs/link.md).
enum class Show : std::uint8_t { online = 1, away = 2, busy = 3, invisible = 4 };
/// What is shown of a buddy.
enum class Presence { online, away, busy, offline, unknown };

std::string_view to_string(Show show);
std::string_view to_string(Presence presence);
std::optional<Show> parse_show(std::string_view word);

/// The byte that others may read; empty for everything else, so nobody announces that she hides.
std::optional<Show> show_from_wire(std::uint8_t byte);
Presence presence_of(Show show);

inline constexpr std::size_t kMaxStatusText = 64;  ///< bytes of UTF-8 (security.md 8)

}  // namespace basic
