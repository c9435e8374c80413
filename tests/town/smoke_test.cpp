// Three people in a town without faults.

#include <gtest/gtest.h>

#include "testing/town.h"

namespace sim {
namespace {

using namespace std::chrono_literals;
using basic::Presence;

TEST(SmallTown, ThreePeopleMeetAndTalk) {
  Town town({.seed = 1});
  for (const char* who : {"lisa", "bart", "milhouse"}) town.move_in(who);
  town.register_all();
  ASSERT_TRUE(town.rest(1min));
  for (const std::string& who : town.people()) town.sign_on(who);
  ASSERT_TRUE(town.rest(1min));
  town.befriend("lisa", "bart");
  town.befriend("lisa", "milhouse");
  ASSERT_TRUE(town.rest(1min));
  ASSERT_TRUE(town.settle(1min)) << ::testing::PrintToString(town.wrong_presence());

  for (int i = 0; i < 20; ++i) {
    town.say("lisa", "bart", "lisa's word " + std::to_string(i));
    town.say("bart", "lisa", "bart's word " + std::to_string(i));
    town.say("milhouse", "lisa", "milhouse's word " + std::to_string(i));
  }
  ASSERT_TRUE(town.rest(1min));
  EXPECT_EQ(town.texts().delivered, 60);
  EXPECT_EQ(town.texts().heard, 60);

  town.sign_off("bart");
  town.crash("milhouse");
  EXPECT_TRUE(town.settle(2s));
  EXPECT_EQ(town.shown("lisa", "bart"), Presence::offline);
  town.sign_on("bart");
  town.sign_on("milhouse");
  ASSERT_TRUE(town.rest(1min));
  EXPECT_TRUE(town.settle(5s)) << ::testing::PrintToString(town.wrong_presence());
  EXPECT_EQ(town.check(), Complaints());
}

}  // namespace
}  // namespace sim
