#include "shelf.h"

#include <gtest/gtest.h>

#include "records.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using Answer = Shelf::Answer;

/// A shelf, and offers to it at a time that is told.
class ShelfTest : public testing::Test {
 protected:
  Answer offer(const Record& record, const Key& key, const SigningKey& owner) {
    const base::Bytes bytes = sealed(record, key, owner);
    return shelf_.offer(key, slot_of(*decode(bytes), kNetwork), record.kind, bytes, wall_, time_);
  }
  Answer claim(std::uint8_t who, std::uint64_t sequence = 1) {
    return offer(identity(who, sequence), kIdentityKey, signing_key(who));
  }
  static Record identity(std::uint8_t who, std::uint64_t sequence = 1) {
    Record record = location_of_milhouse(signing_key(who));
    record.kind = Kind::identity;
    record.sequence = sequence;
    record.valid_for = 24h;
    return record;
  }
  static Record opaque(std::uint8_t who) {
    Record record = location_of_milhouse(signing_key(who));
    record.kind = Kind::opaque;
    record.name.clear();
    return record;
  }

  inline static const Key kLocationKey = *key_of(Kind::location, "milhouse");
  inline static const Key kIdentityKey = *key_of(Kind::identity, "milhouse");
  Shelf shelf_{kEasyRules};
  base::WallTime wall_ = kNow;
  base::Instant time_{1h};
};

TEST_F(ShelfTest, TakesARecordOnceAndKnowsItAgain) {
  const SigningKey owner = signing_key();
  EXPECT_EQ(offer(location_of_milhouse(owner), kLocationKey, owner), Answer::taken);
  EXPECT_EQ(offer(location_of_milhouse(owner), kLocationKey, owner), Answer::held);
  EXPECT_EQ(shelf_.size(), 1U);
}

TEST_F(ShelfTest, TakesOnlyANewerOneInItsPlace) {
  const SigningKey owner = signing_key();
  Record record = location_of_milhouse(owner);
  ASSERT_EQ(offer(record, kLocationKey, owner), Answer::taken);
  record.sequence = 6;
  EXPECT_EQ(offer(record, kLocationKey, owner), Answer::refused);
  record.sequence = 7;
  record.body = {1};
  EXPECT_EQ(offer(record, kLocationKey, owner), Answer::refused) << "same sequence, other bytes";
  record.sequence = 8;
  EXPECT_EQ(offer(record, kLocationKey, owner), Answer::taken);
  EXPECT_EQ(shelf_.size(), 1U);
}

TEST_F(ShelfTest, ALocationOfAClockThatWasAheadStandsInNobodysWayForLong) {
  const SigningKey owner = signing_key();
  Record record = location_of_milhouse(owner);
  record.issued = kNow + 9min;
  record.sequence = 7 + 540;
  ASSERT_EQ(offer(record, kLocationKey, owner), Answer::taken);
  record.sequence = 7 + 100;  // the clock was set right, and the client started anew
  record.issued = wall_ = kNow + 100s;
  time_ += 100s;
  EXPECT_EQ(offer(record, kLocationKey, owner), Answer::refused) << "the engine has the first one";
  time_ += 21s;
  EXPECT_EQ(offer(record, kLocationKey, owner), Answer::taken);
}

TEST_F(ShelfTest, RefusesAForeignPlaceKeyOrKind) {
  const SigningKey owner = signing_key();
  const base::Bytes bytes = sealed(location_of_milhouse(owner), kLocationKey, owner);
  const std::uint64_t id = slot_of(*decode(bytes), kNetwork);
  const auto offered = [&](const Key& key, std::uint64_t at, Kind kind) {
    return shelf_.offer(key, at, kind, bytes, wall_, time_);
  };
  EXPECT_EQ(offered(kLocationKey, id + 1, Kind::location), Answer::refused);
  EXPECT_EQ(offered(kIdentityKey, id, Kind::location), Answer::refused);
  EXPECT_EQ(offered(kLocationKey, id, Kind::identity), Answer::refused);
  EXPECT_EQ(offered(kLocationKey, id, Kind::location), Answer::taken);
}

