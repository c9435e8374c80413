#pragma once
// Text as a terminal sees it: glyphs, each one, two or more columns wide.

#include <string>
#include <string_view>
#include <vector>

namespace basic::tui {

/// What the caret steps over: a character with all that combines with it.
struct Glyph {
  std::string bytes;
  int columns = 1;  ///< of what is drawn
};

/// What to draw for it. Terminals disagree on how wide joined emoji, skin tones and emoji variants
/// are, so they are drawn apart, or left out: the columns must be right.
std::string drawn(const Glyph& glyph);

/// Widths are those of the C locale in force, which must be a UTF-8 one. Bytes that are not UTF-8
/// become U+FFFD; control characters (but for the newline) are left out.
std::vector<Glyph> glyphs(std::string_view text);
int columns(std::string_view text);
/// `text`, if it is wider, cut to `width` columns with an ellipsis at its end.
std::string cut(std::string_view text, int width);
/// Lines of at most `width` columns, broken at spaces where there are any, and at newlines.
std::vector<std::string> wrap(std::string_view text, int width);

}  // namespace basic::tui
