#pragma once
// Who is on line, as far as can be known, why, and what to do to know better. A pure state machine:
// no I/O, no clock of its own, no randomness but a seed. RFC 2778: the watcher's side. Its rules,
// one a line, are in docs/presence_rules.md, and a test reads them there.

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "ohim/name.h"
#include "ohim/presence.h"

namespace ohim {

struct TrackerOptions {
  /// How often to look for somebody who is off line and has never dialled us: a push may tell
  /// earlier. While nothing is found the pauses double, up to the cap.
  base::Duration poll = std::chrono::seconds(60);
  base::Duration poll_cap = std::chrono::minutes(5);
  /// The same for who dials us when she signs on, as mutual buddies do: in case that fails.
  base::Duration poll_mutual = std::chrono::minutes(10);
  base::Duration poll_mutual_cap = std::chrono::minutes(30);
  /// Polls of everybody together, an hour. With many buddies off line all pauses are stretched
  /// alike, so that what a user costs the store has a bound.
  double polls_an_hour = 120;
  /// Pauses vary by up to this part, so that watchers do not march in step.
  double jitter = 0.25;
  base::Duration read_limit = std::chrono::seconds(5);

  /// Locations are valid for this long when they are signed, as far as we know.
  base::Duration lease_bound = std::chrono::seconds(90);
  /// A link is found dead within this (its owner pings; see basic::LinkOptions).
  base::Duration link_bound = std::chrono::milliseconds(7500);
  /// After her link fell silent: so long may she take to answer a dial, then she is off line.
  base::Duration question = std::chrono::milliseconds(1800);
  /// The same when her end closed it without a word: a process that died refuses the dial at once.
  base::Duration question_closed = std::chrono::milliseconds(1200);
  /// From one dial to the next to somebody whose host fell silent: she may be cut off. After
  /// `lost_quick` less often, after `lost_give_up` no more.
  base::Duration redial_lost = std::chrono::seconds(9);
  base::Duration redial_lost_cap = std::chrono::minutes(1);
  base::Duration lost_quick = std::chrono::minutes(10);
  base::Duration lost_give_up = std::chrono::hours(1);
  /// After a dial that failed although the location looks valid: first wait, doubled up to the cap.
  base::Duration dial_back_off = std::chrono::seconds(2);
  base::Duration dial_back_off_cap = std::chrono::minutes(2);

  /// A link that lasted less than this is flapping: the next dial waits as after a failed one.
  base::Duration steady_link = std::chrono::seconds(10);
  /// After so many, she is on line only once a link is steady; each `forgive_break` forgives one.
  int breaks_allowed = 3;
  base::Duration forgive_break = std::chrono::seconds(20);
  std::uint64_t seed = 0;
};

/// One watcher's view of all her buddies. Each input says what was learned and when; then ask
/// actions() what to do, and wake() when to ask again.
class Tracker {
 public:
  explicit Tracker(TrackerOptions options = {});

  void add(const Name& buddy, base::Instant now);
  void remove(const Name& buddy);
  [[nodiscard]] bool has(const Name& buddy) const;

  /// A location that is valid: where, how new, how long it may be believed.
  struct Lease {
    PlaceId place = 0;
    std::uint64_t sequence = 0;
    base::Instant until{};
  };
  /// The store was read, or pushed: these are all that are known to be valid now. None: absent.
  void located(const Name& buddy, const std::vector<Lease>& leases, base::Instant now);
  void location_unreadable(const Name& buddy, base::Instant now);

  enum class DialFailure {
    refused,  ///< somebody answered, but not the buddy: she is not there
    silent,   ///< nobody answered: off line, or behind something we cannot cross
  };
  void dial_failed(const Name& buddy, PlaceId place, DialFailure how, base::Instant now);
  enum class Opened { by_us, by_her };
  void link_up(const Name& buddy, PlaceId place, Opened opened, base::Instant now);
  enum class LinkEnd {
    goodbye,  ///< she said that she signs off
    broken,   ///< her end closed it without a word
    silent,   ///< nothing came for too long
    ours,     ///< we hung up: says nothing about her, so her location has to
  };
  void link_down(const Name& buddy, PlaceId place, LinkEnd how, base::Instant now);
  /// She said, now or in an earlier run, whether we are on her list. If we are, and somebody has
  /// got through to us in this run, she will dial us when she comes.
  void lists_us(const Name& buddy, bool on_her_list);

  /// Whether we reach anybody at all: false makes every buddy without a link `unknown`.
  void own_line(bool up, base::Instant now);
  /// Storage nodes came back: looks at everybody anew, soon.
  void look_again(base::Instant now);
  /// This machine slept, or the process was stopped: only links are still known.
  void resumed(base::Instant now);

  struct Action {
    enum class What { read_location, dial } what;
    Name buddy;
    PlaceId place = 0;  ///< of a dial
  };
  /// What is due now; each is given once, and its outcome is expected as an input.
  std::vector<Action> actions(base::Instant now);
  /// When actions() or a state may next change by time alone.
  [[nodiscard]] std::optional<base::Instant> wake() const;
  /// Whether pushes are worth their price: she is not linked, and will not dial us by herself.
  [[nodiscard]] bool wants_push(const Name& buddy) const;

