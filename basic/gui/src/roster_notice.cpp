#include "roster_notice.h"

#include <QAccessible>
#include <QHBoxLayout>
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

  auto* const layout = new QHBoxLayout(this);
  const int gap = fontMetrics().height() / 3;
  layout->setContentsMargins(gap * 2, gap, gap, gap);
  layout->setSpacing(gap);
  layout->addWidget(sentence_, 1);
  layout->addWidget(undo_button_);
  layout->addWidget(close);
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &NoticeBar::finish);
  connect(close, &QToolButton::clicked, this, &NoticeBar::finish);
  connect(undo_button_, &QPushButton::clicked, this, &NoticeBar::undo);
  hide();
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
  sentence_->setText(sentence);
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
