#include "conversation_offer.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "roster_label.h"

namespace basic::gui {

ConversationOffer::ConversationOffer(QWidget* parent)
    : ConversationBar("foot", parent), sentence_(new QLabel(this)) {
  setObjectName(QStringLiteral("conversationOffer"));
  setAccessibleName(tr("Send what was written before"));
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
  first().addWidget(sentence_);
  second().addStretch();
  second().addWidget(later);
  second().addWidget(send);
  hide();
  connect(send, &QPushButton::clicked, this, &ConversationOffer::accepted);
  connect(later, &QPushButton::clicked, this, &ConversationOffer::declined);
}

void ConversationOffer::offer(const QString& shown_name) {
  sentence_->setText(tr("%1 is back. Send what you wrote?").arg(breakable(shown_name)));
  sentence_->setAccessibleName(sentence_->text());
  show();
}

}  // namespace basic::gui
