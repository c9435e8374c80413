// Two ends that switch protocols off and on while frames are on their way.
#include "basic/shared_epochs.h"

#include <gtest/gtest.h>

#include <deque>
#include <random>
#include <variant>

namespace basic {
namespace {

constexpr Epoch kText{1};
constexpr Epoch kStatus{2};

TEST(SharedEpochs, AreWhatTheHellosShare) {
  const SharedEpochs epochs({kText, kStatus}, {kStatus});
  EXPECT_FALSE(epochs.shared(kText));
  EXPECT_TRUE(epochs.shared(kStatus) && epochs.takes(kStatus));
}

TEST(SharedEpochs, TellNothingThatTheHelloSaid) {
  SharedEpochs epochs({kText, kStatus}, {kText});
  EXPECT_EQ(epochs.set_ours({kStatus, kText}), std::nullopt);
  EXPECT_EQ(epochs.set_ours({kStatus}), (Speaks{1, 0, {kStatus}}));
}

TEST(SharedEpochs, TakeNothingThatSheSentBeforeSheKnew) {
  SharedEpochs epochs({kText}, {kText});
  EXPECT_TRUE(epochs.set_ours({}));
  EXPECT_TRUE(epochs.set_ours({kText}));
  EXPECT_TRUE(epochs.shared(kText));
  EXPECT_FALSE(epochs.takes(kText));
  EXPECT_EQ(epochs.hear({0, 1, {kText}}), std::nullopt);
  EXPECT_FALSE(epochs.takes(kText)) << "she knows only that it was switched off";
  EXPECT_EQ(epochs.hear({0, 2, {kText}}), std::nullopt);
  EXPECT_TRUE(epochs.takes(kText));
}

TEST(SharedEpochs, AnswerNewsOnceAndIgnoreWhatIsOldOrInvented) {
  SharedEpochs epochs({kText}, {kText});
  EXPECT_EQ(epochs.hear({2, 0, {}}), (Speaks{0, 2, {kText}}));
  EXPECT_FALSE(epochs.shared(kText));
  EXPECT_EQ(epochs.hear({1, 0, {kText}}), std::nullopt);
  EXPECT_FALSE(epochs.shared(kText));
  EXPECT_TRUE(epochs.set_ours({}) && epochs.set_ours({kText}));
  EXPECT_EQ(epochs.hear({2, 99, {kText}}), std::nullopt);
  EXPECT_FALSE(epochs.takes(kText)) << "she cannot have heard what we have not said";
}

/// One end, with a module that counts from nought on whenever its link comes up.
struct End {
  using Sent = std::variant<Speaks, int>;

  SharedEpochs epochs{{kText}, {kText}};
  std::deque<Sent> out;
  bool up = true;
  int next = 0;      // number that the module sends
  int expected = 0;  // that it must hear

  void settle() {
    if (std::exchange(up, epochs.shared(kText)) != up) next = expected = 0;
  }
  void tell(const std::optional<Speaks>& speaks) {
    if (speaks) out.emplace_back(*speaks);
    settle();
  }
  void send() {
    if (up) out.emplace_back(next++);
  }
  void receive(const Sent& sent) {
    if (const Speaks* told = std::get_if<Speaks>(&sent)) return tell(epochs.hear(*told));
    if (!epochs.takes(kText)) return;
    EXPECT_TRUE(up);
    EXPECT_EQ(std::get<int>(sent), expected++) << "neither left over nor lost";
  }
};

void carry(End& from, End& to) {
  if (from.out.empty()) return;
  const End::Sent sent = from.out.front();
  from.out.pop_front();
  to.receive(sent);
}

TEST(SharedEpochs, NoFrameIsLeftOverOrLostWhateverTheOrder) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 dice(seed);
    std::array<End, 2> ends;
    for (int step = 0; step < 400; ++step) {
      End& one = ends[dice() % 2];
      End& other = &one == &ends[0] ? ends[1] : ends[0];
      const auto what = dice() % 8;
      if (what == 0) one.tell(one.epochs.set_ours({}));
      if (what == 1) one.tell(one.epochs.set_ours({kText}));
      if (what >= 2 && what < 5) one.send();
      if (what >= 5) carry(one, other);
    }
    for (End& end : ends) end.tell(end.epochs.set_ours({kText}));
    while (!ends[0].out.empty() || !ends[1].out.empty()) {
      carry(ends[0], ends[1]);
      carry(ends[1], ends[0]);
    }
    EXPECT_TRUE(ends[0].epochs.takes(kText) && ends[1].epochs.takes(kText));
    EXPECT_EQ(ends[0].next, ends[1].expected);
    EXPECT_EQ(ends[1].next, ends[0].expected);
  }
}

}  // namespace
}  // namespace basic
