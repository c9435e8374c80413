#include "bubble_layout.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QTextBoundaryFinder>
#include <algorithm>
#include <cmath>

#include "theme.h"
#include "words.h"

namespace basic::gui {
namespace {

class Bubble {
  Q_DECLARE_TR_FUNCTIONS(Bubble)
};

constexpr qreal kBigEmoji = 2.4;
/// Even when unfolded; nobody reads on. All of it can be copied.
constexpr int kMostLetters = 65536;

/// Lines within one layout, so that positions in it are positions in the text.
QString in_one_paragraph(QString text) { return text.replace('\n', QChar::LineSeparator); }

bool is_emoji_letter(char32_t letter) {
  return (letter >= 0x1F000 && letter <= 0x1FAFF) || (letter >= 0x2600 && letter <= 0x27BF) ||
         (letter >= 0x2B00 && letter <= 0x2BFF) || (letter >= 0x2190 && letter <= 0x23FF) ||
         letter == 0x200D || letter == 0xFE0F;
}

QTextOption wrapping(bool right_to_left) {
  QTextOption option(right_to_left ? Qt::AlignRight : Qt::AlignLeft);
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  option.setTextDirection(right_to_left ? Qt::RightToLeft : Qt::LeftToRight);
  return option;
}

QList<QTextLayout::FormatRange> underlined(const std::vector<Link>& links, bool own) {
  QList<QTextLayout::FormatRange> ranges;
  for (const Link& link : links) {
    QTextLayout::FormatRange range;
    range.start = link.start;
    range.length = link.length;
    range.format.setFontUnderline(true);
    range.format.setForeground(own ? theme().own_text : theme().accent);
    ranges.push_back(range);
  }
  return ranges;
}

/// Cuts between letters, not within one.
int cut_at(const QString& text, int most) {
  if (text.size() <= most) return static_cast<int>(text.size());
  QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text.left(most + 1));
  finder.setPosition(most);
  if (!finder.isAtBoundary()) finder.toPreviousBoundary();
  return finder.position() > 0 ? static_cast<int>(finder.position()) : most;
}

}  // namespace

BubbleStyle::BubbleStyle(const QFont& text_font, int view_width)
    : font(text_font),
      small(text_font),
      strong(text_font),
      em(QFontMetricsF(text_font).height()),
      width(view_width) {
  small.setPointSizeF(font.pointSizeF() * 0.82);
  strong.setWeight(QFont::DemiBold);
  margin = std::round(em * 0.7);
  pad_x = std::round(em * 0.7);
  pad_y = std::round(em * 0.42);
  radius = em * 0.9;
  mark = QFontMetricsF(small).height() * 0.95;
  // The free side tells whose it is, even where there is little room.
  const qreal room = width - 2 * margin;
  widest = std::max(em * 4, std::min(room - em * 1.6, std::max(room * 0.76, em * 14)));
  widest = std::min(widest, em * 38);
}

bool only_emoji(const QString& text) {
  if (text.isEmpty() || text.size() > 24) return false;
  for (const char32_t letter : text.toUcs4()) {
    if (!is_emoji_letter(letter)) return false;
  }
  QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
  int count = 0;
  while (finder.toNextBoundary() >= 0) ++count;
  return count <= 3;
}

qreal guessed_height(const ShownText& text, const BubbleStyle& style) {
  const auto letters = std::min<qsizetype>(text.text.size(), BubbleLayout::kFoldedLetters);
  const qreal in_a_line = std::max(1.0, (style.widest - 2 * style.pad_x) / (style.em * 0.42));
  const qreal lines = std::ceil(static_cast<qreal>(letters) / in_a_line);
  return std::min<qreal>(lines, BubbleLayout::kFoldedLines) * style.em + 2 * style.pad_y;
}

BubbleLayout::BubbleLayout(const ShownText& text, const BubbleStyle& style, Fold fold)
    : is_emoji_(only_emoji(text.text)), time_(clock_time(text.sent_at)) {
  lay_out_words(text, style, fold);
  place_footer(text, style);
  place_bubble(text, style);
  place_failure(text, style);
}

void BubbleLayout::lay_out_words(const ShownText& text, const BubbleStyle& style, Fold fold) {
  const int most_letters = fold == Fold::folded ? kFoldedLetters : kMostLetters;
  shown_length_ = cut_at(text.text, most_letters);
  const QString words = text.text.left(shown_length_);
  links_ = find_links(words);
  words_.setText(in_one_paragraph(words));
  QFont font = style.font;
  if (is_emoji_) font.setPointSizeF(font.pointSizeF() * kBigEmoji);
  words_.setFont(font);
  right_to_left_ = words.isRightToLeft();
  words_.setTextOption(wrapping(right_to_left_));
  words_.setFormats(underlined(links_, text.outgoing));
  words_.setCacheEnabled(true);

  const qreal room = style.widest - 2 * style.pad_x;
  const int most_lines = fold == Fold::folded ? kFoldedLines : std::numeric_limits<int>::max();
  qreal y = 0;
  qreal widest = 0;
  words_.beginLayout();
  while (words_.lineCount() < most_lines) {
    QTextLine line = words_.createLine();
    if (!line.isValid()) break;
    line.setLineWidth(room);
    line.setPosition({0, y});
    y += line.height();
    last_line_ = std::ceil(line.naturalTextWidth());
    widest = std::max(widest, last_line_);
    shown_length_ = line.textStart() + line.textLength();
  }
  words_.endLayout();
  words_size_ = {std::min(widest, room), std::ceil(y)};
  if (shown_length_ < text.text.size() && fold == Fold::folded) {
    fold_words_ = Bubble::tr("Show all (%n letters)", nullptr, static_cast<int>(text.text.size()));
  } else if (fold == Fold::whole &&
             (text.text.size() > kFoldedLetters || words_.lineCount() > kFoldedLines)) {
    fold_words_ = Bubble::tr("Show less");
  }
}

