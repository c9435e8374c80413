#pragma once
// What a crowd consists of: users, those whom they list, links, and a queue of what will happen.

#include <array>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "ohim/tracker.h"
#include "testing/crowd_report.h"
#include "testing/dice.h"

namespace sim::crowd {

using UserId = std::uint32_t;
inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
inline constexpr base::Instant kNever = base::Instant::max();

/// What happens in a life.
enum class Act : std::uint8_t {
  sign_on,
  sign_off,
  crash,
  vanish,
  sleep,
  freeze,
  wake,
  cut,
  mend,
  plan,  ///< the next day
};

enum class What : std::uint8_t {
  act,      ///< of a user's life: `contact` is the Act
  world,    ///< of the script
  wake,     ///< a tracker's timer
  read,     ///< a read of the store ends
  dial,     ///< a dial goes a step on
  pushed,   ///< a notice arrives
  line,     ///< a program notices how its own line is
  visible,  ///< a location can be read
  blank,    ///< a blank location can be read
  promise,  ///< an `online` must have been corrected
  silent,   ///< of links: `user` is the link, `contact` the side
  reset,
  closed,
  goodbye,
  hiccup,
};

struct Happening {
  base::Instant at{};
  std::uint64_t order = 0;  ///< 48 bits count; the others say what, and which step of it
  std::uint32_t user = 0;
  std::uint32_t contact = 0;
  std::uint32_t stamp = 0;
  std::uint32_t run = 0;  ///< of the user's program; void if she has another

  [[nodiscard]] What what() const { return static_cast<What>(order >> 8 & 0xff); }
  [[nodiscard]] std::uint8_t step() const { return static_cast<std::uint8_t>(order & 0xff); }
};

/// What will happen; of what happens at the same instant, what was put in first.
class Queue {
 public:
  void push(Happening happening, What what, std::uint8_t step = 0);
  [[nodiscard]] bool empty() const { return heap_.empty(); }
  [[nodiscard]] const Happening& first() const { return heap_.front(); }
  Happening pop();

 private:
  std::vector<Happening> heap_;
  std::uint64_t count_ = 0;
};

// What made a verdict another, beside the numbers of Incident.
inline constexpr std::uint8_t kNoIncident = 0xff;
inline constexpr std::uint8_t kShown = 0xfe;     ///< another state is shown
inline constexpr std::uint8_t kSilently = 0xfd;  ///< the truth, but there is nothing to find out

/// One user's view of another, who is on her list or has her on his.
struct Contact {
  UserId who = 0;
  std::uint32_t back = 0;      ///< where she stands among his contacts
  std::uint32_t link = kNone;  ///< the newest; Link::next leads to the others
  bool lists = false;
  bool listed = false;

  // --- what her program knows ---
  ohim::Presence shown = ohim::Presence::unknown;
  bool said_lists = false;  ///< he said whether she is on his list; kept over runs, as a profile
  bool read_once = false;
  bool watching = false;
  base::Instant watching_since{};
  std::uint64_t seen = 0;                  ///< sequence of the newest location seen
  std::array<std::uint32_t, 2> read_at{};  ///< her newest places that were read, so can be dialled

  // --- the account ---
  Verdict verdict = Verdict::not_looking;
  bool there = false;                  ///< he is
  bool naive_online = false;           ///< what the paper's scheme shows
  std::uint8_t pending = kNoIncident;  ///< what is not shown yet
  std::uint32_t stamp = 0;             ///< one more whenever the verdict changes
  base::Instant since{};               ///< accounted so far
  base::Instant judged{};              ///< when the verdict changed
  base::Instant pending_since{};
};

/// A location in the store.
struct Lease {
  std::uint32_t run = 0;
  base::Instant issued{};
  bool renewed = false;  ///< it is, all the time; `issued` is the first one's
};

/// What the people in a town are like.
enum class Habit : std::uint8_t { office, commuter, night_owl, always_on, crasher, laptop };
inline constexpr std::uint32_t kHabits = 6;

struct User {
  User(ohim::Name the_name, std::uint64_t seed) : name(std::move(the_name)), life(seed) {}

  ohim::Name name;
  Dice life;  ///< her own, so that what she does depends on nobody else
  Habit habit = Habit::office;
  std::uint32_t region = 0;
  bool walled = false;
  std::vector<Contact> contacts;  ///< in the order of their numbers
  std::vector<Lease> leases;
  std::uint64_t latest = 0;  ///< sequence of the newest record that is news

  bool powered = true;  ///< her machine is
  bool line = true;     ///< her cable is in
  bool reaches_store = true;
  base::Instant lost_store{};  ///< when she did not any more

  // --- her program ---
  std::uint32_t run = 0;  ///< its number, and its place; 0 before the first
  bool on = false;
  bool standing = false;  ///< still: frozen, or asleep with its machine
  base::Instant stands_since{};
  base::Instant on_since{};
  base::Instant booked{};                  ///< her hours on line are, until then
  std::unique_ptr<ohim::Tracker> tracker;  ///< while `on`
  base::Instant wake_wanted = kNever;
  base::Instant wake_queued = kNever;
  std::uint32_t reading = 0;
  std::uint32_t dialing = 0;
  std::vector<std::uint32_t> reads;                            ///< wait for their turn
  std::vector<std::pair<std::uint32_t, std::uint32_t>> dials;  ///< contact, place
  std::uint32_t unknowns = 0;  ///< buddies of whom she is shown nothing
  bool all_known = false;      ///< was true once in this run
  bool line_known = true;      ///< what her program thinks of its line
  std::uint32_t line_stamp = 0;
  std::vector<Happening> missed;  ///< while standing still

  [[nodiscard]] bool live() const { return on && !standing; }
};

/// A connection between two programs; each end lives as long as its program thinks so.
struct Link {
  std::array<UserId, 2> user{};
  std::array<std::uint32_t, 2> contact{};
  std::array<std::uint32_t, 2> run{};
  std::array<std::uint32_t, 2> next{kNone, kNone};
  std::array<bool, 2> up{};
  bool working = false;     ///< what one end sends, the other gets
  std::uint32_t stamp = 0;  ///< one more whenever it breaks, mends or begins
};

}  // namespace sim::crowd
