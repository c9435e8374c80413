#pragma once
// Who is on line, as far as can be known, and what to do to know better. A pure state machine: no
// I/O, no clock of its own, no randomness but a seed. RFC 2778: the watcher's side.

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "ohim/name.h"

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

/// The paper's buddy state.
struct BuddyState {
  Presence presence = Presence::unknown;
  KnownBy known_by = KnownBy::none;
  base::Instant since{};  ///< when `presence` last changed
  bool operator==(const BuddyState&) const = default;
};

struct TrackerOptions {
  /// How often to look for a buddy whom we believe off line. A mutual buddy dials us when she signs
  /// on, so this only catches those who do not list us, and lost packets.
  base::Duration poll_offline = std::chrono::seconds(45);
  /// Polls are spread by up to this part of their interval, so that watchers do not march in step.
  double jitter = 0.25;
  /// After a dial that failed although the location looks valid: first wait, doubled up to the cap.
  base::Duration dial_back_off = std::chrono::seconds(2);
  base::Duration dial_back_off_cap = std::chrono::minutes(2);
  /// A link that lasted less than this is flapping: the next dial waits as after a failed one.
  base::Duration steady_link = std::chrono::seconds(10);
  /// With many buddies off line the polls stretch, so that on average there is one in this time:
  /// what a user costs the store has a bound.
  base::Duration poll_spacing = std::chrono::milliseconds(500);
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

  /// The store answered: a location, issued as `sequence`, believable until `until`.
  void location_found(const Name& buddy, std::uint64_t sequence, base::Instant until,
                      base::Instant now);
  /// The store answered: blank, expired or absent.
  void location_absent(const Name& buddy, base::Instant now);
  /// The store did not answer; nothing is known that was not known before.
  void location_unreadable(const Name& buddy, base::Instant now);

  enum class DialFailure {
    refused,  ///< somebody answered, but not the buddy: she is not there
    silent,   ///< nobody answered: off line, or behind something we cannot cross
  };
  void dial_failed(const Name& buddy, DialFailure how, base::Instant now);
  void link_up(const Name& buddy, base::Instant now);
  enum class LinkEnd {
    goodbye,  ///< she said that she signs off
    broken,   ///< closed or silent without a word
    ours,     ///< we hung up: says nothing about her, so her location has to
  };
  void link_down(const Name& buddy, LinkEnd how, base::Instant now);
  /// Whether we reach anybody at all: false makes every buddy without a link `unknown`.
  void own_line(bool up, base::Instant now);

  struct Action {
    enum class What { read_location, dial } what;
    Name buddy;
  };
  /// What is due now; each is given once, and its outcome is expected as an input.
  std::vector<Action> actions(base::Instant now);
  /// When actions() or a state may next change by time alone.
  [[nodiscard]] std::optional<base::Instant> wake() const;

  [[nodiscard]] BuddyState state(const Name& buddy) const;
  struct Change {
    Name buddy;
    BuddyState state;
  };
  /// What changed since the last call, oldest first.
  std::vector<Change> take_changes();

 private:
  /// What is believed of a buddy without a link, the last location seen, and what is due.
  struct Buddy {
    BuddyState shown;
    Presence verdict = Presence::unknown;
    KnownBy verdict_by = KnownBy::none;

    std::uint64_t sequence = 0;                ///< of the newest location seen
    std::optional<base::Instant> valid_until;  ///< while that location is to be believed
    bool doubted = false;                      ///< her link ended: the location may be left over
    bool said_goodbye = false;                 ///< it is, unless it is newer than the last one seen
    std::optional<std::uint64_t> seen_in_doubt;
    bool unreadable = false;  ///< the store did not answer last time

    bool linked = false;
    base::Instant linked_since{};
    bool reading = false;
    bool dialing = false;
    std::optional<base::Instant> read_due;
    std::optional<base::Instant> dial_due;
    base::Instant failed_at{};  ///< when a dial failed last, or a young link broke
    base::Duration dial_back_off{};
    base::Duration read_back_off{};
  };

  Buddy* find(const Name& buddy);
  void expire(Buddy& buddy, base::Instant now) const;
  void weigh(Buddy& buddy, std::uint64_t sequence) const;
  void trust(Buddy& buddy) const;
  void believe(Buddy& buddy, Presence presence, KnownBy by) const;
  void show(const Name& name, Buddy& buddy, base::Instant now);
  void poll_later(Buddy& buddy, base::Instant now);
  void dial_after_back_off(Buddy& buddy, base::Instant now);
  base::Duration jittered(base::Duration interval);
  [[nodiscard]] base::Duration poll_interval() const;

  TrackerOptions options_;
  std::map<Name, Buddy> buddies_;
  std::vector<Change> changes_;
  std::size_t links_ = 0;
  bool line_up_ = true;
  std::uint64_t random_;
};

}  // namespace ohim
