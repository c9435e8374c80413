#include "basic/known_locations.h"

#include <gtest/gtest.h>

namespace basic {
namespace {

Location at(ohim::PlaceId place, const char* text) {
  Location location;
  location.device = place;
  location.text = text;
  return location;
}

TEST(KnownLocations, KeepsTheLastOfEachPlaceOfEachBuddy) {
  const ohim::Name bart = *ohim::Name::parse("bart");
  const ohim::Name lisa = *ohim::Name::parse("lisa");
  KnownLocations known;
  EXPECT_EQ(known.find(bart, 1), nullptr);
  known.note(bart, at(1, "at the desk"));
  known.note(bart, at(2, "on the couch"));
  known.note(lisa, at(1, "at school"));
  known.note(bart, at(1, "gone"));
  EXPECT_EQ(known.find(bart, 1)->text, "gone");
  EXPECT_EQ(known.find(bart, 2)->text, "on the couch");
  EXPECT_EQ(known.find(lisa, 1)->text, "at school");
  known.forget(bart, 1);
  EXPECT_EQ(known.find(bart, 1), nullptr);
  EXPECT_NE(known.find(bart, 2), nullptr);
}

TEST(KnownLocations, ForgetsThePlaceNotedLongestAgo) {
  const ohim::Name bart = *ohim::Name::parse("bart");
  KnownLocations known;
  for (ohim::PlaceId place = 1; place <= 4; ++place) known.note(bart, at(place, ""));
  known.note(bart, at(1, ""));
  known.note(bart, at(5, ""));
  EXPECT_NE(known.find(bart, 1), nullptr);
  EXPECT_EQ(known.find(bart, 2), nullptr);
  EXPECT_NE(known.find(bart, 5), nullptr);
}

}  // namespace
}  // namespace basic
