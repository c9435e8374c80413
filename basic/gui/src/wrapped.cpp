#include "wrapped.h"

#include <algorithm>

namespace basic::gui {
namespace {

int width_of(const QString& words, const QFontMetrics& letters) {
  return letters.size(Qt::TextShowMnemonic, words).width();
}

}  // namespace

QString in_lines(const QString& words, const QFontMetrics& letters, int width) {
  QString text;
  QString line;
  for (const QString& word : words.split(QLatin1Char(' '))) {
    const QString longer = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
    const bool fits = width_of(longer, letters) <= width;
    if (!fits && !line.isEmpty()) text += line + QLatin1Char('\n');
    line = fits || line.isEmpty() ? longer : word;
  }
  return text + line;
}

int widest_word(const QString& words, const QFontMetrics& letters) {
  int widest = 0;
  for (const QString& word : words.split(QLatin1Char(' ')))
    widest = std::max(widest, width_of(word, letters));
  return widest;
}

}  // namespace basic::gui
