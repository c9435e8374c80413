#pragma once
// Texts of the user's on their way to one buddy, until it is known what became of them.

#include <QObject>
#include <QString>
#include <list>

#include "basic/gui/bridge.h"

namespace basic::gui {

/// `bridge` is borrowed. No text is lost here: it comes to stand in the history, or it comes back.
class ConversationOutbox final : public QObject {
  Q_OBJECT

 public:
  ConversationOutbox(Bridge& bridge, QString buddy, QObject* parent = nullptr);

  void send(const QString& text);

 signals:
  /// It stands in the history as failed.
  void failed(const basic::TextId& id, const QString& reason);
  /// It was not even taken; the words are the user's again.
  void returned(const QString& text, const QString& reason);

 private:
  struct Letter {
    QString text;
    std::string safe;     // as the history shows it
    bool stored = false;  // then `id` is known
    TextId id{};
    bool over = false;  // then `reason` is known
    QString reason{};
  };
  using Place = std::list<Letter>::iterator;

  void take_stored(const StoredText& text);
  void take_failure(Place letter, const base::Error& error);
  void give_back(Place letter);

  Bridge& bridge_;
  QString buddy_;
  std::list<Letter> letters_;
};

}  // namespace basic::gui
