#include "roster_label.h"

#include <QEvent>
#include <QFontDatabase>
#include <algorithm>

namespace basic::gui {

QLabel* make_label(const QString& object_name, const char* role, QWidget* parent) {
  auto* const label = new QLabel(parent);
  label->setObjectName(object_name);
  label->setProperty("role", QLatin1String(role));
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  return label;
}

QFont fixed_font(const QFont& font) {
  QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  fixed.setPointSizeF(font.pointSizeF());
  return fixed;
}

QString breakable(const QString& word) {
  constexpr QChar kMayBreakHere(0x200b);
  QString text;
  for (const QChar letter : word) text.append(letter).append(kMayBreakHere);
  return text;
}

QString breakable_where_long(const QString& sentence) {
  constexpr int kLong = 14;
  QStringList words = sentence.split(QLatin1Char(' '));
  for (QString& word : words)
    if (word.size() > kLong) word = breakable(word);
  return words.join(QLatin1Char(' '));
}

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) {
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ElidedLabel::set_words(const QString& words) {
  words_ = words;
  setAccessibleName(words);
  updateGeometry();
  fit();
}

void ElidedLabel::fit() {
  const QString line = fontMetrics().elidedText(words_, Qt::ElideRight,
                                                contentsRect().width() - std::max(indent(), 0));
  if (line != text()) setText(line);
  setToolTip(line == words_ ? QString()
                            : QStringLiteral("<qt>%1</qt>").arg(words_.toHtmlEscaped()));
}

QSize ElidedLabel::minimumSizeHint() const {
  return {fontMetrics().averageCharWidth() * 4, fontMetrics().height()};
}

QSize ElidedLabel::sizeHint() const {
  return {fontMetrics().horizontalAdvance(words_) + std::max(indent(), 0) + 2,
          fontMetrics().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event) {
  QLabel::resizeEvent(event);
  fit();
}

void ElidedLabel::changeEvent(QEvent* event) {
  QLabel::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fit();
}

}  // namespace basic::gui
