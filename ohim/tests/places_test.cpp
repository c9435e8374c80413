// One user, signed on at several places at once.

#include "client.h"
#include "openhash/rules.h"

namespace ohim::test {
namespace {

class PlacesTest : public Town {
 protected:
  /// The slots in which a location of Lisa's stands now.
  std::set<unsigned> slots() {
    std::set<unsigned> slots;
    const openhash::Key key = *openhash::key_of(openhash::Kind::location, "lisa");
    for (const auto& record : table_.at(key, world_.host("clock").clock.wall())) {
      if (!record.blank()) slots.insert(record.device_slot());
    }
    return slots;
  }
  base::Task<base::Result<void>> arrive(const std::string& host) {
    return at(host).sign_on("lisa", secret(kPassword));
  }
};

TEST_F(PlacesTest, each_has_a_location_of_its_own) {
  move_in("lisa", {});
  ASSERT_TRUE(world_.run(arrive("laptop")));
  EXPECT_EQ(slots(), (std::set<unsigned>{0, 1}));
  world_.advance(5min);
  EXPECT_EQ(slots(), (std::set<unsigned>{0, 1})) << "both are renewed";
  ASSERT_TRUE(sign_off("laptop"));
  EXPECT_EQ(slots(), std::set<unsigned>{0});
  ASSERT_TRUE(world_.run(arrive("phone")));
  EXPECT_EQ(slots(), (std::set<unsigned>{0, 1})) << "a slot that was left is taken again";
}

TEST_F(PlacesTest, that_arrive_at_once_come_apart) {
  ASSERT_TRUE(register_user("lisa"));
  auto desk = arrive("desk");
  auto laptop = arrive("laptop");
  desk.start();
  laptop.start();
  world_.advance(20s);
  ASSERT_TRUE(desk.done() && desk.take());
  ASSERT_TRUE(laptop.done() && laptop.take());
  EXPECT_EQ(slots().size(), 2U);
  world_.advance(5min);
  EXPECT_EQ(slots().size(), 2U);
}

TEST_F(PlacesTest, a_fifth_takes_the_slot_of_the_first_and_nobody_fails) {
  move_in("lisa", {});
  for (const char* host : {"desk", "laptop", "phone", "attic"}) {
    ASSERT_TRUE(world_.run(arrive(host)));
    world_.advance(1s);
  }
  world_.advance(5min);
  EXPECT_EQ(slots().size(), openhash::kDeviceSlots);
}

}  // namespace
}  // namespace ohim::test
