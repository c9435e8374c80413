#include "basic/pidf.h"

#include <string_view>

#include "base/markup.h"
#include "basic/display.h"

namespace basic {
namespace {

constexpr std::string_view kHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\"\n"
    "          xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\"\n"
    "          xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\"\n";

/// The two code points that for_display() lets through and XML 1.0 (section 2.2) does not.
void drop_noncharacters(std::string& text) {
  for (const std::string_view point : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (auto at = text.find(point); at != std::string::npos; at = text.find(point, at)) {
      text.erase(at, point.size());
    }
  }
}

/// `words` as the content of an element or of an attribute, whatever bytes they are.
std::string escaped(std::string_view words) {
  std::string safe = for_display(words, Lines::one);
  drop_noncharacters(safe);
  return base::escape_markup(safe);
}

/// The children stand in the order of the schema: status, note, timestamp.
std::string tuple(std::string_view id, bool open, std::string_view note, base::WallTime since) {
  std::string out = "  <tuple id=\"" + std::string(id) + "\">\n    <status><basic>" +
                    (open ? "open" : "closed") + "</basic></status>\n";
  if (!note.empty()) out += "    <note>" + escaped(note) + "</note>\n";
  if (since != base::WallTime{}) out += "    <timestamp>" + to_iso(since) + "</timestamp>\n";
  return out + "  </tuple>\n";
}

std::string tuples(const Buddy& buddy) {
  if (buddy.presence == Presence::unknown) return {};
  if (buddy.presence == Presence::offline) return tuple("closed", false, {}, buddy.since);
  if (buddy.places.empty()) return tuple("open", true, buddy.text, buddy.since);
  std::string all;
  for (const BuddyPlace& place : buddy.places) {
    all += tuple("place-" + place_id(place.device), true, place.text, place.since);
  }
  return all;
}

std::string person(Presence presence) {
  if (presence != Presence::away && presence != Presence::busy) return {};
  return "  <dm:person id=\"person\">\n    <rpid:activities><rpid:" +
         std::string(to_string(presence)) + "/></rpid:activities>\n  </dm:person>\n";
}

}  // namespace

std::string to_pidf(const Buddy& buddy) {
  return std::string(kHead) + "          entity=\"pres:" + escaped(buddy.name.str()) +
         "@ohim\">\n" + tuples(buddy) + person(buddy.presence) + "</presence>\n";
}

}  // namespace basic
