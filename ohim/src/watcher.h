#pragma once
// Runs the tracker: its timer, its reads and dials, and a watch on the location of every buddy to
// whom there is no link.

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
  virtual void presence_changed(const Name& buddy, const BuddyState& state) = 0;
};

class Watcher {
 public:
  /// All are borrowed and outlive this.
  Watcher(base::World& world, openhash::Store& store, WatcherHost& host, TrackerOptions options);

  /// Watches these and no others.
  void set_buddies(const std::vector<Name>& buddies);
  void link_up(const Name& buddy);
  void link_down(const Name& buddy, Tracker::LinkEnd how);
  [[nodiscard]] BuddyState state(const Name& buddy) const { return tracker_.state(buddy); }

 private:
  /// What is known of one buddy beside her presence.
  struct Subject {
    std::optional<openhash::PublicKey> owner;
    std::optional<openhash::Record> location;  ///< the newest seen; older ones are not believed
    std::unique_ptr<openhash::Watch> watch;
    bool read_once = false;
    bool questioned = false;
  };

  void drive();
  void drive_soon();
  void start_queued();
  void arm();
  void tidy_watches();
  void check_line();

  base::Task<void> read(Name buddy);
  base::Task<void> read_of(Name buddy, openhash::PublicKey owner);
  base::Task<void> dial(Name buddy);
  void note(const Name& buddy, const openhash::PublicKey& owner, const openhash::Record& record);
  void conclude(const Name& buddy);
  void on_pushed(const Name& buddy, const openhash::Record& record);
  void unreadable(const Name& buddy, const base::Error& error);
  Subject* subject(const Name& buddy);

  base::World& world_;
  openhash::Store& store_;
  WatcherHost& host_;
  Tracker tracker_;
  std::map<Name, Subject> subjects_;
  std::set<Name> links_;  // also with people whom we do not watch, or not yet
  std::deque<Name> reads_;
  std::deque<Name> dials_;
  std::size_t reading_ = 0;
  std::size_t dialing_ = 0;
  std::size_t unread_in_a_row_ = 0;
  bool driving_ = false;
  bool drive_again_ = false;
  base::Timer wake_;
  base::Timer soon_;
  base::Tasks tasks_;
};

}  // namespace ohim