TEST_F(ShelfTest, RefusesWhatHasEnded) {
  const SigningKey owner = signing_key();
  wall_ = kNow + 121s;
  EXPECT_EQ(offer(location_of_milhouse(owner), kLocationKey, owner), Answer::refused);
}

TEST_F(ShelfTest, HasRoomForEightOwnersOfANamedKeyAndFourOfASecretOne) {
  for (std::uint8_t who = 1; who <= 17; ++who) {
    const SigningKey owner = signing_key(who);
    EXPECT_EQ(offer(location_of_milhouse(owner), kLocationKey, owner),
              who <= 8 ? Answer::taken : Answer::refused);
    EXPECT_EQ(offer(opaque(who), Key::of("secret"), owner),
              who <= 4 ? Answer::taken : Answer::refused);
  }
}

TEST_F(ShelfTest, KeepsTheLocationsOfSeveralPlacesApart) {
  const SigningKey owner = signing_key();
  Record location = location_of_milhouse(owner);
  for (unsigned slot = 0; slot < kDeviceSlots; ++slot) {
    location.set_device_slot(slot);
    EXPECT_EQ(offer(location, kLocationKey, owner), Answer::taken);
    EXPECT_EQ(location.device_slot(), slot);
  }
  EXPECT_EQ(shelf_.size(), kDeviceSlots);
}

TEST_F(ShelfTest, BoundsTheNoticesOfAnOwner) {
  const SigningKey owner = signing_key();
  Record changed = location_of_milhouse(owner);
  changed.work = decode(sealed(changed, kLocationKey, owner))->work;
  for (changed.sequence = 1; changed.sequence <= 9; ++changed.sequence) {
    const Record notice = make_notice(changed, kEasyRules, kLocationKey, owner, kNow);
    const Answer answer = shelf_.offer(kLocationKey, slot_of(notice, kNetwork), Kind::notice,
                                       encode(notice), wall_, time_);
    EXPECT_EQ(answer, changed.sequence <= 6 ? Answer::taken : Answer::refused);
  }
}

TEST_F(ShelfTest, KeepsASecondClaimToANameOnlyDuringTheRace) {
  ASSERT_EQ(claim(1), Answer::taken);
  time_ += 5s;
  EXPECT_EQ(claim(2), Answer::taken);
  time_ += 1ms;
  EXPECT_EQ(claim(3), Answer::refused);
  EXPECT_EQ(claim(1, 2), Answer::taken) << "its owner renews it";
  EXPECT_EQ(claim(3), Answer::refused) << "a renewal does not start the race anew";
}

TEST_F(ShelfTest, AWithdrawnClaimStandsInNobodysWay) {
  Record withdrawn = identity(1);
  withdrawn.flags = kWithdrawn;
  ASSERT_EQ(offer(withdrawn, kIdentityKey, signing_key(1)), Answer::taken);
  time_ += 1h;
  EXPECT_EQ(claim(2), Answer::taken);
}

TEST_F(ShelfTest, AfterARestartTheRaceIsOver) {
  const base::Bytes first = sealed(identity(1), kIdentityKey, signing_key(1));
  ASSERT_EQ(shelf_.restore(kIdentityKey, first, wall_), Answer::taken);
  EXPECT_EQ(claim(2), Answer::refused);
}

/// A shelf with room for 40 records: so two from a stranger's network, ten from a neighbour's.
class QuotaTest : public ShelfTest {
 protected:
  Answer bring(int number, std::uint8_t owner, const Source& source) {
    const Key key = Key::of(std::to_string(number));
    const SigningKey signer = signing_key(owner);
    const base::Bytes bytes = sealed(opaque(owner), key, signer);
    return small_.offer(key, slot_of(*decode(bytes), kNetwork), Kind::opaque, bytes, wall_, time_,
                        source);
  }
  Shelf small_{kEasyRules, 40 * Quotas::kRecordCost};
  const Source stranger_{{1, 2, 3}, false};
  const Source other_{{1, 2, 4}, false};
  const Source neighbour_{{9, 9, 9}, true};
};

