#pragma once
// Whether our wall clock can be right: from the times in records that others keep.

#include <map>
#include <optional>
#include <string>

#include "openhash/rules.h"

namespace openhash {

/// Nodes take nothing that is signed far ahead of their time, and keep locations only as long as
/// they are valid. So what they give out and what by our clock is not yet signed, or a location
/// that is long over, speaks against our clock.
class ClockWitness {
 public:
  /// `bytes` came from a node as a record at `key`; whether it is sound is looked at here.
  void saw(const Rules& rules, const Key& key, base::ByteView bytes, base::WallTime wall,
           base::Instant now);
  /// Nodes took what we signed just now: our clock is right.
  void was_believed() { samples_.clear(); }
  /// How far our clock is ahead of the others' at most (negative: behind, at least), if too far.
  /// The middle one of several owners, so that no single one can say so against others.
  [[nodiscard]] std::optional<std::chrono::seconds> ahead(base::WallTime wall,
                                                          base::Instant now) const;

 private:
  struct Sample {
    std::chrono::seconds theirs{};  ///< that clock at the start of our count, which is never set
    base::Instant at{};
  };
  std::map<PublicKey, Sample> samples_;
};

/// "the clock of this machine is about 3 h ahead of those of others, ...: set it".
std::string clock_is_wrong(std::chrono::seconds ahead);

}  // namespace openhash
