#include "registration.h"

#include <algorithm>

#include "list_store.h"
#include "location_record.h"
#include "records.h"
#include "store_error.h"
#include "user_records.h"
#include "vault.h"
#include "work.h"

namespace ohim {
namespace {

using namespace std::chrono_literals;
using openhash::Kind;
using openhash::Reading;

constexpr base::Duration kLookAgain = 1s;
constexpr int kTries = 3;
constexpr std::string_view kClaiming = "claiming the name";

}  // namespace

Registration::Registration(base::World& world, openhash::Store& store, PresenceOptions options,
                           Name name, OnProgress progress)
    : world_(world),
      store_(store),
      options_(options),
      name_(std::move(name)),
      progress_(std::move(progress)) {}

base::Task<base::Result<openhash::PublicKey>> Registration::run(base::Secret password) {
  tell(Progress::hashing_password);
  auto hashed = co_await hash_password_on(world_.workers, name_, std::move(password),
                                          options_.password, store_.rules().network);
  if (!hashed) co_return hashed.error();
  password_keys_ = std::move(*hashed);

  static constexpr std::array kSteps = {
      &Registration::look_up_name, &Registration::make_vault_unless_found, &Registration::claim,
      &Registration::settle, &Registration::store_blanks};
  for (const auto step : kSteps) {
    Done task = (this->*step)();
    const auto done = co_await task;
    if (!done) co_return done.error();
  }
  tell(Progress::done);
  co_return keys_->identity().public_key();
}

Registration::Done Registration::look_up_name() {
  tell(Progress::looking_up_name);
  const auto stored =
      co_await read_user_records(store_, name_, password_keys_->vault, Reading::all);
  if (!stored) co_return store_error(stored.error(), "looking up the name");
  auto vault = open_vault(*password_keys_, name_, store_.rules(), stored->vault);
  if (vault) {
    keys_.emplace(name_, store_.rules().network, std::move(*vault));
  } else if (vault.error().code != base::Errc::not_found) {
    co_return vault.error();
  }

  const std::vector<openhash::PublicKey> claimants = live_claimants(stored->identity);
  const bool claimed =
      std::ranges::any_of(claimants, [this](const auto& owner) { return is_mine(owner); });
  const auto foreign = [this](const openhash::Record& record) { return !is_mine(record.owner); };
  const bool occupied = claimants.size() > (claimed ? 1 : 0) ||
                        std::ranges::any_of(stored->location, foreign) ||
                        std::ranges::any_of(stored->list, foreign);
  // With a claim of our own this is a race that an earlier attempt did not see to its end.
  if (occupied && !claimed) co_return taken();
  if (keys_) {
    const openhash::PublicKey& me = keys_->identity().public_key();
    if (claimed && newest_of(stored->list, Kind::list, me) != nullptr) {
      co_return base::fail(Errc::name_taken, name_.str() +
                                                 " is registered already, with this password; "
                                                 "sign on");
    }
    const auto* const mine = newest_of(stored->identity, Kind::identity, me);
    if (mine != nullptr) claim_sequence_ = mine->sequence;
  }
  co_return base::Result<void>();
}

Registration::Done Registration::make_vault_unless_found() {
  if (keys_) co_return base::Result<void>();
  tell(Progress::working);
  VaultContent content = make_vault_content(world_.entropy);
  const openhash::SigningKey identity(content.identity_seed);
  const openhash::SigningKey vault_owner(password_keys_->vault_owner);
  content.work = co_await find_work_on(world_.workers, store_.rules(), Kind::identity, name_.str(),
                                       identity.public_key());
  const std::string nameless;
  const std::uint64_t vault_work = co_await find_work_on(
      world_.workers, store_.rules(), Kind::opaque, nameless, vault_owner.public_key());
  openhash::Record vault = make_vault(*password_keys_, name_, content, store_.rules(), kFirstVault,
                                      vault_work, world_.clock.wall(), world_.entropy);
  auto stored = co_await openhash::put_replicas(store_, world_.clock, password_keys_->vault,
                                                std::move(vault), vault_owner);
  if (stored) {
    keys_.emplace(name_, store_.rules().network, std::move(content));
    co_return stored;
  }
  if (stored.error().code != base::Errc::conflict) {
    co_return store_error(stored.error(), "storing the keys");
  }
  // There was a vault after all, which the look-up missed: its keys are the ones.
  const auto found = co_await openhash::get_replicas(store_, password_keys_->vault, Reading::all);
  if (!found) co_return store_error(found.error(), "fetching the keys");
  auto older = open_vault(*password_keys_, name_, store_.rules(), *found);
  if (!older) co_return store_error(older.error(), "fetching the keys");
  keys_.emplace(name_, store_.rules().network, std::move(*older));
  co_return base::Result<void>();
}

Registration::Done Registration::claim() {
  tell(Progress::claiming);
  const base::WallTime now = world_.clock.wall();
  const std::uint64_t sequence = next_sequence(claim_sequence_, now);
  openhash::Record record = make_claim(*keys_, sequence, 0, now);
  claim_sequence_ = sequence;
  const auto stored = co_await put_claim(std::move(record));
  const auto verdict = co_await judge();
  // Whoever is outranked says so at once, since the winner waits for it, and not for ever. Who was
  // shut out came too late: nodes take no second owner once the first has settled.
  const bool shut_out = verdict && !stored && *verdict == Verdict::shut_out;
  if (shut_out || (verdict && *verdict == Verdict::outranked)) {
    auto why = taken();
    co_return co_await give_up(std::move(why));
  }
  if (stored) co_return stored;
  // Some nodes hold ours, the others a rival's: nobody could tell whose the name is.
  if (verdict && *verdict == Verdict::rivalled) {
    auto why = contested();
    co_return co_await give_up(std::move(why));
  }
  co_return store_error(stored.error(), kClaiming);
}

base::Task<base::Result<Registration::Verdict>> Registration::judge() {
  const openhash::ReplicaKeys keys = named_keys(Kind::identity, name_);
  const auto found = co_await openhash::get_replicas(store_, keys, Reading::all);
  if (!found) co_return store_error(found.error(), kClaiming);
  const std::uint32_t network = store_.rules().network;
  const ClaimRank my_rank = rank_of(name_, keys_->identity().public_key(), network);
  bool present = false;
  bool rivalled = false;
  bool outranked = false;
  for (const openhash::PublicKey& owner : live_claimants(*found)) {
    if (is_mine(owner)) {
      present = true;
    } else {
      rivalled = true;
      outranked |= rank_of(name_, owner, network) < my_rank;
    }
  }
  if (outranked) co_return Verdict::outranked;
  if (rivalled) co_return present ? Verdict::rivalled : Verdict::shut_out;
  co_return present ? Verdict::unopposed : Verdict::missing;
}

Registration::Done Registration::settle() {
  tell(Progress::settling);
  co_await base::sleep_for(world_.clock, options_.claim_settles);
  const base::Instant deadline = world_.clock.now() + options_.rival_withdraws;
  for (int unread = 0;;) {
    const auto verdict = co_await judge();
    const bool late = world_.clock.now() >= deadline;
    if (!verdict && ++unread >= kTries) co_return verdict.error();
    if (verdict && *verdict == Verdict::unopposed) co_return base::Result<void>();
    // A reader may miss the nodes that hold ours: that alone is no reason to give up at once.
    if (verdict && (*verdict == Verdict::outranked || (late && *verdict == Verdict::shut_out))) {
      auto why = taken();
      co_return co_await give_up(std::move(why));
    }
    if (verdict && *verdict == Verdict::missing && ++unread >= kTries) {
      co_return base::fail(Errc::store_unavailable,
                           "the claim to " + name_.str() +
                               " was stored but is not found again; register once more with the "
                               "same password");
    }
    if (verdict && late && *verdict == Verdict::rivalled) {
      auto why = contested();
      co_return co_await give_up(std::move(why));
    }
    co_await base::sleep_for(world_.clock, kLookAgain);
  }
}

Registration::Done Registration::give_up(base::Error why) {
  const auto withdrawn = co_await withdraw();
  if (!withdrawn) world_.log.warn("a lost claim could not be withdrawn name=" + name_.str());
  co_return why;
}

Registration::Done Registration::withdraw() {
  base::Result<void> stored;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const base::WallTime now = world_.clock.wall();
    claim_sequence_ = next_sequence(claim_sequence_, now);
    openhash::Record record = make_claim(*keys_, claim_sequence_, openhash::kWithdrawn, now);
    stored = co_await put_claim(std::move(record));
    if (stored) break;
  }
  co_return stored;
}

