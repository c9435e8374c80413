#include "key_page.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>

#include "roster_flow.h"
#include "roster_label.h"
#include "words.h"
#include "wrapped.h"

namespace basic::gui {
namespace {

QLabel* make_label(QWidget* parent, const char* name, const char* role) {
  auto* const label = new QLabel(parent);
  label->setObjectName(name);
  label->setProperty("role", role);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  return label;
}

/// `name`, in place of %1, may be broken anywhere, but is read out as it is.
void say(QLabel* label, const QString& words, const QString& name) {
  const bool named = words.contains(QLatin1String("%1"));
  label->setText(named ? words.arg(breakable(name)) : words);
  label->setAccessibleName(named ? words.arg(name) : words);
}

}  // namespace

KeyPage::KeyPage(QWidget* parent) : QWidget(parent) {
  setObjectName("keyPage");
  setProperty("role", "page");
  auto* const card = new QFrame(this);
  card->setProperty("role", "card");
  card->setMaximumWidth(fontMetrics().averageCharWidth() * 74);
  title_ = make_label(card, "keyTitle", "title");
  story_ = make_label(card, "keyStory", "");
  numbers_ = new QVBoxLayout;
  accept_ = new Wrapped<QPushButton>(card);
  accept_->setObjectName("keyAccept");
  leave_ = new Wrapped<QPushButton>(card);
  leave_->setObjectName("keyLeave");
  leave_->setProperty("role", "primary");
  auto* const buttons = new FlowLayout(fontMetrics().height() / 2);
  buttons->addWidget(leave_);
  buttons->addWidget(accept_);
  auto* const rows = new QVBoxLayout(card);
  const int gap = fontMetrics().height();
  rows->setContentsMargins(gap, 2 * gap, gap, 2 * gap);
  rows->setSpacing(gap);
  rows->addWidget(title_);
  rows->addWidget(story_);
  rows->addLayout(numbers_);
  rows->addLayout(buttons);
  auto* const middle = new QWidget(this);
  auto* const centred = new QGridLayout(middle);
  centred->addWidget(card, 1, 1);
  for (const int side : {0, 2}) {
    centred->setRowStretch(side, 1);
    centred->setColumnStretch(side, 1);
  }
  centred->setColumnStretch(1, 100);
  auto* const scroll = new QScrollArea(this);
  scroll->setObjectName("keyScroll");
  scroll->setAccessibleName(tr("Keys"));
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(middle);
  auto* const whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->addWidget(scroll);
  connect(leave_, &QPushButton::clicked, this, &KeyPage::left);
  auto* const escape = new QShortcut(Qt::Key_Escape, this);
  escape->setContext(Qt::WidgetWithChildrenShortcut);
  connect(escape, &QShortcut::activated, this, &KeyPage::left);
  connect(accept_, &QPushButton::clicked, this, [this] {
    if (buddy_.isEmpty())
      QGuiApplication::clipboard()->setText(fingerprint_);
    else
      emit accepted(buddy_, fingerprint_);
  });
}

void KeyPage::show_own(const QString& name, const QString& fingerprint) {
  buddy_.clear();
  fingerprint_ = fingerprint;
  say(title_, tr("%1 is yours"), name);
  say(story_,
      tr("This is the fingerprint of your key. Whoever wants to be sure that it is you compares "
         "it with what Basic shows of you: by telephone, or when you meet. You find it again in "
         "the settings."),
      {});
  clear_numbers();
  add_number({}, fingerprint);
  accept_->setText(tr("&Copy"));
  accept_->setAccessibleName(tr("Copy the fingerprint"));
  leave_->setText(tr("C&ontinue"));
  leave_->setAccessibleName(tr("Continue"));
  leave_->setFocus();
}

void KeyPage::show_change(const QString& buddy, const QString& old_fingerprint,
                          const QString& new_fingerprint, const QString& safety_number) {
  buddy_ = buddy;
  fingerprint_ = new_fingerprint;
  say(title_, tr("The key of %1 has changed"), buddy);
  say(story_,
      tr("The name %1 now belongs to another key than before. Either the name ran out and was "
         "registered anew, or somebody else has it. Ask %1 in another way, and compare the number "
         "below: both of you must see the same. Until you accept it, nothing is sent."),
      buddy);
  clear_numbers();
  add_number(tr("To compare with %1"), safety_number);
  add_number(tr("New fingerprint"), new_fingerprint);
  add_number(tr("Fingerprint until now"), old_fingerprint);
  accept_->setText(tr("&Accept the new key"));
  accept_->setAccessibleName(tr("Accept the new key"));
  leave_->setText(tr("&Not now"));
  leave_->setAccessibleName(tr("Not now"));
  leave_->setFocus();
}

void KeyPage::clear_numbers() {
  while (QLayoutItem* const item = numbers_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
}

void KeyPage::add_number(const QString& caption, const QString& number) {
  if (!caption.isEmpty()) {
    QLabel* const label = make_label(this, "keyCaption", "hint");
    say(label, caption, buddy_);
    numbers_->addWidget(label);
  }
  QLabel* const digits = make_label(this, "keyNumber", "heading");
  digits->setFont(fixed_font(font()));
  digits->setText(in_rows(number));
  digits->setAccessibleName(number);
  digits->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  numbers_->addWidget(digits);
}

}  // namespace basic::gui
