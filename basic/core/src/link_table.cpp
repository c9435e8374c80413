#include "basic/link_table.h"

#include <algorithm>

namespace basic {
namespace {

/// Two links opened within this time were dialled at once: no handshake takes longer.
constexpr base::Duration kCrossing = std::chrono::seconds(10);
/// How long a link may be on its way that the other side already prefers.
constexpr base::Duration kSuccessorLimit = std::chrono::seconds(2);
constexpr base::Duration kLookAgain = std::chrono::milliseconds(50);
/// Links that were given up, until there is a new one; beyond, the other end finds out by itself.
constexpr std::size_t kGivenUpRemembered = 1024;
/// Of each buddy, for the order of her places.
constexpr std::size_t kPlacesRemembered = 16;
const Control kReplaced{.type = ControlType::close, .reason = CloseReason::replaced};

}  // namespace

LinkTable::LinkTable(base::World& world, openhash::PublicKey self, std::vector<Module*> modules,
                     LinkEvents& events, LinkOptions options)
    : world_(world), self_(self), modules_(std::move(modules)), events_(events), options_(options) {
  for (const Module* module : modules_) spoken_.push_back(module->epoch());
}

LinkTable::~LinkTable() = default;

/// `standing` and the new link are of the same place.
bool LinkTable::keeps(const ConnectionHandler& standing, const Newcomer& newcomer) const {
  // She has another address, or was cut off, and knows before we do that this one is dead.
  if (newcomer.instead_of == standing.mark()) return false;
  const bool young = world_.clock.now() - standing.up_since() < kCrossing;
  const bool crossed = standing.opened_by_us() != newcomer.opened_by_us;
  if (!young || !crossed) return false;
  return standing.opened_by_us() == (self_ < newcomer.peer);  // by whoever has the smaller key
}

bool LinkTable::stays_against(const Caller& caller) const {
  const ohim::Peer& peer = caller.peer;
  if (!has_room_for(peer.name, caller.device)) return true;
  const auto found = links_.find({peer.name, caller.device});
  return found != links_.end() && keeps(*found->second, {peer.key, false, caller.instead_of});
}

std::uint64_t LinkTable::given_up(const ohim::Name& buddy, ohim::PlaceId device) const {
  const auto found = given_up_.find({buddy, device});
  return found == given_up_.end() ? 0 : found->second;
}

bool LinkTable::has_room_for(const ohim::Name& buddy, ohim::PlaceId device) const {
  const auto order = order_.find(buddy);
  if (order == order_.end()) return true;
  const std::vector<ohim::PlaceId>& places = order->second;
  const auto newer = std::find(places.begin(), places.end(), device);
  const auto linked = std::count_if(newer, places.end(), [&](ohim::PlaceId place) {
    return place != device && has(buddy, place);
  });
  return static_cast<std::size_t>(linked) < kMaxPlaces;
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
  const Newcomer newcomer{peer.key, opened_by_us, session.instead_of};
  const bool stays = standing != links_.end() && keeps(*standing->second, newcomer);
  if (stays || !has_room_for(peer.name, key.second)) {
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
  given_up_.erase(key);
  remember_order(key);
  links_.emplace(key, std::move(link));
  added.start(spoken_);  // with what came early, which may have ended it again
  if (!links_.contains(key) || !announced_.insert(key).second) return;
  events_.peer_linked(peer, key.second, opened_by_us);
}

void LinkTable::replace(Links::iterator at) {
  ConnectionHandler& old = *at->second;
  leaving_.push_back(std::move(at->second));
  links_.erase(at);
  old.leave(kReplaced);
}

/// For one more.
void LinkTable::make_room_for(const ohim::Name& buddy) {
  if (links_to(buddy).size() < kMaxPlaces) return;
  const std::vector<ohim::PlaceId>& places = order_[buddy];
  const auto oldest =
      std::ranges::find_if(places, [&](ohim::PlaceId place) { return has(buddy, place); });
  const Key key{buddy, *oldest};
  replace(links_.find(key));
  announce_end(key, LinkEnd::ours);
}

void LinkTable::remember_order(const Key& key) {
  std::vector<ohim::PlaceId>& places = order_[key.first];
  if (std::ranges::find(places, key.second) != places.end()) return;
  if (places.size() == kPlacesRemembered) {  // of which at most kMaxPlaces are linked
    const auto is_gone = [&](ohim::PlaceId place) { return !has(key.first, place); };
    places.erase(std::ranges::find_if(places, is_gone));
  }
  places.push_back(key.second);
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

void LinkTable::speak(std::vector<Epoch> spoken) {
  spoken_ = std::move(spoken);
  std::vector<ConnectionHandler*> all;  // those that end meanwhile stay valid until reap()
  for (const auto& [key, link] : links_) all.push_back(link.get());
  for (ConnectionHandler* link : all) link->speak(spoken_);
}

bool LinkTable::speaks(const ohim::Name& buddy, const Epoch& epoch) const {
  return std::ranges::any_of(links_to(buddy),
                             [&](const ConnectionHandler* link) { return link->speaks(epoch); });
}

void LinkTable::epochs_changed(ConnectionHandler& link) {
  events_.epochs_changed(link.peer().name);
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
  const bool she_may_not_know = how == LinkEnd::silent || how == LinkEnd::broken;
  if (she_may_not_know && given_up_.size() < kGivenUpRemembered) given_up_[key] = link.mark();
  if (!has(key.first)) order_.erase(key.first);
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
