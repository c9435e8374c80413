#include "switch_box.h"

#include <QEvent>
#include <QStyle>
#include <QStyleOptionButton>
#include <algorithm>

namespace basic::gui {

SwitchBox::SwitchBox(const QString& words, QWidget* parent)
    : QCheckBox(words, parent), words_(words) {
  QString plain = words;
  setAccessibleName(plain.remove(QLatin1Char('&')));
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

int SwitchBox::beside() const {
  constexpr int kFrame = 6;
  QStyleOptionButton option;
  initStyleOption(&option);
  return style()->pixelMetric(QStyle::PM_IndicatorWidth, &option, this) +
         style()->pixelMetric(QStyle::PM_CheckBoxLabelSpacing, &option, this) + kFrame;
}

QString SwitchBox::broken_for(int width) const {
  QString text;
  QString line;
  for (const QString& word : words_.split(QLatin1Char(' '))) {
    const QString longer = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
    const bool fits = fontMetrics().size(Qt::TextShowMnemonic, longer).width() <= width - beside();
    if (!fits && !line.isEmpty()) text += line + QLatin1Char('\n');
    line = fits || line.isEmpty() ? longer : word;
  }
  return text + line;
}

QSize SwitchBox::minimumSizeHint() const {
  int widest = 0;
  for (const QString& word : words_.split(QLatin1Char(' ')))
    widest = std::max(widest, fontMetrics().size(Qt::TextShowMnemonic, word).width());
  return {widest + beside(), heightForWidth(width())};
}

int SwitchBox::heightForWidth(int width) const {
  constexpr int kPadding = 4;  // as the stylesheet has it, above and below
  const QSize letters = fontMetrics().size(Qt::TextShowMnemonic, broken_for(width));
  return std::max(letters.height(), fontMetrics().height()) + kPadding;
}

void SwitchBox::fit() {
  const QString text = broken_for(width());
  if (text != this->text()) setText(text);
}

void SwitchBox::resizeEvent(QResizeEvent* event) {
  QCheckBox::resizeEvent(event);
  fit();
}

void SwitchBox::changeEvent(QEvent* event) {
  QCheckBox::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fit();
}

}  // namespace basic::gui
