#pragma once
// Other people's words, made safe to show. Whatever a peer wrote passes here before a face sees it.

#include <string>
#include <string_view>

namespace basic {

/// Strict: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

enum class Lines {
  one,   ///< status texts and names: newlines and tabs become spaces
  many,  ///< messages: newline and tab stay, lines are broken at 4 096 characters
};

/// `text` without what could forge, hide or reorder what is on the screen: control characters,
/// escapes, bidirectional controls, invisible characters (the emoji joiners U+200D and U+FE0F
/// stay). Bytes that are not UTF-8 become U+FFFD.
std::string for_display(std::string_view text, Lines lines);

}  // namespace basic
