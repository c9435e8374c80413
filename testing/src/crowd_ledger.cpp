// Truth beside what is shown; and beside what the paper's scheme would show.

#include <algorithm>

#include "crowd_impl.h"

namespace sim {
namespace {

using namespace std::chrono_literals;
using ohim::Presence;

constexpr base::Duration kNaivePoll = 60s;  // the paper's
constexpr base::Duration kGrace = 1ms;      // a timer for the very moment may run after us
constexpr std::size_t kFirstBroken = 10;

double seconds(base::Duration duration) { return std::chrono::duration<double>(duration).count(); }

bool is_looking(Verdict verdict) {
  return verdict != Verdict::not_looking && verdict != Verdict::blind && verdict != Verdict::stale;
}

bool is_wrong(Verdict verdict) {
  return verdict == Verdict::online_while_gone || verdict == Verdict::offline_while_there;
}

}  // namespace

// --- what is ---

bool Crowd::Impl::is_there(const User& watcher, const Contact& contact, bool& half) const {
  const User& buddy = users[contact.who];
  half = false;
  if (!buddy.live()) return false;
  const bool way = way_between(watcher, buddy);
  if (!way && !(watcher.reaches_store && buddy.reaches_store)) return false;
  if (way && (buddy.reaches_store || is_linked(contact))) return true;
  half = true;
  return false;
}

Verdict Crowd::Impl::judge(const User& watcher, Contact& contact) const {
  bool half = false;
  contact.there = is_there(watcher, contact, half);
  const Presence shown = contact.shown;
  if (!watcher.live()) return Verdict::not_looking;
  const bool is_right = shown == (contact.there ? Presence::online : Presence::offline);
  if (!watcher.reaches_store) {
    if (is_right) return Verdict::right;
    return shown == Presence::unknown ? Verdict::blind : Verdict::stale;
  }
  if (shown == Presence::unknown) return Verdict::unknown;
  if (half) return Verdict::half;
  if (is_right) return Verdict::right;
  return contact.there ? Verdict::offline_while_there : Verdict::online_while_gone;
}

/// The incident as this watcher has to find it out.
std::uint8_t Crowd::Impl::seen_as(const User& watcher, const Contact& contact,
                                  Incident incident) const {
  auto number = static_cast<std::uint8_t>(incident);
  bool half = false;
  if (!is_there(watcher, contact, half) && !half) {
    if (incident >= Incident::signed_on_mutual) {
      return static_cast<std::uint8_t>(Incident::gone_meanwhile);
    }
    // Gone while no word can reach us is like a line cut.
    const bool is_heard = way_between(watcher, users[contact.who]);
    if (!is_heard && incident < Incident::vanished) {
      number = static_cast<std::uint8_t>(Incident::cut);
    }
    return is_linked(contact) ? number : number + 1;
  }
  if (incident == Incident::signed_on_mutual) {
    const bool she_dials = contact.listed && !watcher.walled;
    return she_dials ? number : number + 1;
  }
  if (incident > Incident::signed_on_mutual) return number;
  return is_linked(contact) ? number : number + 1;
}

// --- what it comes to ---

void Crowd::Impl::book(User& watcher, Contact& contact, std::uint8_t incident) {
  const double passed = seconds(now - contact.since);
  report.seconds[static_cast<std::size_t>(contact.verdict)] += passed;
  if (is_looking(contact.verdict)) {
    seconds_looking += passed;
    if (contact.there) seconds_there += passed;
    book_naive(watcher, contact);
  }
  contact.since = now;
  const bool was_there = contact.there;
  const Verdict before = std::exchange(contact.verdict, judge(watcher, contact));
  const bool is_open = is_wrong(contact.verdict) || contact.verdict == Verdict::unknown;
  const bool is_incident = incident != kShown && incident != kSilently;
  if (contact.verdict == before && !(is_incident && contact.there != was_there)) return;
  contact.stamp = ++stamps;
  contact.judged = now;
  if (is_incident && is_open) {
    contact.pending = incident;
    contact.pending_since = now;
  } else if (!is_open) {
    const bool is_found = contact.verdict == Verdict::right && incident == kShown;
    if (is_found && contact.pending != kNoIncident) {
      report.detection[contact.pending].add(now - contact.pending_since);
    }
    contact.pending = kNoIncident;
  }
  if (contact.verdict == Verdict::online_while_gone) note_promise(watcher, contact);
}

void Crowd::Impl::changed(User& user, std::optional<Incident> to_others,
                          std::optional<Incident> to_her) {
  for (Contact& contact : user.contacts) {
    if (contact.lists) book(user, contact, to_her ? seen_as(user, contact, *to_her) : kSilently);
    if (!contact.listed) continue;
    User& watcher = users[contact.who];
    Contact& view = watcher.contacts[contact.back];
    if (view.verdict == Verdict::not_looking && !watcher.live()) continue;
    book(watcher, view, to_others ? seen_as(watcher, view, *to_others) : kSilently);
  }
}

void Crowd::Impl::book_all() {
  for (User& user : users) {
    if (user.on) book_hours(user);
    for (Lease& lease : user.leases) book_renewals(lease);
    for (Contact& contact : user.contacts) {
      if (contact.lists) book(user, contact, kSilently);
      book_watch(contact);
    }
  }
}

// --- the paper's scheme: a read every 60 s from the sign-on on, each buddy at a time of its own
// ---

void Crowd::Impl::book_naive(const User& watcher, Contact& contact) {
  const User& buddy = users[contact.who];
  const base::Instant begin = contact.since;
  naive_gets += seconds(now - begin) / seconds(kNaivePoll);
  base::Instant gone = begin;  // when a read finds her location gone
  for (const Lease& lease : buddy.leases) {
    gone = std::max(gone, lease.renewed ? kNever : lease.issued + options.lease);
  }
  const base::Instant first = watcher.on_since + Dice(contact.who).between(0s, kNaivePoll);
  const auto next_poll = [&](base::Instant from) {
    return from <= first ? first : first + ((from - first) / kNaivePoll + 1) * kNaivePoll;
  };
  const auto stays = [&](bool online, base::Instant from, base::Instant to) {
    const double passed = seconds(std::min(to, now) - std::min(from, now));
    if (contact.verdict == Verdict::half || online == contact.there) return;
    (online ? report.naive_online_while_gone : report.naive_offline_while_there) += passed;
  };
  const base::Instant poll = next_poll(begin);
  stays(contact.naive_online, begin, poll);
  if (poll >= now) return;
  const base::Instant turns = gone == kNever ? kNever : std::max(poll, next_poll(gone));
  const bool found_online = gone > poll;
  if (found_online) stays(true, poll, turns);
  if (!found_online || turns < now) stays(false, found_online ? turns : poll, now);
  contact.naive_online = found_online && turns >= now;
}

// --- promises ---

/// What is shown became wrong: the tracker has said how long it can stay so.
void Crowd::Impl::note_promise(User& watcher, Contact& contact) {
  const ohim::Why why = watcher.tracker->why(users[contact.who].name, now);
  Happening happening;
  happening.user = id_of(watcher);
  happening.contact = static_cast<std::uint32_t>(&contact - watcher.contacts.data());
  happening.stamp = contact.stamp;
  const base::Instant bound = why.corrected_by.value_or(now);
  later(bound - now + kGrace, What::promise, happening);
}

void Crowd::Impl::promise(const Happening& happening) {
  const User& watcher = users[happening.user];
  const Contact& contact = watcher.contacts[happening.contact];
  if (contact.stamp != happening.stamp) return;
  ++report.broken_promises;
  if (report.first_broken.size() < kFirstBroken) {
    report.first_broken.push_back(sentence(watcher, contact));
  }
}

std::string Crowd::Impl::sentence(const User& watcher, const Contact& contact) const {
  const User& buddy = users[contact.who];
  const auto tenths = (now - contact.judged) / 100ms;
  std::string text = "after " + std::to_string(now.time_since_epoch() / 1s) + " s " +
                     watcher.name.str() + " is shown " + buddy.name.str() + " " +
                     std::string(to_string(contact.shown)) + ", wrongly for " +
                     std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
  if (contact.pending != kNoIncident) {
    text += " (" + std::string(to_string(static_cast<Incident>(contact.pending))) + ")";
  }
  if (!watcher.on) return text;
  return text + ": " + in_words(watcher.tracker->why(buddy.name, now), now);
}

}  // namespace sim
