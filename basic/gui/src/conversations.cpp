#include "conversations.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "conversation_pane.h"
#include "paint.h"
#include "roster_label.h"
#include "words.h"

namespace basic::gui {

Conversations::Conversations(Bridge& bridge, QWidget* parent) : QWidget(parent), bridge_(bridge) {
  setObjectName("conversations");
  tabs_ = new QTabBar(this);
  tabs_->setObjectName("conversationTabs");
  tabs_->setAccessibleName(tr("Open conversations"));
  tabs_->setTabsClosable(true);
  tabs_->setMovable(true);
  tabs_->setExpanding(false);
  tabs_->setDrawBase(false);
  tabs_->setElideMode(Qt::ElideRight);
  tabs_->setUsesScrollButtons(true);
  tabs_->hide();
  stack_ = new QStackedWidget(this);
  stack_->setObjectName("conversationStack");
  empty_ = make_empty_page();
  stack_->addWidget(empty_);
  auto* const rows = new QVBoxLayout(this);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  rows->addWidget(tabs_);
  rows->addWidget(stack_, 1);
  connect(tabs_, &QTabBar::currentChanged, this, &Conversations::follow_tab);
  connect(tabs_, &QTabBar::tabCloseRequested, this,
          [this](int index) { close(tabs_->tabData(index).toString()); });
}

QWidget* Conversations::make_empty_page() {
  auto* const page = new QWidget(this);
  page->setObjectName("noConversationPage");
  alone_ = make_label(QStringLiteral("aloneTitle"), "title", page);
  alone_->setText(tr("Nobody is here yet"));
  empty_words_ = make_label(QStringLiteral("noConversation"), "hint", page);
  first_buddy_ = new QPushButton(tr("Add your first buddy"), page);
  first_buddy_->setObjectName("firstBuddy");
  first_buddy_->setAccessibleName(first_buddy_->text());
  first_buddy_->setProperty("role", "primary");
  connect(first_buddy_, &QPushButton::clicked, this, &Conversations::first_buddy_wanted);
  auto* const rows = new QVBoxLayout(page);
  const int line = fontMetrics().height();
  rows->setContentsMargins(2 * line, line, 2 * line, line);
  rows->setSpacing(line);
  rows->addStretch(2);
  for (QLabel* const label : {alone_, empty_words_}) {
    label->setAlignment(Qt::AlignHCenter);
    rows->addWidget(label);
  }
  rows->addWidget(first_buddy_, 0, Qt::AlignHCenter);
  rows->addStretch(3);
  set_alone(false);
  return page;
}

void Conversations::set_alone(bool alone) {
  alone_->setVisible(alone);
  first_buddy_->setVisible(alone);
  empty_words_->setText(alone ? tr("All you need is the name somebody has registered. You see each "
                                   "other as soon as both have added the other.")
                              : tr("Choose somebody to talk with."));
  empty_words_->setAccessibleName(empty_words_->text());
}

void Conversations::open(const Buddy& buddy) {
  const QString name = qt(buddy.name);
  if (!panes_.contains(name)) {
    auto* const pane = new ConversationPane(bridge_, buddy, stack_);
    connect(pane, &ConversationPane::back_wanted, this, &Conversations::back_wanted);
    connect(pane, &ConversationPane::read, this, &Conversations::read);
    connect(pane, &ConversationPane::menu_wanted, this,
            [this, name](const QPoint& at) { emit menu_wanted(name, at); });
    pane->set_narrow(narrow_);
    pane->set_now(now_);
    panes_.insert(name, pane);
    stack_->addWidget(pane);
    tabs_->setTabData(tabs_->addTab(shown_name(buddy)), name);
  }
  update(buddy);
  show_pane(name);
}

void Conversations::update(const Buddy& buddy) {
  if (ConversationPane* const pane = panes_.value(qt(buddy.name))) {
    pane->set_buddy(buddy);
    name_tab(buddy);
  }
}

void Conversations::name_tab(const Buddy& buddy) {
  const int tab = tab_of(qt(buddy.name));
  // An ampersand would become a shortcut.
  tabs_->setTabText(tab, shown_name(buddy).replace('&', "&&"));
  tabs_->setTabIcon(tab, presence_icon(buddy.presence));
  tabs_->setTabToolTip(tab, words(buddy.presence));
}

void Conversations::close(const QString& name) {
  ConversationPane* const pane = panes_.take(name);
  if (!pane) return;
  stack_->removeWidget(pane);
  tabs_->removeTab(tab_of(name));  // shows its neighbour
  pane->deleteLater();
  if (panes_.isEmpty()) show_pane({});
}

void Conversations::close_all() {
  for (const QString& name : panes_.keys()) close(name);
}

void Conversations::step(int by) {
  const int count = tabs_->count();
  if (count > 0) tabs_->setCurrentIndex((tabs_->currentIndex() + by + count) % count);
}

QString Conversations::current() const { return panes_.key(pane()); }

ConversationPane* Conversations::pane() const {
  return qobject_cast<ConversationPane*>(stack_->currentWidget());
}

void Conversations::set_tabs(bool on) { tabs_->setVisible(on); }

void Conversations::set_narrow(bool narrow) {
  narrow_ = narrow;
  for (ConversationPane* const pane : panes_) pane->set_narrow(narrow);
}

void Conversations::keep_drafts() {
  for (ConversationPane* const pane : panes_) pane->keep_draft();
}

void Conversations::show_pane(const QString& name) {
  ConversationPane* const pane = panes_.value(name);
  stack_->setCurrentWidget(pane ? static_cast<QWidget*>(pane) : empty_);
  if (pane) tabs_->setCurrentIndex(tab_of(name));
  emit current_changed(name);
}

void Conversations::follow_tab(int index) {
  const QString name = index < 0 ? QString() : tabs_->tabData(index).toString();
  if (panes_.contains(name) && name != current()) show_pane(name);
}

int Conversations::tab_of(const QString& name) const {
  for (int index = 0; index < tabs_->count(); ++index)
    if (tabs_->tabData(index).toString() == name) return index;
  return -1;
}

}  // namespace basic::gui
