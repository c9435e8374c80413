// How long the window stands still while a long history is scrolled, in time of the processor.
// Printed, not judged: machines differ.

#include <QScrollBar>
#include <cstdio>
#include <ctime>

#include "conversation_room.h"

namespace basic::gui::test {
namespace {

class Frames : public Room {
 protected:
  /// Everything that is due now, and what it took.
  void frame() {
    const std::clock_t start = std::clock();
    QCoreApplication::processEvents();
    const double took = 1e3 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    worst_ = std::max(worst_, took);
    total_ += took;
    ++count_;
  }
  void report(const char* what) {
    std::printf("%-28s worst frame %6.1f ms, mean %5.1f ms of %d\n", what, worst_, total_ / count_,
                count_);
    RecordProperty(std::string(what) + " worst ms", std::to_string(worst_));
    worst_ = total_ = 0;
    count_ = 0;
  }

 private:
  double worst_ = 0;
  double total_ = 0;
  int count_ = 0;
};

TEST_F(Frames, OfAHistoryOfTenThousand) {
  meet();
  Texts texts;
  for (int i = 0; i < 10'000; ++i) {
    std::string words =
        "Text " + std::to_string(i) + " with https://a.example/" + std::to_string(i);
    for (int more = i % 7; more > 0; --more) words += " and some more words so that lines are full";
    if (i % 100 == 0) words = std::string(16'000, 'x');
    texts.push_back(old_text(i % 3 == 0, words));
  }
  remember(std::move(texts));
  ConversationLog log(bridge_, "milhouse", {.page = 1000, .most = 20'000});
  ConversationView view(log);
  view.resize(480, 700);
  view.show();
  log.open_at_end();
  const auto load = [&] {
    world_.advance(10ms);
    frame();
  };
  for (int i = 0; i < 20; ++i) load();
  while (log.has_older()) {
    log.load_older();
    for (int i = 0; i < 5; ++i) load();
  }
  ASSERT_EQ(log.size(), 10'000);
  report("loading pages of 1000");
  for (int i = 0; i < 400; ++i) frame();
  report("measuring");
  QScrollBar& bar = *view.verticalScrollBar();
  for (int i = 0; i < 300; ++i) {
    bar.setValue(bar.value() - 120);
    frame();
  }
  report("scrolling by the wheel");
  for (int i = 0; i < 100; ++i) {
    bar.setValue(bar.maximum() * (i * 37 % 100) / 100);
    frame();
  }
  report("dragging the bar");
  view.resize(700, 700);
  frame();
  report("another width");
}

TEST_F(Frames, OfTwoHundredTextsASecond) {
  meet();
  remember(2000);
  open();
  for (int i = 0; i < 200; ++i) {
    emit bridge_.text_arrived({*ohim::Name::parse("milhouse"), "flood " + std::to_string(i),
                               QString::asprintf("%032x", i + 77).toStdString(), base::WallTime{},
                               static_cast<TextNumber>(5000 + i)});
    frame();
  }
  report("texts that arrive");
  EXPECT_EQ(log().at(log().size() - 1).text, "flood 199");
}

}  // namespace
}  // namespace basic::gui::test
