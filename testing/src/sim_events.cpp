#include "sim_events.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace sim {

namespace {

constexpr base::Duration kFarAway = std::chrono::hours(24 * 365 * 10);
/// More than any sound program does without time going on: it calls itself for ever.
constexpr std::uint64_t kStandstill = 1'000'000;

}  // namespace

struct Events::Token {
  std::weak_ptr<Events> events;
  Key key;
  ~Token() {
    if (const auto alive = events.lock()) alive->cancel(key);
  }
};

Events::Key Events::add(base::Instant when, std::function<void()> what, const void* owner) {
  const Key key{std::max(when, now_), next_order_++};
  pending_.emplace(key, Event{std::move(what), owner});
  return key;
}

void Events::at(base::Instant when, std::function<void()> what, const void* owner) {
  add(when, std::move(what), owner);
}

void Events::after(base::Duration delay, std::function<void()> what, const void* owner) {
  at(now_ + std::clamp(delay, base::Duration::zero(), kFarAway), std::move(what), owner);
}

base::Timer Events::timer(base::Duration delay, std::function<void()> what, const void* owner) {
  auto token = std::make_shared<Token>();
  token->events = weak_from_this();
  token->key =
      add(now_ + std::clamp(delay, base::Duration::zero(), kFarAway), std::move(what), owner);
  return base::Timer(std::move(token));
}

void Events::cancel(const Key& key) {
  // Taken out first: what the event owned may cancel others when it goes.
  const auto gone = pending_.extract(key);
}

void Events::forget(const void* owner) {
  std::vector<Event> gone;
  for (auto next = pending_.begin(); next != pending_.end();) {
    if (next->second.owner == owner) {
      gone.push_back(std::move(next->second));
      next = pending_.erase(next);
    } else {
      ++next;
    }
  }
}

void Events::clear() {
  while (!pending_.empty()) cancel(pending_.begin()->first);
}

bool Events::step(base::Instant limit) {
  if (pending_.empty() || pending_.begin()->first.when > limit) return false;
  const auto next = pending_.extract(pending_.begin());
  skip_to(next.key().when);
  if (++events_in_this_instant_ > kStandstill) {
    throw std::runtime_error("virtual time stands still: something posts itself for ever");
  }
  next.mapped().what();
  return true;
}

void Events::skip_to(base::Instant when) {
  if (when <= now_) return;
  now_ = when;
  events_in_this_instant_ = 0;
}

}  // namespace sim
