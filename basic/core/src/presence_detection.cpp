#include "basic/presence_detection.h"

#include <algorithm>

namespace basic {
namespace {

constexpr base::Duration kHandshakeLimit = std::chrono::seconds(10);
constexpr base::Duration kCrossingLimit = std::chrono::seconds(2);
/// security.md 8: ten a minute.
constexpr double kStrangerLookUps = 10;
/// A link may be given up so much earlier than the store, when our own line is cut.
constexpr base::Duration kCutTogether = std::chrono::seconds(15);

ohim::Tracker::LinkEnd for_tracker(LinkEnd how) {
  using For = ohim::Tracker::LinkEnd;
  switch (how) {
    case LinkEnd::goodbye:
      return For::goodbye;
    case LinkEnd::ours:
      return For::ours;
    case LinkEnd::silent:
      return For::silent;
    case LinkEnd::replaced:
    case LinkEnd::broken:
      break;
  }
  return For::broken;
}

base::Error refused(const char* what) { return base::fail(base::Errc::refused, what); }

}  // namespace

/// What lasts from signing on to signing off.
struct PresenceDetection::Run {
  TlsContext tls;
  Handshake handshake;
  LinkTable links;
  std::unique_ptr<ConnectionListener> listener;
  bool open = true;
  std::set<std::pair<ohim::Name, ohim::PlaceId>> dialled;  // with whom we are shaking hands
};

/// One handshake with each place of a buddy at a time, whoever asked for it.
class PresenceDetection::Dial {
 public:
  Dial(std::shared_ptr<Run> run, const ohim::Name& buddy, ohim::PlaceId place)
      : run_(std::move(run)), whom_(buddy, place) {
    first_ = run_->dialled.insert(whom_).second;
  }
  ~Dial() {
    if (first_) run_->dialled.erase(whom_);
  }
  Dial(const Dial&) = delete;
  Dial& operator=(const Dial&) = delete;
  [[nodiscard]] bool first() const { return first_; }

