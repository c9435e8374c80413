#include "conversation_selection.h"

#include <QLocale>
#include <QStringList>
#include <QTextBoundaryFinder>
#include <algorithm>

namespace basic::gui {

std::pair<int, int> ConversationSelection::within(int row, int length) const {
  const TextPoint first = from();
  const TextPoint last = to();
  if (empty() || row < first.row || row > last.row) return {0, 0};
  return {row == first.row ? std::min(first.position, length) : 0,
          row == last.row ? std::min(last.position, length) : length};
}

void ConversationSelection::rows_inserted(int first, int count) {
  for (TextPoint* const point : {&anchor_, &cursor_}) {
    if (point->row >= first) point->row += count;
  }
}

void ConversationSelection::rows_removed(int first, int count) {
  if (empty()) return;
  const auto is_gone = [first, count](const TextPoint& point) {
    return point.row >= first && point.row < first + count;
  };
  if (is_gone(anchor_) && is_gone(cursor_)) {
    clear();
    return;
  }
  for (TextPoint* const point : {&anchor_, &cursor_}) {
    if (is_gone(*point)) *point = {first, 0};
    if (point->row >= first + count) point->row -= count;
  }
}

QString copied(const ConversationLog& log, const ConversationSelection& selection,
               const Speakers& speakers) {
  if (selection.empty()) return {};
  const TextPoint from = selection.from();
  const TextPoint to = selection.to();
  if (from.row == to.row)
    return log.at(from.row).text.mid(from.position, to.position - from.position);
  QStringList lines;
  for (int row = from.row; row <= to.row && row < log.size(); ++row) {
    const ShownText& text = log.at(row);
    const auto [begin, end] = selection.within(row, static_cast<int>(text.text.size()));
    if (begin == end) continue;
    lines << QStringLiteral("[%1] %2: %3")
                 .arg(QLocale().toString(text.sent_at, QLocale::ShortFormat),
                      text.outgoing ? speakers.own : speakers.theirs,
                      text.text.mid(begin, end - begin));
  }
  return lines.join('\n');
}

std::pair<int, int> word_at(const QString& text, int position) {
  QTextBoundaryFinder finder(QTextBoundaryFinder::Word, text);
  finder.setPosition(std::clamp<qsizetype>(position, 0, text.size()));
  if (!finder.isAtBoundary() || finder.position() == text.size()) finder.toPreviousBoundary();
  const auto begin = std::max<qsizetype>(finder.position(), 0);
  finder.setPosition(begin);
  const auto end = finder.toNextBoundary();
  return {static_cast<int>(begin), static_cast<int>(end < 0 ? text.size() : end)};
}

}  // namespace basic::gui
