#pragma once
// The field itself: as high as what is in it, from one line to six.

#include <QPlainTextEdit>

namespace basic::gui {

class ComposerField final : public QPlainTextEdit {
  Q_OBJECT

 public:
  static constexpr int kMostLines = 6;

  explicit ComposerField(QWidget* parent);

 signals:
  void submitted();
  void left();
  void up_wanted();
  void page_wanted(bool up);
  /// Nothing was pasted; it has so many letters.
  void refused_paste(qsizetype letters);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void insertFromMimeData(const QMimeData* source) override;

 private:
  void fit();
};

}  // namespace basic::gui
