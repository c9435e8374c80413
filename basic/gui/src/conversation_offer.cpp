#include "conversation_offer.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace basic::gui {

ConversationOffer::ConversationOffer(QWidget* parent)
    : QWidget(parent), sentence_(new QLabel(this)) {
  setObjectName(QStringLiteral("conversationOffer"));
  setAccessibleName(tr("Send what was written before"));
  setProperty("role", "foot");
  setAttribute(Qt::WA_StyledBackground);
  sentence_->setObjectName(QStringLiteral("offerSentence"));
  sentence_->setTextFormat(Qt::PlainText);
  sentence_->setWordWrap(true);
  auto* const send = new QPushButton(tr("Send now"), this);
  send->setObjectName(QStringLiteral("offerSend"));
  send->setAccessibleName(send->text());
  send->setProperty("role", "primary");
  auto* const later = new QPushButton(tr("Not now"), this);
  later->setObjectName(QStringLiteral("offerLater"));
  later->setAccessibleName(later->text());
  later->setProperty("role", "link");
  auto* const row = new QHBoxLayout(this);
  const int gap = fontMetrics().height() / 2;
  row->setContentsMargins(gap, gap, gap, gap);
  row->setSpacing(gap);
  row->addWidget(sentence_, 1);
  row->addWidget(later);
  row->addWidget(send);
  hide();
  connect(send, &QPushButton::clicked, this, &ConversationOffer::accepted);
  connect(later, &QPushButton::clicked, this, &ConversationOffer::declined);
}

void ConversationOffer::offer(const QString& shown_name) {
  sentence_->setText(tr("%1 is back. Send what you wrote?").arg(shown_name));
  sentence_->setAccessibleName(sentence_->text());
  show();
}

}  // namespace basic::gui
