#pragma once
// What is known of somebody's presence, how, why, and for how long it can be wrong. RFC 2778: the
// presence information that a watcher has.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace ohim {

enum class Presence { online, offline, unknown };
enum class KnownBy {
  none,   ///< nothing heard yet, or our own line is cut
  link,   ///< an open connection says so
  lease,  ///< a location record that is still valid says so; nobody could be asked
  poll,   ///< we looked: no location, or nobody there answers
};
std::string_view to_string(Presence presence);
std::string_view to_string(KnownBy known_by);

/// One of the hosts where somebody is signed on, as her location tells (Location::place()): a
/// number of its own for each run of a client. Clients that know of one place only use 0.
using PlaceId = std::uint64_t;

/// The paper's buddy state: that of the place that can be reached best.
struct BuddyState {
  Presence presence = Presence::unknown;
  KnownBy known_by = KnownBy::none;
  base::Instant since{};  ///< when `presence` last changed
  bool operator==(const BuddyState&) const = default;
};

/// One place where she is on line.
struct PlaceState {
  PlaceId place = 0;
  KnownBy known_by = KnownBy::none;
  base::Instant since{};
  bool operator==(const PlaceState&) const = default;
};

/// What a shown state rests on.
enum class Cause {
  not_looked,    ///< nobody was asked yet
  link,          ///< a link to her stands
  unsteady,      ///< one does, but too many broke lately: it has to last first
  lease,         ///< her location is valid, but nobody answers where it points
  questioned,    ///< her link fell silent; she is being dialled
  absent,        ///< there is no location of hers, or it is blank
  goodbye,       ///< she said so
  link_closed,   ///< her end closed the link without a word
  link_silent,   ///< it fell silent, and dialling her did not help
  lease_over,    ///< her location was not renewed
  refused,       ///< whoever is where her location points is not she
  unreadable,    ///< the store did not answer
  own_line_cut,  ///< we reach nobody
  resumed,       ///< this machine slept; nothing is known since
};
std::string_view to_string(Cause cause);

/// How a state is known, and how long it can be wrong.
struct Why {
  BuddyState state;
  Cause cause = Cause::not_looked;
  base::Instant learned{};  ///< when the news came that it rests on
  /// Her location is believed until then, if there is one.
  std::optional<base::Instant> lease_until;
  /// When dialling her failed last, and whether somebody refused; cleared by a link.
  std::optional<base::Instant> dial_failed;
  bool dial_refused = false;
  /// If it is wrong, it will be put right by then, as long as our own line is not cut. None: there
  /// is no promise, because it is `unknown`.
  std::optional<base::Instant> corrected_by;
};
/// "a link to her stands", "her location ran out 3 s ago; dialling her was refused": no subject, no
/// full stop.
std::string in_words(const Why& why, base::Instant now);

}  // namespace ohim
