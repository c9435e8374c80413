#include <QAbstractScrollArea>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <future>
#include <thread>

#include "base/gather.h"
#include "base/system.h"
#include "basic/gui/window.h"
#include "basic/profile.h"
#include "client_thread.h"
#include "frames.h"
#include "measure_window.h"
#include "party.h"

namespace bench {
namespace {

using namespace std::chrono_literals;

constexpr int kPatience = 60'000;  // milliseconds
constexpr std::size_t kAtOnce = 100;
const QString kPassword = QStringLiteral("correct horse battery staple 6824");

/// Milhouse, and the node, on a thread and a loop of their own.
class Other {
 public:
  Other() : thread_([this] { live(); }) { endpoint_ = ready_.get_future().get(); }
  ~Other() {
    system_.load()->stop();
    thread_.join();
  }
  [[nodiscard]] std::string node() const { return endpoint_.to_string(); }

  /// `texts`, one after the other, `pause` between two; zero: as fast as they are taken.
  void send(std::vector<std::string> texts, base::Duration pause) {
    sending_ = true;
    system_.load()->post(
        [this, texts = std::move(texts), pause] { tasks_->start(send_all(texts, pause)); });
  }
  [[nodiscard]] bool sending() const { return sending_; }

 private:
  void live() {
    base::System system;
    const auto storage = open_node(system.world(), openhash::Role::storage, {});
    const auto store = open_node(system.world(), openhash::Role::client, {storage->local()});
    basic::MemoryProfile profile;
    Party milhouse(system.world(), *store, profile, "milhouse");
    base::Tasks tasks;
    system_ = &system;
    milhouse_ = &milhouse;
    tasks_ = &tasks;
    system.run_until_done(milhouse.register_user());
    system.run_until_done(milhouse.sign_on());
    ready_.set_value(storage->local());
    tasks.start(milhouse.add("lisa"));
    system.run();
  }
  base::Task<bool> send_one(std::string text) {
    const auto sent = co_await milhouse_->client().send_text("lisa", std::move(text));
    if (!sent) give_up("sending a text", sent.error());
    co_return true;
  }
  base::Task<void> send_all(std::vector<std::string> texts, base::Duration pause) {
    if (pause == base::Duration::zero()) {
      std::vector<base::Task<bool>> all;
      for (std::string& text : texts) all.push_back(send_one(std::move(text)));
      co_await base::gather(std::move(all), kAtOnce);
    } else {
      base::Tasks on_their_way;
      for (std::string& text : texts) {
        on_their_way.start(send_and_forget(std::move(text)));
        co_await base::sleep_for(system_.load()->world().clock, pause);
      }
      co_await base::sleep_for(system_.load()->world().clock, 1s);
    }
    sending_ = false;
  }
  base::Task<void> send_and_forget(std::string text) { co_await send_one(std::move(text)); }

  std::promise<base::Endpoint> ready_;
  base::Endpoint endpoint_;
  std::atomic<base::System*> system_ = nullptr;
  std::atomic<bool> sending_ = false;
  Party* milhouse_ = nullptr;     // the thread's
  base::Tasks* tasks_ = nullptr;  // the thread's
  std::thread thread_;
};

/// Lisa's window on her real client.
class Own {
 public:
  explicit Own(const std::string& node) {
    options_.profile = folder_.path().toStdString();
    options_.nodes = {node};
    options_.rules = light_rules();
    options_.client.presence.password.memory = std::size_t{1} << 20;
    options_.client.presence.password.passes = 1;
    options_.client.presence.claim_settles = 1ms;
    auto started = ClientThread::start(options_, bridge_, [] {});
    if (!started) give_up("starting the client", started.error());
    thread_ = std::move(*started);
    window_ = std::make_unique<basic::gui::Window>(bridge_, options_.profile);
    window_->resize(1000, 700);
    window_->show();
  }
  ~Own() {
    window_->finish();
    window_.reset();
    thread_.reset();
  }
  template <typename T>
  T& find(const char* name) {
    return *window_->findChild<T*>(QString::fromLatin1(name));
  }
  basic::gui::Window& window() { return *window_; }

