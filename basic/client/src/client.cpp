#include "basic/client.h"

#include "basic/display.h"
#include "client_impl.h"

namespace basic {
namespace {

base::Result<void> check_status_text(const std::string& text) {
  if (text.size() > kMaxStatusText) {
    return base::fail(base::Errc::too_large, "a status text has at most 64 bytes; shorten it");
  }
  if (!is_utf8(text)) return base::fail(base::Errc::malformed, "a status text must be UTF-8");
  return {};
}

}  // namespace

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
  PresenceDetection& engine = impl_->engine;
  if (!engine.signed_on()) impl_->statuses.set_own(PeerStatus());
  const base::Result<void> signed_on =
      co_await engine.sign_on(std::move(name), std::move(password));
  if (!engine.signed_on()) {
    impl_->notebook.reset();
    impl_->marks.close();
  }
  if (!signed_on) co_return signed_on.error();
  impl_->begin_session();
  co_return ohim::fingerprint(engine.self(), engine.identity().public_key());
}

base::Task<base::Result<void>> Client::sign_off() {
  if (!impl_->engine.signed_on()) co_return not_signed_on();
  impl_->texts.give_up_all(not_signed_on());
  const base::Result<void> signed_off = co_await impl_->engine.sign_off();
  co_await impl_->notebook.close();
  impl_->end_session();
  co_return signed_off;
}

base::Task<base::Result<Buddy>> Client::add_buddy(std::string text) {
  const base::Result<ohim::Name> name = impl_->other_named(text);
  if (!name) co_return name.error();
  BuddyList& list = impl_->engine.list();
  if (list.blocked(*name)) co_return is_blocked(name->str());
  if (list.has(*name)) co_return impl_->show_buddy(*name);
  const base::Result<openhash::PublicKey> key = co_await impl_->key_of(*name);
  if (!key) co_return key.error();
  std::optional<BuddyEntry> before = list.snapshot(*name);
  const base::Result<void> added = list.add(*name, *key, impl_->engine.device());
  if (!added) co_return added.error();
  const base::Result<void> stored = co_await impl_->store_list(*name, std::move(before));
  if (!stored) co_return stored.error();
  co_return impl_->show_buddy(*name);
}

base::Task<base::Result<void>> Client::remove_buddy(std::string text) {
  const base::Result<ohim::Name> name = impl_->buddy_named(text);
  if (!name) co_return name.error();
  BuddyList& list = impl_->engine.list();
  std::optional<BuddyEntry> before = list.snapshot(*name);
  list.remove(*name, impl_->engine.device());
  const base::Result<void> stored = co_await impl_->store_list(*name, std::move(before));
  if (!stored) co_return stored.error();
  impl_->standing_changed(*name);
  co_return base::Result<void>();
}

base::Task<base::Result<void>> Client::block(std::string text) {
  const base::Result<ohim::Name> name = impl_->other_named(text);
  if (!name) co_return name.error();
  BuddyList& list = impl_->engine.list();
  if (list.blocked(*name)) co_return base::Result<void>();
  base::Result<openhash::PublicKey> key = co_await impl_->key_of(*name);
  if (!key) co_return key.error();
  std::optional<BuddyEntry> before = list.snapshot(*name);
  const base::Result<void> listed = list.block(*name, *key, impl_->engine.device());
  if (!listed) co_return listed.error();
  const base::Result<void> stored = co_await impl_->store_list(*name, std::move(before));
  if (!stored) co_return stored.error();
  impl_->standing_changed(*name);
  co_return base::Result<void>();
}

base::Task<base::Result<void>> Client::unblock(std::string text) {
  const base::Result<ohim::Name> name = impl_->other_named(text);
  if (!name) co_return name.error();
  BuddyList& list = impl_->engine.list();
  std::optional<BuddyEntry> before = list.snapshot(*name);
  if (!list.unblock(*name, impl_->engine.device())) co_return base::Result<void>();
  impl_->requested.erase(*name);
  co_return co_await impl_->store_list(*name, std::move(before));
}

std::vector<ohim::Name> Client::blocked() const {
  if (!impl_->engine.signed_on()) return {};
  return impl_->engine.list().all_blocked();
}

std::vector<Buddy> Client::buddies() const {
  std::vector<Buddy> buddies;
  if (!impl_->engine.signed_on()) return buddies;
  for (const ohim::Name& name : impl_->engine.list().buddies()) {
    buddies.push_back(impl_->show_buddy(name));
  }
  return buddies;
}

ohim::BuddyState Client::state(const ohim::Name& buddy) const {
  return impl_->engine.state(buddy);
}

base::Result<Explanation> Client::why(const std::string& text) const {
  const base::Result<ohim::Name> name = impl_->buddy_named(text);
  if (!name) return name.error();
  return impl_->explain(*name);
}

base::Task<base::Result<void>> Client::notify_when_online(std::string text, bool on) {
  const base::Result<ohim::Name> name = impl_->buddy_named(text);
  if (!name) co_return name.error();
  const bool here = impl_->engine.state(*name).presence == ohim::Presence::online;
  const base::Result<void> kept = co_await impl_->notebook.wish(*name, on && !here);
  if (kept && on && here) impl_->events.came_online(impl_->show_buddy(*name));
  co_return kept;
}

base::Task<base::Result<void>> Client::set_status(Show show, std::string text) {
  if (!impl_->engine.signed_on()) co_return not_signed_on();
  const base::Result<void> fits = check_status_text(text);
  if (!fits) co_return fits.error();
  impl_->choose(show, std::move(text));
  co_return base::Result<void>();
}

void Client::user_active() {
  impl_->idle.active(impl_->world.clock.now());
  impl_->look_whether_idle();
}

void Client::set_away_after(base::Duration limit) {
  impl_->idle.set_limit(limit);
  impl_->look_whether_idle();
}

base::Task<base::Result<Client::Delivery>> Client::send_text(std::string to, std::string text) {
  const base::Result<ohim::Name> name = impl_->buddy_named(to);
  if (!name) co_return name.error();
  if (!impl_->switches.on(impl_->texts)) co_return texts_are_off();
  const Epoch& texts = impl_->texts.epoch();
  if (impl_->engine.linked(*name) && !impl_->engine.speaks(*name, texts)) {
    co_return takes_no_texts(*name);
  }
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
    status.text = impl_->chosen_text;
    status.idle = impl_->away_by_itself;
  }
  status.store_connected = impl_->store.connected();
  status.nodes = impl_->store.nodes();
  return status;
}

}  // namespace basic
