// One virtual hour in a town of twenty, over a bad network.

#include <gtest/gtest.h>

#include <ctime>
#include <iostream>
#include <map>
#include <random>

#include "testing/town.h"

namespace sim {
namespace {

using namespace std::chrono_literals;

// Under a sanitizer an hour takes a minute.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t kSeeds = 2;
#else
constexpr std::uint64_t kSeeds = 20;
#endif

constexpr std::size_t kPeople = 20;
constexpr std::size_t kFriends = 4;  // of each, on both lists
constexpr std::size_t kIdols = 1;    // of each, who do not list her
constexpr base::Duration kHour = 1h;
/// From the last thing that anybody did until everybody is shown the truth: a location that was
/// left behind has ended (60 s), a poll of somebody off line has come round (45 s and a quarter),
/// and lost packets were repeated.
constexpr base::Duration kConverged = 90s;

/// What may happen next in this town, by its seed.
class Fate {
 public:
  Fate(Town& town, std::uint64_t seed) : town_(town), dice_(seed), people_(town.people()) {}

  std::size_t below(std::size_t count) { return static_cast<std::size_t>(dice_() % count); }
  base::Duration pause() { return std::chrono::milliseconds(1'000 + below(8'000)); }

  void befriend_all() {
    for (std::size_t i = 0; i < people_.size(); ++i) {
      for (std::size_t step = 1; step <= kFriends / 2; ++step) link(i, i + step, true);
      for (std::size_t step = 0; step < kIdols; ++step) link(i, i + people_.size() / 2, false);
    }
  }

  void strike() {
    const std::string who = people_[below(people_.size())];
    if (!town_.is_on(who)) return come_back(who);
    const std::size_t roll = below(100);
    if (roll < 80) return chat(who);
    if (roll < 88) return town_.sign_off(who);
    if (roll < 94) return town_.crash(who);
    town_.vanish(who);
  }

 private:
  void link(std::size_t one, std::size_t other, bool both) {
    const std::string& a = people_[one % people_.size()];
    const std::string& b = people_[other % people_.size()];
    town_.add(a, b);
    if (both) town_.add(b, a);
    if (both) friends_[a].push_back(b), friends_[b].push_back(a);
  }
  void come_back(const std::string& who) {
    if (below(3) == 0) town_.sign_on(who);
  }
  void chat(const std::string& who) {
    const std::vector<std::string>& friends = friends_[who];
    const std::string& to = friends[below(friends.size())];
    for (std::size_t i = below(4) + 1; i > 0; --i) {
      town_.say(who, to, who + "'s word " + std::to_string(++words_));
    }
    if (below(10) != 0) return;
    // In the midst of it, one of the two is gone.
    town_.world().advance(std::chrono::milliseconds(below(800)));
    const std::string& gone = below(2) == 0 ? who : to;
    if (below(2) == 0) return town_.crash(gone);
    town_.vanish(gone);
  }

  Town& town_;
  std::mt19937_64 dice_;
  std::vector<std::string> people_;
  std::map<std::string, std::vector<std::string>> friends_;
  std::size_t words_ = 0;
};

class Hour : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Hour, PresenceConvergesAndNoTextIsLostOrDoubled) {
  const std::clock_t began = std::clock();
  TownOptions options;
  options.seed = GetParam();
  options.nodes = 4;
  options.faults = {.loss = 0.05, .delay = 100ms, .jitter = 20ms};
  Town town(options);
  for (std::size_t i = 0; i < kPeople; ++i) town.move_in("user" + std::to_string(10 + i));
  Fate fate(town, GetParam());
  town.world().advance(10s);
  town.register_all();
  ASSERT_TRUE(town.rest(2min)) << "not registered";
  for (const std::string& who : town.people()) town.sign_on(who);
  ASSERT_TRUE(town.rest(2min)) << "not signed on";
  fate.befriend_all();
  ASSERT_TRUE(town.rest(5min)) << "not befriended";
  ASSERT_TRUE(town.settle(kConverged)) << ::testing::PrintToString(town.wrong_presence());

  const base::Instant end = town.world().now() + kHour;
  while (town.world().now() < end) {
    town.world().advance(fate.pause());
    fate.strike();
  }
  EXPECT_TRUE(town.settle(kConverged)) << ::testing::PrintToString(town.wrong_presence());
  EXPECT_TRUE(town.rest(1min)) << "somebody still waits for an answer";
  EXPECT_EQ(town.check(), Complaints());

  const TextCount texts = town.texts();
  const double took = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
  std::cout << "seed " << GetParam() << ": " << took << " s of processor time; " << texts.said
            << " said, " << texts.delivered << " delivered, " << texts.failed << " failed, "
            << texts.unanswered << " unanswered\n";
}

INSTANTIATE_TEST_SUITE_P(Seeds, Hour, ::testing::Range<std::uint64_t>(1, kSeeds + 1));

}  // namespace
}  // namespace sim
