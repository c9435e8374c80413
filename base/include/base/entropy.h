#pragma once
// Random bytes as a port, so that a simulation repeats. The real one is the kernel's generator.

#include <cstdint>
#include <span>

namespace base {

class Entropy {
 public:
  virtual ~Entropy() = default;
  /// Fills with bytes fit for keys.
  virtual void fill(std::span<std::uint8_t> out) = 0;

  std::uint64_t u64() {
    std::uint8_t raw[8];
    fill(raw);
    std::uint64_t value = 0;
    for (const std::uint8_t byte : raw) value = value << 8 | byte;
    return value;
  }
  /// Even over [0, 1): for jitter, not for secrets.
  double fraction() { return static_cast<double>(u64() >> 11) * 0x1.0p-53; }
};

}  // namespace base