/// Gives footer_ and fold_button_ their sizes, and both their places within the inner box.
void BubbleLayout::place_footer(const ShownText& text, const BubbleStyle& style) {
  const QFontMetricsF small(style.small);
  qreal width = std::ceil(small.horizontalAdvance(time_));
  if (text.outgoing && text.fate != Fate::failed) width += style.mark + style.em * 0.15;
  const qreal gap = style.em * 0.6;
  const qreal room = style.widest - 2 * style.pad_x;
  qreal inner = words_size_.width();
  qreal y = words_size_.height();
  if (!fold_words_.isEmpty()) {
    const QSizeF needed =
        QFontMetricsF(style.strong)
            .boundingRect(QRectF(0, 0, room, 1e6), Qt::TextWordWrap | Qt::AlignLeft, fold_words_)
            .size();
    fold_button_ = QRectF(0, y + style.pad_y / 2, std::min(std::ceil(needed.width()) + 1, room),
                          std::ceil(needed.height()));
    y = fold_button_.bottom();
    inner = std::max(inner, fold_button_.width());
    last_line_ = fold_button_.width();
  }
  // Beside the last line if there is room.
  const bool beside = last_line_ + gap + width <= room;
  if (beside) inner = std::max(inner, last_line_ + gap + width);
  inner = std::max(inner, width);
  footer_ =
      QRectF(0, beside ? y - small.height() + small.descent() * 0.4 : y, width, small.height());
  footer_.moveLeft(right_to_left_ && fold_words_.isEmpty() ? 0 : inner - width);
  words_size_.setWidth(inner);
  words_size_.setHeight(std::max(y, footer_.bottom()));
}

void BubbleLayout::place_bubble(const ShownText& text, const BubbleStyle& style) {
  const qreal pad_x = is_emoji_ ? 0 : style.pad_x;
  const QSizeF outer(words_size_.width() + 2 * pad_x, words_size_.height() + 2 * style.pad_y);
  const qreal left = text.outgoing ? style.width - style.margin - outer.width() : style.margin;
  bubble_ = QRectF(QPointF(left, 0), outer);
  const QPointF inner = bubble_.topLeft() + QPointF(pad_x, style.pad_y);
  // A line of the other direction begins at the right end of the room it was laid out in.
  const qreal room = style.widest - 2 * style.pad_x;
  words_at_ = inner + QPointF(right_to_left_ ? words_size_.width() - room : 0, 0);
  footer_.translate(inner);
  if (!fold_button_.isNull()) fold_button_.translate(inner);
  height_ = std::ceil(bubble_.height());
}

void BubbleLayout::place_failure(const ShownText& text, const BubbleStyle& style) {
  if (!text.outgoing || text.fate != Fate::failed) return;
  if (text.sent_again) {
    failure_words_ = Bubble::tr("Not delivered. Sent again below.");
  } else if (text.reason.isEmpty()) {
    failure_words_ = Bubble::tr("Not delivered. Click to send again.");
  } else {
    failure_words_ = Bubble::tr("Not delivered: %1. Click to send again.").arg(text.reason);
  }
  const qreal mark = style.mark + style.em * 0.3;
  const QRectF room(0, 0, std::max(style.em * 6, style.width - 2 * style.margin - mark), 1e6);
  const QRectF needed = QFontMetricsF(style.small)
                            .boundingRect(room, Qt::TextWordWrap | Qt::AlignLeft, failure_words_);
  const QSizeF size(std::ceil(needed.width()) + 1 + mark, std::ceil(needed.height()));
  failure_ = QRectF({style.width - style.margin - size.width(), height_ + style.em * 0.2}, size);
  height_ = std::ceil(failure_.bottom());
}

int BubbleLayout::position_at(QPointF point) const {
  const QPointF at = point - words_at_;
  if (at.y() < 0 || words_.lineCount() == 0) return 0;
  for (int index = 0; index < words_.lineCount(); ++index) {
    const QTextLine line = words_.lineAt(index);
    if (at.y() < line.y() + line.height()) return line.xToCursor(at.x());
  }
  return shown_length_;
}

const Link* BubbleLayout::link_at(QPointF point) const {
  if (links_.empty()) return nullptr;
  const QPointF at = point - words_at_;
  for (int index = 0; index < words_.lineCount(); ++index) {
    const QTextLine line = words_.lineAt(index);
    if (!line.naturalTextRect().contains(at)) continue;
    const int letter = line.xToCursor(at.x(), QTextLine::CursorOnCharacter);
    const auto link = std::ranges::find_if(links_, [letter](const Link& candidate) {
      return letter >= candidate.start && letter < candidate.start + candidate.length;
    });
    return link == links_.end() ? nullptr : &*link;
  }
  return nullptr;
}

}  // namespace basic::gui
