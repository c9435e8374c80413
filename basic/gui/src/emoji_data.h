#pragma once
// Emoji people use most, with the names that Unicode gives them (in small letters) and a few words
// by which they are looked for.

#include <array>
#include <span>

namespace basic::gui {

struct Emoji {
  const char* letters;  ///< UTF-8
  const char* name;
};

std::span<const Emoji> common_emoji();

}  // namespace basic::gui
