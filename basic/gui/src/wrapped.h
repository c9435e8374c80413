#pragma once
// Buttons whose words go on in the next line where there is no room.

#include <QCheckBox>
#include <QPushButton>
#include <QStyle>
#include <QStyleOptionButton>
#include <type_traits>

namespace basic::gui {

/// `words` in lines no wider than `width`, broken at spaces only. An ampersand before a letter
/// takes no room.
QString in_lines(const QString& words, const QFontMetrics& letters, int width);

/// The width of the widest word.
int widest_word(const QString& words, const QFontMetrics& letters);

/// A QPushButton or QCheckBox; text() stays as it was set.
template <typename Button>
class Wrapped final : public Button {
 public:
  explicit Wrapped(QWidget* parent = nullptr) : Wrapped(QString(), parent) {}
  explicit Wrapped(const QString& words, QWidget* parent = nullptr) : Button(words, parent) {
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    this->setSizePolicy(policy);
  }

  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  [[nodiscard]] int heightForWidth(int width) const override {
    const QSize around = this->around();
    return size_of(in_lines(this->text(), this->fontMetrics(), width - around.width())).height() +
           around.height();
  }
  [[nodiscard]] QSize minimumSizeHint() const override {
    const int widest = widest_word(this->text(), this->fontMetrics());
    return {widest + around().width(), heightForWidth(this->width())};
  }

 protected:
  void initStyleOption(QStyleOptionButton* option) const override {
    Button::initStyleOption(option);
    option->text = in_lines(this->text(), this->fontMetrics(), this->width() - around().width());
  }

 private:
  [[nodiscard]] QSize size_of(const QString& words) const {
    return this->fontMetrics().size(Qt::TextShowMnemonic, words);
  }
  /// What the style puts around the words.
  [[nodiscard]] QSize around() const {
    constexpr auto kType =
        std::is_base_of_v<QCheckBox, Button> ? QStyle::CT_CheckBox : QStyle::CT_PushButton;
    const QSize words = size_of(this->text());
    QStyleOptionButton option;
    Button::initStyleOption(&option);
    return this->style()->sizeFromContents(kType, &option, words, this) - words;
  }
};

}  // namespace basic::gui
