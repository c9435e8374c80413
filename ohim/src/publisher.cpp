#include "publisher.h"

#include <algorithm>

#include "location_record.h"
#include "records.h"
#include "store_error.h"

namespace ohim {
namespace {

using namespace std::chrono_literals;
using openhash::Kind;

constexpr base::Duration kRetry = 2s;
constexpr base::Duration kRetryRefused = 10s;
constexpr int kTries = 3;
/// Two places that sign on at once may take the same slot: so long after, the later one stands.
constexpr base::Duration kFirstLook = 5s;
/// Another place that comes or goes is pushed. Should the push be lost: it is no emergency.
constexpr base::Duration kLook = 15min;
/// The push of one notice takes 17 s now and then (docs/engine.md); that of three never did.
constexpr base::Duration kAnnounceAgain[] = {2s, 4s};
constexpr std::string_view kAnnouncing = "announcing your location";

}  // namespace

Publisher::Publisher(base::World& world, openhash::Store& store, const UserKeys& keys,
                     const PresenceOptions& options, std::function<base::Bytes()> current,
                     OnElsewhere on_elsewhere, OnRefused on_refused)
    : world_(world),
      store_(store),
      keys_(keys),
      options_(options),
      current_(std::move(current)),
      on_elsewhere_(std::move(on_elsewhere)),
      on_refused_(std::move(on_refused)),
      began_(world.clock.wall()) {}

bool Publisher::is_mine(const openhash::Record& record) const {
  return record.kind == Kind::location && record.owner == keys_.identity().public_key();
}

bool Publisher::is_others(const openhash::Record& record) const {
  return is_mine(record) && record.sequence > stored_[record.device_slot()];
}

bool Publisher::is_live(const openhash::Record& record) const {
  return !record.blank() && record.valid_until() > world_.clock.wall();
}

void Publisher::take_slot(const std::vector<openhash::Record>& found) {
  std::array<std::uint64_t, openhash::kDeviceSlots> taken{};  // sequences; 0: the slot is free
  for (const openhash::Record& record : found) {
    if (!is_mine(record)) continue;
    sequence_ = std::max(sequence_, record.sequence);
    if (is_live(record)) taken[record.device_slot()] = record.sequence;
    if (!started_) left_[record.device_slot()] = record.sequence;
  }
  company_ |= std::ranges::any_of(taken, [](std::uint64_t sequence) { return sequence > 0; });
  // The lowest is a free one, or else that of whoever has been here longest.
  slot_ = static_cast<unsigned>(std::ranges::min_element(taken) - taken.begin());
}

base::Task<base::Result<void>> Publisher::start() {
  started_ = true;
  publishing_ = true;
  news_ = false;
  base::Bytes content = current_();
  const auto stored = co_await store(std::move(content), true);
  publishing_ = false;
  if (!stored) news_ = true;
  if (news_) {
    publish_after(stored ? 0s : retry_after());
  } else {
    publish_after(options_.location_renewal);
  }
  look_after(kFirstLook);
  others_ = store_.watch(
      named_key(Kind::location, keys_.name()),
      [this](const openhash::Record& record) {
        if (is_others(record)) tasks_.start(count_others());
      },
      openhash::Fallback::none);
  co_return stored;
}

// --- our other places ---

void Publisher::look_after(base::Duration delay) {
  look_ = world_.clock.call_after(delay, [this] { tasks_.start(look()); });
}

base::Task<void> Publisher::look() {
  // Whoever was here before us will have renewed her location by then, unless it is left over.
  const bool soon = std::exchange(company_, false);
  const auto found = co_await store_.get(named_key(Kind::location, keys_.name()));
  if (!started_) co_return;
  look_after(soon ? options_.location_renewal : kLook);
  if (!found) co_return;
  note_elsewhere(*found);
  const auto has_our_slot = [this](const openhash::Record& record) {
    return is_mine(record) && record.device_slot() == slot_ && record.sequence > sequence_;
  };
  if (std::ranges::none_of(*found, has_our_slot)) co_return;
  take_slot(*found);
  changed();
}

/// Leaves it at that, whoever has our slot: five places of four slots would push one another on.
base::Task<void> Publisher::count_others() {
  const auto found = co_await store_.get(named_key(Kind::location, keys_.name()));
  if (found && started_) note_elsewhere(*found);
}

/// A run of ours that crashed has signed nothing since we came.
void Publisher::note_elsewhere(const std::vector<openhash::Record>& found) {
  const bool elsewhere = std::ranges::any_of(found, [this](const openhash::Record& record) {
    return is_others(record) && is_live(record) && record.issued >= began_ &&
           record.sequence > left_[record.device_slot()];
  });
  if (std::exchange(elsewhere_, elsewhere) != elsewhere) on_elsewhere_(elsewhere);
}

void Publisher::changed() {
  news_ = true;
  if (started_ && !publishing_) publish_after(0s);
}

base::Task<base::Result<void>> Publisher::stop() {
  started_ = false;
  timer_.cancel();
  look_.cancel();
  others_.reset();
  again_.cancel();
  tasks_.cancel();
  const base::Bytes blank;
  co_return co_await store(blank, true);
}

void Publisher::publish_after(base::Duration delay) {
  timer_ = world_.clock.call_after(delay, [this] { tasks_.start(publish()); });
}

base::Task<void> Publisher::publish() {
  publishing_ = true;
  const bool is_news = std::exchange(news_, false);
  base::Bytes content = current_();
  const auto stored = co_await store(std::move(content), is_news);
  publishing_ = false;
  if (!stored) {
    news_ |= is_news;
    world_.log.warn("the location was not stored: " + stored.error().message());
    publish_after(retry_after());
  } else if (news_) {
    publish_after(0s);
  } else {
    publish_after(options_.location_renewal);
  }
}

base::Task<base::Result<void>> Publisher::store(base::Bytes content, bool is_news) {
  if (content.size() > kMaxLocation) {
    co_return base::fail(base::Errc::too_large,
                         "the location has " + std::to_string(content.size()) +
                             " bytes of at most " + std::to_string(kMaxLocation));
  }
  const openhash::Key key = named_key(Kind::location, keys_.name());
  base::Result<void> stored;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const base::WallTime now = world_.clock.wall();
    sequence_ = next_sequence(sequence_, now);
    stored_[slot_] = sequence_;
    openhash::Record record = make_location(keys_, content, sequence_, slot_,
                                            options_.location_validity, now, world_.entropy);
    stored = co_await store_.put(key, record);
    if (stored) {
      // One that came after the last had run out is news, too: watchers have seen us go.
      const bool is_back = stored_until_ <= world_.clock.wall();
      was_refused_ = false;
      stored_until_ = record.valid_until();
      if (is_news || is_back) announce(record, 0);
      co_return stored;
    }
    if (stored.error().code != base::Errc::conflict) break;
    // Another machine of this user has taken the slot since.
    const auto found = co_await store_.get(key);
    if (found) take_slot(*found);
  }
  note_failure(stored.error());
  co_return store_error(stored.error(), kAnnouncing);
}

void Publisher::note_failure(const base::Error& error) {
  const bool refused = error.code == base::Errc::refused;
  if (std::exchange(was_refused_, refused) || !refused || !started_) return;
  on_refused_(error);
}

base::Duration Publisher::retry_after() const { return was_refused_ ? kRetryRefused : kRetry; }

/// Tells those who watch, a few times: each notice is a value of its own. Who leaves has no time.
void Publisher::announce(const openhash::Record& record, std::size_t round) {
  const openhash::Key key = named_key(Kind::location, keys_.name());
  openhash::Record changed = record;
  changed.sequence += round;
  store_.announce(key, openhash::make_notice(changed, store_.rules(), key, keys_.identity(),
                                             world_.clock.wall()));
  if (round == std::size(kAnnounceAgain)) return;
  if (!started_) return round == 0 ? announce(record, 1) : void();
  again_ = world_.clock.call_after(kAnnounceAgain[round],
                                   [this, record, round] { announce(record, round + 1); });
}

}  // namespace ohim
