#include "composer_field.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <algorithm>
#include <cmath>

#include "composer.h"

namespace basic::gui {

ComposerField::ComposerField(QWidget* parent) : QPlainTextEdit(parent) {
  setObjectName(QStringLiteral("messageInput"));
  setTabChangesFocus(true);
  setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  document()->setDocumentMargin(0);
  connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
          &ComposerField::fit);
  fit();
}

/// A plain text document's height is in lines.
void ComposerField::fit() {
  const auto lines =
      static_cast<int>(std::ceil(document()->documentLayout()->documentSize().height()));
  const int shown = std::clamp(lines, 1, kMostLines);
  const QMargins around = viewportMargins();
  const int frame = height() - viewport()->height() - around.top() - around.bottom();
  const int edge = std::clamp(frame, 2 * frameWidth(), fontMetrics().height() * 2);
  const int wanted = shown * fontMetrics().lineSpacing() + edge + 2;
  setVerticalScrollBarPolicy(lines > kMostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
  if (wanted != height()) setFixedHeight(wanted);
}

void ComposerField::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  fit();
}

void ComposerField::changeEvent(QEvent* event) {
  QPlainTextEdit::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fit();
}

void ComposerField::focusOutEvent(QFocusEvent* event) {
  QPlainTextEdit::focusOutEvent(event);
  emit left();
}

void ComposerField::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  const bool new_line = event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier);
  const bool plain = event->modifiers() == Qt::NoModifier;
  if (enter && new_line) {
    insertPlainText(QStringLiteral("\n"));
    ensureCursorVisible();
  } else if (enter) {
    emit submitted();
  } else if (event->key() == Qt::Key_Up && document()->isEmpty()) {
    emit up_wanted();
  } else if (plain && (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown)) {
    emit page_wanted(event->key() == Qt::Key_PageUp);
  } else {
    QPlainTextEdit::keyPressEvent(event);
  }
}

void ComposerField::insertFromMimeData(const QMimeData* source) {
  if (source->hasText() && source->text().size() > Composer::kMostPasted) {
    emit refused_paste(source->text().size());
    return;
  }
  QPlainTextEdit::insertFromMimeData(source);
}

}  // namespace basic::gui
