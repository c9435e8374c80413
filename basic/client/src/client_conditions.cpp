// What is wrong, and what the user decides about it.
#include "client_impl.h"

namespace basic {

std::vector<Condition> Client::conditions() const { return impl_->conditions.list(); }

std::string Client::safety_number(const std::string& text) const {
  const base::Result<ohim::Name> name = impl_->other_named(text);
  if (!name) return {};
  const auto key = impl_->known_key(*name);
  if (!key) return {};
  const PresenceDetection& engine = impl_->engine;
  return ohim::safety_number(engine.self(), engine.identity().public_key(), *name, *key);
}

std::optional<KeyChange> Client::key_change(const std::string& text) const {
  const base::Result<ohim::Name> name = impl_->other_named(text);
  if (!name) return std::nullopt;
  const auto known = impl_->known_key(*name);
  const auto offered = impl_->conditions.offered(*name);
  if (!known || !offered) return std::nullopt;
  const PresenceDetection& engine = impl_->engine;
  return KeyChange{
      name->str(), ohim::fingerprint(*name, *known), ohim::fingerprint(*name, *offered),
      ohim::safety_number(engine.self(), engine.identity().public_key(), *name, *offered)};
}

base::Task<base::Result<void>> Client::accept_key(std::string text, std::string new_fingerprint) {
  const base::Result<ohim::Name> name = impl_->other_named(text);
  if (!name) co_return name.error();
  co_return co_await impl_->accept_key(*name, std::move(new_fingerprint));
}

std::optional<openhash::PublicKey> Client::Impl::known_key(const ohim::Name& name) const {
  if (const auto pinned = profile.pin(name)) return pinned;
  const BuddyEntry* const entry = engine.list().find(name);
  return entry == nullptr ? std::nullopt : std::optional(entry->key);
}

base::Task<base::Result<void>> Client::Impl::accept_key(ohim::Name name, std::string fingerprint) {
  const auto before = known_key(name);
  const auto offered = conditions.offered(name);
  if (!before || !offered) {
    co_return base::fail(base::Errc::refused, "the key of " + name.str() +
                                                  " has not changed; there is nothing to accept");
  }
  if (ohim::fingerprint(name, *offered) != fingerprint) {
    co_return base::fail(base::Errc::conflict, "by now " + name.str() +
                                                   " is offered with another key than the one you "
                                                   "compared; compare again");
  }
  const base::Result<void> pinned = co_await profile.set_pin(name, *offered);
  if (!pinned) co_return pinned.error();
  const base::Result<void> listed = co_await relist(name, *offered);
  if (!listed) {
    const base::Result<void> back = co_await profile.set_pin(name, *before);
    if (!back) world.log.warn("the old key was not pinned again: " + back.error().message());
    co_return listed.error();
  }
  conditions.key_settled(name);
  engine.drop(name);
  try_to_reach(name);
  co_return base::Result<void>();
}

/// Puts the key into the buddy list, if she is on it.
base::Task<base::Result<void>> Client::Impl::relist(ohim::Name name, openhash::PublicKey key) {
  if (!engine.signed_on()) co_return not_signed_on();
  if (!engine.list().has(name)) co_return base::Result<void>();
  std::optional<BuddyEntry> before = engine.list().snapshot(name);
  const base::Result<void> renewed = engine.list().add(name, key, engine.device());
  if (!renewed) co_return renewed.error();
  co_return co_await store_list(name, std::move(before));
}

void Client::Impl::key_refused(const ohim::Name& name, const openhash::PublicKey& offered) {
  if (!warned.emplace(name, offered).second) return;
  events.warning("somebody claims to be " + name.str() +
                 " with another key than before and was refused; ask her before you trust it: " +
                 ohim::fingerprint(name, offered));
}

void Client::Impl::location_refused(const base::Error& error) {
  events.warning("others cannot find you: " + error.message());
}

void Client::Impl::key_changed(const ohim::Name& name, const openhash::PublicKey& offered) {
  conditions.key_changed(name, offered);
}

}  // namespace basic