  void register_and_meet() {
    QTest::mouseClick(&find<QPushButton>("startOther"), Qt::LeftButton);
    QTest::keyClicks(&find<QLineEdit>("nameField"), "lisa");
    QTest::keyClicks(&find<QLineEdit>("passwordField"), kPassword);
    QTest::keyClicks(&find<QLineEdit>("passwordAgainField"), kPassword);
    QTest::mouseClick(&find<QPushButton>("startSubmit"), Qt::LeftButton);
    wait("the name", [this] { return find<QWidget>("keyPage").isVisible(); });
    QTest::mouseClick(&find<QPushButton>("keyLeave"), Qt::LeftButton);
    bool added = false;
    bridge_.ask(
        window_.get(), [](basic::Client& client) { return client.add_buddy("milhouse"); },
        [&](const base::Result<basic::Buddy>& buddy) {
          if (!buddy) give_up("adding milhouse", buddy.error());
          added = true;
        });
    wait("milhouse", [&] { return added; });
  }
  static void wait(const char* what, const std::function<bool()>& holds) {
    if (!QTest::qWaitFor(holds, kPatience)) give_up(what, {base::Errc::timed_out, {}});
  }

 private:
  QTemporaryDir folder_;
  Options options_;
  basic::gui::Bridge bridge_;
  std::unique_ptr<ClientThread> thread_;
  std::unique_ptr<basic::gui::Window> window_;
};

/// As people write: mostly short, now and then long, with links, one in a hundred very long.
std::vector<std::string> old_texts(int count) {
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i) {
    std::string text = "Text " + std::to_string(i) + " see https://a.example/" + std::to_string(i);
    for (int more = i % 7; more > 0; --more) text += " and some more words so that lines are full";
    if (i % 100 == 0) text = std::string(16'000, 'x');
    texts.push_back(std::move(text));
  }
  return texts;
}

/// From the newest text to the oldest by the wheel, while older ones come from the disk.
std::vector<Nanoseconds> scroll_to_the_top(QAbstractScrollArea& view) {
  constexpr int kStep = 120;
  constexpr int kSettled = 400;  // milliseconds at the very top in which nothing came
  std::vector<Nanoseconds> frames;
  QScrollBar& bar = *view.verticalScrollBar();
  QElapsedTimer at_top;
  at_top.start();
  constexpr int kTurns = 50;  // a busy machine may not have come to anything in that time
  for (int turns = 0; turns < kTurns || at_top.elapsed() < kSettled; ++turns) {
    if (bar.value() > bar.minimum()) {
      at_top.restart();
      turns = 0;
    }
    frames.push_back(frame(*view.viewport(), [&] { bar.setValue(bar.value() - kStep); }));
  }
  return frames;
}

/// What a key takes from the moment it is pressed to the letter on the screen.
std::vector<Nanoseconds> type_while(QPlainTextEdit& field, const std::function<bool()>& goes_on) {
  std::vector<Nanoseconds> times;
  QElapsedTimer pressed;
  const auto seen = QObject::connect(&field, &QPlainTextEdit::textChanged, [&] {
    field.viewport()->repaint();
    times.push_back(Nanoseconds(pressed.nsecsElapsed()));
  });
  while (goes_on()) {
    pressed.restart();
    QCoreApplication::postEvent(
        &field, new QKeyEvent(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, QStringLiteral("a")));
    QTest::qWait(50);
  }
  QObject::disconnect(seen);
  field.clear();
  return times;
}

}  // namespace

Rows measure_talk(int history, int seconds) {
  constexpr int kRate = 200;  // texts a second
  Other milhouse;
  Own lisa(milhouse.node());
  lisa.register_and_meet();
  milhouse.send(old_texts(history), base::Duration::zero());
  Own::wait("the history", [&] { return !milhouse.sending(); });
  lisa.window().open("milhouse");
  auto& view = lisa.find<QAbstractScrollArea>("conversation");
  Own::wait("the newest texts", [&] { return view.verticalScrollBar()->maximum() > 0; });
  Rows rows = rows_of(std::to_string(history) + " texts: a frame of scrolling",
                      scroll_to_the_top(view));
  lisa.window().open("milhouse");

  std::vector<std::string> flood;
  for (int i = 0; i < kRate * seconds; ++i) flood.push_back("flood " + std::to_string(i));
  auto& field = lisa.find<QPlainTextEdit>("messageInput");
  const std::vector<Nanoseconds> quiet = type_while(field, [n = 0]() mutable { return ++n < 40; });
  milhouse.send(std::move(flood), 1000ms / kRate);
  Heartbeat heart;
  const std::vector<Nanoseconds> keys = type_while(field, [&] { return milhouse.sending(); });
  const Percentiles now = percentiles(keys);
  const Percentiles before = percentiles(quiet);
  for (const Rows& more : {rows_of("200 texts/s: the event loop stands still", heart.late()),
                           rows_of("200 texts/s: a key typed", keys)})
    rows.insert(rows.end(), more.begin(), more.end());
  rows.push_back({"a key, median (when nothing arrives)", format("%.2f ms", now.p50 / 1000),
                  format("%.2f ms", before.p50 / 1000), format("%.1fx", now.p50 / before.p50)});
  return rows;
}

}  // namespace bench
