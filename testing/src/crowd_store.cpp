// The store: locations, reads, pushes. Nothing happens for a renewal: when a location is read, it
// is known how often it was renewed.

#include <algorithm>

#include "crowd_impl.h"

namespace sim {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kReadsAtOnce = 32;  // as ohim's watcher
constexpr base::Duration kReadLimit = 5s;   // then nobody answered
constexpr std::array<base::Duration, 3> kNoticed{0s, 2s, 6s};

// Steps of a read.
constexpr std::uint8_t kFailed = 1;
constexpr std::uint8_t kByPush = 2;

std::uint64_t sequence_at(base::Instant when) {
  return 1 + static_cast<std::uint64_t>(
                 std::chrono::floor<std::chrono::milliseconds>(when.time_since_epoch()).count());
}

}  // namespace

// --- locations ---

base::Instant Crowd::Impl::issued(const Lease& lease) const {
  if (!lease.renewed) return lease.issued;
  return lease.issued + (now - lease.issued) / options.renewal * options.renewal;
}

Lease* Crowd::Impl::lease_of(User& user) {
  const auto at = std::ranges::find(user.leases, user.run, &Lease::run);
  return at == user.leases.end() ? nullptr : &*at;
}

/// What storing it has cost up to now.
void Crowd::Impl::book_renewals(Lease& lease) {
  if (!lease.renewed) return;
  const base::Instant last = issued(lease);
  const auto puts = static_cast<std::uint64_t>((last - lease.issued) / options.renewal);
  report.store.puts += puts;
  report.naive.puts += puts;
  lease.issued = last;
}

/// From here on the location is as it was last stored.
void Crowd::Impl::stop_renewing(User& user) {
  Lease* const lease = lease_of(user);
  if (lease == nullptr) return;
  book_renewals(*lease);
  lease->renewed = false;
}

void Crowd::Impl::visible(const Happening& happening) {
  User& user = users[happening.user];
  if (!user.live() || user.run != happening.run || !user.reaches_store) return;
  changed(user, std::nullopt, std::nullopt);  // the paper's scheme can read it from here on
  Lease* lease = lease_of(user);
  if (lease != nullptr && lease->renewed) return;
  const auto is_over = [this](const Lease& old) { return issued(old) + options.lease <= now; };
  const bool is_back = lease == nullptr || is_over(*lease);
  std::erase_if(user.leases, is_over);
  lease = lease_of(user);
  if (lease == nullptr) lease = &user.leases.emplace_back(Lease{user.run, now, true});
  lease->issued = now;
  lease->renewed = true;
  ++report.store.puts;
  ++report.naive.puts;
  const bool is_news = happening.step() != 0 || is_back;
  if (!is_news) return;
  user.latest = sequence_at(now);
  report.store.puts += kNoticed.size();
  notify(user, true);
}

void Crowd::Impl::blank(const Happening& happening) {
  User& user = users[happening.user];
  changed(user, std::nullopt, std::nullopt);
  std::erase_if(user.leases, [&](const Lease& lease) { return lease.run == happening.run; });
  user.latest = sequence_at(now);
  report.store.puts += kNoticed.size();
  notify(user, false);
}

/// To all who watch her location: a few notices, each with its own luck. Who leaves has no time to
/// wait in between.
void Crowd::Impl::notify(User& user, bool stays) {
  for (const Contact& contact : user.contacts) {
    const User& watcher = users[contact.who];
    if (!contact.listed || !watcher.contacts[contact.back].watching) continue;
    Happening happening;
    happening.user = contact.who;
    happening.contact = contact.back;
    happening.run = watcher.run;
    for (const base::Duration pause : kNoticed) {
      const bool is_late = dice.chance(options.push_tail);
      const base::Duration late = is_late ? options.push_late : 0s;
      later((stays ? pause : 0s) + trip() + late, What::pushed, happening);
    }
  }
}

// --- reads ---

