#include "openhash/rules.h"

#include <gtest/gtest.h>

#include "records.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Bytes;
using base::Errc;

const Key kPlace = Key::of("milhouse's location");

/// What open_record() says to Milhouse's location after `change`, signed again.
base::Result<Record> opened(const std::function<void(Record&)>& change, const Key& key = kPlace) {
  const SigningKey owner = signing_key();
  Record record = location_of_milhouse(owner);
  change(record);
  return open_record(kEasyRules, key, sealed(record, key, owner), kNow);
}
std::error_code verdict_on(const std::function<void(Record&)>& change, const Key& key = kPlace) {
  const auto record = opened(change, key);
  return record ? std::error_code{} : record.error().code;
}

TEST(Rules, TakeAProperRecord) {
  const auto record = opened([](Record&) {});
  ASSERT_TRUE(record) << record.error().message();
  EXPECT_EQ(record->name, "milhouse");
}

TEST(Rules, KnowWhereNamedRecordsStand) {
  EXPECT_EQ(key_of(Kind::identity, "lisa"), Key::of("lisa's identity"));
  EXPECT_EQ(key_of(Kind::location, "lisa"), Key::of("lisa's location"));
  EXPECT_EQ(key_of(Kind::list, "lisa"), Key::of("lisa's buddy list"));
  EXPECT_EQ(key_of(Kind::opaque, "lisa"), std::nullopt);
}

TEST(Rules, KnowThreeKeysForWhatMustNotGetLost) {
  const auto keys = replica_keys(Kind::list, "lisa");
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys->at(0), Key::of("lisa's buddy list"));
  EXPECT_EQ(keys->at(1), Key::of("1/lisa's buddy list"));
  EXPECT_EQ(keys->at(2), Key::of("2/lisa's buddy list"));
  EXPECT_TRUE(replica_keys(Kind::identity, "lisa"));
  EXPECT_TRUE(replica_keys(Kind::revoke, "lisa"));
  EXPECT_FALSE(replica_keys(Kind::location, "lisa"));
  EXPECT_FALSE(replica_keys(Kind::opaque, "lisa"));
}

TEST(Rules, TakeARecordAtEachOfItsKeysSignedForThatOne) {
  const auto identity = [](Record& record) { record.kind = Kind::identity; };
  const auto keys = replica_keys(Kind::identity, "milhouse");
  for (const Key& key : keys.value()) {
    EXPECT_EQ(verdict_on(identity, key), std::error_code{});
  }
  EXPECT_EQ(verdict_on(identity, Key::of("3/milhouse's identity")), Errc::refused);
  EXPECT_EQ(verdict_on([](Record&) {}, Key::of("1/milhouse's location")), Errc::refused);
}

TEST(Rules, RefuseARecordAtSomebodyElsesKey) {
  const auto nothing = [](Record&) {};
  EXPECT_EQ(verdict_on(nothing, Key::of("lisa's location")), Errc::refused);
  EXPECT_EQ(verdict_on(nothing, Key::of("milhouse's buddy list")), Errc::refused);
}

TEST(Rules, RefuseNamesThatNobodyCanHave) {
  for (const char* name : {"", "ab", "Milhouse", "1lisa", "li sa", "lisa\n", "l\xc3\xadsa"}) {
    const Key key = *key_of(Kind::location, name);
    EXPECT_EQ(verdict_on([&](Record& record) { record.name = name; }, key), Errc::malformed)
        << name;
  }
}

TEST(Rules, TakeOpaqueRecordsAtAnyKeyButWithoutAName) {
  const Key secret = Key::of("locator");
  const auto opaque = [](Record& record) {
    record.kind = Kind::opaque;
    record.name.clear();
  };
  EXPECT_TRUE(opened(opaque, secret));
  EXPECT_EQ(verdict_on([](Record& record) { record.kind = Kind::opaque; }), Errc::malformed);
}

TEST(Rules, RefuseKindsThatAreNotKeptYet) {
  for (const Kind kind : {Kind::ring, Kind::inbox}) {
    EXPECT_EQ(verdict_on([&](Record& record) { record.kind = kind; }), Errc::refused);
  }
}

TEST(Rules, RefuseTooLongAValidity) {
  EXPECT_EQ(validity_cap(Kind::location), 120s);
  EXPECT_EQ(verdict_on([](Record& record) { record.valid_for = 121s; }), Errc::refused);
}

