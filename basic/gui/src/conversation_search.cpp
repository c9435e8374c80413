#include "conversation_search.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>
#include <algorithm>

#include "core_words.h"
#include "paint.h"
#include "words.h"

namespace basic::gui {
namespace {

constexpr int kSoon = 250;         // milliseconds after the last letter
constexpr int kLongestWords = 80;  // letters: at most 256 bytes are searched for

QToolButton* make_button(QWidget* parent, const char* name, const QString& words) {
  auto* const button = new QToolButton(parent);
  button->setObjectName(QString::fromLatin1(name));
  button->setAccessibleName(words);
  button->setToolTip(words);
  return button;
}

QIcon chevron(bool up, int size) {
  QIcon icon;
  for (const auto& [mode, colour] :
       {std::pair(QIcon::Normal, theme().text), std::pair(QIcon::Disabled, theme().off)}) {
    QPixmap pixmap(2 * size, 2 * size);  // sharp on dense screens; reduced elsewhere
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal tip = size * (up ? 0.7 : 1.3);
    const qreal foot = size * (up ? 1.3 : 0.7);
    painter.setPen(QPen(colour, size * 0.16, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF({{size * 0.45, foot}, {size * 1.0, tip}, {size * 1.55, foot}}));
    painter.end();
    pixmap.setDevicePixelRatio(2);
    icon.addPixmap(pixmap, mode);
  }
  return icon;
}

}  // namespace

ConversationSearch::ConversationSearch(Bridge& bridge, QString buddy, QWidget* parent)
    : ConversationBar("bar", parent),
      bridge_(bridge),
      buddy_(std::move(buddy)),
      words_(new QLineEdit(this)),
      count_(new QLabel(this)),
      older_(make_button(this, "searchOlder", tr("The one before (Enter)"))),
      newer_(make_button(this, "searchNewer", tr("The one after (Shift+Enter)"))),
      close_(make_button(this, "searchClose", tr("End the search (Esc)"))) {
  setObjectName(QStringLiteral("conversationSearch"));
  setAccessibleName(tr("Search this conversation"));
  build();
  draw_icons();
  soon_.setSingleShot(true);
  soon_.setInterval(kSoon);
  connect(&soon_, &QTimer::timeout, this, &ConversationSearch::search);
  connect(words_, &QLineEdit::textChanged, this, [this] { soon_.start(); });
  connect(older_, &QToolButton::clicked, this, [this] { step(1); });
  connect(newer_, &QToolButton::clicked, this, [this] { step(-1); });
  connect(close_, &QToolButton::clicked, this, &ConversationSearch::finish);
  show_hit();
  hide();
}

void ConversationSearch::build() {
  words_->setObjectName(QStringLiteral("conversationSearchWords"));
  words_->setAccessibleName(tr("Words to find"));
  words_->setPlaceholderText(tr("Find in this conversation"));
  words_->setMaxLength(kLongestWords);
  words_->installEventFilter(this);
  count_->setObjectName(QStringLiteral("searchCount"));
  count_->setProperty("role", "hint");
  first().addWidget(words_);
  second().addWidget(count_, 1);
  for (QToolButton* const button : {older_, newer_, close_}) second().addWidget(button);
}

void ConversationSearch::draw_icons() {
  const int size = fontMetrics().height();
  older_->setIcon(chevron(true, size));
  newer_->setIcon(chevron(false, size));
  close_->setIcon(symbol_icon(Symbol::close, theme().subtle, size));
  for (QToolButton* const button : {older_, newer_, close_}) button->setIconSize(QSize(size, size));
}

void ConversationSearch::changeEvent(QEvent* event) {
  ConversationBar::changeEvent(event);
  if (event->type() == QEvent::StyleChange) draw_icons();
}

void ConversationSearch::open() {
  show();
  words_->setFocus(Qt::ShortcutFocusReason);
  words_->selectAll();
}

void ConversationSearch::finish() {
  words_->clear();
  soon_.stop();
  search();
  hide();
  emit closed();
}

void ConversationSearch::search() {
  const QString words = words_->text().simplified();
  const int question = ++asked_;
  emit words_changed(words.split(' ', Qt::SkipEmptyParts));
  hits_.clear();
  shown_ = 0;
  if (words.isEmpty()) {
    show_hit();
    return;
  }
  count_->setText(tr("Searching …"));
  bridge_.ask(
      this,
      [buddy = buddy_.toStdString(), text = words.toStdString()](Client& client) {
        return client.search_history(text, buddy, kMostHits);
      },
      [this, question](const base::Result<std::vector<StoredText>>& found) {
        if (question == asked_) take(found);
      });
}

void ConversationSearch::take(const base::Result<std::vector<StoredText>>& found) {
  if (!found) {
    count_->setText(sentence_said(found.error()));
    return;
  }
  for (const StoredText& text : *found) hits_.push_back(text.number);
  show_hit();
}

void ConversationSearch::step(int by) {
  if (hits_.empty()) return;
  const auto count = static_cast<int>(hits_.size());
  shown_ = (shown_ + by + count) % count;
  show_hit();
}

void ConversationSearch::show_hit() {
  older_->setEnabled(hits_.size() > 1);
  newer_->setEnabled(hits_.size() > 1);
  if (hits_.empty()) {
    count_->setText(words_->text().trimmed().isEmpty() ? QString() : tr("Not found"));
  } else {
    const QString total = hits_.size() == kMostHits ? QStringLiteral("%1+").arg(hits_.size())
                                                    : QString::number(hits_.size());
    count_->setText(tr("%1 of %2", "a hit of all hits").arg(shown_ + 1).arg(total));
    emit hit(hits_[static_cast<std::size_t>(shown_)]);
  }
  count_->setAccessibleName(count_->text());
}

bool ConversationSearch::eventFilter(QObject* object, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const auto* const key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
      case Qt::Key_Escape:
        finish();
        return true;
      case Qt::Key_Return:
      case Qt::Key_Enter:
        if (soon_.isActive()) {
          soon_.stop();
          search();
        } else {
          step(key->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
        }
        return true;
      default:
        break;
    }
  }
  return ConversationBar::eventFilter(object, event);
}

}  // namespace basic::gui
