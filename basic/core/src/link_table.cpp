#include "basic/link_table.h"

#include <algorithm>

namespace basic {
namespace {

/// Two links opened within this time were dialled at once: no handshake takes longer.
constexpr base::Duration kCrossing = std::chrono::seconds(10);
/// How long a link may be on its way that the other side already prefers.
constexpr base::Duration kSuccessorLimit = std::chrono::seconds(2);
constexpr base::Duration kLookAgain = std::chrono::milliseconds(50);

}  // namespace

LinkTable::LinkTable(base::World& world, openhash::PublicKey self, std::vector<Module*> modules,
                     LinkEvents& events, LinkOptions options)
    : world_(world),
      self_(self),
      modules_(std::move(modules)),
      events_(events),
      options_(options) {}

LinkTable::~LinkTable() = default;

bool LinkTable::keeps(const ConnectionHandler& standing, std::uint64_t device,
                      bool new_opened_by_us, const openhash::PublicKey& peer) const {
  const bool same_run = standing.device() == device;
  const bool young = world_.clock.now() - standing.up_since() < kCrossing;
  const bool crossed = standing.opened_by_us() != new_opened_by_us;
  if (!same_run || !young || !crossed) return false;
  return standing.opened_by_us() == (self_ < peer);  // opened by whoever has the smaller key
}

bool LinkTable::stays_against(const ohim::Peer& peer, std::uint64_t device) const {
  const auto found = links_.find(peer.name);
  return found != links_.end() && keeps(*found->second, device, false, peer.key);
}

void LinkTable::turn_away(Session session, std::unique_ptr<base::Stream> stream,
                          const Control& last_word) {
  LinkOwner& owner = *this;
  leaving_.push_back(std::make_unique<ConnectionHandler>(world_, owner, std::move(session),
                                                         std::move(stream), modules_, options_));
  leaving_.back()->turn_away(last_word);
}

void LinkTable::adopt(Session session, std::unique_ptr<base::Stream> stream) {
  const ohim::Peer peer = session.peer;
  const Control replaced{.type = ControlType::close, .reason = CloseReason::replaced};
  const auto found = links_.find(peer.name);
  if (found != links_.end() &&
      keeps(*found->second, session.device, session.opened_by_us, peer.key)) {
    turn_away(std::move(session), std::move(stream), replaced);
    return;
  }
  LinkOwner& owner = *this;
  auto link = std::make_unique<ConnectionHandler>(world_, owner, std::move(session),
                                                  std::move(stream), modules_, options_);
  ConnectionHandler& added = *link;
  if (found != links_.end()) {
    ConnectionHandler& old = *found->second;
    leaving_.push_back(std::move(found->second));
    links_.erase(found);
    old.leave(replaced);
  }
  awaited_.erase(peer.name);
  links_.emplace(peer.name, std::move(link));
  added.start();  // with what came early, which may have ended it again
  if (has(peer.name) && announced_.insert(peer.name).second) events_.peer_linked(peer);
}

std::vector<ohim::Peer> LinkTable::peers() const {
  std::vector<ohim::Peer> peers;
  for (const auto& [name, link] : links_) peers.push_back(link->peer());
  return peers;
}

base::Task<bool> LinkTable::wait_for(ohim::Name buddy, base::Duration limit) {
  const base::Instant end = world_.clock.now() + limit;
  while (!has(buddy) && world_.clock.now() < end) {
    co_await base::sleep_for(world_.clock, kLookAgain);
  }
  co_return has(buddy);
}

void LinkTable::say_goodbye() {
  std::vector<ConnectionHandler*> all;
  for (const auto& [name, link] : links_) all.push_back(link.get());
  for (ConnectionHandler* link : all) link->leave({.type = ControlType::goodbye});
}

base::Task<void> LinkTable::farewell() {
  say_goodbye();
  const base::Instant end = world_.clock.now() + options_.farewell;
  while (!leaving_.empty() && world_.clock.now() < end) {
    co_await base::sleep_for(world_.clock, kLookAgain);
  }
}

void LinkTable::link_ended(ConnectionHandler& link, LinkEnd how) {
  const auto found = links_.find(link.peer().name);
  if (found == links_.end() || found->second.get() != &link) return;  // had been replaced before
  const ohim::Name buddy = link.peer().name;
  leaving_.push_back(std::move(found->second));
  links_.erase(found);
  if (how == LinkEnd::replaced) {
    await_successor(buddy);
  } else {
    announce_end(buddy, how);
  }
}

void LinkTable::announce_end(const ohim::Name& buddy, LinkEnd how) {
  if (announced_.erase(buddy) > 0) events_.peer_gone(buddy, how);
}

void LinkTable::await_successor(const ohim::Name& buddy) {
  awaited_[buddy] = world_.clock.call_after(kSuccessorLimit, [this, buddy] {
    const ohim::Name name = buddy;  // of our own: the next line destroys what holds the other
    awaited_.erase(name);
    announce_end(name, LinkEnd::broken);
  });
}

void LinkTable::link_drained(ConnectionHandler&) {
  reaping_ = world_.clock.call_after(base::Duration::zero(), [this] { reap(); });
}

void LinkTable::reap() {
  std::erase_if(leaving_, [](const auto& link) { return link->drained(); });
}

}  // namespace basic