TEST_F(QuotaTest, AStrangersNetworkFillsATwentiethOfTheRoomAndANeighboursAQuarter) {
  int taken = 0;
  for (int number = 0; number < 20; ++number) taken += bring(number, 1, stranger_) == Answer::taken;
  EXPECT_EQ(taken, 2);
  EXPECT_EQ(bring(50, 1, other_), Answer::taken);
  for (int number = 20; number < 40; ++number) {
    taken += bring(number, 2, neighbour_) == Answer::taken;
  }
  EXPECT_EQ(taken, 2 + 10);
}

TEST_F(QuotaTest, AFullStoreRefusesWhatIsNewAndKeepsWhatItHolds) {
  for (int number = 0; number < 100; ++number) {
    EXPECT_EQ(bring(number, 1, {}), number < 40 ? Answer::taken : Answer::refused);
  }
  EXPECT_EQ(small_.size(), 40U);
  EXPECT_EQ(bring(7, 1, stranger_), Answer::held);
}

TEST_F(QuotaTest, AnOwnerHasRoomForSoManyRecords) {
  int taken = 0;
  for (int number = 0; number < 300; ++number) {
    const Key key = Key::of(std::to_string(number));
    const SigningKey signer = signing_key(1);
    taken += offer(opaque(1), key, signer) == Answer::taken;
  }
  EXPECT_EQ(taken, 256);
}

TEST_F(QuotaTest, WhatHasEndedMakesRoom) {
  ASSERT_EQ(bring(1, 1, stranger_), Answer::taken);
  ASSERT_EQ(bring(2, 1, stranger_), Answer::taken);
  ASSERT_EQ(bring(3, 1, stranger_), Answer::refused);
  const base::WallTime end = wall_ + opaque(1).valid_for + 1h;
  small_.sweep(end);
  EXPECT_EQ(small_.size(), 0U);
  EXPECT_EQ(bring(3, 1, stranger_), Answer::taken);
}

TEST_F(QuotaTest, WhatWasHeldBeforeARestartIsHeldWhateverTheQuotas) {
  Shelf tiny(kEasyRules, Quotas::kRecordCost);
  for (int number = 0; number < 3; ++number) {
    const Key key = Key::of(std::to_string(number));
    EXPECT_EQ(tiny.restore(key, sealed(opaque(1), key, signing_key(1)), wall_), Answer::taken);
  }
}

TEST_F(ShelfTest, SweepsWhatHasEnded) {
  const SigningKey owner = signing_key();
  ASSERT_EQ(offer(location_of_milhouse(owner), kLocationKey, owner), Answer::taken);
  ASSERT_EQ(claim(1), Answer::taken);
  shelf_.sweep(kNow + 121s);
  EXPECT_EQ(shelf_.size(), 1U);
}

TEST_F(ShelfTest, GivesItsPlacesInTurn) {
  for (std::uint8_t who = 1; who <= 3; ++who) {
    ASSERT_EQ(offer(opaque(who), Key::of("a"), signing_key(who)), Answer::taken);
    ASSERT_EQ(offer(opaque(who), Key::of("b"), signing_key(who)), Answer::taken);
  }
  const auto all = shelf_.after({}, 100);
  ASSERT_EQ(all.size(), 6U);
  EXPECT_EQ(shelf_.after(all[1], 2), (std::vector{all[2], all[3]}));
  EXPECT_EQ(shelf_.after(all[5], 2), (std::vector{all[0], all[1]}));
  EXPECT_EQ(shelf_.after(all[5], 100).size(), 6U);
}

}  // namespace
}  // namespace openhash
