#include "conversation_pane.h"

#include <QDesktopServices>
#include <QKeyEvent>
#include <QScrollBar>
#include <QVBoxLayout>

#include "composer.h"
#include "conversation_header.h"
#include "conversation_offer.h"
#include "conversation_search.h"
#include "conversation_view.h"
#include "roster_label.h"
#include "words.h"

namespace basic::gui {

ConversationPane::ConversationPane(Bridge& bridge, const Buddy& buddy, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      buddy_(buddy),
      log_(bridge, qt(buddy.name)),
      outbox_(bridge, qt(buddy.name)),
      draft_(bridge, qt(buddy.name)),
      read_up_to_(buddy.read_up_to),
      caught_up_(buddy.unread == 0) {
  setObjectName(QStringLiteral("conversationPane"));
  build();
  connect_log();
  connect_view();
  connect_composer();
  set_buddy(buddy);
  if (!caught_up_) log_.set_read_up_to(read_up_to_);
  log_.open_at_end();
  draft_.load();
}

ConversationPane::~ConversationPane() {
  // The parts outlive what is below; they must not call back into it.
  disconnect(composer_, nullptr, this, nullptr);
  disconnect(view_, nullptr, this, nullptr);
  draft_.keep_now();
  delete view_;  // it looks at the log
}

QString ConversationPane::name() const { return qt(buddy_.name); }

void ConversationPane::build() {
  header_ = new ConversationHeader(buddy_, this);
  search_ = new ConversationSearch(bridge_, name(), this);
  view_ = new ConversationView(log_, this);
  offer_ = new ConversationOffer(this);
  composer_ = new Composer(this);
  auto* const rows = new QVBoxLayout(this);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  rows->addWidget(header_);
  rows->addWidget(search_);
  rows->addWidget(view_, 1);
  rows->addWidget(offer_);
  rows->addWidget(composer_);
  connect(header_, &ConversationHeader::back_wanted, this, &ConversationPane::back_wanted);
  connect(header_, &ConversationHeader::menu_wanted, this, &ConversationPane::menu_wanted);
  connect(header_, &ConversationHeader::search_wanted, this, &ConversationPane::search);
  connect(search_, &ConversationSearch::hit, this, &ConversationPane::show_at);
  connect(search_, &ConversationSearch::words_changed, view_, &ConversationView::set_found);
  connect(search_, &ConversationSearch::closed, this, &ConversationPane::focus_composer);
  connect(offer_, &ConversationOffer::accepted, this, [this] {
    send(composer_->text());
    focus_composer();
  });
  connect(offer_, &ConversationOffer::declined, this, [this] {
    draft_.set_for_later(false);
    show_state();
    focus_composer();
  });
}

void ConversationPane::connect_log() {
  connect(&log_, &ConversationLog::inserted, this, &ConversationPane::show_wanted,
          Qt::QueuedConnection);
  connect(&log_, &ConversationLog::load_failed, this, [this](const QString& sentence) {
    composer_->set_trouble(tr("Earlier texts could not be loaded: %1").arg(sentence));
  });
  connect(&log_, &ConversationLog::arrived, this, [this](bool outgoing) {
    if (!outgoing) note_arrival();
  });
  connect(&outbox_, &ConversationOutbox::failed, &log_, &ConversationLog::set_reason);
  connect(&outbox_, &ConversationOutbox::returned, this,
          [this](const QString& text, const QString& reason) {
            composer_->put_back(text);
            composer_->set_trouble(tr("Not sent: %1").arg(reason));
          });
}

void ConversationPane::connect_view() {
  connect(view_, &ConversationView::moved, this, &ConversationPane::look_whether_read);
  connect(view_, &ConversationView::send_again_wanted, this, &ConversationPane::send_again);
  connect(view_, &ConversationView::link_wanted, this,
          [](const QUrl& url) { QDesktopServices::openUrl(url); });
  connect(view_, &ConversationView::typed, composer_, &Composer::type);
  connect(view_, &ConversationView::left, composer_, &Composer::focus);
}

void ConversationPane::connect_composer() {
  connect(composer_, &Composer::send_wanted, this, &ConversationPane::send);
  connect(composer_, &Composer::edited, this, &ConversationPane::draft_edited);
  connect(composer_, &Composer::left, &draft_, &ConversationDraft::keep_now);
  connect(composer_, &Composer::up_wanted, view_, &ConversationView::focus_last_own);
  connect(composer_, &Composer::page_wanted, this, [this](bool up) {
    view_->verticalScrollBar()->triggerAction(up ? QAbstractSlider::SliderPageStepSub
                                                 : QAbstractSlider::SliderPageStepAdd);
  });
  connect(&draft_, &ConversationDraft::loaded, this, &ConversationPane::draft_loaded);
  connect(&draft_, &ConversationDraft::failed, composer_, &Composer::set_trouble);
}

// --- from outside --------------------------------------------------------------------------------

void ConversationPane::set_buddy(const Buddy& buddy) {
  buddy_ = buddy;
  setAccessibleName(tr("Conversation with %1").arg(shown_name(buddy)));
  header_->set_buddy(buddy);
  view_->set_speakers({tr("You"), shown_name(buddy)});
  composer_->set_recipient(shown_name(buddy));
  // Half a text to somebody who just left is for when she is back.
  if (is_offline() && !composer_->text().isEmpty()) draft_.set_for_later(true);
  show_state();
}

void ConversationPane::set_narrow(bool narrow) { header_->set_narrow(narrow); }

void ConversationPane::set_now(const Now& now) {
  header_->set_now(now);
  view_->set_now(now);
}

void ConversationPane::focus_composer() { composer_->focus(); }

void ConversationPane::search() { search_->open(); }

void ConversationPane::keep_draft() { draft_.keep_now(); }

void ConversationPane::show_at(TextNumber number) {
  wanted_.reset();
  if (view_->show_text(number)) return;
  wanted_ = number;
  log_.open_at(number);
}

void ConversationPane::show_wanted() {
  if (wanted_ && view_->show_text(*wanted_)) wanted_.reset();
}

// --- writing -------------------------------------------------------------------------------------

void ConversationPane::send(const QString& text) {
  if (text.trimmed().isEmpty()) return;
  if (is_offline()) {
    draft_.set_for_later(true);
    draft_.keep_now();
    show_state();
    return;
  }
  outbox_.send(text);
  composer_->clear();
  draft_edited();
  log_.set_read_up_to(std::nullopt);
  view_->go_to_end();
}

void ConversationPane::send_again(int row) {
  if (is_offline()) {
    composer_->set_trouble(
        tr("%1 is offline. Send it again when %1 is back.").arg(breakable(shown_name(buddy_))));
    return;
  }
  const ShownText text = log_.at(row);
  outbox_.send(text.text);
  log_.set_sent_again(text.serial);
}

void ConversationPane::draft_loaded(const QString& text) {
  if (!text.isEmpty()) composer_->put_back(text);
  show_state();
}

void ConversationPane::draft_edited() {
  const QString text = composer_->text();
  draft_.set_text(text);
  if (is_offline() && !text.isEmpty()) draft_.set_for_later(true);
  show_state();
}

void ConversationPane::show_state() {
  const bool waiting = draft_.is_for_later() && !composer_->text().trimmed().isEmpty();
  if (waiting && !is_offline()) {
    offer_->offer(shown_name(buddy_));
  } else {
    offer_->hide();
  }
  const QString shown = breakable(shown_name(buddy_));
  if (!is_offline()) {
    composer_->set_hint({});
  } else if (waiting) {
    composer_->set_hint(
        tr("%1 is offline. What you wrote is kept, and offered when %1 is back.").arg(shown));
  } else {
    composer_->set_hint(
        tr("%1 is offline. What you write is kept as a draft and offered when %1 is back.")
            .arg(shown));
  }
}

// --- reading -------------------------------------------------------------------------------------

void ConversationPane::note_arrival() {
  const bool seen = isVisible() && isActiveWindow() && view_->is_at_end();
  if (seen || !std::exchange(caught_up_, false)) return;
  log_.set_read_up_to(read_up_to_);
}

void ConversationPane::look_whether_read() {
  if (!isVisible() || !isActiveWindow() || !view_->shows_newest()) return;
  const TextNumber newest = log_.at(log_.size() - 1).number;
  caught_up_ = true;
  if (newest <= read_up_to_) return;
  read_up_to_ = newest;
  bridge_.ask(
      this,
      [buddy = name().toStdString(), newest](Client& client) {
        return client.mark_read(buddy, newest);
      },
      [](const base::Result<void>& /*kept*/) {});  // if not: it is marked with the next one
  emit read(name());
}

void ConversationPane::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  look_whether_read();
}

void ConversationPane::hideEvent(QHideEvent* event) {
  draft_.keep_now();
  QWidget::hideEvent(event);
}

bool ConversationPane::event(QEvent* event) {
  if (event->type() == QEvent::WindowActivate) look_whether_read();
  return QWidget::event(event);
}

void ConversationPane::keyPressEvent(QKeyEvent* event) {
  if (event == QKeySequence::Find) {
    search();
  } else {
    QWidget::keyPressEvent(event);
  }
}

}  // namespace basic::gui
