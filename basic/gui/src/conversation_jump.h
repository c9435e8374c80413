#pragma once
// The round button over a conversation that leads to its end.

#include <QAbstractButton>

namespace basic::gui {

class JumpButton final : public QAbstractButton {
  Q_OBJECT

 public:
  explicit JumpButton(QWidget* parent);

  /// How many texts came below what is seen.
  void set_fresh(int count);
  [[nodiscard]] QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  int fresh_ = 0;
};

}  // namespace basic::gui
