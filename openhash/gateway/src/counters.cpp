#include "gateway/counters.h"

namespace openhash::gateway {

void Latencies::add(base::Duration took) {
  ++count;
  sum += took;
  for (std::size_t i = 0; i < kBounds.size(); ++i) {
    if (took <= std::chrono::milliseconds(kBounds[i])) ++within[i];
  }
}

std::chrono::milliseconds Latencies::quantile(double share) const {
  if (count == 0) return std::chrono::milliseconds(0);
  for (std::size_t i = 0; i < kBounds.size(); ++i) {
    if (static_cast<double>(within[i]) >= share * static_cast<double>(count)) {
      return std::chrono::milliseconds(kBounds[i]);
    }
  }
  return std::chrono::milliseconds(kBounds.back());
}

}  // namespace openhash::gateway
