#pragma once
// The five ports in one hand: what an object needs from outside. `base/system.h` makes the real
// one, `testing/sim_world.h` the simulated one.

#include "base/clock.h"
#include "base/entropy.h"
#include "base/log.h"
#include "base/transport.h"
#include "base/workers.h"

namespace base {

/// Borrowed references; whoever made the world outlives all who hold one. Everything runs on the
/// one thread of its loop.
struct World {
  Clock& clock;
  Transport& transport;
  Entropy& entropy;
  Workers& workers;
  Log log;
};

}  // namespace base
