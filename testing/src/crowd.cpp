#include "testing/crowd.h"

#include <algorithm>

#include "crowd_impl.h"

namespace sim {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration kRepeatAfter = 300ms;  // of a lost packet of a link, doubled each time
constexpr int kRepeats = 6;

bool comes_later(const Happening& one, const Happening& other) {
  return one.at != other.at ? one.at > other.at : one.order > other.order;
}

}  // namespace

void crowd::Queue::push(Happening happening, What what, std::uint8_t step) {
  happening.order = ++count_ << 16 | std::uint64_t{static_cast<std::uint8_t>(what)} << 8 | step;
  heap_.push_back(happening);
  std::push_heap(heap_.begin(), heap_.end(), comes_later);
}

Happening crowd::Queue::pop() {
  std::pop_heap(heap_.begin(), heap_.end(), comes_later);
  const Happening first = heap_.back();
  heap_.pop_back();
  return first;
}

Crowd::Impl::Impl(CrowdOptions the_options) : options(the_options), dice(options.seed) {
  options.regions = std::clamp<std::size_t>(options.regions, 1, region_sees.size());
  region_sees.fill(~std::uint32_t{0});
  region_has_store.fill(true);
  settle_down();
  begin_script();
}

// --- time ---

void Crowd::Impl::later(base::Duration delay, What what, Happening happening, std::uint8_t step) {
  happening.at = now + std::max(delay, base::Duration::zero());
  queue.push(happening, what, step);
}

base::Duration Crowd::Impl::trip() {
  base::Duration all = draw(options.delay);
  base::Duration pause = kRepeatAfter;
  for (int i = 0; i < kRepeats && dice.chance(options.loss); ++i, pause *= 2) all += pause;
  return all;
}

void Crowd::Impl::mix(std::uint64_t word) {
  report.trace = Dice(report.trace ^ word).next();  // a fine hash of 64 bits, too
}

void Crowd::Impl::run_until(base::Instant end) {
  while (!queue.empty() && queue.first().at <= end) {
    const Happening happening = queue.pop();
    now = happening.at;
    happen(happening);
  }
  now = end;
}

void Crowd::Impl::happen(const Happening& happening) {
  ++report.events;
  mix(static_cast<std::uint64_t>(happening.at.time_since_epoch().count()));
  mix(happening.order << 32 ^ std::uint64_t{happening.user} << 16 ^ happening.contact);
  switch (happening.what()) {
    case What::act:
      return act(happening.user, static_cast<Act>(happening.contact));
    case What::world:
      return world(happening);
    case What::visible:
      return visible(happening);
    case What::blank:
      return blank(happening);
    case What::promise:
      return promise(happening);
    case What::silent:
    case What::reset:
    case What::closed:
    case What::goodbye:
    case What::hiccup:
      return link_event(happening);
    default:
      return happen_to_program(happening);
  }
}

void Crowd::Impl::happen_to_program(const Happening& happening) {
  User& user = users[happening.user];
  if (!user.on || user.run != happening.run) return;
  if (user.standing) {
    user.missed.push_back(happening);
    return;
  }
  switch (happening.what()) {
    case What::wake:
      return woken(user, happening);
    case What::read:
      return read(happening);
    case What::dial:
      return dial(happening);
    case What::pushed:
      return pushed(happening);
    default:
      return line_noticed(user, happening);
  }
}

// --- Crowd ---

Crowd::Crowd(CrowdOptions options) : impl_(std::make_unique<Impl>(options)) {}
Crowd::~Crowd() = default;

void Crowd::advance(base::Duration span) { impl_->run_until(impl_->now + span); }
base::Instant Crowd::now() const { return impl_->now; }

void Crowd::sign_on(std::uint32_t user) { impl_->sign_on(user); }
void Crowd::sign_off(std::uint32_t user) { impl_->sign_off(user); }
void Crowd::crash(std::uint32_t user) { impl_->crash(user); }
void Crowd::vanish(std::uint32_t user) { impl_->vanish(user); }
void Crowd::sleep(std::uint32_t user) { impl_->stand_still(user, true); }
void Crowd::freeze(std::uint32_t user) { impl_->stand_still(user, false); }
void Crowd::wake(std::uint32_t user) { impl_->go_on(user); }
void Crowd::cut(std::uint32_t user) { impl_->plug(user, false); }
void Crowd::mend(std::uint32_t user) { impl_->plug(user, true); }
void Crowd::cut_region(std::uint32_t region, Lost what) { impl_->cut_region(region, what); }
void Crowd::heal_region(std::uint32_t region) { impl_->heal_region(region); }

std::vector<std::uint32_t> Crowd::buddies(std::uint32_t user) const {
  std::vector<std::uint32_t> all;
  for (const Contact& contact : impl_->users.at(user).contacts) {
    if (contact.lists) all.push_back(contact.who);
  }
  return all;
}

bool Crowd::is_on(std::uint32_t user) const { return impl_->users.at(user).on; }

ohim::BuddyState Crowd::shown(std::uint32_t watcher, std::uint32_t buddy) const {
  const User& user = impl_->users.at(watcher);
  return user.on ? user.tracker->state(impl_->users.at(buddy).name) : ohim::BuddyState{};
}

ohim::Why Crowd::why(std::uint32_t watcher, std::uint32_t buddy) const {
  const User& user = impl_->users.at(watcher);
  return user.on ? user.tracker->why(impl_->users.at(buddy).name, impl_->now) : ohim::Why{};
}

bool Crowd::agrees() const { return wrong().empty(); }

std::vector<std::string> Crowd::wrong() const {
  std::vector<std::string> sentences;
  for (const User& user : impl_->users) {
    for (const Contact& contact : user.contacts) {
      const bool is_wrong = contact.verdict == Verdict::online_while_gone ||
                            contact.verdict == Verdict::offline_while_there ||
                            contact.verdict == Verdict::unknown ||
                            contact.verdict == Verdict::stale;
      if (contact.lists && is_wrong) sentences.push_back(impl_->sentence(user, contact));
    }
  }
  return sentences;
}

void Crowd::count_anew() {
  impl_->book_all();
  const std::uint64_t trace = impl_->report.trace;
  impl_->report = {};
  impl_->report.trace = trace;
  impl_->seconds_looking = impl_->seconds_there = impl_->naive_gets = 0;
  impl_->counted_since = impl_->now;
}

CrowdReport Crowd::report() const {
  impl_->book_all();
  CrowdReport report = impl_->report;
  report.naive.gets += static_cast<std::uint64_t>(impl_->naive_gets);
  report.users = impl_->users.size();
  report.span = impl_->now - impl_->counted_since;
  report.seed = impl_->options.seed;
  std::size_t listed = 0;
  for (const User& user : impl_->users) {
    listed += static_cast<std::size_t>(std::ranges::count_if(user.contacts, &Contact::lists));
  }
  report.buddies = static_cast<double>(listed) / static_cast<double>(report.users);
  const double looking = impl_->seconds_looking;
  report.buddies_online = looking > 0 ? report.buddies * impl_->seconds_there / looking : 0;
  return report;
}

}  // namespace sim
