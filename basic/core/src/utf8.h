#pragma once
// Code points in and out of UTF-8. Strict: no overlong forms, no surrogates, nothing above
// U+10FFFF.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace basic::utf8 {

struct Decoded {
  char32_t point;
  std::size_t length;  ///< in bytes
};

/// The code point at the start of `text`, which is not empty. None: these bytes are not UTF-8.
std::optional<Decoded> decode_one(std::string_view text);
void append(std::string& out, char32_t point);

}  // namespace basic::utf8