  [[nodiscard]] BuddyState state(const Name& buddy) const;
  [[nodiscard]] Why why(const Name& buddy, base::Instant now) const;
  /// Where she is shown on line; the link that came last first, links before leases.
  [[nodiscard]] std::vector<PlaceState> places(const Name& buddy) const;
  /// Her state is another, or the list of her places.
  struct Change {
    Name buddy;
    BuddyState state;
  };
  std::vector<Change> take_changes();

 private:
  /// What dialling the newest location of a place came to.
  enum class Answer { none, unanswered, refused };

  struct Place {
    std::uint64_t sequence = 0;                ///< of the newest location seen
    std::optional<base::Instant> valid_until;  ///< while that one is to be believed
    bool doubted = false;                      ///< her link ended: the location may be left over
    bool said_goodbye = false;                 ///< it is, unless it is newer than the last one seen
    std::optional<std::uint64_t> seen_in_doubt;
    Answer answer = Answer::none;
    std::optional<std::uint64_t> refused;  ///< the location that was shown to be left over

    [[nodiscard]] bool believed() const {
      return valid_until && !doubted && answer != Answer::refused;
    }
    [[nodiscard]] bool worth_dialling() const { return valid_until || lost_at || questioned_until; }
    bool linked = false;
    base::Instant linked_since{};
    std::optional<base::Instant> questioned_until;  ///< fell silent; shown on line until then
    std::optional<base::Instant> lost_at;           ///< fell silent and may be cut off
    bool dialing = false;
    std::optional<base::Instant> dial_due;
    base::Instant dial_began{};
    base::Duration dial_back_off{};
    base::Instant touched{};  ///< when it was last heard of
  };

  /// What is believed as long as no place of hers speaks for itself, and since when.
  struct Rest {
    Presence presence = Presence::unknown;
    KnownBy known_by = KnownBy::none;
    Cause cause = Cause::not_looked;
    base::Instant learned{};
  };

  struct Buddy {
    BuddyState shown;
    std::uint64_t shown_places = 0;   ///< a digest of where, and how that is known
    Cause cause = Cause::not_looked;  ///< of what is shown
    base::Instant learned{};
    Rest rest;
    std::map<PlaceId, Place> places;
    std::optional<base::Instant> dial_failed;
    bool dial_refused = false;
    bool dialled_us = false;
    bool lists_us = false;
    int breaks = 0;                          ///< of young links, not yet forgiven
    std::optional<base::Instant> linked_at;  ///< when a link of hers came or went last
    std::optional<base::Instant> silent_at;  ///< when one fell silent last
    bool look_twice = true;  ///< we have just come: she may come at this very moment, too
    base::Instant forgiven{};
    bool reading = false;
    bool unreadable = false;  ///< the store did not answer last time
    std::optional<base::Instant> read_due;
    std::optional<base::Duration> pause;  ///< the one between polls that comes next
    base::Duration read_back_off{};
    base::Instant turn = base::Instant::min();  ///< when to look at her; at once after an input

    [[nodiscard]] bool linked() const;
    [[nodiscard]] bool leased() const;
  };

  Buddy* find(const Name& buddy);
  [[nodiscard]] const Buddy* find(const Name& buddy) const;
  Place& place_of(Buddy& buddy, PlaceId id, base::Instant now) const;
  void take_lease(Buddy& buddy, const Lease& lease, base::Instant now) const;
  void end_lease(Buddy& buddy, Place& place, base::Instant now) const;
  [[nodiscard]] bool online_by_lease(const Buddy& buddy, const Place& place) const;
  static void question(Place& place, base::Duration limit, base::Instant now);
  void let_go(Place& place, base::Instant now) const;
  void forget(Buddy& buddy, Cause cause, base::Instant now) const;
  void take_turn(const Name& name, Buddy& buddy, base::Instant now, std::vector<Action>& due);
  [[nodiscard]] std::optional<base::Instant> next_turn(const Buddy& buddy) const;
  void pass_time(Buddy& buddy, base::Instant now) const;
  void judge(const Name& name, Buddy& buddy, base::Instant now);
  [[nodiscard]] bool unsteady(const Buddy& buddy, base::Instant now) const;
  [[nodiscard]] base::Instant steady_at(const Buddy& buddy) const;
  void poll_later(Buddy& buddy, base::Instant now);
  void dial_later(Place& place, base::Instant now);
  void dial_lost(Place& place, base::Instant now) const;
  [[nodiscard]] bool dials_us(const Buddy& buddy) const;
  [[nodiscard]] base::Duration first_pause(const Buddy& buddy) const;
  [[nodiscard]] double stretch() const;
  [[nodiscard]] std::optional<base::Instant> corrected_by(const Buddy&, base::Instant now) const;
  base::Duration jittered(base::Duration interval);

  TrackerOptions options_;
  std::map<Name, Buddy> buddies_;
  std::vector<Change> changes_;
  bool line_up_ = true;
  bool reached_ = false;  ///< somebody got through to us
  std::uint64_t random_;
};

}  // namespace ohim
