#include "commit_queue.h"

#include <gtest/gtest.h>

#include "testing/sim_world.h"

namespace ohim {
namespace {

using namespace std::chrono_literals;

class CommitQueueTest : public ::testing::Test {
 protected:
  base::Task<base::Result<void>> save() {
    saved.push_back(state);
    co_await base::sleep_for(clock, 1s);
    co_return base::Result<void>();
  }

  sim::SimWorld world{1};
  base::Clock& clock = world.host("lisa").clock;
  int state = 0;
  std::vector<int> saved;
  std::unique_ptr<CommitQueue> queue =
      std::make_unique<CommitQueue>(clock, [this] { return save(); });
};

TEST_F(CommitQueueTest, those_who_wait_share_one_save_of_the_newest_state) {
  std::vector<base::Task<base::Result<void>>> commits;
  for (state = 1; state <= 5; ++state) {
    commits.push_back(queue->commit());
    commits.back().start();
  }
  state = 6;
  world.advance(3s);
  EXPECT_EQ(saved, (std::vector<int>{1, 6}));
  for (auto& commit : commits) {
    ASSERT_TRUE(commit.done());
    EXPECT_TRUE(commit.take());
  }
}

TEST_F(CommitQueueTest, whoever_gives_up_waiting_is_in_nobodys_way) {
  auto first = queue->commit();
  auto second = queue->commit();
  auto third = queue->commit();
  first.start();
  second.start();
  third.start();
  first.reset();
  second.reset();
  world.advance(3s);
  EXPECT_TRUE(third.done());
}

TEST_F(CommitQueueTest, drained_waits_for_all_but_begins_nothing) {
  EXPECT_TRUE(world.run(queue->drained()));
  EXPECT_TRUE(saved.empty());
  auto commit = queue->commit();
  commit.start();
  auto drained = queue->drained();
  drained.start();
  world.advance(500ms);
  EXPECT_FALSE(drained.done());
  world.advance(1s);
  EXPECT_TRUE(drained.done());
  EXPECT_EQ(saved.size(), 1);
}

TEST_F(CommitQueueTest, end_of_the_queue_is_told) {
  auto running = queue->commit();
  auto waiting = queue->commit();
  running.start();
  waiting.start();
  queue.reset();
  world.advance(1s);
  ASSERT_TRUE(running.done() && waiting.done());
  EXPECT_EQ(running.take().error().code, base::Errc::closed);
  EXPECT_EQ(waiting.take().error().code, base::Errc::closed);
}

}  // namespace
}  // namespace ohim
