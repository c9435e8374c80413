#include "engine_clock.h"

#include <ctime>

namespace openhash {
namespace {

thread_local const base::Instant* engine_now = nullptr;

base::Instant machine_now() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return base::Instant(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

}  // namespace

EngineTime::EngineTime(base::Instant now) : now_(now), before_(engine_now) { engine_now = &now_; }
EngineTime::~EngineTime() { engine_now = before_; }

}  // namespace openhash

// The dynamic linker finds this one before libstdc++'s, for the engine's library too.
std::chrono::steady_clock::time_point std::chrono::steady_clock::now() noexcept {
  return openhash::engine_now != nullptr ? *openhash::engine_now : openhash::machine_now();
}