Registration::Done Registration::put_claim(openhash::Record claim) {
  return openhash::put_replicas(store_, world_.clock, named_keys(Kind::identity, name_),
                                std::move(claim), keys_->identity());
}

Registration::Done Registration::store_blanks() {
  tell(Progress::storing);
  const base::WallTime now = world_.clock.wall();
  openhash::Record blank =
      make_location(*keys_, {}, next_sequence(0, now), 0, openhash::validity_cap(Kind::location),
                    now, world_.entropy);
  const openhash::Key key = named_key(Kind::location, name_);
  const auto located = co_await store_.put(key, std::move(blank));
  if (!located && located.error().code != base::Errc::conflict) {
    co_return store_error(located.error(), "storing the blank location");
  }
  ListStore list(world_, store_, *keys_, options_.device);
  co_return co_await list.save_first();
}

bool Registration::is_mine(const openhash::PublicKey& owner) const {
  return keys_ && keys_->identity().public_key() == owner;
}

base::Error Registration::taken() const {
  return base::fail(Errc::name_taken, "the name " + name_.str() + " is taken; choose another");
}

base::Error Registration::contested() const {
  return base::fail(Errc::contested_name,
                    "somebody else claimed " + name_.str() +
                        " at the same moment and has not given it up; choose another name");
}

void Registration::tell(Progress progress) const {
  if (progress_) progress_(progress);
}

}  // namespace ohim
