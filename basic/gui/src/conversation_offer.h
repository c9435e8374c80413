#pragma once
// "She is back. Send what you wrote?" between a conversation and the field.

#include "conversation_bar.h"

class QLabel;

namespace basic::gui {

class ConversationOffer final : public ConversationBar {
  Q_OBJECT

 public:
  explicit ConversationOffer(QWidget* parent = nullptr);
  void offer(const QString& shown_name);

 signals:
  void accepted();
  void declined();

 private:
  QLabel* sentence_;
};

}  // namespace basic::gui
