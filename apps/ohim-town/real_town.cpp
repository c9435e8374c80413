#include "real_town.h"

#include <map>

#include "testing/dice.h"
#include "testing/town.h"

namespace town {
namespace {

using namespace std::chrono_literals;
using sim::Incident;
using sim::Verdict;

constexpr base::Duration kLook = 100ms;  // how fine the account is
constexpr base::Duration kSettling = 1min;

/// What one person is shown about another.
struct View {
  Verdict verdict = Verdict::not_looking;
  bool there = false;
  bool pending = false;
  Incident incident = Incident::signed_on_mutual;
  base::Instant since{};
};

class RealTown {
 public:
  explicit RealTown(const sim::CrowdOptions& options)
      : options_(options), dice_(options.seed), town_(town_options(options)) {
    report_.users = options.users;
    report_.seed = options.seed;
  }

  bool arrive();
  void live(base::Duration span);
  sim::CrowdReport report() const { return report_; }
  sim::Complaints complaints() const { return town_.check(); }

 private:
  static sim::TownOptions town_options(const sim::CrowdOptions& options) {
    sim::TownOptions town;
    town.seed = options.seed;
    town.faults.loss = options.loss;
    return town;
  }
  static std::string name(std::size_t number) { return "user" + std::to_string(number); }

  void befriend(std::size_t person);
  void strike(std::size_t person);
  void look();
  void look_at(const std::string& watcher, const std::string& buddy, View& view);

  sim::CrowdOptions options_;
  sim::Dice dice_;
  sim::Town town_;
  sim::CrowdReport report_;
  std::map<std::pair<std::string, std::string>, View> views_;
  std::map<std::string, Incident> last_;
  std::multimap<base::Instant, std::string> returns_;
};

bool RealTown::arrive() {
  for (std::size_t i = 0; i < options_.users; ++i) town_.move_in(name(i));
  town_.register_all();
  if (!town_.rest(10 * kSettling)) return false;
  for (const std::string& who : town_.people()) town_.sign_on(who);
  if (!town_.rest(kSettling)) return false;
  for (std::size_t i = 0; i < options_.users; ++i) befriend(i);
  return town_.rest(5 * kSettling) && town_.settle(kSettling);
}

/// Each lists those who come after her, and who list her as the share of mutual ones says.
void RealTown::befriend(std::size_t person) {
  const std::size_t wanted = std::min(options_.buddies, options_.users - 1);
  const auto both = static_cast<std::size_t>(static_cast<double>(wanted) * options_.mutual + 0.5);
  const auto list = [&](std::size_t watcher, std::size_t buddy) {
    const std::string one = name(watcher % options_.users);
    const std::string other = name(buddy % options_.users);
    if (one == other || !views_.try_emplace({one, other}).second) return;
    town_.add(one, other);
  };
  const std::size_t near = both / 2;
  for (std::size_t step = 1; step <= near; ++step) {
    list(person, person + step);
    list(person + step, person);
  }
  for (std::size_t step = 1; step <= wanted - 2 * near; ++step) list(person, person + near + step);
}

void RealTown::strike(std::size_t person) {
  const std::string who = name(person);
  if (!town_.is_on(who)) return;
  switch (dice_.below(3)) {
    case 0:
      last_[who] = Incident::signed_off;
      town_.sign_off(who);
      break;
    case 1:
      last_[who] = Incident::crashed;
      town_.crash(who);
      break;
    default:
      last_[who] = Incident::vanished;
      town_.vanish(who);
  }
  returns_.emplace(town_.world().now() + dice_.between(10s, 2min), who);
}

void RealTown::live(base::Duration span) {
  const base::Instant end = town_.world().now() + span;
  const bool is_idle = options_.script == sim::Script::idle;
  const bool is_storm = options_.script == sim::Script::storm;
  const base::Duration each = is_storm ? base::Duration(5min) : base::Duration(2h);
  const base::Duration pause = each / static_cast<int>(options_.users);
  base::Instant next = town_.world().now() + dice_.about(pause);
  look();
  while (town_.world().now() < end) {
    if (!is_idle && town_.world().now() >= next) {
      strike(dice_.below(static_cast<std::uint32_t>(options_.users)));
      next += dice_.about(pause);
    }
    while (!returns_.empty() && returns_.begin()->first <= town_.world().now()) {
      const std::string who = returns_.begin()->second;
      returns_.erase(returns_.begin());
      last_[who] = Incident::signed_on_mutual;
      town_.sign_on(who);
    }
    town_.world().advance(kLook);
    report_.span += kLook;
    look();
  }
}

void RealTown::look() {
  const double hours = std::chrono::duration<double, std::ratio<3600>>(kLook).count();
  for (const std::string& who : town_.people()) {
    if (town_.is_on(who)) report_.user_hours += hours;
  }
  double online = 0;
  for (auto& [pair, view] : views_) {
    look_at(pair.first, pair.second, view);
    online += view.there ? 1 : 0;
  }
  const auto users = static_cast<double>(options_.users);
  report_.buddies = static_cast<double>(views_.size()) / users;
  const double looks = std::max(1.0, static_cast<double>(report_.events++));
  report_.buddies_online += (online / users - report_.buddies_online) / looks;
}

void RealTown::look_at(const std::string& watcher, const std::string& buddy, View& view) {
  const base::Instant now = town_.world().now();
  const bool there = town_.is_on(buddy);
  const basic::Presence shown = town_.shown(watcher, buddy);
  const bool is_right = shown == town_.truth(buddy);
  const bool changed = std::exchange(view.there, there) != there;
  if (!town_.is_on(watcher)) {
    view.verdict = Verdict::not_looking;
  } else if (is_right) {
    view.verdict = Verdict::right;
  } else if (shown == basic::Presence::unknown) {
    view.verdict = Verdict::unknown;
  } else {
    view.verdict = there ? Verdict::offline_while_there : Verdict::online_while_gone;
  }
  report_.seconds[static_cast<std::size_t>(view.verdict)] +=
      std::chrono::duration<double>(kLook).count();
  if (changed) {
    const bool mutual = views_.contains({buddy, watcher});
    view.pending = true;
    view.since = now - kLook;
    view.incident = last_[buddy];
    if (there && !mutual) view.incident = Incident::signed_on_one_sided;
  }
  if (view.verdict == Verdict::not_looking) view.pending = false;
  if (view.pending && view.verdict == Verdict::right) {
    report_.detection[static_cast<std::size_t>(view.incident)].add(now - view.since);
    view.pending = false;
  }
}

}  // namespace

sim::CrowdReport live(const sim::CrowdOptions& options, base::Duration span,
                      std::vector<std::string>& complaints) {
  RealTown town(options);
  if (!town.arrive()) complaints.push_back("not everybody was shown the truth before it began");
  town.live(span);
  for (const std::string& sentence : town.complaints()) complaints.push_back(sentence);
  return town.report();
}

}  // namespace town
