#include "basic/display.h"

#include "utf8.h"

namespace basic {
namespace {

constexpr std::size_t kMaxLine = 4096;
constexpr char32_t kReplacement = 0xFFFD;

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
  if (point >= 0x20 && point < 0x7F) return false;  // nearly all there is
  for (const Range& range : kForbidden) {
    if (point >= range.first && point <= range.last) return true;
  }
  return false;
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto one = utf8::decode_one(text);
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
    const auto one = utf8::decode_one(text);
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
      utf8::append(out, point);
      ++line;
    }
  }
  return out;
}

}  // namespace basic
