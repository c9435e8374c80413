// Storage nodes that fail, watchers who are not watched back, and strangers who mean ill.

#include <gtest/gtest.h>

#include <filesystem>

#include "testing/town.h"

namespace sim {
namespace {

using namespace std::chrono_literals;
using basic::Presence;

/// A folder that is gone with the test.
struct Folder {
  std::filesystem::path path;
  explicit Folder(const std::string& name)
      : path(std::filesystem::path(::testing::TempDir()) / name) {
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
};

/// Registered, signed on, at rest.
void open_town(Town& town, const std::vector<std::string>& people) {
  for (const std::string& who : people) town.move_in(who);
  town.world().advance(5s);
  town.register_all();
  ASSERT_TRUE(town.rest(2min)) << "not registered";
  for (const std::string& who : people) town.sign_on(who);
  ASSERT_TRUE(town.rest(2min)) << "not signed on";
}

TEST(StorageNodes, KeepEveryRecordThroughACrashOfThemAll) {
  const Folder folder("town_journals");
  Town town({.seed = 3, .faults = {.loss = 0.02, .delay = 20ms}, .state = folder.path});
  open_town(town, {"lisa", "bart", "milhouse"});
  town.befriend("lisa", "bart");
  town.add("milhouse", "lisa");
  ASSERT_TRUE(town.rest(1min));
  for (const std::string& who : town.people()) town.crash(who);
  for (std::size_t number = 0; number < 4; ++number) town.crash_node(number);
  town.world().advance(10s);
  for (std::size_t number = 0; number < 4; ++number) town.return_node(number);
  for (const std::string& who : town.people()) town.sign_on(who);
  ASSERT_TRUE(town.rest(1min)) << "somebody cannot sign on";
  for (const std::string& who : town.people()) {
    EXPECT_EQ(town.client(who)->buddies().size(), 1U) << who;
  }
  EXPECT_TRUE(town.settle(90s)) << ::testing::PrintToString(town.wrong_presence());
  EXPECT_EQ(town.check(), Complaints());
}

TEST(StorageNodes, PresenceComesBackWhenHalfOfThemWereCutOff) {
  Town town({.seed = 4, .faults = {.loss = 0.02, .delay = 20ms}});
  open_town(town, {"lisa", "bart", "milhouse"});
  town.befriend("lisa", "bart");
  town.add("milhouse", "lisa");
  ASSERT_TRUE(town.rest(1min));
  town.world().partition({{"node0", "node1", "lisa"}});
  town.world().advance(10s);
  town.crash("bart");
  town.world().advance(50s);
  town.world().heal();
  town.sign_on("bart");
  ASSERT_TRUE(town.rest(1min));
  EXPECT_TRUE(town.settle(90s)) << ::testing::PrintToString(town.wrong_presence());
  EXPECT_EQ(town.check(), Complaints());
}

TEST(OneSidedWatching, SeesHimComeAndGo) {
  Town town({.seed = 5, .faults = {.loss = 0.02, .delay = 20ms}});
  open_town(town, {"lisa", "milhouse"});
  town.add("lisa", "milhouse");
  ASSERT_TRUE(town.rest(1min));
  ASSERT_TRUE(town.settle(10s));
  town.sign_off("milhouse");
  EXPECT_TRUE(town.settle(1s)) << "a goodbye";
  ASSERT_TRUE(town.rest(1min));
  town.sign_on("milhouse");
  ASSERT_TRUE(town.rest(1min));
  EXPECT_TRUE(town.settle(5s)) << "a notice tells";
  town.crash("milhouse");
  EXPECT_TRUE(town.settle(2s)) << "the link closes";
  town.sign_on("milhouse");
  ASSERT_TRUE(town.rest(1min));
  EXPECT_TRUE(town.settle(5s)) << "a notice tells";
  town.vanish("milhouse");
  EXPECT_TRUE(town.settle(12s)) << "nobody answers the ping";
  EXPECT_EQ(town.shown("lisa", "milhouse"), Presence::offline);
  EXPECT_EQ(town.check(), Complaints());
}

}  // namespace
}  // namespace sim
