#include "rota.h"

#include <algorithm>

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr double kRound = 60;  // seconds in which every record's turn comes once
// Offered so recently, it can wait for the next round. Less than a round, so that whoever offered
// it in the last one is the first to do so in the next.
constexpr base::Duration kQuiet = 45s;
constexpr base::Duration kQuietOffDuty = 105s;  // those on duty may all have lost it
constexpr base::Duration kTrust = 5min;         // for so long others' offers do for ours
constexpr base::Duration kMeeting = 2s;         // then the others have met a newcomer, too
constexpr std::chrono::seconds kFleeting = 120s;  // renewed by its owner, or over, within a round
constexpr unsigned kForgetTicks = 30;

}  // namespace

std::vector<Shelf::Place> Rota::due(const std::vector<Contact>& good, std::size_t most,
                                    base::Instant now, base::WallTime wall) {
  welcome(neighbours_.update(good, now), now);
  if (++ticks_ % kForgetTicks == 0) forget(now);
  Offers due{most, now, wall, {}};
  if (neighbours_.empty()) return {};
  take_urgent(due);
  take_turns(due);
  return due.places;
}

/// Where several records stand at one key, an offer does not say which it is.
void Rota::heard(const Key& key, const NodeId& from, base::Instant now) {
  if (!neighbours_.knows(from)) return;
  const std::vector<Shelf::Place> next = shelf_.after({key, 0}, 2);
  const auto here = std::ranges::count(next, key, &Shelf::Place::key);
  if (here == 1) offered_[next.front()].by_anybody = now;
}

/// Who is new gets what it should hold, from those on duty.
void Rota::welcome(const std::vector<NodeId>& newcomers, base::Instant now) {
  if (newcomers.empty()) return;
  for (const Shelf::Place& place : shelf_.after({}, shelf_.size())) {
    const bool wanted = std::ranges::any_of(
        newcomers, [&](const NodeId& node) { return neighbours_.is_holder(place.key, node); });
    if (wanted && neighbours_.on_duty(place.key, now)) urgent_[place] = now + kMeeting;
  }
}

void Rota::take_urgent(Offers& due) {
  for (std::size_t left = urgent_.size(); left > 0 && !due.full(); --left) {
    auto next = urgent_.upper_bound(urgent_cursor_);
    if (next == urgent_.end()) next = urgent_.begin();
    const auto [place, since] = *next;
    urgent_cursor_ = place;
    if (since > due.now) continue;
    urgent_.erase(next);
    if (offered(place).by_anybody < since) add(due, place);
  }
}

void Rota::take_turns(Offers& due) {
  const auto all = static_cast<double>(shelf_.size());
  credit_ = std::min(all, credit_ + all / kRound);
  for (const Shelf::Place& place : shelf_.after(cursor_, static_cast<std::size_t>(credit_))) {
    if (due.full()) return;
    credit_ -= 1;
    cursor_ = place;
    if (is_turn(place, due.now)) add(due, place);
  }
}

void Rota::add(Offers& due, const Shelf::Place& place) {
  const Shelf::Held* const held = shelf_.find(place.key, place.id);
  if (held == nullptr || !is_current(held->record, due.wall)) return;
  // Locations and notices are also those that people watch: each offer would be told to them all.
  if (held->record.valid_for <= kFleeting) return;
  offered_[place] = {due.now, due.now};
  due.places.push_back(place);
}

/// Who puts a record offers it to all who should hold it.
Rota::Offered Rota::offered(const Shelf::Place& place) const {
  Offered last;
  if (const auto known = offered_.find(place); known != offered_.end()) last = known->second;
  if (const Shelf::Held* const held = shelf_.find(place.key, place.id); held != nullptr) {
    last.by_anybody = std::max(last.by_anybody, held->taken);
    last.by_us = std::max(last.by_us, held->taken);
  }
  return last;
}

bool Rota::is_turn(const Shelf::Place& place, base::Instant now) const {
  const Offered last = offered(place);
  if (last.by_anybody + kQuiet > now && last.by_us + kTrust > now) return false;
  if (neighbours_.on_duty(place.key, now)) return true;
  return last.by_anybody + kQuietOffDuty <= now;
}

/// What is as old as this says no more than nothing would.
void Rota::forget(base::Instant now) {
  std::erase_if(offered_, [now](const auto& one) { return one.second.by_anybody + kTrust <= now; });
}

}  // namespace openhash
