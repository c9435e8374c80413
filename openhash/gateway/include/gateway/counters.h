#pragma once
// What a gateway counts about itself, for the status page and the metrics.

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string_view>

#include "base/clock.h"

namespace openhash::gateway {

/// How long operations took: how many ended within each bound, and all in all.
struct Latencies {
  /// In milliseconds; what took longer is counted in `count` alone.
  static constexpr std::array<unsigned, 14> kBounds = {1,   2,   5,    10,   20,   50,    100,
                                                       200, 500, 1000, 2000, 5000, 10000, 20000};
  std::array<std::uint64_t, kBounds.size()> within{};  ///< cumulative: each has those before it
  std::uint64_t count = 0;
  base::Duration sum{};

  void add(base::Duration took);
  /// The bound below which `share` (0 to 1) of the operations ended; zero if there were none.
  [[nodiscard]] std::chrono::milliseconds quantile(double share) const;
};

struct Counters {
  // now
  std::size_t connections = 0;
  std::size_t websockets = 0;
  std::size_t watches = 0;       ///< of all clients
  std::size_t watched_keys = 0;  ///< those are shared among watches of the same key
  std::size_t reads_running = 0;
  std::size_t reads_waiting = 0;
  // ever
  std::uint64_t accepted = 0;            ///< connections
  std::uint64_t turned_away = 0;         ///< connections over a limit, closed without a word
  std::map<int, std::uint64_t> answers;  ///< by status
  std::uint64_t gets = 0;                ///< keys asked for
  std::uint64_t joined = 0;              ///< of these, answered by a read that ran already
  std::uint64_t puts = 0;
  std::uint64_t pushes = 0;   ///< records sent to watches
  std::uint64_t cut_off = 0;  ///< watching clients that read too slowly
  Latencies get;
  Latencies put;
};

}  // namespace openhash::gateway
