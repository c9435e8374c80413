// Does what docs/presence_rules.md says, row by row.

#include <gtest/gtest.h>

#include "ohim/tracker.h"
#include "rules_page.h"

namespace ohim {
namespace {

using namespace std::chrono_literals;
using What = Tracker::Action::What;

struct Rule {
  std::string happens, shown, known_by, cause, next;
};

std::vector<Rule> rules() {
  std::vector<Rule> rules;
  for (const auto& cells : rows_of_table("what happens")) {
    EXPECT_EQ(cells.size(), 5U);
    rules.push_back({cells.at(0), cells.at(1), cells.at(2), cells.at(3), cells.at(4)});
  }
  return rules;
}

/// A buddy to whom things happen.
class Life {
 public:
  Life() { tracker_.add(lisa_, now_); }

  void happen(const std::string& what) {
    if (what.ends_with(" s later")) {
      now_ += std::chrono::seconds(std::stoi(what));
      return;
    }
    const auto event = events().find(what);
    ASSERT_NE(event, events().end()) << "no such event: " << what;
    event->second(*this);
  }
  [[nodiscard]] Why why() const { return tracker_.why(lisa_, now_); }
  /// What is due now, in words; or what comes next, and when.
  std::string next() {
    base::Duration waited{0};
    std::string what = due();
    if (!what.empty()) return what + " now";
    const auto wake = tracker_.wake();
    if (!wake) return "nothing";
    const base::Instant began = now_;
    for (int round = 0; round < 100 && what.empty(); ++round) {
      const auto at = tracker_.wake();
      if (!at || *at - began > 2h) return "nothing";
      now_ = std::max(now_, *at);
      what = due();
    }
    waited = now_ - began;
    return what + " in " +
           std::to_string(std::chrono::round<std::chrono::seconds>(waited).count()) + " s";
  }
  /// Lets all that is due begin, and shows what time alone has changed.
  std::string due() {
    bool read = false;
    bool dial = false;
    for (const auto& action : tracker_.actions(now_)) {
      (action.what == What::dial ? dial : read) = true;
    }
    asked_ = asked_ || read;
    if (read && dial) return "read and dial";
    if (read) return "read";
    return dial ? "dial" : "";
  }

 private:
  using Event = void (*)(Life&);

  void found(PlaceId place) {
    leases_[place] = {place, ++sequence_, now_ + 90s};
    tell();
  }
  /// When she is looked for next; at once if nobody is going to look.
  void tell() {
    for (int round = 0; round < 50 && !asked_; ++round) {
      const auto wake = tracker_.wake();
      if (!wake || *wake - now_ > 1h) break;
      now_ = std::max(now_, *wake);
      due();
    }
    asked_ = false;
    for (auto& [place, lease] : leases_) {
      if (lease.sequence == sequence_) lease.until = now_ + 90s;
    }
    std::vector<Tracker::Lease> all;
    for (const auto& [place, lease] : leases_) all.push_back(lease);
    tracker_.located(lisa_, all, now_);
  }
  void absent() {
    leases_.clear();
    tell();
  }
  void fail(Tracker::DialFailure how, PlaceId place = kHere) {
    due();
    tracker_.dial_failed(lisa_, place, how, now_);
  }
  void link(PlaceId place, Tracker::Opened opened) {
    due();
    tracker_.link_up(lisa_, place, opened, now_);
  }
  void end(PlaceId place, Tracker::LinkEnd how) { tracker_.link_down(lisa_, place, how, now_); }

  static const std::map<std::string, Event>& events() {
    using Failure = Tracker::DialFailure;
    using End = Tracker::LinkEnd;
    using Opened = Tracker::Opened;
    static const std::map<std::string, Event> kEvents{
        {"nothing", [](Life&) {}},
        {"found", [](Life& life) { life.found(kHere); }},
        {"found elsewhere", [](Life& life) { life.found(kElsewhere); }},
        {"found again", [](Life& life) { life.tell(); }},
        {"absent", [](Life& life) { life.absent(); }},
        {"unreadable",
         [](Life& life) { life.tracker_.location_unreadable(life.lisa_, life.now_); }},
        {"refused", [](Life& life) { life.fail(Failure::refused); }},
        {"unanswered", [](Life& life) { life.fail(Failure::silent); }},
        {"unanswered elsewhere", [](Life& life) { life.fail(Failure::silent, kElsewhere); }},
        {"link", [](Life& life) { life.link(kHere, Opened::by_us); }},
        {"her link", [](Life& life) { life.link(kHere, Opened::by_her); }},
        {"link elsewhere", [](Life& life) { life.link(kElsewhere, Opened::by_us); }},
        {"goodbye", [](Life& life) { life.end(kHere, End::goodbye); }},
        {"goodbye elsewhere", [](Life& life) { life.end(kElsewhere, End::goodbye); }},
        {"closed", [](Life& life) { life.end(kHere, End::broken); }},
        {"silent", [](Life& life) { life.end(kHere, End::silent); }},
        {"hung up", [](Life& life) { life.end(kHere, End::ours); }},
        {"line cut", [](Life& life) { life.tracker_.own_line(false, life.now_); }},
        {"line back", [](Life& life) { life.tracker_.own_line(true, life.now_); }},
        {"woke up", [](Life& life) { life.tracker_.resumed(life.now_); }},
        {"mended", [](Life& life) { life.tracker_.look_again(life.now_); }},
    };
    return kEvents;
  }

  static constexpr PlaceId kHere = 1;
  static constexpr PlaceId kElsewhere = 2;
  const Name lisa_ = *Name::parse("lisa");
  base::Instant now_{1h};
  Tracker tracker_;
  std::map<PlaceId, Tracker::Lease> leases_;
  std::uint64_t sequence_ = 0;
  bool asked_ = false;
};

/// "read in 60 s" with the spread of a quarter; "soon" is within 4 s.
bool agrees(const std::string& says, const std::string& is) {
  if (says == is) return true;
  const auto in = says.find(" in ");
  const bool soon = says.ends_with(" soon");
  const std::string what = soon ? says.substr(0, says.size() - 5) : says.substr(0, in);
  if ((in == std::string::npos && !soon) || !is.starts_with(what + " in ")) return false;
  const int seconds = std::stoi(is.substr(what.size() + 4));
  if (soon) return seconds <= 4;
  const double planned = std::stoi(says.substr(in + 4));
  return seconds >= planned * 0.75 - 0.5 && seconds <= planned * 1.25 + 0.5;
}

TEST(PresenceRules, AreWhatTheTrackerDoes) {
  const std::vector<Rule> all = rules();
  ASSERT_GE(all.size(), 40U);
  for (const Rule& rule : all) {
    Life life;
    for (const std::string& event : split(rule.happens, ',')) life.happen(event);
    const std::string next = life.next();
    Life again;
    for (const std::string& event : split(rule.happens, ',')) again.happen(event);
    again.due();  // time alone may have changed what is shown
    EXPECT_EQ(to_string(again.why().state.presence), rule.shown) << rule.happens;
    EXPECT_EQ(to_string(again.why().state.known_by), rule.known_by) << rule.happens;
    EXPECT_EQ(to_string(again.why().cause), rule.cause) << rule.happens;
    EXPECT_TRUE(agrees(rule.next, next))
        << rule.happens << ": says " << rule.next << ", is " << next;
  }
}

}  // namespace
}  // namespace ohim
