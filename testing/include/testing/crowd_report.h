#pragma once
// What a crowd's life came to: how right the shown presence was, how soon changes were seen, and
// what it cost the store; beside the paper's scheme on the same life.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "testing/histogram.h"

namespace sim {

/// How what a watcher is shown about a buddy stands to the truth.
enum class Verdict : std::uint8_t {
  not_looking,  ///< the watcher is off line herself, or her process stands still
  right,        ///< shown what is
  half,         ///< the store links the two, but no way leads from one to the other: either is
  online_while_gone,    ///< wrong
  offline_while_there,  ///< wrong
  unknown,              ///< shown nothing, although her own line is up
  blind,                ///< her own line is cut, and she is shown `unknown`: right
  stale,                ///< her own line is cut, and she is shown something else
};
inline constexpr std::size_t kVerdicts = 8;

/// What a watcher had to find out, and whether she had a link to the buddy when it happened.
enum class Incident : std::uint8_t {
  signed_off,
  signed_off_unlinked,
  crashed,
  crashed_unlinked,
  vanished,  ///< power lost, or asleep
  vanished_unlinked,
  froze,  ///< the process stands still, its machine answers
  froze_unlinked,
  cut,  ///< the buddy's line, or her region's
  cut_unlinked,
  signed_on_mutual,     ///< they list each other, and the watcher can be dialled
  signed_on_one_sided,  ///< the watcher has to find it out by herself
  woke,                 ///< froze or slept before
  mended,               ///< the line of one of the two
  healed,               ///< a region
  gone_meanwhile,       ///< the watcher comes back, the buddy has gone
};
inline constexpr std::size_t kIncidents = 16;
std::string_view to_string(Incident incident);

/// Operations of the store.
struct StoreUse {
  std::uint64_t gets = 0;
  std::uint64_t puts = 0;
  std::uint64_t push_set_ups = 0;
  std::uint64_t push_renewals = 0;
  [[nodiscard]] std::uint64_t all() const { return gets + puts + push_set_ups + push_renewals; }
};

struct CrowdReport {
  std::size_t users = 0;
  base::Duration span{};
  std::uint64_t seed = 0;
  double user_hours = 0;      ///< signed on, summed over users
  double buddies = 0;         ///< on a list, on average
  double buddies_online = 0;  ///< of those, on average over the time that their watcher is on line

  std::array<double, kVerdicts> seconds{};  ///< watcher and buddy, summed over all pairs
  StoreUse store;
  std::array<Histogram, kIncidents> detection;
  /// From her sign-on until a user is shown no `unknown` any more.
  Histogram all_known;
  std::uint64_t dials = 0;
  std::uint64_t links = 0;

  /// The paper's scheme: read every buddy's location every 60 s, no links.
  double naive_online_while_gone = 0;  ///< seconds
  double naive_offline_while_there = 0;
  StoreUse naive;

  /// An `online` that was shown beyond the moment at which it had to be corrected (Why).
  std::uint64_t broken_promises = 0;
  std::vector<std::string> first_broken;  ///< at most ten, in words

  std::uint64_t events = 0;  ///< simulated
  std::uint64_t trace = 0;   ///< of all events and of all that was shown: same seed, same number

  [[nodiscard]] const Histogram& of(Incident incident) const {
    return detection[static_cast<std::size_t>(incident)];
  }
  [[nodiscard]] double of(Verdict verdict) const {
    return seconds[static_cast<std::size_t>(verdict)];
  }
  /// Seconds of wrong presence, summed over her list, that a user is shown in a day.
  [[nodiscard]] double wrong_a_user_day() const;
  [[nodiscard]] double naive_wrong_a_user_day() const;
  /// `seconds` of all, for one user and one day.
  [[nodiscard]] double a_user_day(double seconds_of_all) const;
  [[nodiscard]] double a_user_hour(std::uint64_t operations) const;
  /// How many times fewer operations than the paper's scheme.
  [[nodiscard]] double fewer_operations() const;
};

/// The report as a table for people.
std::string to_text(const CrowdReport& report);
/// The report as a picture (SVG 1.1).
std::string to_svg(const CrowdReport& report);

}  // namespace sim
