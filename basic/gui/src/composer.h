#pragma once
// Where the user writes.

#include <QWidget>

class QLabel;
class QToolButton;

namespace basic::gui {

class ComposerField;

/// Says what the user wants sent; keeps the words until it is told to clear(). Enter sends, Shift
/// or Ctrl and Enter begins a new line. What is too long is not sent and not lost.
class Composer final : public QWidget {
  Q_OBJECT

 public:
  static constexpr qsizetype kMostBytes = 16 << 10;  ///< of a text
  static constexpr qsizetype kMostDraft = 64 << 10;  ///< that can be kept
  /// Letters in the field after a paste. Its time grows with the square: with 256 Ki on one line
  /// it stands still for 8 s at every key.
  static constexpr qsizetype kMostPasted = 2 * kMostBytes;

  explicit Composer(QWidget* parent = nullptr);

  [[nodiscard]] QString text() const;
  /// The caret goes to the end.
  void set_text(const QString& text);
  /// Puts words before what is there, on lines of their own.
  void put_back(const QString& text);
  /// As if typed.
  void type(const QString& letters);
  void clear() { set_text({}); }
  void set_recipient(const QString& shown_name);
  /// A calm sentence above the field; empty: none. What is wrong with the text stands before it.
  void set_hint(const QString& sentence);
  void set_trouble(const QString& sentence);
  void focus();

 signals:
  void send_wanted(const QString& text);
  void edited();
  /// The focus has left the field.
  void left();
  /// Up was pressed in an empty field.
  void up_wanted();
  /// Page keys belong to the conversation.
  void page_wanted(bool up);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void build();
  void draw_icons();
  void look();
  void submit();
  void show_sentence();
  void pick_emoji();

  ComposerField* field_;
  QLabel* sentence_;
  QToolButton* emoji_;
  QToolButton* send_;
  QString hint_;
  QString trouble_;
  QString too_long_;
  bool setting_ = false;
};

}  // namespace basic::gui
