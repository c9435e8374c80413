#pragma once
// All links of one signed-on user: at most one a buddy. Who opens a second one while the first is
// young (both dialled at once) keeps that of the smaller key; later, the new one replaces the old.

#include <map>
#include <set>

#include "basic/connection_handler.h"

namespace basic {

/// Whoever wants to know. Calls come on the loop and may not destroy the table.
class LinkEvents {
 public:
  virtual ~LinkEvents() = default;
  virtual void peer_linked(const ohim::Peer& peer) = 0;
  /// Never `replaced`.
  virtual void peer_gone(const ohim::Name& buddy, LinkEnd how) = 0;
  [[nodiscard]] virtual bool on_list(const ohim::Name& buddy) const = 0;
};

class LinkTable final : private LinkOwner {
 public:
  /// `modules` and `events` are borrowed. The table's links end, without a word, when it goes.
  LinkTable(base::World& world, openhash::PublicKey self, std::vector<Module*> modules,
            LinkEvents& events, LinkOptions options = {});
  ~LinkTable() override;

  /// Takes a link that a handshake has established.
  void adopt(Session session, std::unique_ptr<base::Stream> stream);
  /// Ends a link that came too late with `last_word`; nobody here has heard of it.
  void turn_away(Session session, std::unique_ptr<base::Stream> stream, const Control& last_word);
  /// Whether a link that this peer opens now would lose against the one that stands: the handshake
  /// tells her so before she builds on it.
  [[nodiscard]] bool stays_against(const ohim::Peer& peer, std::uint64_t device) const;
  [[nodiscard]] bool has(const ohim::Name& buddy) const { return links_.contains(buddy); }
  [[nodiscard]] std::vector<ohim::Peer> peers() const;
  /// Completes when there is a link to `buddy`, or none came in `limit`.
  base::Task<bool> wait_for(ohim::Name buddy, base::Duration limit);

  /// Says goodbye on every link.
  void say_goodbye();
  /// The same; completes when all have heard it, or after a second.
  base::Task<void> farewell();

 private:
  bool listed(const ohim::Name& buddy) const override { return events_.on_list(buddy); }
  void link_ended(ConnectionHandler& link, LinkEnd how) override;
  void link_drained(ConnectionHandler& link) override;
  [[nodiscard]] bool keeps(const ConnectionHandler& standing, std::uint64_t device,
                           bool new_opened_by_us, const openhash::PublicKey& peer) const;
  void announce_end(const ohim::Name& buddy, LinkEnd how);
  void await_successor(const ohim::Name& buddy);
  void reap();

  base::World& world_;
  openhash::PublicKey self_;
  std::vector<Module*> modules_;
  LinkEvents& events_;
  LinkOptions options_;
  std::map<ohim::Name, std::unique_ptr<ConnectionHandler>> links_;
  std::vector<std::unique_ptr<ConnectionHandler>> leaving_;
  std::map<ohim::Name, base::Timer> awaited_;  // whose link was replaced by one we do not have yet
  std::set<ohim::Name> announced_;  // of whom peer_linked() was said, and not peer_gone()
  base::Timer reaping_;
};

}  // namespace basic
