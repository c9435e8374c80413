#pragma once
// A screen that is not there yet: what to draw, character by character.

#include <string>
#include <string_view>
#include <vector>

namespace basic::tui {

enum class Ink { plain, green, yellow, red, blue, cyan, bar };

struct Style {
  Ink ink = Ink::plain;
  bool bold = false;
  bool dim = false;
  bool reverse = false;
  bool operator==(const Style&) const = default;
};

struct Cell {
  std::string glyph = " ";  ///< empty: the right half of the wide glyph before
  Style style;
  bool operator==(const Cell&) const = default;
};

class Canvas {
 public:
  Canvas(int width, int height);

  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }
  /// Draws `text` from (x, y) up to, not including, column `end`; gives the column after it. What
  /// is outside the canvas is not drawn.
  int put(int x, int y, std::string_view text, Style style = {}, int end = 1 << 20);
  void fill(int x, int y, int count, std::string_view glyph, Style style = {});

  [[nodiscard]] const Cell& at(int x, int y) const;
  /// One row as text, without the spaces at its end.
  [[nodiscard]] std::string row(int y) const;

  struct Caret {
    int x = 0;
    int y = 0;
    bool shown = false;
  } caret;

 private:
  int width_;
  int height_;
  std::vector<Cell> cells_;
};

}  // namespace basic::tui
