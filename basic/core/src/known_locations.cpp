#include "basic/known_locations.h"

#include <algorithm>

namespace basic {

void KnownLocations::note(const ohim::Name& buddy, Location location) {
  forget(buddy, location.place());
  std::vector<Location>& places = noted_[buddy];
  if (places.size() == kMaxPlaces) places.erase(places.begin());
  places.push_back(std::move(location));
}

void KnownLocations::forget(const ohim::Name& buddy, ohim::PlaceId place) {
  const auto found = noted_.find(buddy);
  if (found == noted_.end()) return;
  std::erase_if(found->second, [place](const Location& at) { return at.place() == place; });
  if (found->second.empty()) noted_.erase(found);
}

const Location* KnownLocations::find(const ohim::Name& buddy, ohim::PlaceId place) const {
  const auto found = noted_.find(buddy);
  if (found == noted_.end()) return nullptr;
  const auto at = std::ranges::find(found->second, place, &Location::place);
  return at == found->second.end() ? nullptr : &*at;
}

}  // namespace basic
