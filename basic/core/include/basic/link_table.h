#pragma once
// All links of one signed-on user: at most one to each place of each buddy. Who opens a second one
// while the first is young (both dialled at once) keeps that of the smaller key; later, or when it
// comes in the place of the first, the new one replaces the old.

#include <map>
#include <set>

#include "basic/connection_handler.h"

namespace basic {

/// Whoever wants to know. Calls come on the loop and may not destroy the table.
class LinkEvents {
 public:
  virtual ~LinkEvents() = default;
  virtual void peer_linked(const ohim::Peer& peer, ohim::PlaceId device, bool opened_by_us) = 0;
  /// Never `replaced`.
  virtual void peer_gone(const ohim::Name& buddy, ohim::PlaceId device, LinkEnd how) = 0;
  /// A link to her came up, or other protocols are spoken on one than before: see speaks().
  virtual void epochs_changed(const ohim::Name& /*buddy*/) {}
  [[nodiscard]] virtual bool on_list(const ohim::Name& buddy) const = 0;
};

class LinkTable final : private LinkOwner {
 public:
  /// Links to more places of one buddy are not kept: those stay that were first linked last, so
  /// that the others do not come back and push them out in turn.
  static constexpr std::size_t kMaxPlaces = 4;

  /// `modules` (all are switched on) and `events` are borrowed. The table's links end, without a
  /// word, when it goes.
  LinkTable(base::World& world, openhash::PublicKey self, std::vector<Module*> modules,
            LinkEvents& events, LinkOptions options = {});
  ~LinkTable() override;

  /// Takes a link that a handshake has established.
  void adopt(Session session, std::unique_ptr<base::Stream> stream);
  /// Ends a link that came too late with `last_word`; nobody here has heard of it.
  void turn_away(Session session, std::unique_ptr<base::Stream> stream, const Control& last_word);
  /// Whether a link that this peer opens now would lose against the one that stands: the handshake
  /// tells her so before she builds on it.
  [[nodiscard]] bool stays_against(const Caller& caller) const;
  /// The mark of the link to that place that we gave up last while she may still believe in it; 0
  /// if there is none. For the hello of the next one.
  [[nodiscard]] std::uint64_t given_up(const ohim::Name& buddy, ohim::PlaceId device) const;

  /// Of the modules only those of these epochs are switched on from now on, on all links.
  void speak(std::vector<Epoch> spoken);
  /// Whether this is spoken at any of her places.
  [[nodiscard]] bool speaks(const ohim::Name& buddy, const Epoch& epoch) const;

  /// Whether a link to that place would not be turned away because kMaxPlaces newer ones stand.
  [[nodiscard]] bool has_room_for(const ohim::Name& buddy, ohim::PlaceId device) const;

  [[nodiscard]] bool any() const { return !links_.empty(); }
  [[nodiscard]] bool has(const ohim::Name& buddy) const;
  [[nodiscard]] bool has(const ohim::Name& buddy, ohim::PlaceId device) const;
  /// Completes when there is a link to that place, or none came in `limit`.
  base::Task<bool> wait_for(ohim::Name buddy, ohim::PlaceId device, base::Duration limit);

  /// Finds out at once which links are dead: see LinkOptions::probe_limit.
  void probe_all();
  /// Says goodbye on the links to one buddy.
  void say_goodbye(const ohim::Name& buddy);
  /// Says goodbye on every link.
  void say_goodbye();
  /// The same; completes when all have heard it, or after a second.
  base::Task<void> farewell();

 private:
  /// Links to one buddy stand side by side.
  using Key = std::pair<ohim::Name, ohim::PlaceId>;
  using Links = std::map<Key, std::unique_ptr<ConnectionHandler>>;

  bool listed(const ohim::Name& buddy) const override { return events_.on_list(buddy); }
  std::uint64_t next_activity() override { return ++activities_; }
  void epochs_changed(ConnectionHandler& link) override;
  void link_ended(ConnectionHandler& link, LinkEnd how) override;
  void link_drained(ConnectionHandler& link) override;
  /// What is coming up, against a link that stands.
  struct Newcomer {
    const openhash::PublicKey& peer;
    bool opened_by_us;
    std::uint64_t instead_of;
  };
  [[nodiscard]] bool keeps(const ConnectionHandler& standing, const Newcomer& newcomer) const;
  [[nodiscard]] std::vector<ConnectionHandler*> links_to(const ohim::Name& buddy) const;
  /// Ends the link at `at` with `close: replaced`; nobody is told.
  void replace(Links::iterator at);
  void make_room_for(const ohim::Name& buddy);
  void remember_order(const Key& key);
  void announce_end(const Key& key, LinkEnd how);
  void await_successor(const Key& key);
  void reap();

  base::World& world_;
  openhash::PublicKey self_;
  std::vector<Module*> modules_;
  std::vector<Epoch> spoken_;
  LinkEvents& events_;
  LinkOptions options_;
  Links links_;
  // The places of those who have a link, in the order in which they were first linked.
  std::map<ohim::Name, std::vector<ohim::PlaceId>> order_;
  std::vector<std::unique_ptr<ConnectionHandler>> leaving_;
  std::map<Key, base::Timer> awaited_;  // whose link was replaced by one we do not have yet
  std::map<Key, std::uint64_t> given_up_;
  std::set<Key> announced_;             // of whom peer_linked() was said, and not peer_gone()
  std::uint64_t activities_ = 0;
  base::Timer reaping_;
};

}  // namespace basic
