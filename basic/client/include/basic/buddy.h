#pragma once
// What a face shows of a buddy: how she is, where, since when, and how that is known. Values.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "basic/profile.h"
#include "basic/show.h"
#include "ohim/tracker.h"

namespace basic {

/// One of the places where she is signed on.
struct BuddyPlace {
  std::uint64_t device = 0;  ///< a number of its own for each run of a client
  Presence presence = Presence::online;
  std::string text;  ///< her own words there; sanitised for display
  ohim::KnownBy known_by = ohim::KnownBy::none;
  base::WallTime since{};

  bool operator==(const BuddyPlace&) const = default;
};

struct Buddy {
  ohim::Name name;
  Presence presence = Presence::unknown;
  std::string text;         ///< her own words beside the status; already sanitised for display
  std::string fingerprint;  ///< empty until her key is known
  ohim::KnownBy known_by = ohim::KnownBy::none;
  base::WallTime since{};

  /// Where she is on line, those with a link first. What is above is of the place that texts go to.
  std::vector<BuddyPlace> places{};
  /// When this machine last knew her to be on line: now, while it does. Zero: never.
  base::WallTime last_seen{};
  /// The user wants to be told when she comes (Client::notify_when_online()).
  bool notify_when_online = false;
  /// Whether we are on her list: then she takes our texts. Known only while there is a link.
  std::optional<bool> lists_you{};

  std::string alias{};                ///< what the user calls her; sanitised for display
  std::vector<std::string> groups{};  ///< those she is in; sanitised for display
  /// Texts of hers that the user has not read: those after `read_up_to`. 1000: so many, or more.
  std::size_t unread = 0;
  TextNumber read_up_to = 0;  ///< see Client::mark_read()
};

/// Why a buddy is shown as she is.
struct Explanation {
  Buddy buddy;
  ohim::Cause cause = ohim::Cause::not_looked;
  base::WallTime learned{};  ///< when the news came that it rests on
  /// If it is wrong, it will be put right by then, as long as our own line is not cut. None: there
  /// is no promise.
  std::optional<base::WallTime> corrected_by{};
  /// "her location ran out 3 s ago; dialling her was refused": no subject, no full stop.
  std::string words{};
};

/// The number of a place as people and scripts see it: 16 hex digits.
std::string place_id(std::uint64_t device);

/// "2026-11-22T21:43:11Z": ISO 8601, RFC 3339, in UTC.
std::string to_iso(base::WallTime time);

}  // namespace basic
