#pragma once
// A whole world in one process and on one thread: hosts, a network between them, and time that
// stands still until it is told to go on. The same seed gives the same run.
//
//   sim::SimWorld world(seed);
//   base::World& lisa = world.host("lisa");     // 10.0.0.1, and so on
//   world.set_faults({.loss = 0.05, .delay = 100ms});
//   auto result = world.run(some_task(lisa));
//   world.advance(30s);

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/world.h"

namespace sim {

/// What a link does to what passes over it. A stream loses nothing, but waits for repetitions.
struct Faults {
  double loss = 0;  ///< share of packets lost; 1 lets nothing through
  base::Duration delay = std::chrono::milliseconds(10);  ///< one way
  base::Duration jitter{0};  ///< up to so much more, evenly; so datagrams overtake one another
  double duplicate = 0;      ///< share of datagrams that arrive twice
};

/// What a host has sent, including what was lost on the way.
struct Traffic {
  std::uint64_t datagrams = 0;
  std::uint64_t datagram_bytes = 0;
  std::uint64_t stream_bytes = 0;
  std::uint64_t connects = 0;
};

/// Destroy what uses the hosts before the world.
class SimWorld {
 public:
  /// `log`: hosts write to stderr, each line with its host and the virtual time.
  explicit SimWorld(std::uint64_t seed, base::LogLevel log = base::LogLevel::off);
  ~SimWorld();
  SimWorld(const SimWorld&) = delete;
  SimWorld& operator=(const SimWorld&) = delete;

  // --- hosts --------------------------------------------------------------------------------
  /// The ports of that host, which is switched on if it is off. After crash() or vanish() this is
  /// another World: a program started anew. Names are known to resolve() ("lisa:6824").
  base::World& host(std::string_view name);
  /// 10.0.x.y, the same after a crash.
  base::Endpoint address(std::string_view name, std::uint16_t port = 0);
  /// The program on the host dies, the machine stays: nothing of it runs any more, its peers see
  /// their streams cut. Objects that lived there can still be destroyed, and do nothing else.
  void crash(std::string_view name);
  /// The machine loses power: as crash(), but nobody is told. host() switches it on again.
  void vanish(std::string_view name);
  /// The host's wall clock goes ahead (or behind) by so much from now on.
  void set_skew(std::string_view name, std::chrono::seconds ahead);
  /// What each piece of work given to base::Workers takes; zero at first.
  void set_work_cost(base::Duration cost);
  [[nodiscard]] Traffic traffic(std::string_view name) const;

  // --- network ------------------------------------------------------------------------------
  /// All links but those set on their own, which keep their faults.
  void set_faults(const Faults& faults);
  /// Both ways between two hosts.
  void set_faults(std::string_view one, std::string_view other, const Faults& faults);
  /// Only hosts in one group reach each other; hosts not named are one more group.
  void partition(const std::vector<std::vector<std::string>>& groups);
  /// Pulls the host's cable; mend() plugs it in.
  void cut(std::string_view name);
  void mend(std::string_view name);
  /// Ends the partition and all cuts. Faults stay.
  void heal();

  // --- time ---------------------------------------------------------------------------------
  [[nodiscard]] base::Instant now() const;
  /// Runs everything that happens within `span`, and ends with that much time gone.
  void advance(base::Duration span);
  /// Runs until `done()`, asked after each event; false if it is not so within `limit`.
  bool run_until(const std::function<bool()>& done,
                 base::Duration limit = std::chrono::minutes(10));
  /// Runs until the task has ended, and gives its result. Throws std::runtime_error, which fails
  /// the test, if that takes longer than `limit`.
  template <typename T>
  T run(base::Task<T> task, base::Duration limit = std::chrono::minutes(10)) {
    task.start();
    must_happen(run_until([&task] { return task.done(); }, limit), limit);
    return task.take();
  }

 private:
  void must_happen(bool happened, base::Duration limit) const;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sim
