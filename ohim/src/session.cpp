#include "session.h"

#include <algorithm>

#include "directory.h"
#include "records.h"
#include "store_error.h"
#include "user_records.h"
#include "vault.h"

namespace ohim {
namespace {

using namespace std::chrono_literals;
using openhash::Kind;
using openhash::Reading;

constexpr std::chrono::seconds kAged = 30 * 24h;
constexpr int kTries = 2;
constexpr int kSaves = 4;  // of a list that other machines change at the same time
constexpr int kLooks = 6;  // at a list that another machine stored
constexpr base::Duration kLookAgain = 1s;

base::Error no_vault(const Name& name, const UserRecords& stored) {
  if (live_claimants(stored.identity).empty()) {
    return base::fail(Errc::no_such_user, "nobody is registered as " + name.str() +
                                              "; check the spelling, or register");
  }
  return base::fail(Errc::wrong_password, "this is not the password of " + name.str());
}

base::Error no_claim(const Name& name, const UserRecords& stored) {
  if (live_claimants(stored.identity).empty()) {
    return base::fail(Errc::no_such_user, "the registration of " + name.str() +
                                              " was never finished, or has lapsed; register again "
                                              "with the same password");
  }
  return base::fail(Errc::wrong_password,
                    name.str() + " belongs to somebody else, who was first to register it");
}

base::Error no_list(const Name& name) {
  return base::fail(Errc::store_unavailable,
                    "the buddy list of " + name.str() +
                        " cannot be found at the moment; try again in a minute. If registering was "
                        "interrupted, register again with the same password");
}

/// Keys and records of a user whose places were read; the records as the vault says.
struct Found {
  UserKeys keys;
  StoredRecords records;
};

base::Result<Found> judge(const Name& name, const PasswordKeys& password_keys,
                          const openhash::Rules& rules, const UserRecords& stored) {
  auto content = open_vault(password_keys, name, rules, stored.vault);
  if (!content) {
    const bool none = content.error().code == base::Errc::not_found;
    return none ? no_vault(name, stored) : content.error();
  }
  UserKeys keys(name, rules.network, std::move(*content));
  const openhash::PublicKey me = keys.identity().public_key();
  const auto* const claim = newest_of(stored.identity, Kind::identity, me);
  if (claim == nullptr || claim->flags != 0) return no_claim(name, stored);
  const auto* const list = newest_of(stored.list, Kind::list, me);
  if (list == nullptr) return no_list(name);
  StoredRecords records{*find_vault(password_keys, stored.vault), *claim, *list};
  return Found{std::move(keys), std::move(records)};
}

}  // namespace

Session::Session(base::World& world, openhash::Store& store, SessionHost& host,
                 const PresenceOptions& options, UserKeys keys)
    : world_(world),
      store_(store),
      host_(host),
      keys_(std::move(keys)),
      list_(world, store, keys_, options.device),
      publisher_(
          world, store, keys_, options, [&host] { return host.location_bytes(); },
          [this](bool elsewhere) {
            follow_list(elsewhere);
            host_.signed_on_elsewhere(elsewhere);
          },
          [&host](const base::Error& error) { host.location_refused(error); }),
      commits_(world.clock, [this] { return save_list(); }),
      watcher_(std::make_unique<Watcher>(world, store, host, options.tracker)) {}

// --- the buddy list ---

base::Task<base::Result<void>> Session::commit() {
  wanted_ = true;
  return commits_.commit();
}

/// Looks first, since a list that is written over says nothing of it to whoever stored it.
base::Task<base::Result<void>> Session::save_list() {
  const bool wanted = std::exchange(wanted_, false);
  bool renewing = std::exchange(renewing_, false);
  bool merged = false;
  for (int attempt = 0; attempt < kSaves; ++attempt) {
    const auto theirs = co_await list_.look();
    if (!theirs) co_return theirs.error();
    if (*theirs) {
      const auto taken = host_.merge_list(**theirs);
      if (!taken && taken.error().code != base::Errc::refused) co_return taken;
      merged |= static_cast<bool>(taken);
      renewing = false;
    }
    base::Bytes list = host_.list_bytes();
    const bool is_due = renewing || ((wanted || merged) && !list_.is_stored(list));
    if (!is_due) co_return base::Result<void>();
    const auto saved = co_await list_.save(std::move(list));
    if (saved || saved.error().code != base::Errc::conflict) co_return saved;
  }
  co_return base::fail(Errc::store_unavailable,
                       "another of your machines keeps changing the buddy list; nothing was lost, "
                       "try again");
}

void Session::follow_list(bool elsewhere) {
  list_watch_.reset();
  tasks_.start(take_in_list(std::nullopt));
  if (!elsewhere) return;
  const openhash::ReplicaKeys list_keys = named_keys(Kind::list, keys_.name());
  list_watch_ = store_.watch(list_keys[0], [this](const openhash::Record& record) {
    if (list_.is_news(record)) tasks_.start(take_in_list(record));
  });
}

/// `news` is told once, and may stand at one of its keys only, while the others are still written.
base::Task<void> Session::take_in_list(std::optional<openhash::Record> news) {
  for (int attempt = 0; attempt < kLooks; ++attempt) {
    if (attempt > 0) co_await base::sleep_for(world_.clock, kLookAgain * attempt);
    const auto taken = co_await commits_.commit();
    if (!taken) world_.log.info("the list of another machine: " + taken.error().message());
    if (taken && !(news && list_.is_news(*news))) co_return;
  }
}

// --- its end, and what is to outlive it ---

void Session::stop() {
  list_watch_.reset();
  watcher_.reset();
  tasks_.cancel();
}

void Session::renew(StoredRecords found, PasswordKeys password_keys) {
  tasks_.start(renew_all(std::move(found), std::move(password_keys)));
}

base::Task<void> Session::renew_all(StoredRecords found, PasswordKeys password_keys) {
  const base::WallTime now = world_.clock.wall();
  openhash::Record claim = make_claim(keys_, next_sequence(found.claim.sequence, now), 0, now);
  const openhash::ReplicaKeys claim_keys = named_keys(Kind::identity, keys_.name());
  const auto claimed = co_await openhash::put_replicas(store_, world_.clock, claim_keys,
                                                       std::move(claim), keys_.identity());
  // Nothing is lost by a failure: the next sign-on comes long before the old claim ends.
  if (!claimed) world_.log.info("the claim was not renewed: " + claimed.error().message());

  const openhash::ReplicaKeys list_keys = named_keys(Kind::list, keys_.name());
  if (co_await is_due(list_keys, found.list)) {
    renewing_ = true;
    const auto saved = co_await commits_.commit();
    if (!saved) world_.log.info("the list was not renewed: " + saved.error().message());
  }
  if (co_await is_due(password_keys.vault, found.vault)) {
    const openhash::SigningKey owner(password_keys.vault_owner);
    openhash::Record vault =
        make_vault(password_keys, keys_.name(), keys_.vault_content(), store_.rules(),
                   found.vault.sequence + 1, found.vault.work, now, world_.entropy);
    const auto stored = co_await openhash::put_replicas(store_, world_.clock, password_keys.vault,
                                                        std::move(vault), owner);
    if (!stored) world_.log.info("the vault was not renewed: " + stored.error().message());
  }
}

/// Old, or not at all of its keys, as what was stored while nodes were missing.
base::Task<bool> Session::is_due(openhash::ReplicaKeys keys, openhash::Record record) {
  if (world_.clock.wall() - record.issued > kAged) co_return true;
  const bool whole = co_await openhash::is_whole(store_, keys, std::move(record));
  co_return !whole;
}

base::Task<base::Result<Opened>> open_session(base::World& world, openhash::Store& store,
                                              SessionHost& host, const PresenceOptions& options,
                                              Name name, const PasswordKeys& password_keys) {
  base::Error error;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    // Right after nodes came back, some records are found later than others.
    if (attempt > 0) co_await base::sleep_for(world.clock, kLookAgain);
    const auto stored =
        co_await read_user_records(store, name, password_keys.vault, Reading::enough);
    if (!stored) co_return store_error(stored.error(), "signing on");
    auto found = judge(name, password_keys, store.rules(), *stored);
    if (!found) {
      error = found.error();
      continue;
    }
    Opened opened;
    opened.session = std::make_unique<Session>(world, store, host, options, std::move(found->keys));
    opened.session->publisher().take_slot(stored->location);
    auto list = co_await opened.session->list().load(stored->list);
    if (!list) co_return list.error();
    opened.list = std::move(*list);
    opened.found = std::move(found->records);
    co_return opened;
  }
  co_return error;
}

}  // namespace ohim
