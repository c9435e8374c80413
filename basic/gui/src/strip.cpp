#include "strip.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <algorithm>
#include <chrono>
#include <utility>

#include "paint.h"
#include "wrapped.h"

namespace basic::gui {
namespace {

constexpr std::chrono::seconds kPassing{20};
constexpr std::size_t kMostMessages = 50;

}  // namespace

Strip::Strip(QWidget* parent) : QFrame(parent) {
  setObjectName("strip");
  setAccessibleName(tr("What is wrong"));
  setProperty("role", "strip");
  words_ = new QLabel(this);
  words_->setObjectName("stripSentence");
  words_->setTextFormat(Qt::PlainText);
  words_->setWordWrap(true);
  action_ = new Wrapped<QPushButton>(this);
  action_->setObjectName("stripAction");
  close_ = new QToolButton(this);
  close_->setObjectName("stripClose");
  close_->setAccessibleName(tr("Close this message"));
  close_->setToolTip(close_->accessibleName());
  rows_ = new QGridLayout(this);
  rows_->addWidget(words_, 0, 0);
  rows_->addWidget(action_, 0, 1);
  rows_->addWidget(close_, 0, 2, Qt::AlignTop);
  rows_->setColumnStretch(0, 1);
  connect(action_, &QPushButton::clicked, this, [this] {
    if (messages_.empty() || !messages_.front().act) return;
    const Message message = messages_.front();  // what it does may take it back
    if (!message.lasting) take_back(message.id);
    message.act();
  });
  connect(close_, &QToolButton::clicked, this, [this] {
    if (!messages_.empty()) take_back(QString(messages_.front().id));
  });
  refresh();
}

void Strip::show_message(Message message) {
  std::erase_if(messages_, [&](const Message& other) { return other.id == message.id; });
  if (messages_.size() >= kMostMessages) messages_.pop_back();
  if (!message.lasting)
    QTimer::singleShot(kPassing, this, [this, id = message.id] { take_back(id); });
  // The newest of its sort first.
  const auto passing = std::ranges::find_if(messages_, [](const Message& m) { return !m.lasting; });
  messages_.insert(message.lasting ? messages_.begin() : passing, std::move(message));
  refresh();
}

void Strip::take_back(const QString& id) {
  std::erase_if(messages_, [&](const Message& message) { return message.id == id; });
  refresh();
}

void Strip::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  fit();
}

/// Where both have no room in a line, the button stands below the sentence.
void Strip::fit() {
  constexpr int kSentenceInLetters = 36;
  const int room = width() - action_->sizeHint().width() - 2 * close_->sizeHint().width();
  const bool below = room < fontMetrics().averageCharWidth() * kSentenceInLetters;
  if (std::exchange(below_, below) == below) return;
  rows_->addWidget(action_, below ? 1 : 0, below ? 0 : 1, below ? Qt::AlignLeft : Qt::Alignment());
}

QString Strip::sentence() const {
  return messages_.empty() ? QString() : messages_.front().sentence;
}

void Strip::refresh() {
  setVisible(!messages_.empty());
  if (messages_.empty()) return;
  const Message& first = messages_.front();
  words_->setText(first.sentence);
  words_->setAccessibleName(first.sentence);
  action_->setVisible(!first.action.isEmpty());
  action_->setText(first.action);
  action_->setAccessibleName(first.action);
  close_->setVisible(!first.lasting);
  fit();
  close_->setIcon(symbol_icon(Symbol::close, theme().subtle));
}

}  // namespace basic::gui
