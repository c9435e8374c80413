#pragma once
// What was done and can be undone, or what could not be done, below the list.

#include <QFrame>
#include <QTimer>
#include <functional>

class QGridLayout;
class QLabel;
class QPushButton;

namespace basic::gui {

/// Shows one notice at a time for some seconds. A notice that can be undone ends in exactly one of
/// two ways: undone, or over (its time is up, it was closed, or another one came).
class NoticeBar final : public QFrame {
  Q_OBJECT

 public:
  explicit NoticeBar(QWidget* parent = nullptr);

  using Deed = std::function<void()>;
  void tell(const QString& sentence);
  void offer_undo(const QString& sentence, Deed undo, Deed over);
  /// What is shown is over now.
  void finish();
  /// For tests, which do not wait.
  void set_time(std::chrono::milliseconds time) { time_ = time; }

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void show_sentence(const QString& sentence, bool undoable);
  void undo();

  QLabel* sentence_;
  QGridLayout* rows_ = nullptr;
  bool below_ = false;
  QPushButton* undo_button_;
  QTimer timer_;
  std::chrono::milliseconds time_ = std::chrono::seconds(10);
  Deed undo_;
  Deed over_;
};

}  // namespace basic::gui
