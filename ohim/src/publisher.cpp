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
constexpr int kTries = 3;
constexpr std::string_view kAnnouncing = "announcing your location";

}  // namespace

Publisher::Publisher(base::World& world, openhash::Store& store, const UserKeys& keys,
                     const PresenceOptions& options, std::function<base::Bytes()> current)
    : world_(world), store_(store), keys_(keys), options_(options), current_(std::move(current)) {}

void Publisher::seen(std::uint64_t sequence) { sequence_ = std::max(sequence_, sequence); }

base::Task<base::Result<void>> Publisher::start() {
  started_ = true;
  publishing_ = true;
  news_ = false;
  base::Bytes content = current_();
  const auto stored = co_await store(std::move(content), true);
  publishing_ = false;
  if (!stored) news_ = true;
  if (news_) {
    publish_after(stored ? 0s : kRetry);
  } else {
    publish_after(options_.location_renewal);
  }
  co_return stored;
}

void Publisher::changed() {
  news_ = true;
  if (started_ && !publishing_) publish_after(0s);
}

base::Task<base::Result<void>> Publisher::stop() {
  started_ = false;
  timer_.cancel();
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
    publish_after(kRetry);
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
    openhash::Record record =
        make_location(keys_, content, sequence_, options_.location_validity, now, world_.entropy);
    openhash::Record notice =
        openhash::make_notice(record, store_.rules(), key, keys_.identity(), now);
    stored = co_await store_.put(key, std::move(record));
    if (stored) {
      if (is_news) store_.announce(key, std::move(notice));
      co_return stored;
    }
    if (stored.error().code != base::Errc::conflict) break;
    // Another machine of this user was here since: go on from its sequence.
    const auto found = co_await store_.get(key);
    const auto* const newest =
        found ? newest_of(*found, Kind::location, keys_.identity().public_key()) : nullptr;
    if (newest != nullptr) seen(newest->sequence);
  }
  co_return store_error(stored.error(), kAnnouncing);
}

}  // namespace ohim
