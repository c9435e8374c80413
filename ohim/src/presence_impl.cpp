#include "presence_impl.h"

#include <algorithm>

#include "dial.h"
#include "directory.h"
#include "location_record.h"
#include "openhash/replicas.h"
#include "records.h"
#include "store_error.h"

namespace ohim {
namespace {

using namespace std::chrono_literals;
using openhash::Kind;

constexpr base::Duration kSignOffLimit = 2s;

/// Undoes a sign-on that fails, or whose task is destroyed.
class Attempt {
 public:
  explicit Attempt(std::function<void()> undo) : undo_(std::move(undo)) {}
  ~Attempt() {
    if (undo_) undo_();
  }
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;
  void succeeded() { undo_ = {}; }

 private:
  std::function<void()> undo_;
};

base::Error not_signed_on() { return base::fail(Errc::not_signed_on, "sign on first"); }

}  // namespace

PresenceDetection::Impl::Impl(PresenceDetection& engine, const base::World& ports,
                              openhash::Store& borrowed, PresenceOptions settings)
    : self(engine), world(ports), store(borrowed), options(settings) {}

// --- a session's life ---

base::Task<base::Result<void>> PresenceDetection::Impl::sign_on(std::string text,
                                                                base::Secret password) {
  if (phase != Phase::off) {
    co_return base::fail(Errc::already_signed_on, "sign off first");
  }
  const auto name = Name::parse(text);
  if (!name) co_return name.error();
  phase = Phase::signing_on;
  std::function<void()> undo = [this] {
    session.reset();
    phase = Phase::off;
  };
  Attempt attempt(std::move(undo));

  auto hashed = co_await hash_password_on(world.workers, *name, std::move(password),
                                          options.password, store.rules().network);
  if (!hashed) co_return hashed.error();
  auto opened = co_await open_session(world, store, *this, options, *name, *hashed);
  if (!opened) co_return opened.error();
  session = std::move(opened->session);
  const auto begun = co_await begin(std::move(opened->list));
  if (!begun) co_return begun.error();
  session->renew(std::move(opened->found), std::move(*hashed));
  phase = Phase::on;
  attempt.succeeded();
  co_await self.sign_on_post();
  co_return base::Result<void>();
}

base::Task<base::Result<void>> PresenceDetection::Impl::begin(base::Bytes list) {
  const auto read = self.buddy_list().from_bytes(list);
  if (!read) {
    co_return base::fail(read.error().code,
                         "the stored buddy list is in a form that this client does not read: " +
                             read.error().message());
  }
  const auto prepared = co_await self.sign_on_pre();
  if (!prepared) co_return prepared.error();
  watch_buddies();
  const auto announced = co_await session->publisher().start();
  if (!announced && announced.error().code == base::Errc::too_large) co_return announced.error();
  if (!announced) world.log.warn("signed on, but not announced yet; trying on");
  co_return base::Result<void>();
}

base::Task<base::Result<void>> PresenceDetection::Impl::sign_off() {
  if (phase != Phase::on) co_return not_signed_on();
  phase = Phase::signing_off;
  co_await self.sign_off_pre();
  auto commits = base::within(world.clock, kSignOffLimit, session->drained());
  const auto drained = co_await commits;
  if (!drained) world.log.warn("signing off before the buddy list was stored");
  // Whoever called us may stand in one of the session's own callbacks; what follows must not.
  co_await base::sleep_for(world.clock, 0s);
  session->stop();
  auto blanking = base::within(world.clock, kSignOffLimit, session->publisher().stop());
  const auto blanked = co_await blanking;
  if (!blanked) world.log.info("the blank location was not stored; it will expire");
  session.reset();
  conflicts.clear();  // who still has another key next time is told of again
  phase = Phase::off;
  co_return base::Result<void>();
}

base::Task<base::Result<void>> PresenceDetection::Impl::commit() {
  if (!session) co_return not_signed_on();
  watch_buddies();
  co_return co_await session->commit();
}

base::Result<void> PresenceDetection::Impl::merge_list(const base::Bytes& theirs) {
  const auto merged = self.buddy_list().merge(theirs);
  if (!merged) return merged;
  watch_buddies();
  self.buddy_list_merged();
  return merged;
}

void PresenceDetection::Impl::watch_buddies() {
  if (!session || session->watcher() == nullptr) return;
  std::vector<Name> buddies = self.buddy_list().buddies();
  std::erase(buddies, session->keys().name());
  session->watcher()->set_buddies(buddies);
}

void PresenceDetection::Impl::presence_changed(const Name& buddy, const BuddyState& state) {
  self.presence_changed(buddy, state);
}

void PresenceDetection::Impl::connectivity_changed() {
  session->publisher().changed();
  self.connectivity_changed();
}

PlaceId PresenceDetection::Impl::place_of(const openhash::Record& location) {
  const auto content = open_location(location, store.rules().network);
  if (!content) return 0;
  const std::unique_ptr<Location> where = self.make_location();
  return where->from_bytes(*content) ? where->place() : 0;
}

// --- who is who ---

base::Task<base::Result<openhash::PublicKey>> PresenceDetection::Impl::find_user(Name name) {
  const std::optional<openhash::PublicKey> pinned = self.pinned_key(name);
  const auto found = co_await openhash::get_replicas(store, named_keys(Kind::identity, name));
  if (!found) {
    if (pinned) co_return *pinned;
    co_return store_error(found.error(), "looking up " + name.str());
  }
  if (!pinned) {
    const auto owner = sole_owner(name, *found);
    if (owner) owners.insert_or_assign(name, *owner);
    co_return owner;
  }
  const std::vector<openhash::PublicKey> claimants = live_claimants(*found);
  const bool still_hers = std::ranges::find(claimants, *pinned) != claimants.end();
  if (claimants.empty() || still_hers) co_return *pinned;
  const openhash::PublicKey offered = claimants.front();
  if (conflicts.emplace(name, offered).second) self.key_conflict(name, offered);
  co_return base::fail(Errc::key_changed, name.str() +
                                              " now belongs to another key, with the fingerprint " +
                                              fingerprint(name, offered) +
                                              "; compare it with her before you trust it");
}

base::Task<base::Result<openhash::PublicKey>> PresenceDetection::Impl::owner_of(Name buddy) {
  if (const auto pinned = self.pinned_key(buddy)) co_return *pinned;
  const auto known = owners.find(buddy);
  if (known != owners.end()) co_return known->second;
  co_return co_await find_user(buddy);
}

base::Task<void> PresenceDetection::Impl::question_owner(Name buddy) {
  if (!self.pinned_key(buddy)) co_return;
  const auto found = co_await find_user(buddy);
  if (!found) world.log.warn("key conflict name=" + buddy.str());
}

// --- reaching people ---

base::Task<base::Result<void>> PresenceDetection::Impl::connect(Name buddy) {
  if (!session) co_return not_signed_on();
  const auto owner = co_await owner_of(buddy);
  if (!owner) co_return owner.error();
  const auto found = co_await store.get(named_key(Kind::location, buddy));
  if (!found) co_return store_error(found.error(), "looking for " + buddy.str());
  const auto* const location = newest_of(*found, Kind::location, *owner);
  if (location == nullptr || location->blank()) {
    co_return base::fail(base::Errc::not_found, buddy.str() + " is not on line");
  }
  auto reached = co_await reach(buddy, *location);
  if (reached || reached.error().code != base::Errc::timed_out) co_return reached;
  co_return base::fail(base::Errc::unreachable,
                       buddy.str() + " is on line, but does not answer where her location says");
}

base::Task<base::Result<void>> PresenceDetection::Impl::reach(Name buddy,
                                                              openhash::Record location) {
  const auto content = open_location(location, store.rules().network);
  const std::unique_ptr<Location> where = self.make_location();
  // A location that we cannot read is no proof that nobody is there.
  if (!content) co_return base::fail(base::Errc::refused, content.error().message());
  const auto read = where->from_bytes(*content);
  if (!read) co_return base::fail(base::Errc::refused, read.error().message());
  std::vector<base::Endpoint> endpoints = fit_to_dial(where->endpoints());
  if (endpoints.empty()) {
    co_return base::fail(base::Errc::timed_out, buddy.str() + " gives no address to dial");
  }
  auto stream = co_await dial_any(world.transport, std::move(endpoints));
  if (!stream) co_return stream.error();
  if (!session) co_return not_signed_on();  // signed off while it rang
  Peer peer{buddy, location.owner};
  co_return co_await self.handshake(std::move(peer), *where, std::move(*stream));
}

}  // namespace ohim
