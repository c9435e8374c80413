#pragma once
// A check box whose words go on in the next line where there is no room.

#include <QCheckBox>

namespace basic::gui {

class SwitchBox final : public QCheckBox {
  Q_OBJECT

 public:
  /// An ampersand before a letter makes it the key for this box.
  explicit SwitchBox(const QString& words, QWidget* parent = nullptr);

  [[nodiscard]] QSize minimumSizeHint() const override;
  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  [[nodiscard]] int heightForWidth(int width) const override;

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  /// What the box itself and the gaps take.
  [[nodiscard]] int beside() const;
  [[nodiscard]] QString broken_for(int width) const;
  void fit();

  QString words_;
};

}  // namespace basic::gui
