// Does what the second table of docs/presence_rules.md says of a link, row by row.

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <sstream>

#include "ohim/pulse.h"
#include "rules_page.h"

namespace ohim {
namespace {

using namespace std::chrono_literals;
using Seconds = std::chrono::duration<double>;

base::Duration in_time(double seconds) {
  return std::chrono::round<base::Duration>(Seconds(seconds));
}

/// A link to which things happen.
class Link {
 public:
  explicit Link(bool opened_by_us) : pulse_(opened_by_us, now_) {}

  void happen(const std::string& what) {
    std::istringstream words(what);
    std::string word;
    words >> word;
    if (word == "nothing") return;
    if (word == "asks") {
      number_ = pulse_.ask(now_);
    } else if (word == "asked") {
      pulse_.heard(now_);
      pulse_.asked(now_);
    } else if (word == "answered") {  // after N s
      double seconds = 0;
      words >> word >> seconds;
      answer(seconds);
    } else if (word == "20") {  // answers after N s
      double seconds = 0;
      words >> word >> word >> seconds;
      for (int i = 0; i < 20; ++i) number_ = pulse_.ask(now_), answer(seconds);
    } else if (word == "doubts") {
      pulse_.doubt(now_);
      pulse_.ask(now_);
    } else {  // N s later
      now_ += in_time(std::stod(word));
      ASSERT_TRUE(what.ends_with(" s later")) << "no such event: " << what;
    }
  }
  [[nodiscard]] std::string asks() const { return in_words(pulse_.next_question()); }
  [[nodiscard]] std::string gives_up() const { return in_words(pulse_.dead_at()); }

 private:
  void answer(double seconds) {
    now_ += in_time(seconds);
    pulse_.heard(now_);
    pulse_.answered(number_, now_);
  }
  [[nodiscard]] std::string in_words(base::Instant when) const {
    std::ostringstream out;
    out << "in " << std::round(Seconds(when - now_).count() * 100) / 100 << " s";
    return out.str();
  }

  base::Instant now_{1h};
  Pulse pulse_;
  std::uint64_t number_ = 0;
};

TEST(PulseRules, AreWhatALinkDoes) {
  const auto rows = rows_of_table("who");
  ASSERT_GE(rows.size(), 12U);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 4U);
    Link link(row[0] == "opened it");
    for (const std::string& event : split(row[1], ',')) link.happen(event);
    EXPECT_EQ(link.asks(), row[2]) << row[1];
    EXPECT_EQ(link.gives_up(), row[3]) << row[1];
  }
}

TEST(Pulse, MeasuresAsRfc6298Says) {
  Pulse pulse(true, base::Instant(1h));
  base::Instant now(1h);
  EXPECT_FALSE(pulse.answer_time());
  const auto answer = [&](base::Duration took) {
    const std::uint64_t number = pulse.ask(now);
    now += took;
    pulse.answered(number, now);
  };
  answer(400ms);
  EXPECT_EQ(pulse.answer_time(), 400ms + 4 * 200ms);
  answer(800ms);  // RTTVAR = 3/4 200 + 1/4 400, SRTT = 7/8 400 + 1/8 800
  EXPECT_EQ(pulse.answer_time(), 450ms + 4 * 250ms);
}

TEST(Pulse, MeasuresNothingByAnswersToOtherQuestions) {
  Pulse pulse(true, base::Instant(1h));
  const std::uint64_t number = pulse.ask(base::Instant(1h));
  pulse.answered(number + 1, base::Instant(1h + 1s));
  EXPECT_FALSE(pulse.answer_time());
  const std::uint64_t before_sleep = pulse.ask(base::Instant(1h));
  pulse.slept();
  pulse.answered(before_sleep, base::Instant(2h));
  EXPECT_FALSE(pulse.answer_time());
}

/// What an idle link costs, whatever the line: questions of both sides, three seconds apart.
TEST(Pulse, AsksNoMoreOftenThanThePeriodHoweverTheLineIs) {
  for (const base::Duration trip : {1ms, 50ms, 500ms, 1000ms, 2000ms, 3000ms}) {
    base::Instant now(1h);
    Pulse opener(true, now), accepter(false, now);
    struct Packet {
      base::Instant at;
      bool to_opener;
      bool is_answer;
      std::uint64_t number;
    };
    std::vector<Packet> under_way;
    int questions = 0;
    const auto ask = [&](Pulse& who) {
      ++questions;
      under_way.push_back({now + trip, &who == &accepter, false, who.ask(now)});
    };
    while (now < base::Instant(2h)) {
      now = std::min(opener.next_question(), accepter.next_question());
      for (const Packet& packet : under_way) now = std::min(now, packet.at);
      for (std::size_t i = 0; i < under_way.size(); ++i) {
        const Packet packet = under_way[i];
        if (packet.at > now) continue;
        under_way.erase(under_way.begin() + static_cast<std::ptrdiff_t>(i--));
        Pulse& who = packet.to_opener ? opener : accepter;
        who.heard(now);
        if (packet.is_answer) {
          who.answered(packet.number, now);
        } else {
          who.asked(now);
          under_way.push_back({now + trip, !packet.to_opener, true, packet.number});
        }
      }
      ASSERT_LT(now, opener.dead_at()) << "line of " << trip / 1ms << " ms";
      ASSERT_LT(now, accepter.dead_at()) << "line of " << trip / 1ms << " ms";
      if (now >= opener.next_question()) ask(opener);
      if (now >= accepter.next_question()) ask(accepter);
    }
    std::cout << "line of " << trip / 1ms << " ms: " << questions << " questions an hour\n";
    EXPECT_LE(questions, 1202) << "line of " << trip / 1ms << " ms";
  }
}

}  // namespace
}  // namespace ohim
