#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QMainWindow>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "basic/gui/application.h"
#include "client_thread.h"
#include "measure_window.h"

namespace bench {
namespace {

constexpr int kPatience = 30'000;  // milliseconds

/// Says that the first window has its first picture and that nothing is waiting, and ends.
class FirstPicture final : public QObject {
 public:
  bool eventFilter(QObject* watched, QEvent* event) override {
    // Of any widget: a window that is covered is not painted itself.
    const bool painted = event->type() == QEvent::Paint && watched->isWidgetType();
    if (!painted || std::exchange(seen_, true)) return false;
    QTimer::singleShot(0, [] {
      std::puts("painted");
      std::fflush(stdout);
      QCoreApplication::quit();
    });
    return false;
  }

 private:
  bool seen_ = false;
};

void watch_if_child() {
  const QStringList words = QCoreApplication::arguments();
  if (words.size() < 2 || !words[1].startsWith("--show-")) return;
  auto* const watcher = new FirstPicture;
  watcher->setParent(qApp);
  qApp->installEventFilter(watcher);
}

Nanoseconds start_once(const QString& program, const QStringList& words) {
  QElapsedTimer time;
  QProcess child;
  child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
  time.start();
  child.start(program, words);
  while (!child.canReadLine() && child.waitForReadyRead(kPatience)) {
  }
  const Nanoseconds taken(time.nsecsElapsed());
  if (!child.canReadLine())
    throw std::runtime_error("a window did not come: " + words[0].toStdString());
  child.waitForFinished(kPatience);
  return taken;
}

}  // namespace

Q_COREAPP_STARTUP_FUNCTION(watch_if_child)

int show_empty(int argc, char** argv) {
  QApplication application(argc, argv);
  QMainWindow window;
  window.resize(900, 600);
  window.show();
  return QApplication::exec();
}

/// As window_main.cpp does it, with a folder that has never been used.
int show_basic(int argc, char** argv) {
  QTemporaryDir folder;
  Options options;
  options.profile = folder.path().toStdString();
  options.nodes = {"127.0.0.1:9"};  // a node that is not there: no reason to wait
  const auto start = [&options](
                         basic::gui::Bridge& bridge,
                         std::function<void()> interrupted) -> base::Result<std::shared_ptr<void>> {
    auto client = ClientThread::start(options, bridge, std::move(interrupted));
    if (!client) return client.error();
    return std::shared_ptr<void>(std::move(*client));
  };
  return basic::gui::run_application(argc, argv, options.profile, start);
}

Rows measure_start(const QString& program, int rounds) {
  std::vector<Nanoseconds> empty;
  std::vector<Nanoseconds> ours;
  for (int i = 0; i < rounds; ++i) {  // by turns, so that a busy moment meets both
    empty.push_back(start_once(program, {"--show-empty"}));
    ours.push_back(start_once(program, {"--show-basic"}));
  }
  const double bare = percentiles(empty).p50 / 1000;
  const double basic = percentiles(ours).p50 / 1000;
  return {{"start to first picture (Qt's empty window)", format("%.0f ms", basic),
           format("%.0f ms", bare), format("%.2fx", basic / bare)},
          {"beyond Qt's empty window", format("%.0f ms", basic - bare), "< 1000 ms",
           format("%.2fx", (basic - bare) / 1000)}};
}

}  // namespace bench
