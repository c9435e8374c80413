#pragma once
// Labels for words of others, in a narrow pane.

#include <QLabel>

namespace basic::gui {

/// Plain text in as many lines as it needs. `role` is one of the stylesheet's.
QLabel* make_label(const QString& object_name, const char* role, QWidget* parent);

/// The fixed-width letters of the desktop, as large as those of `font`.
QFont fixed_font(const QFont& font);

/// `word` so that a label may break it anywhere: a user name has no spaces. Not to be copied.
QString breakable(const QString& word);

/// `sentence` with the words that are too long for a narrow line made breakable.
QString breakable_where_long(const QString& sentence);

/// One line of plain text, cut with dots where there is no room; then the tool tip has all of it.
class ElidedLabel final : public QLabel {
  Q_OBJECT

 public:
  explicit ElidedLabel(QWidget* parent = nullptr);
  void set_words(const QString& words);
  [[nodiscard]] const QString& words() const { return words_; }
  [[nodiscard]] QSize minimumSizeHint() const override;
  [[nodiscard]] QSize sizeHint() const override;

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void fit();

  QString words_;
};

}  // namespace basic::gui
