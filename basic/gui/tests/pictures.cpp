// Saves a picture of every page of the window, in light and dark, as docs/screenshots has them:
//
//   QT_QPA_PLATFORM=offscreen basic-pictures docs/screenshots
//
// The pictures are the same each time but for what the fonts of the machine make of them.

#include <QApplication>
#include <QDir>
#include <cstdio>

#include "language.h"
#include "look.h"
#include "nobody_looks.h"
#include "page_walk.h"
#include "theme.h"

namespace basic::gui::test {
namespace {

using namespace std::chrono_literals;

void take_pictures(const QDir& out) {
  PageWalk* the_walk = nullptr;
  const auto save = [&](QWidget& window, const QString& page) {
    for (const auto& [kind, word] :
         {std::pair(Theme::Kind::light, "light"), std::pair(Theme::Kind::dark, "dark")}) {
      use_theme(kind);
      the_walk->pass(60ms);
      const QString file = out.filePath(QStringLiteral("%1-%2.png").arg(page, word));
      if (!window.grab().save(file)) throw std::runtime_error("cannot write " + file.toStdString());
      std::printf("%s\n", qPrintable(file));
    }
    use_theme(Theme::Kind::light);
  };
  PageWalk walk(Cast::usual, save);
  the_walk = &walk;
  walk.walk();
}

}  // namespace
}  // namespace basic::gui::test

int main(int argc, char** argv) {
  const basic::gui::test::NobodyLooks nobody;
  QApplication application(argc, argv);
  QApplication::setStyle(new basic::gui::Look);
  QFont font(QStringLiteral("Inter"));
  font.setFamilies({font.family(), QStringLiteral("Noto Color Emoji")});  // as the program
  font.setPointSizeF(10);
  QApplication::setFont(font);
  if (argc < 2 || argc > 3 || !QDir().mkpath(QString::fromLocal8Bit(argv[1]))) {
    std::fprintf(stderr, "Usage: basic-pictures FOLDER [LANGUAGE]\n");
    return 2;
  }
  if (argc == 3) basic::gui::load_language(QString::fromLocal8Bit(argv[2]));
  try {
    basic::gui::test::take_pictures(QDir(QString::fromLocal8Bit(argv[1])));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "basic-pictures: %s\n", error.what());
    return 1;
  }
  return 0;
}
