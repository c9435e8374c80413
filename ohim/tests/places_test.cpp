// One user, signed on at several places at once.

#include <algorithm>

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

/// Lisa's list, as each of her machines has it.
class SharedListTest : public PlacesTest {
 protected:
  SharedListTest() {
    move_in("lisa", {"bart"});
    at("lisa").list.merges = at("laptop").list.merges = true;
    EXPECT_TRUE(world_.run(arrive("laptop")));
    world_.advance(1min);  // by then both know of each other
  }
  void add(const std::string& host, const std::string& buddy) {
    at(host).list.names.insert(name(buddy));
  }
  [[nodiscard]] std::size_t merges(const std::string& host) {
    return static_cast<std::size_t>(std::ranges::count(at(host).hooks, "buddy_list_merged"));
  }
};

TEST_F(SharedListTest, what_is_added_at_one_place_is_seen_at_the_other) {
  add("laptop", "milhouse");
  ASSERT_TRUE(commit("laptop"));
  world_.advance(5s);
  EXPECT_EQ(at("lisa").list.names, (std::set<Name>{name("bart"), name("milhouse")}));
  EXPECT_EQ(merges("lisa"), 1U);
  EXPECT_EQ(merges("laptop"), 0U) << "there is nothing to store again";
  world_.advance(5min);
  EXPECT_EQ(merges("lisa"), 1U);
  EXPECT_EQ(merges("laptop"), 0U);
}

TEST_F(SharedListTest, what_is_added_at_both_places_at_once_stays) {
  for (int round = 0; round < 20; ++round) {
    add("lisa", "home" + std::to_string(round));
    add("laptop", "away" + std::to_string(round));
    store_of("lisa").set_delay(std::chrono::milliseconds(round));
    store_of("laptop").set_delay(std::chrono::milliseconds(7 * round % 20));
    auto here = at("lisa").commit_buddy_list();
    auto there = at("laptop").commit_buddy_list();
    here.start();
    there.start();
    ASSERT_TRUE(world_.run_until([&] { return here.done() && there.done(); }));
    ASSERT_TRUE(here.take());
    ASSERT_TRUE(there.take());
    world_.advance(20s);
    EXPECT_EQ(at("lisa").list.names.size(), 1U + 2 * (round + 1));
    EXPECT_EQ(at("laptop").list.names, at("lisa").list.names);
  }
  const std::size_t so_far = merges("lisa") + merges("laptop");
  world_.advance(5min);
  EXPECT_EQ(merges("lisa") + merges("laptop"), so_far) << "they do not store in turns";
}

TEST_F(SharedListTest, a_place_that_did_not_know_of_the_other_writes_nothing_over) {
  crash("laptop");
  ASSERT_TRUE(world_.run(arrive("laptop")));
  at("laptop").list.merges = true;
  add("laptop", "milhouse");
  ASSERT_TRUE(commit("laptop"));
  ASSERT_TRUE(sign_off("laptop"));
  add("lisa", "maggie");
  ASSERT_TRUE(commit("lisa"));
  EXPECT_EQ(at("lisa").list.names,
            (std::set<Name>{name("bart"), name("maggie"), name("milhouse")}));
}

TEST_F(SharedListTest, a_list_that_does_not_merge_is_left_alone_until_it_is_stored) {
  at("lisa").list.merges = at("laptop").list.merges = false;
  add("laptop", "milhouse");
  ASSERT_TRUE(commit("laptop"));
  world_.advance(5min);
  EXPECT_EQ(at("lisa").list.names, std::set<Name>{name("bart")});
  ASSERT_TRUE(sign_off("lisa"));
  ASSERT_TRUE(sign_on("lisa"));
  EXPECT_TRUE(at("lisa").list.names.contains(name("milhouse"))) << "nobody wrote over it";
}

}  // namespace
}  // namespace ohim::test
