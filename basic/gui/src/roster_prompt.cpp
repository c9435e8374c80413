#include "roster_prompt.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include "roster_flow.h"
#include "roster_label.h"
#include "words.h"

namespace basic::gui {

PromptCard::PromptCard(QWidget* parent)
    : QFrame(parent),
      heading_(make_label(QStringLiteral("promptHeading"), "heading", this)),
      field_(new QLineEdit(this)),
      sentence_(make_label(QStringLiteral("promptSentence"), "hint", this)),
      detail_(make_label(QStringLiteral("promptDetail"), "text", this)),
      go_(new QPushButton(this)),
      cancel_(new QPushButton(this)) {
  setObjectName(QStringLiteral("promptCard"));
  setProperty("role", "card");
  field_->setObjectName(QStringLiteral("promptField"));
  detail_->setFont(fixed_font(font()));
  detail_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  go_->setObjectName(QStringLiteral("promptGo"));
  go_->setProperty("role", "primary");
  cancel_->setObjectName(QStringLiteral("promptCancel"));

  auto* const layout = new QVBoxLayout(this);
  const int gap = fontMetrics().height() / 2;
  layout->setContentsMargins(gap * 2, gap * 2, gap * 2, gap * 2);
  layout->setSpacing(gap);
  for (QWidget* const part : {static_cast<QWidget*>(heading_), static_cast<QWidget*>(field_),
                              static_cast<QWidget*>(sentence_), static_cast<QWidget*>(detail_)})
    layout->addWidget(part);
  auto* const buttons = new FlowLayout(gap);
  buttons->addWidget(go_);
  buttons->addWidget(cancel_);
  layout->addLayout(buttons);
  connect(field_, &QLineEdit::textChanged, this, &PromptCard::look_at_word);
  connect(field_, &QLineEdit::returnPressed, this, &PromptCard::submit);
  connect(go_, &QPushButton::clicked, this, &PromptCard::submit);
  connect(cancel_, &QPushButton::clicked, this, &PromptCard::close_card);
  hide();
}

void PromptCard::ask(Question question) {
  question_ = std::move(question);
  setAccessibleName(question_.heading);
  heading_->setText(question_.heading);
  field_->setPlaceholderText(question_.placeholder);
  field_->setAccessibleName(question_.placeholder);
  field_->setEnabled(true);
  field_->show();
  field_->clear();
  go_->setText(question_.button);
  go_->setAccessibleName(question_.button);
  go_->show();
  cancel_->setText(tr("Cancel"));
  cancel_->setAccessibleName(tr("Cancel"));
  detail_->hide();
  look_at_word();
  show();
  field_->setFocus();
}

void PromptCard::look_at_word() {
  const QString word = field_->text().trimmed();
  const QString trouble = word.isEmpty() ? QString() : question_.check(word);
  go_->setEnabled(!word.isEmpty() && trouble.isEmpty());
  say(trouble, "hint");  // no alarm while it is being typed
}

void PromptCard::submit() {
  const QString word = field_->text().trimmed();
  if (word.isEmpty() || !field_->isEnabled()) return;
  const QString trouble = question_.check(word);
  if (!trouble.isEmpty()) return say(trouble, "trouble");
  const auto answer = question_.answer;  // it may ask the next question
  answer(word);
}

void PromptCard::say(const QString& sentence, const char* role) {
  sentence_->setText(sentence);
  sentence_->setAccessibleName(sentence);
  sentence_->setVisible(!sentence.isEmpty());
  sentence_->setProperty("role", QLatin1String(role));
  sentence_->style()->unpolish(sentence_);
  sentence_->style()->polish(sentence_);
}

void PromptCard::wait(const QString& sentence) {
  field_->setEnabled(false);
  go_->setEnabled(false);
  say(sentence, "hint");
}

void PromptCard::fail(const QString& sentence) {
  field_->setEnabled(true);
  go_->setEnabled(true);
  say(sentence, "trouble");
  field_->setFocus();
}

void PromptCard::succeed(const QString& sentence, const QString& detail) {
  field_->hide();
  go_->hide();
  say(sentence, "hint");
  detail_->setText(in_rows(detail));
  detail_->setAccessibleName(detail);
  detail_->setVisible(!detail.isEmpty());
  cancel_->setText(tr("Done"));
  cancel_->setAccessibleName(tr("Done"));
  cancel_->setFocus();
}

void PromptCard::close_card() {
  if (isHidden()) return;
  hide();
  emit closed();
}

void PromptCard::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return close_card();
  QFrame::keyPressEvent(event);
}

}  // namespace basic::gui