 private:
  std::shared_ptr<Run> run_;
  std::pair<ohim::Name, ohim::PlaceId> whom_;
  bool first_;
};

PresenceDetection::PresenceDetection(base::World& world, openhash::Store& store, Profile& profile,
                                     std::vector<Module*> modules, PresenceEvents& events,
                                     TroubleEvents& troubles, BasicOptions options)
    : ohim::PresenceDetection(world, store, options.presence),
      world_(world),
      store_(store),
      profile_(profile),
      modules_(std::move(modules)),
      events_(events),
      troubles_(troubles),
      options_(std::move(options)),
      stranger_look_ups_(kStrangerLookUps / 60, kStrangerLookUps) {
  for (const Module* module : modules_) spoken_.push_back(module->epoch());
}

PresenceDetection::~PresenceDetection() = default;

// --- a session's beginning and end ---

base::Task<base::Result<void>> PresenceDetection::sign_on(std::string name, base::Secret password) {
  const base::Result<void> signed_on =
      co_await ohim::PresenceDetection::sign_on(std::move(name), std::move(password));
  // It may have failed after sign_on_pre(); the listener must not outlive the identity it shows.
  if (!this->signed_on()) run_.reset();
  co_return signed_on;
}

base::Task<base::Result<void>> PresenceDetection::sign_on_pre() {
  base::Secret key = derive_key("profile");
  const base::Result<void> opened = co_await profile_.open(self(), std::move(key));
  if (!opened) co_return opened.error();
  events_.profile_opened();
  co_return open_run();
}

base::Result<void> PresenceDetection::open_run() {
  base::Result<TlsContext> tls = TlsContext::make(world_.entropy);
  if (!tls) return tls.error();
  location_ = Location();
  location_.device = world_.entropy.u64();
  location_.tls_key = tls->key_hash();
  location_.since = world_.clock.wall();
  locations_.clear();
  fell_silent_.reset();
  had_address_ = has_address();
  Self who{self().str(), &identity(), store_.rules().network, location_.device, spoken_};
  LinkEvents& events = *this;
  run_ = std::shared_ptr<Run>(
      new Run{std::move(*tls),
              Handshake(world_.entropy, std::move(who)),
              LinkTable(world_, identity().public_key(), modules_, events, options_.link),
              nullptr,
              true,
              {}});
  run_->links.speak(spoken_);
  // The listener that calls this belongs to the run.
  const auto on_link = [this, run = run_.get()](Session session,
                                                std::unique_ptr<base::Stream> stream) {
    take_link(*run, std::move(session), std::move(stream));
  };
  auto listener = ConnectionListener::open(world_, options_.listen, run_->tls, run_->handshake,
                                           *this, on_link, options_.listener);
  if (!listener) return listener.error();
  run_->listener = std::move(*listener);
  location_.addresses = own_endpoints(run_->listener->local());
  return {};
}

std::vector<base::Endpoint> PresenceDetection::own_endpoints(
    const base::Endpoint& listening) const {
  if (!listening.is_unspecified()) return {listening};
  std::vector<base::Endpoint> own = world_.transport.own_addresses();
  // Loopback means another machine to everybody else; it serves where there is nothing but it.
  const auto is_loopback = [](const base::Endpoint& at) { return at.is_loopback(); };
  if (!std::ranges::all_of(own, is_loopback)) std::erase_if(own, is_loopback);
  if (own.size() > Location::kMaxEndpoints) own.resize(Location::kMaxEndpoints);
  for (base::Endpoint& endpoint : own) endpoint.port = listening.port;
  return own;
}

base::Task<void> PresenceDetection::sign_off_pre() {
  if (!run_) co_return;
  run_->open = false;
  // We may have been called from a link's own task (a face that signs off on a text): let go first.
  co_await base::sleep_for(world_.clock, base::Duration::zero());
  run_->listener.reset();
  tasks_.cancel();
  co_await run_->links.farewell();
  run_.reset();
}

// --- links ---

std::unique_ptr<ohim::Location> PresenceDetection::make_location() const {
  return std::make_unique<Location>();
}

base::Task<base::Result<void>> PresenceDetection::handshake(ohim::Peer peer,
                                                            const ohim::Location& location,
                                                            std::unique_ptr<base::Stream> stream) {
  Location where = static_cast<const Location&>(location);  // made by make_location()
  const ohim::PlaceId place = where.place();
  locations_.note(peer.name, where);
  const std::shared_ptr<Run> run = run_;
  if (!run || !at_home_for(*run, peer.name)) co_return refused("we do not dial her");
  if (run->links.has(peer.name, place)) co_return base::Result<void>();
  if (!run->links.has_room_for(peer.name, place)) co_return refused("she is at newer places");
  const Dial only(run, peer.name, place);
  if (!only.first()) {
    const bool linked = co_await run->links.wait_for(peer.name, place, kHandshakeLimit);
    if (linked) co_return base::Result<void>();
    co_return base::fail(base::Errc::timed_out, "another handshake with her came to nothing");
  }
  base::Task<base::Result<void>> dialling = dial(run, peer, std::move(where), std::move(stream));
  co_return co_await base::within(world_.clock, kHandshakeLimit, std::move(dialling));
}

/// Not while we leave or hide, and never for somebody who is blocked.
bool PresenceDetection::at_home_for(const Run& run, const ohim::Name& name) const {
  return run.open && location_.show != Show::invisible && !list_.blocked(name);
}

base::Task<base::Result<void>> PresenceDetection::dial(std::shared_ptr<Run> run, ohim::Peer peer,
                                                       Location where,
                                                       std::unique_ptr<base::Stream> stream) {
  TlsContext::Opened secured = co_await run->tls.connect(std::move(stream));
  if (!secured) co_return base::fail(base::Errc::not_found, secured.error().message());
  std::unique_ptr<TlsStream> link = std::move(*secured);
  if (link->peer_key_hash() != where.tls_key) {
    co_return base::fail(base::Errc::not_found, "somebody else answered there");
  }
  const Exporter exporter = link->exporter();
  const std::uint64_t instead_of = run->links.given_up(peer.name, where.place());
  auto session = co_await run->handshake.initiate(*link, exporter, peer, instead_of);
  if (!session && session.error() == base::Errc::conflict) {
    link->close();
    const bool linked = co_await run->links.wait_for(peer.name, where.place(), kCrossingLimit);
    if (linked) co_return base::Result<void>();
    co_return refused("she declined for the sake of a link that is gone");  // but it was she
  }
  if (!session) co_return session.error();
  if (session->device != where.place()) {
    co_return base::fail(base::Errc::malformed, "she is at another place than her location says");
  }
  const bool taken = take_link(*run, std::move(*session), std::move(link));
  if (!taken) co_return refused("we are gone");
  co_return base::Result<void>();
}

/// False if we are no more at home for her since hands were shaken; she hears goodbye then.
bool PresenceDetection::take_link(Run& run, Session session, std::unique_ptr<base::Stream> stream) {
  if (!at_home_for(run, session.peer.name)) {
    run.links.turn_away(std::move(session), std::move(stream), {.type = ControlType::goodbye});
    return false;
  }
  run.links.adopt(std::move(session), std::move(stream));
  return true;
}

base::Task<base::Result<void>> PresenceDetection::admit(Caller caller) {
  const ohim::Peer& peer = caller.peer;
  if (!run_ || !run_->open || location_.show == Show::invisible) co_return refused("not at home");
  if (peer.name == self()) co_return refused("that is ourselves");
  const base::Result<openhash::PublicKey> owner = co_await owner_of(peer.name);
  if (!owner) co_return owner.error();
  if (*owner != peer.key) {
    troubles_.key_refused(peer.name, peer.key);
    if (list_.has(peer.name) && stranger_look_ups_.try_take(1, world_.clock.now())) {
      tasks_.start(question_owner(peer.name));
    }
    co_return refused("the name belongs to another key");
  }
  if (list_.blocked(peer.name)) co_return base::fail(base::Errc::not_found, "she is blocked");
  if (run_->links.stays_against(caller)) co_return base::fail(base::Errc::conflict);
  co_return base::Result<void>();
}

base::Task<base::Result<openhash::PublicKey>> PresenceDetection::owner_of(ohim::Name name) {
  if (const auto pinned = pinned_key(name)) co_return *pinned;
  if (!stranger_look_ups_.try_take(1, world_.clock.now())) {
    co_return refused("too many strangers at once");
  }
  const base::Result<openhash::PublicKey> owner = co_await find_user(name);
  if (!owner) co_return refused("nobody vouches for that name");
  co_return *owner;
}

/// The store may know of her new key, too: then find_user() tells of it.
base::Task<void> PresenceDetection::question_owner(ohim::Name name) {
  const base::Result<openhash::PublicKey> owner = co_await find_user(name);
  if (!owner) world_.log.info("a claim of another key: " + owner.error().message());
}

void PresenceDetection::peer_linked(const ohim::Peer& peer, ohim::PlaceId device,
                                    bool opened_by_us) {
  using Opened = ohim::Tracker::Opened;
  link_up(peer.name, device, opened_by_us ? Opened::by_us : Opened::by_her);
  troubles_.key_confirmed(peer.name);
  troubles_.line_changed();
  if (!list_.has(peer.name)) events_.stranger_linked(peer);
}

void PresenceDetection::peer_gone(const ohim::Name& buddy, ohim::PlaceId device, LinkEnd how) {
  if (how == LinkEnd::goodbye) {
    locations_.forget(buddy, device);
    if (!linked(buddy)) events_.said_goodbye(buddy);
  }
  if (how == LinkEnd::silent) fell_silent_ = world_.clock.now();
  link_down(buddy, for_tracker(how), device);
  troubles_.line_changed();
}

bool PresenceDetection::linked(const ohim::Name& name) const {
  return run_ && run_->links.has(name);
}

void PresenceDetection::speak(std::vector<Epoch> spoken) {
  spoken_ = std::move(spoken);
  if (!run_) return;
  run_->handshake.set_epochs(spoken_);
  run_->links.speak(spoken_);
}

bool PresenceDetection::speaks(const ohim::Name& name, const Epoch& epoch) const {
  return run_ && run_->links.speaks(name, epoch);
}

void PresenceDetection::drop(const ohim::Name& name) {
  if (run_) run_->links.say_goodbye(name);
}

const Location* PresenceDetection::last_location(const ohim::Name& name) const {
  for (const ohim::PlaceState& at : places(name)) {
    if (const Location* location = locations_.find(name, at.place)) return location;
  }
  return nullptr;
}

// --- how we show ourselves ---

void PresenceDetection::set_show(Show show, std::string text) {
  const bool was_hidden = location_.show == Show::invisible;
  if (location_.show != show) location_.since = world_.clock.wall();
  location_.show = show;
  location_.text = std::move(text);
  publish_location();
  if (!run_) return;
  if (show == Show::invisible) run_->links.say_goodbye();
  if (show == Show::invisible || !was_hidden) return;
  for (const ohim::Name& buddy : list_.buddies()) tasks_.start(reach(buddy));
}

/// Nobody who went on without us will look for us soon.
base::Task<void> PresenceDetection::reach(ohim::Name buddy) {
  const base::Result<void> reached = co_await connect(buddy);
  if (!reached) world_.log.debug("could not reach a buddy: " + reached.error().message());
}

// --- news from the engine ---

void PresenceDetection::presence_changed(const ohim::Name& buddy, const ohim::BuddyState& state) {
  events_.presence_changed(buddy, state);
}

void PresenceDetection::own_line_changed(bool up) {
  if (up) had_address_ = has_address();
  if (!up) line_lost_ = world_.clock.now();
  troubles_.line_changed();
}

bool PresenceDetection::has_address() const {
  const auto is_loopback = [](const base::Endpoint& at) { return at.is_loopback(); };
  return !std::ranges::all_of(world_.transport.own_addresses(), is_loopback);
}

Line PresenceDetection::line() const {
  if (!signed_on() || own_line_up()) return Line::up;
  if (run_ && run_->links.any()) return Line::no_store;
  const bool silenced = fell_silent_ && line_lost_ - *fell_silent_ < kCutTogether;
  const bool unplugged = had_address_ && !has_address();
  return silenced || unplugged ? Line::cut : Line::no_store;
}

void PresenceDetection::signed_on_elsewhere(bool elsewhere) {
  troubles_.signed_on_elsewhere(elsewhere);
}

void PresenceDetection::connectivity_changed() {
  if (!run_ || !run_->open) return;
  std::vector<base::Endpoint> own = own_endpoints(run_->listener->local());
  if (own != std::exchange(location_.addresses, own)) publish_location();
  run_->links.probe_all();
}

std::optional<openhash::PublicKey> PresenceDetection::pinned_key(const ohim::Name& name) const {
  if (const auto pinned = profile_.pin(name)) return pinned;
  const BuddyEntry* entry = list_.find(name);
  return entry == nullptr ? std::nullopt : std::optional(entry->key);
}

void PresenceDetection::key_conflict(const ohim::Name& name, const openhash::PublicKey& offered) {
  troubles_.key_refused(name, offered);
  troubles_.key_changed(name, offered);
}

}  // namespace basic
