#include "composer.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QStyle>
#include <QToolButton>

#include "composer_field.h"
#include "emoji_picker.h"
#include "paint.h"

namespace basic::gui {

Composer::Composer(QWidget* parent)
    : QWidget(parent),
      field_(new ComposerField(this)),
      sentence_(new QLabel(this)),
      emoji_(new QToolButton(this)),
      send_(new QToolButton(this)) {
  setObjectName(QStringLiteral("composer"));
  setAccessibleName(tr("Write"));
  setProperty("role", "foot");
  setAttribute(Qt::WA_StyledBackground);
  build();
  draw_icons();
  look();
  connect(field_, &QPlainTextEdit::textChanged, this, [this] {
    trouble_.clear();
    look();
    if (!setting_) emit edited();
  });
  connect(field_, &ComposerField::submitted, this, &Composer::submit);
  connect(field_, &ComposerField::left, this, &Composer::left);
  connect(field_, &ComposerField::up_wanted, this, &Composer::up_wanted);
  connect(field_, &ComposerField::page_wanted, this, &Composer::page_wanted);
  connect(field_, &ComposerField::refused_paste, this, [this](qsizetype letters) {
    set_trouble(tr("Nothing was pasted: it has %1 letters, and a text has room for about %2.")
                    .arg(QLocale().toString(letters), QLocale().toString(kMostBytes)));
  });
  connect(send_, &QToolButton::clicked, this, &Composer::submit);
  connect(emoji_, &QToolButton::clicked, this, &Composer::pick_emoji);
}

void Composer::build() {
  sentence_->setObjectName(QStringLiteral("composerHint"));
  sentence_->setTextFormat(Qt::PlainText);
  sentence_->setWordWrap(true);
  emoji_->setObjectName(QStringLiteral("emojiButton"));
  emoji_->setAccessibleName(tr("Emoji"));
  emoji_->setToolTip(tr("Emoji"));
  send_->setObjectName(QStringLiteral("sendButton"));
  send_->setAccessibleName(tr("Send"));
  send_->setToolTip(tr("Send (Enter)"));
  auto* const grid = new QGridLayout(this);
  const int gap = fontMetrics().height() / 2;
  grid->setContentsMargins(gap, gap, gap, gap);
  grid->setHorizontalSpacing(gap / 2);
  grid->setVerticalSpacing(gap / 2);
  grid->addWidget(sentence_, 0, 0, 1, 3);
  grid->addWidget(emoji_, 1, 0, Qt::AlignBottom);
  grid->addWidget(field_, 1, 1, Qt::AlignBottom);
  grid->addWidget(send_, 1, 2, Qt::AlignBottom);
  grid->setColumnStretch(1, 1);
  setTabOrder(emoji_, field_);
  setTabOrder(field_, send_);
}

void Composer::draw_icons() {
  const int size = fontMetrics().height() * 5 / 4;
  emoji_->setIcon(symbol_icon(Symbol::emoji, theme().subtle, size));
  send_->setIcon(symbol_icon(Symbol::send, theme().accent, size));
  for (QToolButton* const button : {emoji_, send_}) button->setIconSize(QSize(size, size));
}

void Composer::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange) draw_icons();
}

// --- the words -----------------------------------------------------------------------------------

QString Composer::text() const { return field_->toPlainText(); }

void Composer::set_text(const QString& text) {
  setting_ = true;
  field_->setPlainText(text);
  field_->moveCursor(QTextCursor::End);
  setting_ = false;
}

void Composer::put_back(const QString& text) {
  const QString typed = this->text();
  set_text(typed.isEmpty() ? text : text + '\n' + typed);
  emit edited();
}

void Composer::type(const QString& letters) {
  field_->setFocus();
  field_->insertPlainText(letters);
}

void Composer::focus() { field_->setFocus(Qt::OtherFocusReason); }

void Composer::submit() {
  const QString words = text();
  if (!too_long_.isEmpty() || words.trimmed().isEmpty()) return;
  emit send_wanted(words);
}

void Composer::pick_emoji() {
  auto* const picker = new EmojiPicker(this);
  connect(picker, &EmojiPicker::picked, this, [this](const QString& emoji) { type(emoji); });
  connect(picker, &QObject::destroyed, field_, [this] { field_->setFocus(); });
  picker->show_above(emoji_);
}

// --- what is said about them ---------------------------------------------------------------------

void Composer::set_recipient(const QString& shown_name) {
  field_->setPlaceholderText(tr("Write a text"));
  field_->setAccessibleName(tr("Text to %1").arg(shown_name));
}

void Composer::set_hint(const QString& sentence) {
  hint_ = sentence;
  show_sentence();
}

void Composer::set_trouble(const QString& sentence) {
  trouble_ = sentence;
  show_sentence();
}

void Composer::look() {
  const QString words = text();
  const qsizetype bytes = words.size() > kMostBytes / 4 ? words.toUtf8().size() : words.size();
  too_long_.clear();
  if (bytes > kMostBytes) {
    too_long_ = tr("Too long by %n bytes: a text has room for %1. Send it in parts.", nullptr,
                   static_cast<int>(bytes - kMostBytes))
                    .arg(QLocale().toString(kMostBytes));
    if (bytes > kMostDraft) too_long_ += ' ' + tr("So much cannot be kept as a draft either.");
  }
  send_->setEnabled(too_long_.isEmpty() && !words.trimmed().isEmpty());
  show_sentence();
}

void Composer::show_sentence() {
  const bool wrong = !too_long_.isEmpty() || !trouble_.isEmpty();
  const QString sentence = !too_long_.isEmpty() ? too_long_ : wrong ? trouble_ : hint_;
  sentence_->setText(sentence);
  sentence_->setAccessibleName(sentence);
  sentence_->setVisible(!sentence.isEmpty());
  const char* const role = wrong ? "trouble" : "hint";
  if (sentence_->property("role").toByteArray() == role) return;
  sentence_->setProperty("role", role);
  sentence_->style()->unpolish(sentence_);
  sentence_->style()->polish(sentence_);
}

}  // namespace basic::gui
