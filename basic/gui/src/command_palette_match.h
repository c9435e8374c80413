#pragma once
// Whether a few typed letters mean a command, and how well. Pure.

#include <QString>
#include <optional>
#include <vector>

namespace basic::gui {

/// A text made ready once, to be compared with what is typed letter by letter.
struct Searchable {
  explicit Searchable(const QString& text);

  QString letters;           ///< without case and accents; the first 200
  std::vector<bool> starts;  ///< whether a word begins there
};

/// Each run of typed letters has to begin a word of `text`, in order: "ta mil", "tami" and "twm"
/// all mean "Talk with Milhouse"; "alk" does not. Case, accents and spaces do not count. Less is
/// better; nothing: no match. What is typed beyond 64 letters does not count either.
std::optional<int> match(const QString& typed, const Searchable& text);

/// Which of `texts` match, the best first, else in their own order.
std::vector<int> matching(const QString& typed, const std::vector<Searchable>& texts);

}  // namespace basic::gui
