#include "openhash/clock_witness.h"

#include <gtest/gtest.h>

#include "records.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;

/// Our clock, and locations that nodes still give out.
class ClockWitnessTest : public testing::Test {
 protected:
  /// Somebody's, signed when the others' clocks showed kNow.
  void read(std::uint8_t owner, std::chrono::seconds signed_at = 0s) {
    const SigningKey signer = signing_key(owner);
    Record record = location_of_milhouse(signer);
    record.issued = kNow + signed_at;
    clocks_.saw(kEasyRules, kKey, sealed(record, kKey, signer), wall_, time_);
  }
  [[nodiscard]] std::optional<std::chrono::seconds> ahead() const {
    return clocks_.ahead(wall_, time_);
  }

  inline static const Key kKey = *key_of(Kind::location, "milhouse");
  ClockWitness clocks_;
  base::WallTime wall_ = kNow;
  base::Instant time_{1h};
};

TEST_F(ClockWitnessTest, ClocksThatDifferALittleSayNothing) {
  EXPECT_EQ(ahead(), std::nullopt);
  for (const std::chrono::seconds ahead_by : {-1min, 0min, 3min}) {
    wall_ = kNow + ahead_by;
    read(1);
    EXPECT_EQ(ahead(), std::nullopt);
  }
}

TEST_F(ClockWitnessTest, TellsHowFarOursIsAheadOrBehind) {
  wall_ = kNow + 3h;
  read(1);
  EXPECT_EQ(ahead(), 3h);
  wall_ = kNow - 1h;
  read(1);
  EXPECT_EQ(ahead(), -1h);
}

TEST_F(ClockWitnessTest, NoticesThatOursWasSetSince) {
  read(1);
  wall_ += 3h;
  EXPECT_EQ(ahead(), 3h);
  wall_ += 1min;
  time_ += 1min;
  read(1);
  EXPECT_EQ(ahead(), 3h + 1min) << "at most: it may have been signed a minute ago";
  wall_ -= 3h;
  read(1);
  EXPECT_EQ(ahead(), std::nullopt);
}

TEST_F(ClockWitnessTest, NoSingleOwnerSaysSoAgainstAnother) {
  read(1, -24h);
  read(2);
  EXPECT_EQ(ahead(), std::nullopt);
  read(3, -25h);
  EXPECT_EQ(ahead(), 24h) << "two against one";
}

TEST_F(ClockWitnessTest, ForgetsWhenBelievedOrAfterAWhile) {
  read(1, -24h);
  time_ += 11min;
  EXPECT_EQ(ahead(), std::nullopt);
  read(1, -24h);
  clocks_.was_believed();
  EXPECT_EQ(ahead(), std::nullopt);
}

TEST_F(ClockWitnessTest, BelievesOnlySoundLocations) {
  const SigningKey owner = signing_key();
  Record record = location_of_milhouse(owner);
  record.issued = kNow - 24h;
  base::Bytes forged = sealed(record, kKey, owner);
  forged.back() ^= 1;
  clocks_.saw(kEasyRules, kKey, forged, wall_, time_);
  EXPECT_EQ(ahead(), std::nullopt);
}

TEST_F(ClockWitnessTest, OtherRecordsMayBeOldButNotOfTheFuture) {
  const SigningKey owner = signing_key();
  Record record = location_of_milhouse(owner);
  record.kind = Kind::identity;
  record.issued = kNow - 24h;
  const Key identity = *key_of(Kind::identity, "milhouse");
  clocks_.saw(kEasyRules, identity, sealed(record, identity, owner), wall_, time_);
  EXPECT_EQ(ahead(), std::nullopt);
  wall_ = kNow - 48h;
  clocks_.saw(kEasyRules, identity, sealed(record, identity, owner), wall_, time_);
  EXPECT_EQ(ahead(), -24h);
}

TEST_F(ClockWitnessTest, SaysWhatToDo) {
  EXPECT_EQ(
      clock_is_wrong(3h + 40s),
      "the clock of this machine is about 3 h ahead of those of others, and nothing it signs is "
      "kept: set it");
  EXPECT_NE(clock_is_wrong(-59min - 40s).find("at least 60 min behind those of others"),
            std::string::npos);
  EXPECT_NE(clock_is_wrong(-48h).find("2 days behind"), std::string::npos);
}

}  // namespace
}  // namespace openhash
