#pragma once
// What was seen at each key lately, so that an answer that is older, or lacks it, is found out.

#include <map>
#include <vector>

#include "openhash/news.h"
#include "openhash/rules.h"

namespace openhash {

/// Bounded in number and time. Nothing that was seen is given out from here.
class Seen {
 public:
  explicit Seen(std::uint32_t network) : network_(network) {}

  void note(const Key& key, const Record& record, base::Instant now);
  /// All of these was asked for in vain: it may be gone.
  void forget(const Key& key) { marks_.erase(key); }

  /// Whether `record` is older than what was seen in its place.
  [[nodiscard]] bool is_old(const Key& key, const Record& record, base::Instant now) const;
  /// Whether something that was seen, and is still valid, is not among `records`, or only an older
  /// one is.
  [[nodiscard]] bool lacks(const Key& key, const std::vector<Record>& records, base::Instant now,
                           base::WallTime wall) const;

 private:
  struct Mark {
    Given given;
    base::WallTime valid_until{};
    base::Instant seen{};
  };
  using Marks = std::map<std::uint64_t, Mark>;  // by value id
  void make_room(base::Instant now);

  std::uint32_t network_;
  std::map<Key, Marks> marks_;
};

}  // namespace openhash
