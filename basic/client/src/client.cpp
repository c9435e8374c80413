#include "basic/client.h"

#include <set>

#include "basic/display.h"
#include "basic/modules/plain_text.h"
#include "basic/modules/status.h"
#include "basic/presence_detection.h"

namespace basic {
namespace {

base::Error not_signed_on() {
  return base::fail(ohim::Errc::not_signed_on, "you are not signed on; sign on first");
}

base::Error not_a_buddy(const std::string& name) {
  return base::fail(ohim::Errc::not_a_buddy, name + " is not on your buddy list; add her first");
}

base::Error unreachable(const ohim::Name& name, const char* why) {
  return base::fail(base::Errc::unreachable, name.str() + why);
}

BasicOptions engine_options(const ClientOptions& options, base::Entropy& entropy) {
  BasicOptions engine;
  engine.presence = options.presence;
  if (engine.presence.device == 0) engine.presence.device = entropy.u64();
  engine.listen = options.listen;
  return engine;
}

base::Result<void> check_status_text(const std::string& text) {
  if (text.size() > kMaxStatusText) {
    return base::fail(base::Errc::too_large, "a status text has at most 64 bytes; shorten it");
  }
  if (!is_utf8(text)) return base::fail(base::Errc::malformed, "a status text must be UTF-8");
  return {};
}

}  // namespace

struct Client::Impl final : private PresenceEvents, private TextEvents {
  Impl(base::World& the_world, openhash::Store& the_store, Profile& the_profile,
       ClientEvents& the_events, ClientOptions the_options);

  [[nodiscard]] Buddy show_buddy(const ohim::Name& name) const;
  base::Result<ohim::Name> buddy_named(const std::string& name) const;
  base::Task<base::Result<void>> put_on_list(ohim::Name name, openhash::PublicKey key);
  void try_to_reach(const ohim::Name& buddy);
  base::Task<void> reach(ohim::Name buddy);

  void presence_changed(const ohim::Name& buddy, const ohim::BuddyState& state) override;
  void stranger_linked(const ohim::Peer& peer) override;
  void said_goodbye(const ohim::Name& peer) override;
  void key_refused(const ohim::Name& name, const openhash::PublicKey& offered) override;
  void text_arrived(const StoredText& text) override;
  void history_failed(const base::Error& error) override;
  void status_changed(const ohim::Name& buddy);
  void forget_session();

