#pragma once
// Small cards over a conversation, closed by Escape or a click elsewhere. They delete themselves.

#include <QFrame>
#include <QUrl>

#include "conversation_log.h"

class QVBoxLayout;

namespace basic::gui {

class ConversationPopover : public QFrame {
  Q_OBJECT

 public:
  /// Near `at` (global coordinates), where it fits on the screen.
  void show_at(const QPoint& at);

 protected:
  ConversationPopover(const QString& object_name, const QString& title, QWidget* parent);
  QVBoxLayout* rows_;
};

/// Where a link really leads, whole. Nothing is opened by itself.
class LinkPopover final : public ConversationPopover {
  Q_OBJECT

 public:
  LinkPopover(const QUrl& url, QWidget* parent);

 signals:
  void open_wanted(const QUrl& url);
};

/// When a text was sent, by whom, and what became of it.
class DetailsPopover final : public ConversationPopover {
  Q_OBJECT

 public:
  DetailsPopover(const ShownText& text, const QString& speaker, QWidget* parent);
};

/// "delivered", "on its way", "not delivered"; of a text of hers "received".
QString fate_words(const ShownText& text);

}  // namespace basic::gui
