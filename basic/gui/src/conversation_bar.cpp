#include "conversation_bar.h"

#include <QEvent>
#include <QHBoxLayout>

namespace basic::gui {
namespace {

constexpr int kFirstInLetters = 16;  // less than that, and the second part goes below

}  // namespace

ConversationBar::ConversationBar(const char* role, QWidget* parent)
    : QWidget(parent),
      parts_(new QBoxLayout(QBoxLayout::LeftToRight, this)),
      first_(new QHBoxLayout),
      second_(new QHBoxLayout) {
  setProperty("role", role);
  setAttribute(Qt::WA_StyledBackground);
  parts_->addLayout(first_, 1);
  parts_->addLayout(second_);
}

/// The width that is asked for is that of the folded bar; its parts would ask for more.
void ConversationBar::fit() {
  const int gap = fontMetrics().height() / 2;
  parts_->setContentsMargins(gap, gap, gap, gap);
  parts_->setSpacing(gap);
  const int second = second_->sizeHint().width() + 2 * gap;
  setMinimumWidth(second);
  const bool beside = width() >= second + gap + kFirstInLetters * fontMetrics().averageCharWidth();
  parts_->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void ConversationBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fit();
}

void ConversationBar::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  fit();
}

void ConversationBar::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fit();
}

}  // namespace basic::gui