  base::World& world;
  openhash::Store& store;
  Profile& profile;
  ClientEvents& events;
  ClientOptions options;
  PlainText texts;
  basic::Status statuses;
  PresenceDetection engine;
  std::set<ohim::Name> requested;  // strangers already told of in this session
  std::set<std::pair<ohim::Name, openhash::PublicKey>> warned;
  std::set<ohim::Name> reaching;
  base::Tasks tasks;
};

Client::Impl::Impl(base::World& the_world, openhash::Store& the_store, Profile& the_profile,
                   ClientEvents& the_events, ClientOptions the_options)
    : world(the_world),
      store(the_store),
      profile(the_profile),
      events(the_events),
      options(std::move(the_options)),
      texts(world, profile, *this),
      statuses([this](const ohim::Name& buddy) { status_changed(buddy); }),
      engine(world, store, profile, {&texts, &statuses}, *this,
             engine_options(options, world.entropy)) {}

// --- what is shown ---

Buddy Client::Impl::show_buddy(const ohim::Name& name) const {
  const ohim::BuddyState state = engine.state(name);
  Buddy buddy{name, Presence::unknown, {}, {}, state.known_by, {}};
  const auto age = world.clock.now() - state.since;
  buddy.since = world.clock.wall() - std::chrono::duration_cast<std::chrono::seconds>(age);
  if (const BuddyEntry* entry = engine.list().find(name)) {
    buddy.fingerprint = ohim::fingerprint(name, entry->key);
  }
  if (state.presence == ohim::Presence::offline) buddy.presence = Presence::offline;
  if (state.presence != ohim::Presence::online) return buddy;
  buddy.presence = Presence::online;
  if (const auto status = statuses.of(name)) {
    buddy.presence = presence_of(status->show);
    buddy.text = for_display(status->text, Lines::one);
  } else if (const Location* location = engine.last_location(name)) {
    buddy.presence = presence_of(location->show);
    buddy.text = for_display(location->text, Lines::one);
  }
  return buddy;
}

void Client::Impl::presence_changed(const ohim::Name& buddy, const ohim::BuddyState&) {
  if (engine.list().has(buddy)) events.presence(show_buddy(buddy));
}

void Client::Impl::status_changed(const ohim::Name& buddy) {
  if (engine.list().has(buddy)) events.presence(show_buddy(buddy));
}

void Client::Impl::stranger_linked(const ohim::Peer& peer) {
  if (!requested.insert(peer.name).second) return;
  events.request(peer.name, ohim::fingerprint(peer.name, peer.key));
}

void Client::Impl::said_goodbye(const ohim::Name& peer) {
  texts.give_up(peer, unreachable(peer, " signed off before acknowledging the text"));
}

void Client::Impl::key_refused(const ohim::Name& name, const openhash::PublicKey& offered) {
  if (!warned.emplace(name, offered).second) return;
  events.warning("somebody claims to be " + name.str() +
                 " with another key than before and was refused; ask her before you trust it: " +
                 ohim::fingerprint(name, offered));
}

void Client::Impl::text_arrived(const StoredText& text) {
  events.text(
      {text.peer, for_display(text.text, Lines::many), base::to_hex(text.id), text.sent_at});
}

void Client::Impl::history_failed(const base::Error& error) {
  events.warning("texts cannot be kept, so they are not accepted: " + error.message());
}

void Client::Impl::forget_session() {
  requested.clear();
  warned.clear();
}

// --- helpers of the calls ---

base::Result<ohim::Name> Client::Impl::buddy_named(const std::string& text) const {
  const base::Result<ohim::Name> name = ohim::Name::parse(text);
  if (!name) return name;
  if (!engine.signed_on()) return not_signed_on();
  if (!engine.list().has(*name)) return not_a_buddy(name->str());
  return name;
}

/// Stores the list with `name` on it, or leaves it as it was.
base::Task<base::Result<void>> Client::Impl::put_on_list(ohim::Name name, openhash::PublicKey key) {
  std::optional<BuddyEntry> before = engine.list().snapshot(name);
  const base::Result<void> added = engine.list().add(name, key, engine.device());
  if (!added) co_return added.error();
  const base::Result<void> stored = co_await engine.commit_buddy_list();
  if (!stored) {
    engine.list().restore(name, std::move(before));
    engine.watch_buddies();
  }
  co_return stored;
}

void Client::Impl::try_to_reach(const ohim::Name& buddy) {
  if (engine.linked(buddy) || !reaching.insert(buddy).second) return;
  tasks.start(reach(buddy));
}

base::Task<void> Client::Impl::reach(ohim::Name buddy) {
  // Whoever called goes on first, and puts a text into the queue.
  co_await base::sleep_for(world.clock, base::Duration::zero());
  const base::Result<void> reached = co_await engine.connect(buddy);
  reaching.erase(buddy);
  if (reached || engine.linked(buddy)) co_return;
  texts.give_up(buddy, unreachable(buddy, " cannot be reached now; the text was not sent"));
}

// --- Client ---

Client::Client(base::World& world, openhash::Store& store, Profile& profile, ClientEvents& events,
               ClientOptions options)
    : impl_(std::make_unique<Impl>(world, store, profile, events, std::move(options))) {}

Client::~Client() = default;

base::Task<base::Result<std::string>> Client::register_user(std::string name, base::Secret password,
                                                            ohim::OnProgress progress) {
  const base::Result<ohim::Name> parsed = ohim::Name::parse(name);
  if (!parsed) co_return parsed.error();
  const base::Result<openhash::PublicKey> key = co_await impl_->engine.register_user(
      std::move(name), std::move(password), std::move(progress));
  if (!key) co_return key.error();
  co_return ohim::fingerprint(*parsed, *key);
}

base::Task<base::Result<std::string>> Client::sign_on(std::string name, base::Secret password) {
  if (!impl_->engine.signed_on()) impl_->statuses.set_own(PeerStatus());
  const base::Result<void> signed_on =
      co_await impl_->engine.sign_on(std::move(name), std::move(password));
  if (!signed_on) co_return signed_on.error();
  co_return ohim::fingerprint(impl_->engine.self(), impl_->engine.identity().public_key());
}

base::Task<base::Result<void>> Client::sign_off() {
  if (!impl_->engine.signed_on()) co_return not_signed_on();
  impl_->texts.give_up_all(not_signed_on());
  const base::Result<void> signed_off = co_await impl_->engine.sign_off();
  impl_->forget_session();
  co_return signed_off;
}

base::Task<base::Result<Buddy>> Client::add_buddy(std::string text) {
  const base::Result<ohim::Name> name = ohim::Name::parse(text);
  if (!name) co_return name.error();
  PresenceDetection& engine = impl_->engine;
  if (!engine.signed_on()) co_return not_signed_on();
  if (*name == engine.self()) {
    co_return base::fail(ohim::Errc::name_invalid, "that is you; add somebody else");
  }
  if (engine.list().has(*name)) co_return impl_->show_buddy(*name);
  const base::Result<openhash::PublicKey> key = co_await engine.find_user(*name);
  if (!key) co_return key.error();
  const base::Result<void> pinned = co_await impl_->profile.set_pin(*name, *key);
  if (!pinned) co_return pinned.error();
  if (!engine.signed_on()) co_return not_signed_on();
  const base::Result<void> stored = co_await impl_->put_on_list(*name, *key);
  if (!stored) co_return stored.error();
  engine.recognise(*name);
  co_return impl_->show_buddy(*name);
}

base::Task<base::Result<void>> Client::remove_buddy(std::string text) {
  const base::Result<ohim::Name> name = impl_->buddy_named(text);
  if (!name) co_return name.error();
  PresenceDetection& engine = impl_->engine;
  std::optional<BuddyEntry> before = engine.list().snapshot(*name);
  engine.list().remove(*name, engine.device());
  const base::Result<void> stored = co_await engine.commit_buddy_list();
  if (!stored) {
    engine.list().restore(*name, std::move(before));
    engine.watch_buddies();
    engine.recognise(*name);
    co_return stored.error();
  }
  impl_->texts.give_up(*name, not_a_buddy(name->str()));
  co_return base::Result<void>();
}

std::vector<Buddy> Client::buddies() const {
  std::vector<Buddy> buddies;
  if (!impl_->engine.signed_on()) return buddies;
  for (const ohim::Name& name : impl_->engine.list().buddies()) {
    buddies.push_back(impl_->show_buddy(name));
  }
  return buddies;
}

base::Task<base::Result<void>> Client::set_status(Show show, std::string text) {
  if (!impl_->engine.signed_on()) co_return not_signed_on();
  const base::Result<void> fits = check_status_text(text);
  if (!fits) co_return fits.error();
  const PeerStatus told{show == Show::invisible ? Show::online : show, text};
  // Hide first, and be back before saying so: no link hears what is not meant for it.
  impl_->engine.set_show(show, std::move(text));
  impl_->statuses.set_own(told);
  co_return base::Result<void>();
}

base::Task<base::Result<Client::Delivery>> Client::send_text(std::string to, std::string text) {
  const base::Result<ohim::Name> name = impl_->buddy_named(to);
  if (!name) co_return name.error();
  impl_->try_to_reach(*name);
  const base::Result<TextId> sent =
      co_await impl_->texts.send(*name, std::move(text), impl_->options.text_deadline);
  if (!sent) co_return sent.error();
  Delivery delivery{base::to_hex(*sent), true};
  co_return delivery;
}

Client::Status Client::status() const {
  Status status;
  const PresenceDetection& engine = impl_->engine;
  status.signed_on = engine.signed_on();
  if (status.signed_on) {
    status.username = engine.self().str();
    status.fingerprint = ohim::fingerprint(engine.self(), engine.identity().public_key());
    status.show = engine.show();
    status.text = engine.text();
  }
  status.store_connected = impl_->store.connected();
  status.nodes = impl_->store.nodes();
  return status;
}

}  // namespace basic
