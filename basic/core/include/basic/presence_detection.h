#pragma once
// The paper's BasicPresenceDetection: ohim's engine with Basic's buddy list, location, listener and
// handshake. It keeps the links; modules speak over them.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "basic/buddy_list.h"
#include "basic/connection_listener.h"
#include "basic/link_table.h"
#include "basic/location.h"
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
  virtual void said_goodbye(const ohim::Name& peer) = 0;
  /// `offered` claims a name that is known to belong to another key. It was not believed.
  virtual void key_refused(const ohim::Name& name, const openhash::PublicKey& offered) = 0;
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
                    std::vector<Module*> modules, PresenceEvents& events, BasicOptions options);
  ~PresenceDetection() override;

  /// As the engine's, and whatever was opened for it is closed again if it fails.
  base::Task<base::Result<void>> sign_on(std::string name, base::Secret password);

  /// Change it, then commit_buddy_list() and recognise().
  [[nodiscard]] BuddyList& list() { return list_; }
  [[nodiscard]] const BuddyList& list() const { return list_; }
  /// `name` has come on the list: a link that she had as a stranger counts from now on.
  void recognise(const ohim::Name& name);

  /// Shown in the location; invisible closes the links with goodbye and takes none until shown
  /// again, and then dials everybody.
  void set_show(Show show, std::string text);
  [[nodiscard]] Show show() const { return location_.show; }
  [[nodiscard]] const std::string& text() const { return location_.text; }

  [[nodiscard]] bool linked(const ohim::Name& name) const;
  [[nodiscard]] std::uint64_t device() const { return location_.device; }
  /// What the last location read of `name` said, for as long as no link says better.
  [[nodiscard]] const Location* last_location(const ohim::Name& name) const;

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
  std::optional<openhash::PublicKey> pinned_key(const ohim::Name& name) const override;
  void key_conflict(const ohim::Name& name, const openhash::PublicKey& offered) override;

  base::Task<base::Result<void>> admit(ohim::Peer peer, std::uint64_t device) override;

  void peer_linked(const ohim::Peer& peer) override;
  void peer_gone(const ohim::Name& buddy, LinkEnd how) override;
  bool on_list(const ohim::Name& buddy) const override { return list_.has(buddy); }

  base::Result<void> open_run();
  base::Task<base::Result<void>> dial(std::shared_ptr<Run> run, ohim::Peer peer, Digest tls_key,
                                      std::unique_ptr<base::Stream> stream);
  bool take_link(Run& run, Session session, std::unique_ptr<base::Stream> stream);
  base::Task<base::Result<openhash::PublicKey>> owner_of(ohim::Name name);
  base::Task<void> reach(ohim::Name buddy);
  [[nodiscard]] std::vector<base::Endpoint> own_endpoints(const base::Endpoint& listening) const;

  base::World& world_;
  openhash::Store& store_;
  Profile& profile_;
  std::vector<Module*> modules_;
  PresenceEvents& events_;
  BasicOptions options_;
  BuddyList list_;
  Location location_;
  std::map<ohim::Name, Location> locations_;
  TokenBucket stranger_look_ups_;
  std::shared_ptr<Run> run_;  // from sign_on_pre() to sign_off_pre(); shared with dials under way
  base::Tasks tasks_;
};

}  // namespace basic
