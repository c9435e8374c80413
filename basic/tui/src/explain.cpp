#include "explain.h"

#include <algorithm>

namespace basic::tui {

namespace {

std::string shown(Presence presence) {
  return presence == Presence::offline ? "off line" : std::string(to_string(presence));
}

/// "10 s", "3 min": not more exact than it needs to be.
std::string within(std::chrono::seconds left) {
  const auto seconds = std::max<std::chrono::seconds::rep>(left.count(), 1);
  return seconds < 120 ? std::to_string(seconds) + " s"
                       : std::to_string((seconds + 59) / 60) + " min";
}

std::string places(const std::vector<BuddyPlace>& all) {
  std::string text = " There are " + std::to_string(all.size()) + " places:";
  for (const BuddyPlace& place : all) {
    text += &place == &all.front() ? " " : ", ";
    text += shown(place.presence) + " by " + std::string(ohim::to_string(place.known_by));
  }
  return text + ".";
}

}  // namespace

std::string in_a_sentence(const Explanation& explanation, base::WallTime now) {
  const Buddy& buddy = explanation.buddy;
  std::string text =
      buddy.name.str() + " is shown " + shown(buddy.presence) + ": " + explanation.words + ".";
  if (buddy.places.size() > 1) text += places(buddy.places);
  if (explanation.corrected_by) {
    text +=
        " Were it otherwise, it would show within " + within(*explanation.corrected_by - now) + ".";
  } else {
    text += " How soon that changes cannot be promised.";
  }
  return text;
}

}  // namespace basic::tui
