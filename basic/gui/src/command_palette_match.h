#pragma once
// Whether a few typed letters mean a command, and how well. Pure.

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace basic::gui {

/// Each run of typed letters has to begin a word of `text`, in order: "ta mil", "tami" and "twm"
/// all mean "Talk with Milhouse"; "alk" does not. Case, accents and spaces do not count. Less is
/// better; nothing: no match. What is typed beyond 64 letters does not count either.
std::optional<int> match(const QString& typed, const QString& text);

/// Which of `texts` match, the best first, else in their own order.
std::vector<int> matching(const QString& typed, const QStringList& texts);

}  // namespace basic::gui