TEST(Rules, ForgiveClocksTenMinutes) {
  EXPECT_TRUE(opened([](Record& record) { record.issued = kNow + 10min; }));
  EXPECT_EQ(verdict_on([](Record& record) { record.issued = kNow + 10min + 1s; }), Errc::refused);
}

TEST(Rules, RefuseARecordSignedByAnother) {
  const SigningKey milhouse = signing_key();
  const SigningKey nelson = signing_key(1);
  Record record = *decode(sealed(location_of_milhouse(milhouse), kPlace, milhouse));
  sign(record, kNetwork, kPlace, nelson);
  record.owner = milhouse.public_key();
  EXPECT_EQ(open_record(kEasyRules, kPlace, encode(record), kNow).error(), Errc::refused);
}

TEST(Rules, RefuseARecordWithTooLittleWork) {
  const SigningKey owner = signing_key();
  const Bytes bytes = sealed(location_of_milhouse(owner), kPlace, owner);
  Rules stricter = kEasyRules;
  stricter.work_named = 40;
  EXPECT_EQ(open_record(stricter, kPlace, bytes, kNow).error(), Errc::refused);
}

TEST(Work, HoldsForOneNameAndOwnerInOneNetwork) {
  const Rules rules{.network = kNetwork, .work_named = 14};
  const SigningKey owner = signing_key();
  Record record = *decode(sealed(location_of_milhouse(owner), kPlace, owner, rules));
  EXPECT_TRUE(has_work(rules, record));
  record.kind = Kind::list;
  EXPECT_TRUE(has_work(rules, record)) << "done once, repeated in all records of a user";
  record.name = "lisa";
  EXPECT_FALSE(has_work(rules, record));
}

TEST(Work, StopsWhenAsked) {
  const std::atomic<bool> stop = true;
  EXPECT_EQ(find_work(kEasyRules, Kind::list, "lisa", PublicKey{}, stop), std::nullopt);
}

TEST(Validity, EndsToTheSecondForShortLivedRecords) {
  Record record = location_of_milhouse(signing_key());
  EXPECT_TRUE(is_current(record, kNow + 120s));
  EXPECT_FALSE(is_current(record, kNow + 121s));
}

TEST(Validity, HasGraceForLongLivedRecords) {
  Record record = location_of_milhouse(signing_key());
  record.valid_for = 24h;
  EXPECT_TRUE(is_current(record, kNow + 24h + 5min));
  EXPECT_FALSE(is_current(record, kNow + 24h + 5min + 1s));
}

TEST(Succession, TakesAHigherSequenceOfTheSameOwnerAndKind) {
  const Record held = location_of_milhouse(signing_key());
  Record offered = held;
  EXPECT_FALSE(supersedes(offered, held));
  offered.sequence = 8;
  EXPECT_TRUE(supersedes(offered, held));
  offered.owner = signing_key(1).public_key();
  EXPECT_FALSE(supersedes(offered, held));
  offered = held;
  offered.sequence = 8;
  offered.kind = Kind::list;
  EXPECT_FALSE(supersedes(offered, held));
}

TEST(Notice, StandsBesideTheRecordItSpeaksOf) {
  const SigningKey owner = signing_key();
  const Record changed = *decode(sealed(location_of_milhouse(owner), kPlace, owner));
  const Bytes notice = encode(make_notice(changed, kEasyRules, kPlace, owner, kNow));
  const auto opened_notice = open_record(kEasyRules, kPlace, notice, kNow);
  ASSERT_TRUE(opened_notice) << opened_notice.error().message();
  EXPECT_EQ(opened_notice->body, Bytes{static_cast<std::uint8_t>(Kind::location)});
  EXPECT_EQ(opened_notice->sequence, changed.sequence);
  EXPECT_EQ(open_record(kEasyRules, Key::of("milhouse's identity"), notice, kNow).error(),
            Errc::refused);
}

TEST(Notice, SaysWhichKindHasChanged) {
  for (const Bytes& body : {Bytes{}, Bytes{6}, Bytes{8}, Bytes{2, 2}}) {
    const auto speak = [&](Record& record) {
      record.kind = Kind::notice;
      record.valid_for = 15s;
      record.body = body;
    };
    EXPECT_EQ(verdict_on(speak), Errc::malformed);
  }
}

}  // namespace
}  // namespace openhash
