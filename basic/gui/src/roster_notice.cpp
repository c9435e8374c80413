#include "roster_notice.h"

#include <QAccessible>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <utility>

#include "roster_button.h"
#include "roster_label.h"

namespace basic::gui {

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent),
      sentence_(make_label(QStringLiteral("noticeSentence"), "notice", this)),
      undo_button_(new QPushButton(tr("Undo"), this)) {
  setObjectName(QStringLiteral("noticeBar"));
  setAccessibleName(tr("Notice"));
  setProperty("role", "notice");
  undo_button_->setObjectName(QStringLiteral("undoButton"));
  undo_button_->setAccessibleName(tr("Undo"));
  undo_button_->setProperty("role", "link");
  auto* const close = new SymbolButton(Symbol::close, &Theme::window, QStringLiteral("closeNotice"),
                                       tr("Close this notice"), this);

  rows_ = new QGridLayout(this);
  const int gap = fontMetrics().height() / 3;
  rows_->setContentsMargins(gap * 2, gap, gap, gap);
  rows_->setSpacing(gap);
  rows_->addWidget(sentence_, 0, 0);
  rows_->addWidget(undo_button_, 0, 1);
  rows_->addWidget(close, 0, 2, Qt::AlignTop);
  rows_->setColumnStretch(0, 1);
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &NoticeBar::finish);
  connect(close, &QToolButton::clicked, this, &NoticeBar::finish);
  connect(undo_button_, &QPushButton::clicked, this, &NoticeBar::undo);
  hide();
}

/// Where both have no room in a line, the button stands below the sentence.
void NoticeBar::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  constexpr int kSentenceInLetters = 16;
  const int room = width() - 2 * undo_button_->sizeHint().width();
  const bool below = room < fontMetrics().averageCharWidth() * kSentenceInLetters;
  if (std::exchange(below_, below) == below) return;
  rows_->addWidget(undo_button_, below ? 1 : 0, below ? 0 : 1,
                   below ? Qt::AlignLeft : Qt::Alignment());
}

void NoticeBar::tell(const QString& sentence) {
  finish();
  show_sentence(sentence, false);
}

void NoticeBar::offer_undo(const QString& sentence, Deed undo, Deed over) {
  finish();
  undo_ = std::move(undo);
  over_ = std::move(over);
  show_sentence(sentence, true);
}

void NoticeBar::show_sentence(const QString& sentence, bool undoable) {
  sentence_->setText(breakable_where_long(sentence));
  sentence_->setAccessibleName(sentence);
  undo_button_->setVisible(undoable);
  timer_.start(time_);
  show();
  QAccessibleEvent event(sentence_, QAccessible::Alert);
  QAccessible::updateAccessibility(&event);
}

void NoticeBar::finish() {
  timer_.stop();
  hide();
  undo_ = nullptr;
  if (const Deed over = std::exchange(over_, nullptr)) over();
}

void NoticeBar::undo() {
  timer_.stop();
  hide();
  over_ = nullptr;
  if (const Deed undo = std::exchange(undo_, nullptr)) undo();
}

}  // namespace basic::gui
