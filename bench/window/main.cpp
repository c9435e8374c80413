// basic-window-bench: whether the window is quick. Without a display it paints into memory, so it
// runs everywhere; the yardsticks are Qt's own empty window, and what we promise.

#include <QApplication>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "look.h"
#include "measure_window.h"
#include "nobody_looks.h"
#include "theme.h"

namespace {

int usage(int status) {
  std::fputs(
      "basic-window-bench: measures the window: start, scrolling, the buddy list, a flood of\n"
      "texts. Ends with 1 if a promise is broken.\n"
      "  --quick   a tenth of everything\n"
      "  --help    this\n",
      status == 0 ? stdout : stderr);
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view option = argc > 1 ? argv[1] : "";
  const basic::gui::test::NobodyLooks nobody;
  if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
    qputenv("QT_QPA_PLATFORM", "offscreen");
  if (option == "--show-empty") return bench::show_empty(argc, argv);
  if (option == "--show-basic") return bench::show_basic(argc, argv);
  if (option == "--help") return usage(0);
  if (!option.empty() && option != "--quick") return usage(2);
  const int part = option == "--quick" ? 10 : 1;

  QApplication application(argc, argv);
  QApplication::setQuitOnLastWindowClosed(false);
  QApplication::setStyle(new basic::gui::Look);
  basic::gui::use_theme(basic::gui::Theme::Kind::light);
  bench::print({{"", "Basic", "yardstick", "ratio"}});
  bool kept = true;
  const auto judge = [&](const bench::Rows& rows) {
    bench::print(rows);
    for (const bench::Row& row : rows) {
      const bool promise = row.peer.starts_with('<');
      kept &= !promise || std::atof(row.ratio.c_str()) < 1;
    }
  };
  judge(bench::measure_start(QApplication::applicationFilePath(), part == 1 ? 9 : 3));
  judge(bench::measure_buddies(1000 / part));
  judge(bench::measure_talk(10'000 / part, 10 / (part == 1 ? 1 : 5)));
  return kept ? 0 : 1;
}
