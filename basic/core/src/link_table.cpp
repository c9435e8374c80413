#include "basic/link_table.h"

#include <algorithm>

namespace basic {
namespace {

/// Two links opened within this time were dialled at once: no handshake takes longer.
constexpr base::Duration kCrossing = std::chrono::seconds(10);
/// How long a link may be on its way that the other side already prefers.
constexpr base::Duration kSuccessorLimit = std::chrono::seconds(2);
constexpr base::Duration kLookAgain = std::chrono::milliseconds(50);
constexpr Control kReplaced{.type = ControlType::close, .reason = CloseReason::replaced};

}  // namespace

LinkTable::LinkTable(base::World& world, openhash::PublicKey self, std::vector<Module*> modules,
                     LinkEvents& events, LinkOptions options)
    : world_(world),
      self_(self),
      modules_(std::move(modules)),
      events_(events),
      options_(options) {}

LinkTable::~LinkTable() = default;

/// `standing` and the new link are of the same place.
bool LinkTable::keeps(const ConnectionHandler& standing, bool new_opened_by_us,
                      const openhash::PublicKey& peer) const {
  const bool young = world_.clock.now() - standing.up_since() < kCrossing;
  const bool crossed = standing.opened_by_us() != new_opened_by_us;
  if (!young || !crossed) return false;
  return standing.opened_by_us() == (self_ < peer);  // opened by whoever has the smaller key
}

bool LinkTable::stays_against(const ohim::Peer& peer, ohim::PlaceId device) const {
  const auto found = links_.find({peer.name, device});
  return found != links_.end() && keeps(*found->second, false, peer.key);
}

void LinkTable::turn_away(Session session, std::unique_ptr<base::Stream> stream,
                          const Control& last_word) {
  LinkOwner& owner = *this;
  leaving_.push_back(std::make_unique<ConnectionHandler>(world_, owner, std::move(session),
                                                         std::move(stream), modules_, options_));
  leaving_.back()->turn_away(last_word);
}

void LinkTable::adopt(Session session, std::unique_ptr<base::Stream> stream) {
  const Key key{session.peer.name, session.device};
  const ohim::Peer peer = session.peer;
  const bool opened_by_us = session.opened_by_us;
  const auto standing = links_.find(key);
  if (standing != links_.end() && keeps(*standing->second, opened_by_us, peer.key)) {
    turn_away(std::move(session), std::move(stream), kReplaced);
    return;
  }
  LinkOwner& owner = *this;
  auto link = std::make_unique<ConnectionHandler>(world_, owner, std::move(session),
                                                  std::move(stream), modules_, options_);
  ConnectionHandler& added = *link;
  if (standing != links_.end()) {
    replace(standing);
  } else {
    make_room_for(peer.name);
  }
  awaited_.erase(key);
  links_.emplace(key, std::move(link));
  added.start();  // with what came early, which may have ended it again
  if (!links_.contains(key) || !announced_.insert(key).second) return;
  events_.peer_linked(peer, key.second, opened_by_us);
}

void LinkTable::replace(Links::iterator at) {
  ConnectionHandler& old = *at->second;
  leaving_.push_back(std::move(at->second));
  links_.erase(at);
  old.leave(kReplaced);
}

void LinkTable::make_room_for(const ohim::Name& buddy) {
  const std::vector<ConnectionHandler*> links = links_to(buddy);
  if (links.size() < kMaxPlaces) return;
  const auto oldest = std::ranges::min_element(links, {}, &ConnectionHandler::up_since);
  const Key key{buddy, (*oldest)->device()};
  replace(links_.find(key));
  announce_end(key, LinkEnd::ours);
}

bool LinkTable::has(const ohim::Name& buddy) const { return !links_to(buddy).empty(); }

bool LinkTable::has(const ohim::Name& buddy, ohim::PlaceId device) const {
  return links_.contains({buddy, device});
}

std::vector<ConnectionHandler*> LinkTable::links_to(const ohim::Name& buddy) const {
  std::vector<ConnectionHandler*> links;
  for (auto at = links_.lower_bound({buddy, 0}); at != links_.end(); ++at) {
    if (at->first.first != buddy) break;
    links.push_back(at->second.get());
  }
  return links;
}

base::Task<bool> LinkTable::wait_for(ohim::Name buddy, ohim::PlaceId device, base::Duration limit) {
  const base::Instant end = world_.clock.now() + limit;
  while (!has(buddy, device) && world_.clock.now() < end) {
    co_await base::sleep_for(world_.clock, kLookAgain);
  }
  co_return has(buddy, device);
}

void LinkTable::probe_all() {
  for (const auto& [key, link] : links_) link->probe();
}

void LinkTable::say_goodbye(const ohim::Name& buddy) {
  for (ConnectionHandler* link : links_to(buddy)) link->leave({.type = ControlType::goodbye});
}

void LinkTable::say_goodbye() {
  std::vector<ConnectionHandler*> all;
  for (const auto& [key, link] : links_) all.push_back(link.get());
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
  const Key key{link.peer().name, link.device()};
  const auto found = links_.find(key);
  if (found == links_.end() || found->second.get() != &link) return;  // had been replaced before
  leaving_.push_back(std::move(found->second));
  links_.erase(found);
  if (how == LinkEnd::replaced) {
    await_successor(key);
  } else {
    announce_end(key, how);
  }
}

void LinkTable::announce_end(const Key& key, LinkEnd how) {
  if (announced_.erase(key) > 0) events_.peer_gone(key.first, key.second, how);
}

void LinkTable::await_successor(const Key& key) {
  awaited_[key] = world_.clock.call_after(kSuccessorLimit, [this, key] {
    const Key place = key;  // of our own: the next line destroys what holds the other
    awaited_.erase(place);
    announce_end(place, LinkEnd::broken);
  });
}

void LinkTable::link_drained(ConnectionHandler&) {
  reaping_ = world_.clock.call_after(base::Duration::zero(), [this] { reap(); });
}

void LinkTable::reap() {
  std::erase_if(leaving_, [](const auto& link) { return link->drained(); });
}

}  // namespace basic
