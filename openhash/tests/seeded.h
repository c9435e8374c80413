#pragma once
// Random bytes that follow from a seed, for tests without a world.

#include <random>

#include "base/entropy.h"

namespace openhash {

class Seeded final : public base::Entropy {
 public:
  explicit Seeded(std::uint64_t seed) : random_(seed) {}
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(random_());
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace openhash
