#include "composer_field.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>
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
  const int air = fontMetrics().height() / 8;
  setViewportMargins(0, air, 0, air);
  connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
          &ComposerField::fit);
  fit();
}

/// Lines are as high as their letters: emoji may need more than words.
void ComposerField::fit() {
  const int most = kMostLines * fontMetrics().lineSpacing();
  qreal words = 0;
  QTextBlock block = document()->firstBlock();
  for (; block.isValid() && words <= most; block = block.next())
    words += blockBoundingRect(block).height();
  const bool fits = words <= most;
  const int around = height() - viewport()->height();
  const int wanted = (fits ? static_cast<int>(std::ceil(words)) : most) + around;
  setVerticalScrollBarPolicy(fits ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
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
  const qsizetype letters = source->hasText() ? source->text().size() : 0;
  const qsizetype kept = document()->characterCount() - textCursor().selectedText().size();
  if (kept + letters > Composer::kMostPasted) {
    emit refused_paste(letters);
    return;
  }
  QPlainTextEdit::insertFromMimeData(source);
}

}  // namespace basic::gui
