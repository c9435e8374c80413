#pragma once
// A card above the list that asks for one word: who is to be added, what a group is called.

#include <QFrame>
#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace basic::gui {

class PromptCard final : public QFrame {
  Q_OBJECT

 public:
  explicit PromptCard(QWidget* parent = nullptr);

  struct Question {
    QString heading;
    QString placeholder;
    QString button;
    /// What is wrong with the word; empty: nothing.
    std::function<QString(const QString& word)> check;
    /// The word is good: do it. The card stays until it is told how that went.
    std::function<void(const QString& word)> answer;
  };
  /// Takes the place of a question that is still shown.
  void ask(Question question);
  /// The answer takes a moment. Then the card may show another question, or be closed.
  void wait(const QString& sentence);
  /// It did not work; the word can be changed.
  void fail(const QString& sentence);
  /// It worked, and there is something to look at before the card goes.
  void succeed(const QString& sentence, const QString& detail);
  void close_card();

 signals:
  void closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void submit();
  void look_at_word();
  void say(const QString& sentence, const char* role);

  QLabel* heading_;
  QLineEdit* field_;
  QLabel* sentence_;
  QLabel* detail_;
  QPushButton* go_;
  QPushButton* cancel_;
  Question question_;
};

}  // namespace basic::gui
