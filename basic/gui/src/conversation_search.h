#pragma once
// Finding in one conversation.

#include <QTimer>
#include <vector>

#include "basic/gui/bridge.h"
#include "conversation_bar.h"

class QLabel;
class QLineEdit;
class QToolButton;

namespace basic::gui {

/// A bar. `bridge` is borrowed.
class ConversationSearch final : public ConversationBar {
  Q_OBJECT

 public:
  static constexpr std::size_t kMostHits = 500;

  ConversationSearch(Bridge& bridge, QString buddy, QWidget* parent = nullptr);

  /// Shows itself, ready to be typed into.
  void open();

 signals:
  /// That text is to be shown.
  void hit(basic::TextNumber number);
  /// What is to be marked; none: nothing.
  void words_changed(const QStringList& words);
  void closed();

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void build();
  void draw_icons();
  void search();
  void take(const base::Result<std::vector<StoredText>>& found);
  void step(int by);
  void show_hit();
  void finish();

  Bridge& bridge_;
  QString buddy_;
  QLineEdit* words_;
  QLabel* count_;
  QToolButton* older_;
  QToolButton* newer_;
  QToolButton* close_;
  QTimer soon_;
  std::vector<TextNumber> hits_;  // newest first
  int shown_ = 0;
  int asked_ = 0;  // answers to earlier questions are dropped
};

}  // namespace basic::gui
