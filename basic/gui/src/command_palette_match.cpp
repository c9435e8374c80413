#include "command_palette_match.h"

#include <algorithm>
#include <limits>
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

/// What counts of what is typed.
QString typed_letters(const QString& typed) {
  QString letters = plain(typed.left(kMostTyped));
  letters.removeIf([](QChar letter) { return letter.isSpace(); });
  return letters;
}

std::optional<int> match_letters(const QString& letters, const Searchable& text) {
  if (letters.isEmpty()) return 0;
  const auto& [where, starts] = text;
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
  // Most texts are out by the first letter.
  if (std::ranges::all_of(cost, [](int price) { return price == kNone; })) return std::nullopt;
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

}  // namespace

Searchable::Searchable(const QString& text)
    : letters(plain(text.left(kMostText))), starts(word_starts(letters)) {}

std::optional<int> match(const QString& typed, const Searchable& text) {
  return match_letters(typed_letters(typed), text);
}

std::vector<int> matching(const QString& typed, const std::vector<Searchable>& texts) {
  const QString letters = typed_letters(typed);
  std::vector<std::pair<int, int>> found;  // price, index
  for (int i = 0; i < static_cast<int>(texts.size()); ++i)
    if (const auto price = match_letters(letters, texts[static_cast<std::size_t>(i)]))
      found.emplace_back(*price, i);
  std::ranges::sort(found);
  std::vector<int> indexes;
  indexes.reserve(found.size());
  for (const auto& [price, index] : found) indexes.push_back(index);
  return indexes;
}

}  // namespace basic::gui
