#include "roster.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "buddy_delegate.h"
#include "buddy_filter.h"
#include "buddy_view.h"
#include "core_words.h"
#include "own_header.h"
#include "request_cards.h"
#include "roster_button.h"
#include "roster_deeds.h"
#include "roster_label.h"
#include "roster_notice.h"
#include "roster_prompt.h"
#include "words.h"

namespace basic::gui {

RosterPane::RosterPane(Bridge& bridge, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      now_([] { return QDateTime::currentDateTime(); }),
      model_(new BuddyModel(this)),
      filter_(new BuddyFilter(this)),
      delegate_(new BuddyDelegate(this)),
      view_(new BuddyView(this)),
      header_(new OwnHeader(bridge, this)),
      search_(new QLineEdit(this)),
      add_button_(new SymbolButton(Symbol::add, &Theme::text, QStringLiteral("addButton"),
                                   tr("Add a buddy"), this)),
      cards_(new QScrollArea(this)),
      prompt_(new PromptCard),
      requests_(new RequestCards),
      stack_(new QStackedWidget(this)),
      empty_sentence_(make_label(QStringLiteral("emptySentence"), "hint", this)),
      empty_button_(new QPushButton(this)),
      notice_(new NoticeBar(this)),
      deeds_(new RosterDeeds(bridge, *model_, *notice_, this)) {
  setObjectName(QStringLiteral("roster"));
  setAccessibleName(tr("Buddy list"));
  setProperty("role", "pane");
  setAttribute(Qt::WA_StyledBackground);
  filter_->setSourceModel(model_);
  view_->setModel(filter_);
  view_->setItemDelegate(delegate_);
  build();
  connect_bridge();
  connect_list();
  connect_requests();
  show_emptiness();
  connect(&each_minute_, &QTimer::timeout, this, [this] {
    model_->refresh_words();
    view_->viewport()->update();
  });
  each_minute_.start(std::chrono::minutes(1));
}

// --- what it is made of --------------------------------------------------------------------------

void RosterPane::build() {
  auto* const inside = new QWidget;
  inside->setObjectName(QStringLiteral("cardsInside"));
  const int gap = fontMetrics().height() / 2;
  auto* const cards = new QVBoxLayout(inside);
  cards->setContentsMargins(gap, gap / 2, gap, gap / 2);
  cards->setSpacing(gap);
  cards->addWidget(prompt_);
  cards->addWidget(requests_);
  cards_->setObjectName(QStringLiteral("cards"));
  cards_->setAccessibleName(tr("Waiting for your answer"));
  cards_->setWidget(inside);
  cards_->setWidgetResizable(true);
  cards_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  cards_->setFocusPolicy(Qt::NoFocus);
  cards_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  cards_->viewport()->setAutoFillBackground(false);
  inside->setAutoFillBackground(false);
  inside->installEventFilter(this);

  stack_->addWidget(view_);
  stack_->addWidget(make_empty_page());
  auto* const foot = new QWidget(this);
  auto* const foot_layout = new QVBoxLayout(foot);
  foot_layout->setContentsMargins(gap, 0, gap, gap);
  foot_layout->addWidget(notice_);
  foot->setObjectName(QStringLiteral("rosterFoot"));
  notice_->installEventFilter(this);

  auto* const layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(header_);
  layout->addWidget(make_search_row());
  layout->addWidget(cards_);
  layout->addWidget(stack_, 1);
  layout->addWidget(foot);
  setTabOrder(search_, view_);
}

QWidget* RosterPane::make_search_row() {
  auto* const row = new QWidget(this);
  row->setObjectName(QStringLiteral("searchRow"));
  search_->setObjectName(QStringLiteral("searchField"));
  search_->setAccessibleName(tr("Search buddies"));
  search_->setPlaceholderText(tr("Search"));
  search_->setClearButtonEnabled(true);
  search_->installEventFilter(this);
  connect(search_, &QLineEdit::textChanged, this, &RosterPane::search);
  connect(add_button_, &QToolButton::clicked, this, &RosterPane::add_buddy);

  auto* const layout = new QHBoxLayout(row);
  const int gap = fontMetrics().height() / 2;
  layout->setContentsMargins(gap + gap / 2, gap / 2, gap, gap / 2);
  layout->setSpacing(gap / 2);
  layout->addWidget(search_, 1);
  layout->addWidget(add_button_);
  return row;
}

QWidget* RosterPane::make_empty_page() {
  auto* const page = new QWidget;
  page->setObjectName(QStringLiteral("emptyPage"));
  empty_sentence_->setAlignment(Qt::AlignHCenter);
  empty_button_->setObjectName(QStringLiteral("emptyButton"));
  connect(empty_button_, &QPushButton::clicked, this, &RosterPane::empty_action);
  auto* const layout = new QVBoxLayout(page);
  const int line = fontMetrics().height();
  layout->setContentsMargins(line, line, line, line);
  layout->setSpacing(line);
  layout->addStretch(2);
  layout->addWidget(empty_sentence_);
  layout->addWidget(empty_button_, 0, Qt::AlignHCenter);
  layout->addStretch(3);
  return page;
}

void RosterPane::connect_bridge() {
  connect(&bridge_, &Bridge::presence_changed, deeds_, &RosterDeeds::take);
  connect(&bridge_, &Bridge::buddy_changed, deeds_, &RosterDeeds::take);
  connect(&bridge_, &Bridge::came_online, deeds_, &RosterDeeds::take);
  connect(&bridge_, &Bridge::buddies_changed, deeds_, &RosterDeeds::list_changed);
  connect(&bridge_, &Bridge::asked, this, [this](const QString& name, const QString& fingerprint) {
    if (!model_->buddy(name)) requests_->add(name, fingerprint);
  });
}

void RosterPane::connect_list() {
  connect(model_, &BuddyModel::alias_wanted, deeds_, &RosterDeeds::rename);
  connect(model_, &BuddyModel::regroup_wanted, deeds_, &RosterDeeds::regroup);
  connect(filter_, &QAbstractItemModel::rowsInserted, this, &RosterPane::show_emptiness);
  connect(filter_, &QAbstractItemModel::rowsRemoved, this, &RosterPane::show_emptiness);
  connect(model_, &QAbstractItemModel::rowsInserted, this, &RosterPane::rows_changed);
  connect(model_, &QAbstractItemModel::rowsRemoved, this, &RosterPane::rows_changed);
  connect(view_, &BuddyView::opened, this, &RosterPane::opened);
  connect(view_, &BuddyView::typed, this, [this](const QString& text) {
    focus_search();
    search_->setText(search_->text() + text);
  });
  connect(view_, &BuddyView::left_upwards, this, &RosterPane::focus_search);
  connect(view_, &BuddyView::menu_wanted, this, &RosterPane::show_menu);
  connect(view_, &BuddyView::remove_wanted, deeds_, &RosterDeeds::remove);
  connect(view_, &BuddyView::folds_changed, this, &RosterPane::save_folds);
  connect(view_, &BuddyView::aiming, model_, &BuddyModel::hold_order);
  connect(view_, &BuddyView::explanation_wanted, this,
          [this](const QString& name, const QRect& row) { explain(name, row, false); });
  connect(deeds_, &RosterDeeds::buddy_updated, this, [this](const Buddy& buddy) {
    requests_->remove(qt(buddy.name));
    emit buddy_updated(buddy);
  });
  connect(deeds_, &RosterDeeds::removed, this, &RosterPane::removed);
  connect(header_, &OwnHeader::menu_wanted, this, &RosterPane::menu_wanted);
}

void RosterPane::connect_requests() {
  connect(prompt_, &PromptCard::closed, this, [this] {
    looking_for_.clear();
    focus_list();
  });
  connect(requests_, &RequestCards::accepted, this, [this](const QString& name) {
    bridge_.ask(
        this, [who = name.toStdString()](Client& client) { return client.add_buddy(who); },
        [this, name](const base::Result<Buddy>& result) {
          if (result) return deeds_->take(*result);
          notice_->tell(tr("%1 was not added: %2.").arg(name, said(result.error())));
        });
  });
  connect(requests_, &RequestCards::resized, this, &RosterPane::fit_cards);
  connect(requests_, &RequestCards::declined, requests_, &RequestCards::remove);
  connect(requests_, &RequestCards::blocked, this, [this](const QString& name) {
    requests_->remove(name);
    deeds_->block(name);
  });
}

// --- signing on and off --------------------------------------------------------------------------

void RosterPane::signed_on(const Client::Status& status, const std::vector<Buddy>& buddies) {
  signed_on_ = true;
  header_->show_status(status);
  model_->set_buddies(buddies);
  load_folds();
  deeds_->refresh();
  show_emptiness();
}

void RosterPane::status_changed(const Client::Status& status) { header_->show_status(status); }

void RosterPane::clear() {
  signed_on_ = false;
  deeds_->clear();
  requests_->clear();
  prompt_->close_card();
  search_->clear();
  header_->clear();
  show_emptiness();
}

void RosterPane::set_alone(bool alone) {
  if (std::exchange(alone_, alone) != alone) show_emptiness();
}

void RosterPane::set_line_cut(bool cut) { header_->set_line_cut(cut); }

void RosterPane::flush() { deeds_->flush(); }

void RosterPane::set_now(Now now) {
  now_ = now;
  model_->set_now(now);
  delegate_->set_now(std::move(now));
}

// --- search and selection ------------------------------------------------------------------------

void RosterPane::search(const QString& words) {
  filter_->set_words(words);
  view_->set_searching(filter_->searching());
  if (filter_->searching()) view_->go_to_first();
  show_emptiness();
}

void RosterPane::focus_search() {
  search_->setFocus(Qt::ShortcutFocusReason);
  search_->end(false);
}

void RosterPane::end_search() { search_->clear(); }

void RosterPane::focus_list() {
  if (stack_->currentWidget() != view_) return focus_search();
  if (!view_->currentIndex().isValid()) view_->go_to_first();
  view_->setFocus(Qt::OtherFocusReason);
}

QModelIndex RosterPane::shown_row(const QString& name) const {
  return filter_->mapFromSource(model_->row_of(name));
}

void RosterPane::select(const QString& name) {
  if (selected() == name) return;
  const QModelIndex row = shown_row(name);
  if (row.isValid()) view_->setCurrentIndex(row);
}

QString RosterPane::selected() const { return view_->current_name(); }

const Buddy* RosterPane::buddy(const QString& name) const { return model_->buddy(name); }

std::vector<Buddy> RosterPane::buddies() const { return model_->buddies(); }

bool RosterPane::eventFilter(QObject* object, QEvent* event) {
  if (object == search_ && event->type() == QEvent::KeyPress) {
    auto* const key = static_cast<QKeyEvent*>(event);
    search_key(key);
    if (key->isAccepted()) return true;
  }
  if (object != search_ && event->type() == QEvent::LayoutRequest) fit_cards();
  return QWidget::eventFilter(object, event);
}

void RosterPane::search_key(QKeyEvent* event) {
  event->accept();
  switch (event->key()) {
    case Qt::Key_Down:
      return focus_list();
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (!filter_->searching() || selected().isEmpty()) return;
      emit opened(selected());
      return;
    case Qt::Key_Escape:
      if (search_->text().isEmpty()) break;
      return search_->clear();
    default:
      break;
  }
  event->ignore();
}

// --- empty states --------------------------------------------------------------------------------

void RosterPane::show_emptiness() {
  const bool empty = filter_->rowCount() == 0;
  stack_->setCurrentIndex(empty ? 1 : 0);
  if (!empty) return;
  empty_button_->setVisible(signed_on_ && (alone_ || filter_->searching()));
  empty_sentence_->setText(!signed_on_            ? tr("You are not signed on.")
                           : filter_->searching() ? tr("Nobody here matches your search.")
                                                  : tr("No buddies yet. Add somebody by name."));
  empty_sentence_->setAccessibleName(empty_sentence_->text());
  empty_button_->setText(filter_->searching() ? tr("Clear the search") : tr("Add a buddy"));
  empty_button_->setAccessibleName(empty_button_->text());
}

void RosterPane::empty_action() {
  if (!filter_->searching()) return add_buddy();
  search_->clear();
  focus_search();
}

// --- sizes ---------------------------------------------------------------------------------------

void RosterPane::fit_cards() {
  QWidget* const inside = cards_->widget();
  const bool any = !prompt_->isHidden() || !requests_->empty();
  cards_->setVisible(any);
  if (!any) return;
  const int wanted = inside->layout()->heightForWidth(width());
  cards_->setFixedHeight(std::min(wanted, height() * 3 / 5));
}

void RosterPane::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fit_cards();
}

}  // namespace basic::gui
