#include "base/task.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/gather.h"

namespace base {
namespace {

using namespace std::chrono_literals;

/// Time that stands still until it is told to go on.
class HandClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  WallTime wall() const override { return {}; }
  Timer call_after(Duration delay, std::function<void()> callback) override {
    auto call = std::make_shared<std::function<void()>>(std::move(callback));
    calls_.emplace(now_ + delay, call);
    return Timer(std::move(call));
  }
  void post(std::function<void()> callback) override {
    posted_.push_back(std::make_shared<std::function<void()>>(std::move(callback)));
    calls_.emplace(now_, posted_.back());
  }
  void advance(Duration span) {
    const Instant end = now_ + span;
    while (!calls_.empty() && calls_.begin()->first <= end) {
      const auto next = calls_.extract(calls_.begin());
      now_ = next.key();
      if (const auto call = next.mapped().lock()) (*call)();
    }
    now_ = end;
  }

 private:
  Instant now_{};
  std::multimap<Instant, std::weak_ptr<std::function<void()>>> calls_;
  std::vector<std::shared_ptr<std::function<void()>>> posted_;
};

/// Leaves a mark when it goes.
struct Trace {
  std::string& marks;
  char mark;
  ~Trace() { marks += mark; }
};

Task<int> answer() { co_return 42; }

Task<int> after(Clock& clock, Duration delay, int value) {
  co_await sleep_for(clock, delay);
  co_return value;
}

Task<Result<int>> result_after(Clock& clock, Duration delay, int value) {
  co_await sleep_for(clock, delay);
  co_return value;
}

template <typename T>
std::optional<T> outcome(Task<T>& task) {
  if (!task.done()) return std::nullopt;
  return task.take();
}

TEST(Task, IsLazy) {
  bool ran = false;
  const auto mark = [](bool& flag) -> Task<void> {
    flag = true;
    co_return;
  };
  Task<void> task = mark(ran);
  EXPECT_FALSE(ran);
  task.start();
  EXPECT_TRUE(ran);
  EXPECT_TRUE(task.done());
}

Task<int> twice(Task<int> task) {
  const int once = co_await task;
  co_return once * 2;
}

TEST(Task, AwaitsAnother) {
  HandClock clock;
  Task<int> task = twice(after(clock, 1s, 21));
  task.start();
  clock.advance(999ms);
  EXPECT_FALSE(task.done());
  clock.advance(1ms);
  EXPECT_EQ(outcome(task), 42);
}

Task<void> inner(Clock& clock, std::string& marks) {
  const Trace trace{marks, 'i'};
  co_await sleep_for(clock, 1h);
  marks += '!';
}

Task<void> outer(Clock& clock, std::string& marks) {
  const Trace trace{marks, 'o'};
  co_await inner(clock, marks);
}

TEST(Task, EndsWhereItWaitsWhenDestroyed) {
  HandClock clock;
  std::string marks;
  {
    Task<void> task = outer(clock, marks);
    task.start();
    EXPECT_EQ(marks, "");
  }
  EXPECT_EQ(marks, "io") << "innermost first";
  clock.advance(2h);
  EXPECT_EQ(marks, "io") << "and nothing of it is left";
}

TEST(Task, NeverStartedIsDestroyedToo) {
  HandClock clock;
  std::string marks;
  { const Task<void> task = outer(clock, marks); }
  EXPECT_EQ(marks, "") << "its body never began";
}

Task<int> count_to(int limit) {
  int sum = 0;
  for (int i = 0; i < limit; ++i) {
    auto next = answer();
    sum += co_await next;
  }
  co_return sum;
}

TEST(Task, LoopsOverTasksThatEndAtOnceNeedNoStack) {
  Task<int> task = count_to(100'000);
  task.start();
  EXPECT_EQ(outcome(task), 4'200'000);
}

Task<int> count_naps(Clock& clock, int limit) {
  for (int i = 0; i < limit; ++i) co_await sleep_for(clock, 0s);
  co_return limit;
}

TEST(Task, LoopsOverWaitsNeedNoStackEither) {
  HandClock clock;
  Task<int> task = count_naps(clock, 100'000);
  task.start();
  clock.advance(1s);
  EXPECT_EQ(outcome(task), 100'000);
}

Task<void> nap(Clock& clock, Duration delay, int& ended) {
  co_await sleep_for(clock, delay);
  ++ended;
}

TEST(Tasks, RunBesideTheirOwnerAndEndWithIt) {
  HandClock clock;
  int ended = 0;
  {
    Tasks tasks;
    tasks.start(nap(clock, 1s, ended));
    tasks.start(nap(clock, 2s, ended));
    tasks.start(nap(clock, 0s, ended));
    EXPECT_EQ(tasks.running(), 3U);
    clock.advance(1s);
    EXPECT_EQ(ended, 2);
    EXPECT_EQ(tasks.running(), 1U);
  }
  clock.advance(1h);
  EXPECT_EQ(ended, 2);
}

TEST(Tasks, CanBeCancelledAndUsedAgain) {
  HandClock clock;
  int ended = 0;
  Tasks tasks;
  tasks.start(nap(clock, 1s, ended));
  tasks.cancel();
  tasks.start(nap(clock, 1s, ended));
  clock.advance(1s);
  EXPECT_EQ(ended, 1);
}

Task<void> breed(Tasks& tasks, Clock& clock, int generations, int& ended) {
  if (generations > 0) tasks.start(breed(tasks, clock, generations - 1, ended));
  co_await sleep_for(clock, 1s);
  if (generations > 0) tasks.start(breed(tasks, clock, generations - 1, ended));
  ++ended;
}

TEST(Tasks, MayStartMoreOfThem) {
  HandClock clock;
  int ended = 0;
  Tasks tasks;
  tasks.start(breed(tasks, clock, 3, ended));
  clock.advance(10s);
  EXPECT_EQ(ended, 15);
  EXPECT_EQ(tasks.running(), 0U);
}

TEST(Within, GivesTheResultInTime) {
  HandClock clock;
  Task<Result<int>> task = within(clock, 2s, result_after(clock, 1s, 5));
  task.start();
  clock.advance(1s);
  ASSERT_TRUE(task.done());
  EXPECT_EQ(task.take().value_or(0), 5);
  clock.advance(5s);
}

TEST(Within, EndsATaskThatIsLate) {
  HandClock clock;
  Task<Result<int>> task = within(clock, 1s, result_after(clock, 2s, 5));
  task.start();
  clock.advance(1s);
  ASSERT_TRUE(task.done());
  EXPECT_EQ(task.take().error(), Errc::timed_out);
  clock.advance(5s);
}

TEST(Within, IsDestroyedHalfway) {
  HandClock clock;
  {
    Task<Result<int>> task = within(clock, 1s, result_after(clock, 2s, 5));
    task.start();
  }
  clock.advance(5s);
}

TEST(Within, NeedsNoTimeForWhatIsReady) {
  HandClock clock;
  const auto ready = []() -> Task<Result<int>> { co_return 1; };
  Task<Result<int>> task = within(clock, 0s, ready());
  task.start();
  ASSERT_TRUE(task.done());
  EXPECT_TRUE(task.take());
}

TEST(Gather, AnswersInTheOrderOfItsTasks) {
  HandClock clock;
  std::vector<Task<int>> tasks;
  for (int i = 0; i < 5; ++i) tasks.push_back(after(clock, (5 - i) * 1s, i));
  Task<std::vector<int>> all = gather(std::move(tasks));
  all.start();
  clock.advance(5s);
  EXPECT_EQ(outcome(all), (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(Gather, KeepsToItsLanes) {
  HandClock clock;
  std::vector<Task<int>> tasks;
  for (int i = 0; i < 10; ++i) tasks.push_back(after(clock, 1s, i));
  Task<std::vector<int>> all = gather(std::move(tasks), 3);
  all.start();
  clock.advance(3s);
  EXPECT_FALSE(all.done()) << "nine of ten";
  clock.advance(1s);
  EXPECT_TRUE(all.done());
}

TEST(Gather, OfNothingOrOfWhatIsReadyEndsAtOnce) {
  Task<std::vector<int>> none = gather(std::vector<Task<int>>{});
  none.start();
  EXPECT_TRUE(none.done());
  std::vector<Task<int>> tasks;
  for (int i = 0; i < 1000; ++i) tasks.push_back(answer());
  Task<std::vector<int>> all = gather(std::move(tasks), 2);
  all.start();
  EXPECT_EQ(outcome(all), std::vector<int>(1000, 42));
}

TEST(Gather, DestroyedHalfwayEndsThemAll) {
  HandClock clock;
  int ended = 0;
  const auto counted = [](Clock& time, Duration delay, int& count) -> Task<int> {
    co_await sleep_for(time, delay);
    co_return ++count;
  };
  std::vector<Task<int>> tasks;
  for (int i = 1; i <= 6; ++i) tasks.push_back(counted(clock, i * 1s, ended));
  {
    Task<std::vector<int>> all = gather(std::move(tasks), 2);
    all.start();
    clock.advance(3s);
  }
  const int until_then = ended;
  clock.advance(1h);
  EXPECT_EQ(ended, until_then);
  EXPECT_GT(ended, 0);
}

TEST(Gather, RunsInsideWithin) {
  HandClock clock;
  const auto all = [](Clock& time) -> Task<Result<int>> {
    std::vector<Task<int>> tasks;
    tasks.push_back(after(time, 1s, 1));
    tasks.push_back(after(time, 1h, 2));
    auto both = gather(std::move(tasks));
    auto values = co_await both;
    co_return static_cast<int>(values.size());
  };
  Task<Result<int>> task = within(clock, 10s, all(clock));
  task.start();
  clock.advance(10s);
  ASSERT_TRUE(task.done());
  EXPECT_FALSE(task.take());
}

Task<std::string> value_of(Completion<std::string>& completion) { co_return co_await completion; }

TEST(Completion, KeepsTheFirstValue) {
  Completion<std::string> completion;
  completion.set("first");
  completion.set("second");
  Task<std::string> task = value_of(completion);
  task.start();
  EXPECT_EQ(outcome(task), "first");
}

TEST(Completion, WakesWhoeverWaits) {
  Completion<std::string> completion;
  Task<std::string> task = value_of(completion);
  task.start();
  EXPECT_FALSE(task.done());
  completion.set("news");
  EXPECT_EQ(outcome(task), "news");
}

}  // namespace
}  // namespace base
