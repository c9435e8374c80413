#pragma once
// Runs the tracker: its timer, its reads and dials, a watch on the locations that it wants pushed,
// and an eye on our own line, this machine's sleep and its addresses.

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <set>

#include "base/world.h"
#include "ohim/tracker.h"
#include "openhash/store.h"

namespace ohim {

/// What the watcher asks of the engine it works for.
class WatcherHost {
 public:
  virtual ~WatcherHost() = default;
  /// The key that `buddy`'s records must have.
  virtual base::Task<base::Result<openhash::PublicKey>> owner_of(Name buddy) = 0;
  /// Foreign records stand where `buddy`'s should, and hers are missing: has her key changed?
  virtual base::Task<void> question_owner(Name buddy) = 0;
  /// Dials where `location` says, and shakes hands.
  virtual base::Task<base::Result<void>> reach(Name buddy, openhash::Record location) = 0;
  /// Which of her places this location is about.
  virtual PlaceId place_of(const openhash::Record& location) = 0;
  virtual void presence_changed(const Name& buddy, const BuddyState& state) = 0;
  /// We reach nobody any more, or somebody again.
  virtual void own_line_changed(bool up) = 0;
  /// We slept, or have other addresses.
  virtual void connectivity_changed() = 0;
};

class Watcher {
 public:
  /// All are borrowed and outlive this.
  Watcher(base::World& world, openhash::Store& store, WatcherHost& host, TrackerOptions options);

  /// Watches these and no others.
  void set_buddies(const std::vector<Name>& buddies);
  void link_up(const Name& buddy, PlaceId place, Tracker::Opened opened);
  void link_down(const Name& buddy, PlaceId place, Tracker::LinkEnd how);
  void lists_us(const Name& buddy, bool on_her_list) { tracker_.lists_us(buddy, on_her_list); }
  [[nodiscard]] const Tracker& tracker() const { return tracker_; }
  /// Whether we reach anybody, as far as is known.
  [[nodiscard]] bool line_up() const { return line_up_; }

 private:
  /// What is known of one buddy beside her presence.
  struct Seen {
    PlaceId place = 0;
    openhash::Record record;
    base::Instant over{};  ///< by our own count since we saw it first, whatever clocks say
  };
  struct Subject {
    std::optional<openhash::PublicKey> owner;
    std::array<std::optional<Seen>, openhash::kDeviceSlots> locations;  ///< the newest of each slot
    std::map<PlaceId, openhash::Record> last;  ///< where each place was, for dialling those lost
    std::set<PlaceId> dialled;  ///< just now, where they were last
    std::set<PlaceId> nowhere;  ///< places that dialled us and have no location in the store
    std::unique_ptr<openhash::Watch> watch;
    bool read_once = false;
    bool questioned = false;
  };

  void drive();
  void drive_soon();
  void start_queued();
  void arm();
  void tidy_watches();
  void look_around();
  void check_line();
  void set_line(bool up);
  void check_sleep();
  void check_neighbours();
  void check_addresses();
  [[nodiscard]] bool linked(const Name& buddy, PlaceId place) const;

  base::Task<void> read(Name buddy);
  base::Task<void> look_up(Name buddy);
  base::Task<void> read_of(Name buddy, openhash::PublicKey owner);
  base::Task<void> dial(Name buddy, PlaceId place);
  base::Task<void> follow(Name buddy, openhash::Record location);
  bool note(const Name& buddy, const openhash::PublicKey& owner, const openhash::Record& record);
  void conclude(const Name& buddy);
  void on_pushed(const Name& buddy, const openhash::Record& record);
  void unreadable(const Name& buddy, const base::Error& error);
  Subject* subject(const Name& buddy);
  [[nodiscard]] std::optional<openhash::Record> location_of(const Name& buddy, PlaceId place);

  base::World& world_;
  openhash::Store& store_;
  WatcherHost& host_;
  Tracker tracker_;
  std::map<Name, Subject> subjects_;
  // By place, with who opened each; also with people whom we do not watch, or not yet.
  std::map<Name, std::map<PlaceId, Tracker::Opened>> links_;
  std::deque<Name> reads_;
  std::deque<std::pair<Name, PlaceId>> dials_;
  std::deque<std::pair<Name, openhash::Record>> moved_;  // while they were dialled
  std::size_t reading_ = 0;
  std::size_t dialing_ = 0;
  std::size_t unread_in_a_row_ = 0;
  bool driving_ = false;
  bool drive_again_ = false;
  base::Instant suspect_until_{};  // a link fell silent: it may be our own line
  bool line_up_ = true;
  base::Instant looked_at_{};
  base::WallTime looked_at_wall_{};
  std::size_t nodes_answering_ = 0;
  bool nodes_lost_ = false;
  std::vector<base::Endpoint> addresses_;
  base::Timer wake_;
  base::Timer soon_;
  base::Tasks tasks_;
};

}  // namespace ohim
