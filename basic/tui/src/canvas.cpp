#include "canvas.h"

#include <algorithm>

#include "glyphs.h"

namespace basic::tui {

Canvas::Canvas(int width, int height)
    : width_(std::max(width, 1)),
      height_(std::max(height, 1)),
      cells_(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_)) {}

int Canvas::put(int x, int y, std::string_view text, Style style, int end) {
  const int edge = std::min(end, width_);
  if (y < 0 || y >= height_ || x < 0) return x;
  for (const Glyph& glyph : glyphs(text)) {
    if (glyph.bytes == "\n" || x + glyph.columns > edge) break;
    for (int i = 0; i < glyph.columns; ++i) {
      Cell& cell = cells_[static_cast<std::size_t>(y * width_ + x + i)];
      cell = {i == 0 ? drawn(glyph) : "", style};
    }
    x += glyph.columns;
  }
  return x;
}

void Canvas::fill(int x, int y, int count, std::string_view glyph, Style style) {
  for (int i = 0; i < count; ++i) put(x + i, y, glyph, style);
}

const Cell& Canvas::at(int x, int y) const {
  return cells_[static_cast<std::size_t>(y * width_ + x)];
}

std::string Canvas::row(int y) const {
  std::string out;
  for (int x = 0; x < width_; ++x) out += at(x, y).glyph;
  const auto last = out.find_last_not_of(' ');
  return last == std::string::npos ? "" : out.substr(0, last + 1);
}

}  // namespace basic::tui
