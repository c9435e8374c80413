#pragma once
// A third party who tries to change what others read at a user's keys.

#include <cstdint>
#include <string>
#include <vector>

#include "openhash/node.h"

namespace hostile {

struct Target {
  std::string host;
  std::uint16_t port = 0;
  std::uint32_t network = 0;
  std::string name;
};

/// A key under attack, and the value ids that the victim's own records use there.
struct Place {
  std::string text;
  std::vector<std::uint64_t> slots;
};

/// By a stock OpenDHT node: values with the engine's own signature, and of many types, under ids of
/// their own and under the victim's. Gives how many puts it tried.
int put_engine_values(const Target& target, const std::vector<Place>& places);

}  // namespace hostile
