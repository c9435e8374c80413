#pragma once
// Things that others make us remember: so many for each of them, so many in all, each for a while.
// No I/O; time is an argument.

#include <deque>
#include <map>
#include <variant>

#include "base/clock.h"

namespace openhash {

struct AllotmentLimits {
  std::size_t each = 0;  ///< things of one owner
  std::size_t in_all = 0;
  base::Duration keep{};  ///< since a thing was last taken
};

/// `Note`: what is remembered of each thing beside its owner.
template <typename Owner, typename Thing, typename Note = std::monostate>
class Allotment {
 public:
  explicit Allotment(const AllotmentLimits& limits) : limits_(limits) {}

  /// Remembers the thing, or renews it; false if its owner has too many, or all together have.
  bool take(const Owner& owner, const Thing& thing, base::Instant now) {
    forget(now);
    const base::Instant until = now + limits_.keep;
    const auto known = things_.find(thing);
    if (known != things_.end()) {
      known->second.until = until;
      return true;
    }
    if (things_.size() >= limits_.in_all) return false;
    std::size_t& count = counts_[owner];
    if (count >= limits_.each) return false;  // it is not zero, so its place was there before
    ++count;
    things_.emplace(thing, Entry{owner, until, {}});
    ends_.push_back({until, thing});
    return true;
  }
  /// Null if it is not there.
  [[nodiscard]] Note* find(const Thing& thing, base::Instant now) {
    const auto known = things_.find(thing);
    return known != things_.end() && known->second.until > now ? &known->second.note : nullptr;
  }
  /// Whether take() would say yes.
  [[nodiscard]] bool has_room(const Owner& owner, const Thing& thing, base::Instant now) {
    forget(now);
    if (things_.contains(thing)) return true;
    const auto count = counts_.find(owner);
    return things_.size() < limits_.in_all &&
           (count == counts_.end() || count->second < limits_.each);
  }
  /// False if it was not there.
  bool give_back(const Thing& thing, base::Instant now) {
    const auto known = things_.find(thing);
    if (known == things_.end()) return false;
    const bool there = known->second.until > now;
    erase(known);
    return there;
  }
  [[nodiscard]] std::size_t size() const { return things_.size(); }

 private:
  struct Entry {
    Owner owner;
    base::Instant until;
    Note note;
  };
  struct End {
    base::Instant until;
    Thing thing;
  };
  using Things = std::map<Thing, Entry>;

  void erase(typename Things::iterator thing) {
    const auto count = counts_.find(thing->second.owner);
    if (--count->second == 0) counts_.erase(count);
    things_.erase(thing);
  }
  /// One entry of ends_ for each thing: what was renewed goes to the back when its turn comes.
  void forget(base::Instant now) {
    while (!ends_.empty() && ends_.front().until <= now) {
      const End end = ends_.front();
      ends_.pop_front();
      const auto thing = things_.find(end.thing);
      if (thing == things_.end()) continue;
      if (thing->second.until <= now) {
        erase(thing);
      } else {
        ends_.push_back({thing->second.until, end.thing});
      }
    }
  }

  AllotmentLimits limits_;
  Things things_;
  std::map<Owner, std::size_t> counts_;
  std::deque<End> ends_;
};

}  // namespace openhash