void Crowd::Impl::start_read(User& watcher, std::uint32_t contact) {
  if (watcher.reading >= kReadsAtOnce) {
    watcher.reads.push_back(contact);
    return;
  }
  ++watcher.reading;
  send_read(watcher, contact, 0);
}

void Crowd::Impl::send_read(User& watcher, std::uint32_t contact, std::uint8_t step) {
  ++report.store.gets;
  Happening happening;
  happening.user = id_of(watcher);
  happening.contact = contact;
  happening.run = watcher.run;
  const bool is_lost = !watcher.reaches_store || dice.chance(options.read_loss);
  const base::Duration repeats = trip() - options.delay.least;
  if (is_lost) return later(kReadLimit, What::read, happening, step | kFailed);
  later(draw(options.read_delay) + repeats, What::read, happening, step);
}

void Crowd::Impl::read(const Happening& happening) {
  User& watcher = users[happening.user];
  Contact& contact = watcher.contacts[happening.contact];
  const User& buddy = users[contact.who];
  const bool is_pushed = (happening.step() & kByPush) != 0;
  if ((happening.step() & kFailed) == 0 && !watcher.reaches_store) {
    return later(kReadLimit, What::read, happening, happening.step() | kFailed);
  }
  if ((happening.step() & kFailed) == 0) {
    if (!is_pushed || buddy.latest > contact.seen) take_leases(watcher, contact);
  } else if (is_pushed) {
    later(kReadLimit, What::pushed, happening);
  } else {
    watcher.tracker->location_unreadable(buddy.name, now);
  }
  if (!is_pushed) {
    --watcher.reading;
    contact.read_once = true;
  }
  if (!is_pushed && !watcher.reads.empty()) {
    const std::uint32_t next = watcher.reads.front();
    watcher.reads.erase(watcher.reads.begin());
    start_read(watcher, next);
  }
  drive(watcher);
  tidy_watch(watcher, contact);
}

void Crowd::Impl::take_leases(User& watcher, Contact& contact) {
  const User& buddy = users[contact.who];
  if (!watcher.line_known) {
    watcher.line_known = true;
    watcher.tracker->own_line(true, now);
  }
  found.clear();
  for (const Lease& lease : buddy.leases) {
    const base::Instant when = issued(lease);
    const base::Instant until = when + options.lease;
    if (until <= now) continue;
    found.push_back({lease.run, sequence_at(when), until});
    if (lease.run == contact.read_at[0]) continue;
    contact.read_at = {lease.run, contact.read_at[0]};
  }
  contact.seen = std::max(contact.seen, buddy.latest);
  watcher.tracker->located(buddy.name, found, now);
}

// --- pushes ---

void Crowd::Impl::pushed(const Happening& happening) {
  User& watcher = users[happening.user];
  const Contact& contact = watcher.contacts[happening.contact];
  if (contact.watching && watcher.reaches_store) send_read(watcher, happening.contact, kByPush);
}

void Crowd::Impl::tidy_watch(User& watcher, Contact& contact) {
  const User& buddy = users[contact.who];
  const bool wanted = contact.read_once && watcher.tracker->wants_push(buddy.name);
  if (wanted == contact.watching) return;
  if (!wanted) return drop_watch(contact);
  contact.watching = true;
  contact.watching_since = now;
  ++report.store.push_set_ups;
  if (buddy.latest <= contact.seen) return;
  Happening happening;
  happening.user = id_of(watcher);
  happening.contact = static_cast<std::uint32_t>(&contact - watcher.contacts.data());
  happening.run = watcher.run;
  later(draw(options.read_delay), What::pushed, happening);
}

void Crowd::Impl::drop_watch(Contact& contact) {
  book_watch(contact);
  contact.watching = false;
}

void Crowd::Impl::book_watch(Contact& contact) {
  if (!contact.watching) return;
  const auto renewals = (now - contact.watching_since) / options.push_renewal;
  report.store.push_renewals += static_cast<std::uint64_t>(renewals);
  contact.watching_since += renewals * options.push_renewal;
}

}  // namespace sim
