#pragma once
// A calm line above everything that says what is wrong, with one thing to do about it.

#include <QFrame>
#include <QString>
#include <functional>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace basic::gui {

class Strip final : public QFrame {
  Q_OBJECT

 public:
  struct Message {
    QString id;  ///< a message of the same id replaces this one
    QString sentence;
    QString action{};  ///< the button's words; none: no button
    std::function<void()> act{};
    bool lasting = true;  ///< goes with its cause; others can be closed, and end by themselves
  };

  explicit Strip(QWidget* parent = nullptr);

  /// What lasts stands before what passes; of several the first is shown.
  void show_message(Message message);
  void take_back(const QString& id);
  [[nodiscard]] QString sentence() const;

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void refresh();
  void fit();

  std::vector<Message> messages_;
  QGridLayout* rows_ = nullptr;
  bool below_ = false;
  QLabel* words_ = nullptr;
  QPushButton* action_ = nullptr;
  QToolButton* close_ = nullptr;
};

}  // namespace basic::gui
