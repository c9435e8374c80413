// A stranger who writes at other people's places: Lisa sees nothing of it. What can be done below
// the rules, with the bare engine, is in openhash/tests/hostile_test.cpp.

#include <gtest/gtest.h>

#include "testing/town.h"

namespace sim {
namespace {

using namespace std::chrono_literals;
using openhash::Kind;
using openhash::Record;

constexpr Kind kNamed[] = {Kind::identity, Kind::location, Kind::list};

class Stranger : public ::testing::Test {
 protected:
  void SetUp() override {
    town.move_in("lisa");
    town.move_in("milhouse");
    town.world().advance(5s);
    town.register_all();
    ASSERT_TRUE(town.rest(1min));
    for (const std::string& who : town.people()) town.sign_on(who);
    ASSERT_TRUE(town.rest(1min));
    town.add("lisa", "milhouse");
    ASSERT_TRUE(town.rest(1min));
    ASSERT_TRUE(town.settle(10s));
    nelson = town.enter("nelson");
    town.world().advance(10s);
    seen = town.presence_changes("lisa");
  }
  base::World& host() { return town.world().host("nelson"); }

  /// As good as any record of Milhouse's, but signed by Nelson.
  Record forged(Kind kind) {
    base::Secret seed(32);
    host().entropy.fill(seed.bytes());
    const openhash::SigningKey key(seed);
    Record record;
    record.kind = kind;
    record.name = "milhouse";
    record.owner = key.public_key();
    record.sequence = std::uint64_t{1} << 60;
    record.issued = host().clock.wall();
    record.valid_for = openhash::validity_cap(kind);
    record.work = *openhash::find_work(nelson->rules(), kind, record.name, record.owner, false);
    record.body = base::Bytes(openhash::kMaxBody, 7);
    openhash::sign(record, nelson->rules().network, *openhash::key_of(kind, "milhouse"), key);
    return record;
  }
  base::Result<void> put(Kind kind, Record record) {
    return town.world().run(nelson->put(*openhash::key_of(kind, "milhouse"), std::move(record)));
  }
  std::vector<Record> at(Kind kind) {
    const auto found = town.world().run(nelson->get(*openhash::key_of(kind, "milhouse")));
    return found ? *found : std::vector<Record>();
  }
  void expect_nothing_changed() {
    EXPECT_EQ(town.presence_changes("lisa"), seen);
    EXPECT_EQ(town.shown("lisa", "milhouse"), town.truth("milhouse"));
    EXPECT_EQ(town.check(), Complaints());
  }

  Town town{{.seed = 11}};
  std::unique_ptr<openhash::Node> nelson;
  std::size_t seen = 0;
};

TEST_F(Stranger, CannotTakeMilhousesPlaces) {
  for (const Kind kind : kNamed) (void)put(kind, forged(kind));
  town.world().advance(2min);
  expect_nothing_changed();
}

TEST_F(Stranger, CannotBringHimBackFromThePast) {
  const std::vector<Record> before = at(Kind::location);
  ASSERT_EQ(before.size(), 1U);
  town.sign_off("milhouse");
  ASSERT_TRUE(town.rest(10s));
  ASSERT_TRUE(town.settle(2s));
  seen = town.presence_changes("lisa");
  EXPECT_FALSE(put(Kind::location, before.front()));
  town.world().advance(2min);
  expect_nothing_changed();
}

TEST_F(Stranger, CannotKeepMilhouseFromComingBack) {
  town.crash("milhouse");
  ASSERT_TRUE(town.settle(2s));
  for (const Kind kind : kNamed) (void)put(kind, forged(kind));
  town.sign_on("milhouse");
  ASSERT_TRUE(town.rest(1min));
  EXPECT_TRUE(town.settle(5s));
  EXPECT_EQ(town.check(), Complaints());
}

}  // namespace
}  // namespace sim
