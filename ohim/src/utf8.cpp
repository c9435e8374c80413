#include "utf8.h"

namespace ohim {
namespace {

bool is_continuation(std::uint8_t byte) { return (byte & 0xC0) == 0x80; }

/// How many bytes a character has that begins with `first`; 0 if none does.
std::size_t length_of(std::uint8_t first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

/// The second byte of some characters has a smaller range: no long forms, no surrogates.
bool second_fits(std::uint8_t first, std::uint8_t second) {
  switch (first) {
    case 0xE0:
      return second >= 0xA0;
    case 0xED:
      return second < 0xA0;
    case 0xF0:
      return second >= 0x90;
    case 0xF4:
      return second < 0x90;
    default:
      return true;
  }
}

bool is_control(base::ByteView character) {
  if (character.size() == 1) return character[0] < 0x20 || character[0] == 0x7F;
  return character.size() == 2 && character[0] == 0xC2 && character[1] < 0xA0;
}

}  // namespace

bool is_plain_utf8(base::ByteView text) {
  while (!text.empty()) {
    const std::size_t length = length_of(text[0]);
    if (length == 0 || length > text.size()) return false;
    for (std::size_t i = 1; i < length; ++i) {
      if (!is_continuation(text[i])) return false;
    }
    if (length > 1 && !second_fits(text[0], text[1])) return false;
    if (is_control(text.first(length))) return false;
    text = text.subspan(length);
  }
  return true;
}

}  // namespace ohim
