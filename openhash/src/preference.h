#pragma once
// Which of several ways to use: the one with the lowest latency that is in no trouble. No I/O; time
// is an argument.

#include <cstddef>
#include <vector>

#include "base/clock.h"

namespace openhash {

enum class Trouble {
  none,
  silent,        ///< does not answer, or says that it reaches nobody
  hides,         ///< does not show what another does
  cannot_write,  ///< does not store, whatever it says
};

class Preference {
 public:
  explicit Preference(std::size_t ways) : ways_(ways) {}

  /// It answered a read. That ends silence, but no other trouble.
  void answered(std::size_t way, base::Instant now, base::Duration latency);
  /// Another was asked later and answered first: others go before it, until it has been probed.
  void overtaken(std::size_t way, base::Instant now);
  void troubled(std::size_t way, base::Instant now, Trouble why);
  /// It did what it was in trouble for not doing.
  void cleared(std::size_t way, base::Instant now);

  [[nodiscard]] std::size_t chosen() const { return chosen_; }
  /// All ways: the chosen first, then the others, quickest first, those in trouble last.
  [[nodiscard]] std::vector<std::size_t> order() const;
  [[nodiscard]] bool well(std::size_t way) const { return rank(way) == Rank::well; }
  [[nodiscard]] Trouble trouble(std::size_t way) const { return ways_[way].trouble; }
  [[nodiscard]] base::Duration latency(std::size_t way) const { return ways_[way].latency; }
  [[nodiscard]] std::size_t count() const { return ways_.size(); }

  /// Whom to probe now. Counts as asked.
  [[nodiscard]] std::vector<std::size_t> due(base::Instant now);

 private:
  struct Way {
    Trouble trouble = Trouble::none;
    bool doubted = false;
    unsigned samples = 0;  ///< answers since the start, or since its last trouble
    unsigned failed = 0;   ///< times it got into trouble lately
    unsigned missed = 0;   ///< times in a row
    base::Duration latency{};
    base::Instant well_since{};
    base::Instant next{};  ///< when to probe
  };
  enum class Rank { well, unproven, doubted, troubled };

  [[nodiscard]] Rank rank(std::size_t way) const;
  [[nodiscard]] bool goes_before(std::size_t one, std::size_t other) const;
  [[nodiscard]] bool worth_moving(std::size_t way, base::Instant now) const;
  void choose(base::Instant now);

  std::vector<Way> ways_;
  std::size_t chosen_ = 0;
  base::Instant moved_{};
};

}  // namespace openhash
