#include "command_palette_match.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace basic::gui {
namespace {

constexpr int kMostTyped = 64;
constexpr int kMostText = 200;
constexpr int kNone = std::numeric_limits<int>::max() / 2;

/// Lower case, without accents: "Überall" is found by "uber".
QString plain(const QString& text) {
  QString result;
  for (const QChar letter : text.normalized(QString::NormalizationForm_KD).toCaseFolded())
    if (!letter.isMark()) result += letter;
  return result;
}

std::vector<bool> word_starts(const QString& text) {
  std::vector<bool> starts(static_cast<std::size_t>(text.size()));
  bool inside = false;
  for (qsizetype i = 0; i < text.size(); ++i) {
    const bool letter = text[i].isLetterOrNumber() || text[i].isSurrogate();
    starts[static_cast<std::size_t>(i)] = letter && !inside;
    inside = letter;
  }
  return starts;
}

}  // namespace

std::optional<int> match(const QString& typed, const QString& text) {
  QString letters = plain(typed.left(kMostTyped));
  letters.removeIf([](QChar letter) { return letter.isSpace(); });
  if (letters.isEmpty()) return 0;
  const QString where = plain(text.left(kMostText));
  const std::vector<bool> starts = word_starts(where);
  const auto size = starts.size();
  // cost[j]: the price of having found all letters so far, the last of them at j. A word begun is
  // one; words left out before the first found are a little.
  std::vector<int> cost(size, kNone);
  int left_out = 0;
  for (std::size_t j = 0; j < size; ++j) {
    if (!starts[j]) continue;
    if (where[static_cast<qsizetype>(j)] == letters[0]) cost[j] = 100 + left_out;
    ++left_out;
  }
  for (qsizetype i = 1; i < letters.size(); ++i) {
    std::vector<int> next(size, kNone);
    int cheapest_before = kNone;  // of all places left of j
    for (std::size_t j = 0; j < size; ++j) {
      if (where[static_cast<qsizetype>(j)] == letters[i]) {
        if (starts[j]) next[j] = cheapest_before + 100;
        if (j > 0) next[j] = std::min(next[j], cost[j - 1]);
      }
      cheapest_before = std::min(cheapest_before, cost[j]);
    }
    cost = std::move(next);
  }
  const int best = cost.empty() ? kNone : *std::ranges::min_element(cost);
  return best < kNone ? std::optional(best) : std::nullopt;
}

std::vector<int> matching(const QString& typed, const QStringList& texts) {
  std::vector<std::pair<int, int>> found;  // price, index
  for (int i = 0; i < texts.size(); ++i)
    if (const auto price = match(typed, texts[i])) found.emplace_back(*price, i);
  std::ranges::sort(found);
  std::vector<int> indexes;
  indexes.reserve(found.size());
  for (const auto& [price, index] : found) indexes.push_back(index);
  return indexes;
}

}  // namespace basic::gui
