#include "ohim/presence_detection.h"

#include "presence_impl.h"
#include "registration.h"

namespace ohim {

base::Result<void> BuddyList::merge(base::ByteView /*theirs*/) {
  return base::fail(base::Errc::refused, "this list does not merge: what is stored last stays");
}

PresenceDetection::PresenceDetection(base::World& world, openhash::Store& store,
                                     PresenceOptions options)
    : impl_(std::make_unique<Impl>(*this, world, store, options)) {}

PresenceDetection::~PresenceDetection() = default;

base::Task<base::Result<openhash::PublicKey>> PresenceDetection::register_user(
    std::string name, base::Secret password, OnProgress progress) {
  const auto parsed = Name::parse(name);
  if (!parsed) co_return parsed.error();
  const auto strong = check_password(*parsed, password, impl_->options.password.least_bits);
  if (!strong) co_return strong.error();
  Registration registration(impl_->world, impl_->store, impl_->options, *parsed,
                            std::move(progress));
  co_return co_await registration.run(std::move(password));
}

base::Task<base::Result<void>> PresenceDetection::sign_on(std::string name, base::Secret password) {
  return impl_->sign_on(std::move(name), std::move(password));
}

base::Task<base::Result<void>> PresenceDetection::sign_off() { return impl_->sign_off(); }

base::Task<base::Result<void>> PresenceDetection::connect(Name buddy) {
  return impl_->connect(std::move(buddy));
}

base::Task<base::Result<void>> PresenceDetection::commit_buddy_list() { return impl_->commit(); }

base::Task<base::Result<openhash::PublicKey>> PresenceDetection::find_user(Name name) {
  return impl_->find_user(std::move(name));
}

bool PresenceDetection::signed_on() const { return impl_->session != nullptr; }

const Name& PresenceDetection::self() const { return impl_->session->keys().name(); }

const openhash::SigningKey& PresenceDetection::identity() const {
  return impl_->session->keys().identity();
}

base::Secret PresenceDetection::derive_key(std::string_view purpose) const {
  return impl_->session->keys().derive(purpose);
}

BuddyState PresenceDetection::state(const Name& buddy) const {
  if (!impl_->session || impl_->session->watcher() == nullptr) return {};
  return impl_->session->watcher()->tracker().state(buddy);
}

Why PresenceDetection::why(const Name& buddy) const {
  if (!impl_->session || impl_->session->watcher() == nullptr) return {};
  return impl_->session->watcher()->tracker().why(buddy, impl_->world.clock.now());
}

std::vector<PlaceState> PresenceDetection::places(const Name& buddy) const {
  if (!impl_->session || impl_->session->watcher() == nullptr) return {};
  return impl_->session->watcher()->tracker().places(buddy);
}

bool PresenceDetection::own_line_up() const {
  const Watcher* const watcher = impl_->session ? impl_->session->watcher() : nullptr;
  return watcher == nullptr || watcher->line_up();
}

void PresenceDetection::watch_buddies() { impl_->watch_buddies(); }

void PresenceDetection::publish_location() {
  if (impl_->session) impl_->session->publisher().changed();
}

void PresenceDetection::link_up(const Name& buddy, PlaceId place, Tracker::Opened opened) {
  if (!impl_->session || !impl_->session->watcher()) return;
  impl_->session->watcher()->link_up(buddy, place, opened);
}

void PresenceDetection::link_down(const Name& buddy, Tracker::LinkEnd how, PlaceId place) {
  if (!impl_->session || !impl_->session->watcher()) return;
  impl_->session->watcher()->link_down(buddy, place, how);
}

void PresenceDetection::lists_us(const Name& buddy, bool on_her_list) {
  if (!impl_->session || !impl_->session->watcher()) return;
  impl_->session->watcher()->lists_us(buddy, on_her_list);
}

base::Task<base::Result<void>> PresenceDetection::sign_on_pre() { co_return base::Result<void>(); }

base::Task<void> PresenceDetection::sign_on_post() { co_return; }

base::Task<void> PresenceDetection::sign_off_pre() { co_return; }

void PresenceDetection::presence_changed(const Name& /*buddy*/, const BuddyState& /*state*/) {}

void PresenceDetection::own_line_changed(bool /*up*/) {}

void PresenceDetection::signed_on_elsewhere(bool /*elsewhere*/) {}

void PresenceDetection::buddy_list_merged() {}

void PresenceDetection::connectivity_changed() {}

void PresenceDetection::location_refused(const base::Error& /*error*/) {}

std::optional<openhash::PublicKey> PresenceDetection::pinned_key(const Name& /*name*/) const {
  return std::nullopt;
}

void PresenceDetection::key_conflict(const Name& /*name*/, const openhash::PublicKey& /*offered*/) {
}

}  // namespace ohim
