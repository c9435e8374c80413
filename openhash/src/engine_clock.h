#pragma once
// The engine takes the time as an argument of `periodic`, but seven of its other calls (put, get,
// query, listen, cancelListen, insertNode, pingNode) and its constructor ask
// std::chrono::steady_clock themselves. In virtual time that would set it back to the machine's
// clock. So this program brings its own steady_clock::now(): the machine's, except inside an
// EngineTime.

#include "base/clock.h"

namespace openhash {

/// While it lives, steady_clock::now() is `now` for this thread.
class EngineTime {
 public:
  explicit EngineTime(base::Instant now);
  ~EngineTime();
  EngineTime(const EngineTime&) = delete;
  EngineTime& operator=(const EngineTime&) = delete;

 private:
  base::Instant now_;
  const base::Instant* before_;
};

}  // namespace openhash
