#pragma once
// What is typed to one buddy and not sent, kept on disk.

#include <QObject>
#include <QString>
#include <QTimer>
#include <optional>

#include "basic/gui/bridge.h"

namespace basic::gui {

/// `bridge` is borrowed. Nothing is written before what is there has been read.
class ConversationDraft final : public QObject {
  Q_OBJECT

 public:
  ConversationDraft(Bridge& bridge, QString buddy, QObject* parent = nullptr);

  void load();
  /// Kept within a second, or by keep_now().
  void set_text(const QString& text);
  void keep_now();
  /// Whether the words were written for when she is back. Kept with them; none are for nobody.
  void set_for_later(bool on);
  [[nodiscard]] bool is_for_later() const { return for_later_; }

 signals:
  void loaded(const QString& text);
  /// It could not be kept.
  void failed(const QString& sentence);

 private:
  Bridge& bridge_;
  QString buddy_;
  QString text_;
  std::optional<QString> kept_;  // none: it is not known what is on disk
  QTimer soon_;
  bool loaded_ = false;
  bool for_later_ = false;
};

}  // namespace basic::gui
