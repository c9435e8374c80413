#include "town_ledger.h"

#include <gtest/gtest.h>

namespace sim {
namespace {

class LedgerTest : public ::testing::Test {
 protected:
  std::size_t say(const std::string& text) { return ledger.said("lisa", "bart", text); }
  void hear(const std::string& text, const std::string& id = "1") {
    ledger.heard("bart", "lisa", text, id);
  }
  /// The only complaint.
  std::string complaint() {
    const Complaints all = ledger.check();
    return all.size() == 1 ? all.front() : std::to_string(all.size()) + " complaints";
  }
  Ledger ledger;
};

TEST_F(LedgerTest, IsContentWithWhatArrivedAndWhatWasGivenUp) {
  ledger.delivered(say("a"));
  hear("a");
  ledger.failed(say("b"), "off line");
  ledger.never_told(say("c"));
  hear("c");
  EXPECT_EQ(ledger.check(), Complaints());
  EXPECT_EQ(ledger.count().said, 3U);
  EXPECT_EQ(ledger.count().heard, 2U);
}

TEST_F(LedgerTest, MissesWhatWasAcknowledged) {
  ledger.delivered(say("a"));
  EXPECT_EQ(complaint(),
            "lisa said to bart: 'a', and was told that it was delivered, but it was not heard");
}

TEST_F(LedgerTest, MissesAnAnswer) {
  say("a");
  hear("a");
  EXPECT_EQ(complaint(), "lisa said to bart: 'a', and was never told what became of it");
}

TEST_F(LedgerTest, NoticesDoubles) {
  ledger.delivered(say("a"));
  hear("a", "1");
  hear("a", "2");
  EXPECT_EQ(complaint(), "bart heard twice from lisa: 'a', under two ids");
}

TEST_F(LedgerTest, NoticesWhatNobodySaidOrSaidToAnother) {
  hear("a");
  EXPECT_EQ(complaint(), "bart heard from lisa what nobody said: 'a'");
  ledger.never_told(say("b"));
  ledger.heard("milhouse", "lisa", "b", "1");
  EXPECT_EQ(ledger.check().size(), 2U);
}

TEST_F(LedgerTest, NoticesDisorder) {
  ledger.delivered(say("a"));
  ledger.delivered(say("b"));
  hear("b");
  hear("a");
  EXPECT_EQ(complaint(), "bart heard from lisa 'b' before 'a', which was said first");
}

}  // namespace
}  // namespace sim
