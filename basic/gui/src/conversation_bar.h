#pragma once
// A bar of two parts: side by side, or one above the other where there is little room.

#include <QWidget>

class QBoxLayout;
class QHBoxLayout;

namespace basic::gui {

class ConversationBar : public QWidget {
  Q_OBJECT

 protected:
  /// `role`: the stylesheet's.
  ConversationBar(const char* role, QWidget* parent);

  [[nodiscard]] QHBoxLayout& first() { return *first_; }    ///< takes the room that is left
  [[nodiscard]] QHBoxLayout& second() { return *second_; }  ///< as wide as what is in it

  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void fit();

  QBoxLayout* parts_;
  QHBoxLayout* first_;
  QHBoxLayout* second_;
};

}  // namespace basic::gui
