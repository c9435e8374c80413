#pragma once
// Where everything in one bubble is. Made for one text, one width and one font; painting it and
// finding what is under the mouse ask here.

#include <QFont>
#include <QRectF>
#include <QTextLayout>
#include <vector>

#include "bubble_links.h"
#include "conversation_log.h"

namespace basic::gui {

/// The measures that all bubbles of a view share; they follow the font.
struct BubbleStyle {
  BubbleStyle() = default;
  BubbleStyle(const QFont& font, int width);

  QFont font;
  QFont small;       ///< of times and notes
  QFont strong;      ///< of what can be pressed
  qreal em = 0;      ///< height of a line of `font`; what is below comes from it
  qreal width = 0;   ///< of the view
  qreal margin = 0;  ///< between a bubble and the edge of the view
  qreal widest = 0;  ///< a bubble, outside
  qreal pad_x = 0;
  qreal pad_y = 0;
  qreal radius = 0;
  qreal mark = 0;  ///< width of the delivery mark
};

/// Coordinates: 0, 0 is the top left corner of a strip as wide as the view, with the bubble in it.
class BubbleLayout {
 public:
  /// Longer texts are folded: only their beginning is laid out.
  static constexpr int kFoldedLetters = 4096;
  static constexpr int kFoldedLines = 40;

  enum class Fold { folded, whole };
  BubbleLayout(const ShownText& text, const BubbleStyle& style, Fold fold);
  BubbleLayout(const BubbleLayout&) = delete;
  BubbleLayout& operator=(const BubbleLayout&) = delete;

  [[nodiscard]] qreal height() const { return height_; }
  [[nodiscard]] const QRectF& bubble() const { return bubble_; }
  [[nodiscard]] const QTextLayout& words() const { return words_; }
  /// Where words() is to be drawn.
  [[nodiscard]] QPointF words_at() const { return words_at_; }
  /// How much of the text is laid out.
  [[nodiscard]] int shown_length() const { return shown_length_; }
  /// Time and delivery mark.
  [[nodiscard]] const QRectF& footer() const { return footer_; }
  [[nodiscard]] const QString& time() const { return time_; }
  /// "Show all": null, where nothing is folded.
  [[nodiscard]] const QRectF& fold_button() const { return fold_button_; }
  [[nodiscard]] const QString& fold_words() const { return fold_words_; }
  /// "Not delivered. ...": null, where it did not fail.
  [[nodiscard]] const QRectF& failure() const { return failure_; }
  [[nodiscard]] const QString& failure_words() const { return failure_words_; }
  /// One to three emoji and nothing else: big, and without a bubble.
  [[nodiscard]] bool is_emoji() const { return is_emoji_; }
  [[nodiscard]] const std::vector<Link>& links() const { return links_; }

  /// The gap between letters that is nearest.
  [[nodiscard]] int position_at(QPointF point) const;
  /// Null: no link there.
  [[nodiscard]] const Link* link_at(QPointF point) const;

 private:
  void lay_out_words(const ShownText& text, const BubbleStyle& style, Fold fold);
  void place_footer(const ShownText& text, const BubbleStyle& style);
  void place_bubble(const ShownText& text, const BubbleStyle& style);
  void place_failure(const ShownText& text, const BubbleStyle& style);

  QTextLayout words_;
  QPointF words_at_;
  QSizeF words_size_;
  qreal last_line_ = 0;  // its width
  bool right_to_left_ = false;
  bool is_emoji_ = false;
  int shown_length_ = 0;
  std::vector<Link> links_;
  QString time_;
  QString fold_words_;
  QString failure_words_;
  QRectF bubble_;
  QRectF footer_;
  QRectF fold_button_;
  QRectF failure_;
  qreal height_ = 0;
};

/// One to three emoji and nothing else.
bool only_emoji(const QString& text);

/// About how high it would be: for those that nobody has looked at yet.
qreal guessed_height(const ShownText& text, const BubbleStyle& style);

}  // namespace basic::gui
