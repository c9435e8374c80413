#include "seen.h"

#include <gtest/gtest.h>

#include "records.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;

const Key kPlace = Key::of("milhouse's location");
const base::Instant kThen{1h};

Record numbered(std::uint64_t sequence) {
  Record record = location_of_milhouse(signing_key());
  record.sequence = sequence;
  return record;
}

TEST(Seen, MissesWhatWasSeen) {
  Seen seen(kNetwork);
  EXPECT_FALSE(seen.lacks(kPlace, {}, kThen, kNow)) << "nothing was seen";
  seen.note(kPlace, numbered(7), kThen);
  EXPECT_TRUE(seen.lacks(kPlace, {}, kThen, kNow));
  EXPECT_TRUE(seen.lacks(kPlace, {numbered(6)}, kThen, kNow));
  EXPECT_FALSE(seen.lacks(kPlace, {numbered(7)}, kThen, kNow));
  EXPECT_FALSE(seen.lacks(kPlace, {numbered(8)}, kThen, kNow));
  EXPECT_FALSE(seen.lacks(Key::of("elsewhere"), {}, kThen, kNow));
}

TEST(Seen, DoesNotMissWhatIsOver) {
  Seen seen(kNetwork);
  seen.note(kPlace, numbered(7), kThen);
  EXPECT_FALSE(seen.lacks(kPlace, {}, kThen, kNow + 121s));
}

TEST(Seen, KnowsWhatIsOld) {
  Seen seen(kNetwork);
  seen.note(kPlace, numbered(7), kThen);
  EXPECT_TRUE(seen.is_old(kPlace, numbered(6), kThen));
  EXPECT_FALSE(seen.is_old(kPlace, numbered(7), kThen));
  EXPECT_FALSE(seen.is_old(kPlace, numbered(6), kThen + 121s)) << "the newer one has run out";
  seen.note(kPlace, numbered(5), kThen);
  EXPECT_TRUE(seen.is_old(kPlace, numbered(6), kThen)) << "what is older changes nothing";
}

TEST(Seen, ForgetsInTime) {
  Seen seen(kNetwork);
  Record lasting = numbered(7);
  lasting.valid_for = 24h;
  seen.note(kPlace, lasting, kThen);
  EXPECT_TRUE(seen.lacks(kPlace, {}, kThen + 9min, kNow));
  EXPECT_FALSE(seen.lacks(kPlace, {}, kThen + 11min, kNow));
  EXPECT_FALSE(seen.is_old(kPlace, numbered(6), kThen + 11min));
}

TEST(Seen, IsBounded) {
  Seen seen(kNetwork);
  for (int i = 0; i < 5000; ++i) {
    const Key key = Key::of(std::to_string(i));
    seen.note(key, numbered(7), kThen);
    EXPECT_TRUE(seen.lacks(key, {}, kThen, kNow)) << "the last one is always known";
  }
}

}  // namespace
}  // namespace openhash
