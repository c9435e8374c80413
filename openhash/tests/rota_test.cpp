#include "rota.h"

#include <gtest/gtest.h>

#include "records.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;

NodeId id(std::uint8_t first) {
  NodeId made{};
  made[0] = first;
  return made;
}

/// A node with id 100 that holds records, its neighbours, and the seconds that go by.
class RotaTest : public testing::Test {
 protected:
  /// The node takes a record of `owner`.
  void hold(const Key& key, std::uint8_t owner = 0) {
    Record record = location_of_milhouse(signing_key(owner));
    record.kind = Kind::opaque;
    record.name.clear();
    record.valid_for = 24h;
    const base::Bytes bytes = sealed(record, key, signing_key(owner));
    const std::uint64_t slot = slot_of(*decode(bytes), kNetwork);
    ASSERT_EQ(shelf_.offer(key, slot, Kind::opaque, bytes, kNow, now_), Shelf::Answer::taken);
  }
  void meet(std::uint8_t first) { nodes_.push_back({id(first), {}}); }
  /// Gives how often something was offered. `each_second` goes before each of them.
  int pass(base::Duration time, const std::function<void()>& each_second = {}) {
    int offers = 0;
    for (const base::Instant end = now_ + time; now_ < end; now_ += 1s) {
      if (each_second) each_second();
      offers += static_cast<int>(rota_.due(nodes_, kMost, now_, kNow).size());
    }
    return offers;
  }
  void hear(std::uint8_t from) { rota_.heard(kKey, id(from), now_); }

  static constexpr std::size_t kMost = 32;
  inline static const Key kKey{id(101)};
  Shelf shelf_{kEasyRules};
  Rota rota_{shelf_, id(100)};
  std::vector<Contact> nodes_;
  base::Instant now_{1h};
};

TEST_F(RotaTest, OffersARecordOnceAMinute) {
  meet(1);
  hold(kKey);
  pass(60s);
  EXPECT_NEAR(pass(600s), 10, 1);
}

TEST_F(RotaTest, OffersToNobodyWhereNobodyIs) {
  hold(kKey);
  EXPECT_EQ(pass(600s), 0);
}

TEST_F(RotaTest, LeavesItToTheNeighbourWhoDoesItAlready) {
  meet(1);
  hold(kKey);
  EXPECT_EQ(pass(240s, [this] { hear(1); }), 0);
  EXPECT_GE(pass(110s), 1) << "he stopped";
}

TEST_F(RotaTest, BelievesNobodyForLongerThanFiveMinutes) {
  meet(1);
  hold(kKey);
  EXPECT_NEAR(pass(1800s, [this] { hear(1); }), 5, 1);
}

TEST_F(RotaTest, BelievesNobodyWhoIsNotInTheTable) {
  meet(1);
  hold(kKey);
  EXPECT_NEAR(pass(600s, [this] { hear(2); }), 10, 1);
}

TEST_F(RotaTest, CannotTellWhichOfTwoRecordsWasOffered) {
  meet(1);
  hold(kKey, 0);
  hold(kKey, 1);
  EXPECT_NEAR(pass(600s, [this] { hear(1); }), 20, 2);
}

TEST_F(RotaTest, GivesANewcomerWhatHeShouldHold) {
  meet(1);
  hold(kKey);
  pass(1s);
  meet(2);
  EXPECT_EQ(pass(2s), 0) << "the others are to meet him first";
  EXPECT_EQ(pass(2s), 1);
}

TEST_F(RotaTest, LeavesTheNewcomerToWhoeverIsFirst) {
  meet(1);
  hold(kKey);
  pass(1s);
  meet(2);
  pass(2s);
  hear(1);
  EXPECT_EQ(pass(10s), 0);
}

TEST_F(RotaTest, OffersSoManyASecondAndNoMore) {
  meet(1);
  for (int number = 0; number < 100; ++number) hold(Key::of(std::to_string(number)));
  pass(1s);
  meet(2);
  pass(2s);
  EXPECT_EQ(pass(1s), static_cast<int>(kMost));
  EXPECT_GE(pass(3s), 100 - static_cast<int>(kMost));
}

}  // namespace
}  // namespace openhash
