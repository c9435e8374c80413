#include "basic/buddy.h"

#include <array>
#include <ctime>

#include "base/bytes.h"

namespace basic {

std::string place_id(std::uint64_t device) {
  return base::to_hex(base::Writer().u64(device).view());
}

std::string to_iso(base::WallTime time) {
  const std::time_t seconds = time.time_since_epoch().count();
  std::tm utc{};
  std::array<char, 64> text{};
  if (gmtime_r(&seconds, &utc) == nullptr) return {};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return {text.data(), length};
}

}  // namespace basic
