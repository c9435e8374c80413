#pragma once
// The paper's BasicPresenceDetection: ohim's engine with Basic's buddy list, location, listener and
// handshake. It keeps the links; modules speak over them.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "basic/buddy_list.h"
#include "basic/connection_listener.h"
#include "basic/known_locations.h"
#include "basic/link_table.h"
#include "basic/profile.h"
#include "ohim/presence_detection.h"

namespace basic {

/// Whoever shows it. Calls come on the loop and may not destroy the engine.
class PresenceEvents {
 public:
  virtual ~PresenceEvents() = default;
  virtual void presence_changed(const ohim::Name& buddy, const ohim::BuddyState& state) = 0;
  /// Somebody who is not on the list has a link to us now.
  virtual void stranger_linked(const ohim::Peer& peer) = 0;
  /// Another machine of the user changed the list: see BuddyList::take_merged().
  virtual void list_merged() {}
  /// The user's profile is open; nobody has heard of her yet.
  virtual void profile_opened() {}
  /// A link to `peer` came up, or other protocols are spoken there now: see speaks().
  virtual void epochs_changed(const ohim::Name& /*peer*/) {}
  /// She signed off at the last place that we had a link to.
  virtual void said_goodbye(const ohim::Name& peer) = 0;
};

/// What keeps us from reaching anybody.
enum class Line {
  up,
  no_store,  ///< no node of the store answers; somebody else may
  cut,       ///< nobody answers at all
};

/// Whoever tells what is wrong. Calls come on the loop and may not destroy the engine.
class TroubleEvents {
 public:
  virtual ~TroubleEvents() = default;
  /// `offered` claims a name that is known to belong to another key. It was not believed.
  virtual void key_refused(const ohim::Name& name, const openhash::PublicKey& offered) = 0;
  /// And the store says the same.
  virtual void key_changed(const ohim::Name& name, const openhash::PublicKey& offered) = 0;
  /// A link has proven that the known key is in use.
  virtual void key_confirmed(const ohim::Name& name) = 0;
  /// line() may be another now.
  virtual void line_changed() = 0;
  virtual void signed_on_elsewhere(bool elsewhere) = 0;
  /// Others cannot find us; `error` says what to do.
  virtual void location_refused(const base::Error& error) = 0;
};

struct BasicOptions {
  ohim::PresenceOptions presence;
  base::Endpoint listen = base::Endpoint::v4(0, 0, 0, 0, 0);
  LinkOptions link;
  ListenerOptions listener;
};

class PresenceDetection final : public ohim::PresenceDetection, private Gate, private LinkEvents {
 public:
  /// All but the options are borrowed and outlive this.
  PresenceDetection(base::World& world, openhash::Store& store, Profile& profile,
                    std::vector<Module*> modules, PresenceEvents& events, TroubleEvents& troubles,
                    BasicOptions options);
  ~PresenceDetection() override;

  /// As the engine's, and whatever was opened for it is closed again if it fails.
  base::Task<base::Result<void>> sign_on(std::string name, base::Secret password);

  /// Change it, then commit_buddy_list().
  [[nodiscard]] BuddyList& list() { return list_; }
  [[nodiscard]] const BuddyList& list() const { return list_; }
  /// Shown in the location; invisible closes the links with goodbye and takes none until shown
  /// again, and then dials everybody.
  void set_show(Show show, std::string text);
  [[nodiscard]] Show show() const { return location_.show; }
  [[nodiscard]] const std::string& text() const { return location_.text; }

  /// To any of her places.
  [[nodiscard]] bool linked(const ohim::Name& name) const;
  /// Of the modules only those of these epochs are switched on from now on, links that stand
  /// included.
  void speak(std::vector<Epoch> spoken);
  /// Whether this is spoken now at any of her places that we have a link to.
  [[nodiscard]] bool speaks(const ohim::Name& name, const Epoch& epoch) const;
  /// Ends all links to `name` as if we signed off: after she was blocked.
  void drop(const ohim::Name& name);
  /// Whether we reach anybody. A guess where no link was there to tell.
  [[nodiscard]] Line line() const;
  /// Which of our own places this is.
  [[nodiscard]] ohim::PlaceId device() const { return location_.device; }
  /// What the last location read of `name` said, at the place to talk to first; for as long as no
  /// link says better. Null if there is none. Valid until the loop goes on.
  [[nodiscard]] const Location* last_location(const ohim::Name& name) const;
  [[nodiscard]] const Location* last_location(const ohim::Name& name, ohim::PlaceId place) const {
    return locations_.find(name, place);
  }

 private:
  struct Run;
  class Dial;

  BuddyList& buddy_list() override { return list_; }
  ohim::Location& location() override { return location_; }
  std::unique_ptr<ohim::Location> make_location() const override;
  base::Task<base::Result<void>> handshake(ohim::Peer peer, const ohim::Location& location,
                                           std::unique_ptr<base::Stream> stream) override;
  base::Task<base::Result<void>> sign_on_pre() override;
  base::Task<void> sign_off_pre() override;
  void presence_changed(const ohim::Name& buddy, const ohim::BuddyState& state) override;
  void own_line_changed(bool up) override;
  void signed_on_elsewhere(bool elsewhere) override;
  void buddy_list_merged() override { events_.list_merged(); }
  void connectivity_changed() override;
  void location_refused(const base::Error& error) override { troubles_.location_refused(error); }
  std::optional<openhash::PublicKey> pinned_key(const ohim::Name& name) const override;
  void key_conflict(const ohim::Name& name, const openhash::PublicKey& offered) override;

  base::Task<base::Result<void>> admit(Caller caller) override;

  void peer_linked(const ohim::Peer& peer, ohim::PlaceId device, bool opened_by_us) override;
  void peer_gone(const ohim::Name& buddy, ohim::PlaceId device, LinkEnd how) override;
  void epochs_changed(const ohim::Name& buddy) override { events_.epochs_changed(buddy); }
  bool on_list(const ohim::Name& buddy) const override { return list_.has(buddy); }

  base::Result<void> open_run();
  [[nodiscard]] bool at_home_for(const Run& run, const ohim::Name& name) const;
  base::Task<base::Result<void>> dial(std::shared_ptr<Run> run, ohim::Peer peer, Location where,
                                      std::unique_ptr<base::Stream> stream);
  bool take_link(Run& run, Session session, std::unique_ptr<base::Stream> stream);
  base::Task<base::Result<openhash::PublicKey>> owner_of(ohim::Name name);
  base::Task<void> question_owner(ohim::Name name);
  base::Task<void> reach(ohim::Name buddy);
  [[nodiscard]] bool has_address() const;
  [[nodiscard]] std::vector<base::Endpoint> own_endpoints(const base::Endpoint& listening) const;

  base::World& world_;
  openhash::Store& store_;
  Profile& profile_;
  std::vector<Module*> modules_;
  std::vector<Epoch> spoken_;  // of those, the ones that are switched on
  PresenceEvents& events_;
  TroubleEvents& troubles_;
  BasicOptions options_;
  BuddyList list_;
  Location location_;
  KnownLocations locations_;
  base::TokenBucket stranger_look_ups_;
  std::optional<base::Instant> fell_silent_;  // a link, last
  base::Instant line_lost_{};
  bool had_address_ = false;  // of this machine, while the line was up
  std::shared_ptr<Run> run_;  // from sign_on_pre() to sign_off_pre(); shared with dials under way
  base::Tasks tasks_;
};

}  // namespace basic
