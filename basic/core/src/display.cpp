#include "basic/display.h"

#include <array>
#include <cstdint>
#include <optional>

namespace basic {
namespace {

constexpr std::size_t kMaxLine = 4096;
constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t point;
  std::size_t length;
};

bool is_continuation(char byte) { return (static_cast<std::uint8_t>(byte) & 0xC0) == 0x80; }

/// The code point at the start of `text`, which is not empty.
std::optional<Decoded> decode_one(std::string_view text) {
  const auto lead = static_cast<std::uint8_t>(text[0]);
  if (lead < 0x80) return Decoded{lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return std::nullopt;
  char32_t point = lead & (0x7F >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return std::nullopt;
    point = point << 6 | (static_cast<std::uint8_t>(text[i]) & 0x3F);
  }
  static constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point < kLeast[length] || point > 0x10FFFF || surrogate) return std::nullopt;
  return Decoded{point, length};
}

struct Range {
  char32_t first, last;
};

/// Invisible, or with power over what stands beside it. U+200D and U+FE0F join emoji and stay.
constexpr Range kForbidden[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD},   {0x034F, 0x034F},   {0x061C, 0x061C},
    {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F},   {0x200B, 0x200C},   {0x200E, 0x200F},
    {0x2028, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164},   {0xFE00, 0xFE0E},   {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

bool forbidden(char32_t point) {
  for (const Range& range : kForbidden) {
    if (point >= range.first && point <= range.last) return true;
  }
  return false;
}

void append(std::string& out, char32_t point) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | point >> 6);
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3F));
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto one = decode_one(text);
    if (!one) return false;
    text.remove_prefix(one->length);
  }
  return true;
}

std::string for_display(std::string_view text, Lines lines) {
  std::string out;
  out.reserve(text.size());
  std::size_t line = 0;
  while (!text.empty()) {
    const auto one = decode_one(text);
    const char32_t point = one ? one->point : kReplacement;
    text.remove_prefix(one ? one->length : 1);
    if (point == '\n' || point == '\t') {
      out += lines == Lines::one ? ' ' : static_cast<char>(point);
      if (point == '\n') line = 0;
    } else if (!forbidden(point)) {
      if (line == kMaxLine) {
        if (lines == Lines::one) break;
        out += '\n';
        line = 0;
      }
      append(out, point);
      ++line;
    }
  }
  return out;
}

}  // namespace basic
