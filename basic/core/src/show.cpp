#include "basic/show.h"

namespace basic {

std::string_view to_string(Show show) {
  switch (show) {
    case Show::online:
      return "online";
    case Show::away:
      return "away";
    case Show::busy:
      return "busy";
    case Show::invisible:
      return "invisible";
  }
  return "online";
}

std::string_view to_string(Presence presence) {
  switch (presence) {
    case Presence::online:
      return "online";
    case Presence::away:
      return "away";
    case Presence::busy:
      return "busy";
    case Presence::offline:
      return "offline";
    case Presence::unknown:
      return "unknown";
  }
  return "unknown";
}

std::optional<Show> parse_show(std::string_view word) {
  for (const Show show : {Show::online, Show::away, Show::busy, Show::invisible}) {
    if (word == to_string(show)) return show;
  }
  return std::nullopt;
}

std::optional<Show> show_from_wire(std::uint8_t byte) {
  if (byte < 1 || byte > 3) return std::nullopt;
  return static_cast<Show>(byte);
}

Presence presence_of(Show show) {
  switch (show) {
    case Show::online:
      return Presence::online;
    case Show::away:
      return Presence::away;
    case Show::busy:
      return Presence::busy;
    case Show::invisible:
      return Presence::offline;
  }
  return Presence::online;
}

}  // namespace basic
