#include "glyphs.h"

#include <wchar.h>

#include <algorithm>
#include <cstdint>

namespace basic::tui {

namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kEmojiVariant = 0xFE0F;

struct Decoded {
  char32_t point;
  std::size_t length;
};

/// The first code point; kReplacement and one byte where there is none.
Decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {kReplacement, 1};
  char32_t point = first & (0x7F >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {kReplacement, 1};
    point = point << 6 | (byte(i) & 0x3F);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = point >= 0xD800 && point < 0xE000;
  if (point < kLeast[length] || point > 0x10FFFF || surrogate) return {kReplacement, 1};
  return {point, length};
}

int columns_of(char32_t point) { return std::max(0, wcwidth(static_cast<wchar_t>(point))); }

bool is_control(char32_t point) {
  return (point < 0x20 && point != '\n') || (point >= 0x7F && point < 0xA0);
}

bool is_skin_tone(char32_t point) { return point >= 0x1F3FB && point <= 0x1F3FF; }

bool is_left_out(char32_t point) {
  return point == kJoiner || point == kEmojiVariant || is_skin_tone(point);
}

/// Whether `point` belongs to the glyph before it, which ended in `last`.
bool joins(char32_t last, char32_t point) {
  return columns_of(point) == 0 || last == kJoiner || is_skin_tone(point);
}

std::vector<std::vector<Glyph>> words(const std::vector<Glyph>& line) {
  std::vector<std::vector<Glyph>> out(1);
  for (const Glyph& glyph : line) {
    out.back().push_back(glyph);
    if (glyph.bytes == " ") out.emplace_back();
  }
  return out;
}

int columns_of(const std::vector<Glyph>& line) {
  int sum = 0;
  for (const Glyph& glyph : line) sum += glyph.columns;
  return sum;
}

/// Fills lines word by word.
class Filler {
 public:
  explicit Filler(int width) : width_(std::max(width, 2)) {}

  void word(const std::vector<Glyph>& word) {
    const bool ends_in_space = !word.empty() && word.back().bytes == " ";
    const int visible = columns_of(word) - (ends_in_space ? 1 : 0);
    if (used_ > 0 && used_ + visible > width_ && visible <= width_) newline();
    for (const Glyph& glyph : word) add(glyph);
  }
  void newline() {
    while (!line_.empty() && line_.back() == ' ') line_.pop_back();
    lines_.push_back(line_);
    line_.clear();
    used_ = 0;
  }
  std::vector<std::string> take() {
    newline();
    return std::move(lines_);
  }

 private:
  void add(const Glyph& glyph) {
    if (used_ + glyph.columns > width_ && glyph.bytes == " ") return;  // hangs over the edge
    if (used_ + glyph.columns > width_) newline();
    line_ += glyph.bytes;
    used_ += glyph.columns;
  }

  int width_;
  int used_ = 0;
  std::string line_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<Glyph> glyphs(std::string_view text) {
  std::vector<Glyph> out;
  char32_t last = 0;
  while (!text.empty()) {
    const Decoded next = decode(text);
    const std::string bytes =
        next.point == kReplacement ? "\uFFFD" : std::string(text.substr(0, next.length));
    text.remove_prefix(next.length);
    if (is_control(next.point)) continue;
    if (next.point == '\n') {
      out.push_back({"\n", 1});
    } else if (!out.empty() && last != '\n' && joins(last, next.point)) {
      out.back().bytes += bytes;
      out.back().columns += is_left_out(next.point) ? 0 : columns_of(next.point);
    } else if (columns_of(next.point) > 0) {
      out.push_back({bytes, columns_of(next.point)});
    }
    last = next.point;
  }
  return out;
}

std::string drawn(const Glyph& glyph) {
  std::string out;
  for (std::string_view rest = glyph.bytes; !rest.empty();) {
    const Decoded next = decode(rest);
    if (!is_left_out(next.point)) out += rest.substr(0, next.length);
    rest.remove_prefix(next.length);
  }
  return out;
}

int columns(std::string_view text) { return columns_of(glyphs(text)); }

std::string cut(std::string_view text, int width) {
  const std::vector<Glyph> all = glyphs(text);
  if (columns_of(all) <= width) {
    std::string whole;
    for (const Glyph& glyph : all) whole += glyph.bytes;
    return whole;
  }
  std::string out;
  int used = 0;
  for (const Glyph& glyph : all) {
    if (used + glyph.columns > width - 1) break;
    out += glyph.bytes;
    used += glyph.columns;
  }
  return width > 0 ? out + "…" : "";
}

std::vector<std::string> wrap(std::string_view text, int width) {
  Filler filler(width);
  std::vector<Glyph> line;
  for (const Glyph& glyph : glyphs(text)) {
    if (glyph.bytes != "\n") {
      line.push_back(glyph);
      continue;
    }
    for (const auto& word : words(line)) filler.word(word);
    filler.newline();
    line.clear();
  }
  for (const auto& word : words(line)) filler.word(word);
  return filler.take();
}

}  // namespace basic::tui
