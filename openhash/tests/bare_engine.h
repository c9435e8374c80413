#pragma once
// The engine as it comes, on a socket of its own and in a world's time: nothing of ours reads what
// arrives, and it stores by itself whatever it is given. What a node would be without us.

#include <memory>

#include "base/world.h"

namespace openhash {

class BareEngine {
 public:
  BareEngine(base::World& world, const base::Endpoint& here, std::uint32_t network);
  ~BareEngine();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace openhash
