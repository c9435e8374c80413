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

// Above ASCII.
std::optional<Decoded> decode_long(std::string_view text);
void append_long(std::string& out, char32_t point);

/// The code point at the start of `text`, which is not empty. None: these bytes are not UTF-8.
inline std::optional<Decoded> decode_one(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  return first < 0x80 ? Decoded{first, 1} : decode_long(text);
}
inline void append(std::string& out, char32_t point) {
  if (point < 0x80) return out.push_back(static_cast<char>(point));
  append_long(out, point);
}

}  // namespace basic::utf8
