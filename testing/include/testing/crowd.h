#pragma once
// Thousands of users in one process, each with the real ohim::Tracker. All else is modelled, and
// cheap: the store, the links, the lines and the lives of people (docs/town.md has the model). It
// keeps what each is shown beside the truth. sim::Town is the place for whole clients.
//
//   sim::Crowd crowd({.users = 1000, .buddies = 30, .mutual = 0.9, .script = sim::Script::day});
//   crowd.advance(24h);
//   std::cout << to_text(crowd.report());
//
// Or as a story:
//   sim::Crowd crowd({.users = 20, .buddies = 5, .script = sim::Script::none});
//   crowd.sign_on(3), crowd.advance(10s), crowd.vanish(3), crowd.advance(10s);
//   EXPECT_TRUE(crowd.agrees());

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ohim/tracker.h"
#include "testing/crowd_report.h"

namespace sim {

enum class Script : std::uint8_t {
  none,   ///< nothing happens by itself
  day,    ///< people with jobs, trains, crashing machines; regions that are cut off
  storm,  ///< everything happens to everybody at random
  idle,   ///< half are on line, and stay so; the others come and go once in the first 6 minutes
};

/// In the idle script all who are going to leave have left by then.
inline constexpr base::Duration kComeAndGo = std::chrono::minutes(20);

/// From least to most, evenly.
struct Range {
  base::Duration least{};
  base::Duration most{};
};

struct CrowdOptions {
  std::size_t users = 1000;
  std::size_t buddies = 30;  ///< on a list; fewer if there are not so many users
  double mutual = 0.9;       ///< share of those who list their watcher, too
  Script script = Script::day;
  std::uint64_t seed = 1;
  ohim::TrackerOptions tracker{};
  std::size_t regions = 4;  ///< of the network; at most 32
  /// Share of users whom nobody can dial (they can dial others).
  double walled = 0.1;

  // --- the store ---
  Range read_delay{std::chrono::milliseconds(40), std::chrono::milliseconds(300)};
  Range put_delay{std::chrono::milliseconds(80), std::chrono::milliseconds(500)};
  double read_loss = 0.001;  ///< reads that find nobody, for no reason
  base::Duration lease = std::chrono::seconds(90);
  base::Duration renewal = std::chrono::seconds(40);
  /// A notice is pushed at once, and again after 2 and 6 s. This share of pushes is late by
  /// push_late: a packet of the engine's was lost, and it asks its listeners that seldom.
  double push_tail = 0.01;
  base::Duration push_late = std::chrono::seconds(17);
  /// How often the engine renews a push, at a price.
  base::Duration push_renewal = std::chrono::minutes(5);

  // --- links and lines ---
  Range delay{std::chrono::milliseconds(10), std::chrono::milliseconds(60)};  ///< one way
  double loss = 0;  ///< of packets; a link repeats them
  /// A link is found silent so long after the last sign of life (basic::LinkOptions).
  Range silence{std::chrono::milliseconds(4500), std::chrono::milliseconds(7500)};
  base::Duration dial_limit = std::chrono::seconds(5);
  /// When a program notices that its own line is cut, or works again.
  Range cut_noticed{std::chrono::seconds(3), std::chrono::seconds(8)};
  Range mend_noticed{std::chrono::milliseconds(200), std::chrono::seconds(3)};

  // --- Script::storm ---
  base::Duration storm_pause = std::chrono::seconds(4);  ///< between two strikes, on average
  std::size_t storm_strikes = 10'000;                    ///< then it is over, and all is mended
};

/// Users are numbers from 0. What is asked of somebody who is not in a state for it is no error,
/// and does nothing.
class Crowd {
 public:
  explicit Crowd(CrowdOptions options);
  ~Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  /// Lets time pass, with all that happens in it.
  void advance(base::Duration span);
  [[nodiscard]] base::Instant now() const;

  // --- what happens to people ---
  void sign_on(std::uint32_t user);
  void sign_off(std::uint32_t user);
  void crash(std::uint32_t user);   ///< her process ends; her machine closes its links
  void vanish(std::uint32_t user);  ///< her machine loses power: nobody is told
  void sleep(std::uint32_t user);   ///< her machine stands still, lid closed; wake() goes on
  void freeze(std::uint32_t user);  ///< her process stands still; wake() goes on
  void wake(std::uint32_t user);
  void cut(std::uint32_t user);
  void mend(std::uint32_t user);
  // --- what happens to regions; a user's is her number modulo CrowdOptions::regions ---
  enum class Lost { everything, the_store, other_regions };
  void cut_region(std::uint32_t region, Lost what);
  void heal_region(std::uint32_t region);

  // --- what is, and what is believed ---
  [[nodiscard]] std::vector<std::uint32_t> buddies(std::uint32_t user) const;
  [[nodiscard]] bool is_on(std::uint32_t user) const;
  [[nodiscard]] ohim::BuddyState shown(std::uint32_t watcher, std::uint32_t buddy) const;
  [[nodiscard]] ohim::Why why(std::uint32_t watcher, std::uint32_t buddy) const;
  /// Nobody is shown anything wrong.
  [[nodiscard]] bool agrees() const;
  /// A sentence for each that is shown wrongly now.
  [[nodiscard]] std::vector<std::string> wrong() const;

  /// Forgets what was counted so far, so that the report is about what comes.
  void count_anew();
  [[nodiscard]] CrowdReport report() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sim
