#pragma once
// What the locations of buddies said that were read last, place by place: the best there is to show
// until a link says better.

#include <map>
#include <vector>

#include "basic/location.h"

namespace basic {

class KnownLocations {
 public:
  /// Of one buddy; the one that was noted longest ago goes.
  static constexpr std::size_t kMaxPlaces = 4;

  void note(const ohim::Name& buddy, Location location);
  void forget(const ohim::Name& buddy, ohim::PlaceId place);
  void clear() { noted_.clear(); }
  /// Null if none was noted. Valid until the next note() or forget() of that buddy.
  [[nodiscard]] const Location* find(const ohim::Name& buddy, ohim::PlaceId place) const;

 private:
  std::map<ohim::Name, std::vector<Location>> noted_;  // oldest first
};

}  // namespace basic
