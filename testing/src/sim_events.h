#pragma once
// What is going to happen: the one clock of a simulated world.

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>

#include "base/clock.h"

namespace sim {

/// Events in order of time, and of their scheduling where the time is the same.
class Events : public std::enable_shared_from_this<Events> {
 public:
  [[nodiscard]] base::Instant now() const { return now_; }
  /// Where time began. Not zero, so that code may subtract from it.
  [[nodiscard]] static constexpr base::Instant start() {
    return base::Instant(std::chrono::hours(24));
  }

  /// `owner` names those that forget() drops together; may be null.
  void at(base::Instant when, std::function<void()> what, const void* owner = nullptr);
  void after(base::Duration delay, std::function<void()> what, const void* owner = nullptr);
  /// The same, until the token is destroyed.
  [[nodiscard]] base::Timer timer(base::Duration delay, std::function<void()> what,
                                  const void* owner);
  void forget(const void* owner);
  void clear();

  /// Runs the next event if it is due by `limit`. False if there is none.
  bool step(base::Instant limit);
  /// Lets time pass in which nothing happens.
  void skip_to(base::Instant when);

 private:
  struct Key {
    base::Instant when;
    std::uint64_t order;
    auto operator<=>(const Key&) const = default;
  };
  struct Event {
    std::function<void()> what;
    const void* owner;
  };
  struct Token;

  Key add(base::Instant when, std::function<void()> what, const void* owner);
  void cancel(const Key& key);

  base::Instant now_ = start();
  std::uint64_t next_order_ = 0;
  std::uint64_t events_in_this_instant_ = 0;
  std::map<Key, Event> pending_;
};

}  // namespace sim
