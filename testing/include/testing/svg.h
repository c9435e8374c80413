#pragma once
// A picture as text (SVG 1.1): boxes, lines, words. Coordinates are pixels from the upper left.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sim {

class Svg {
 public:
  using Point = std::pair<double, double>;
  enum class Anchor { start, middle, end };

  /// On a background of one colour.
  Svg(double width, double height, std::string_view background);

  void box(Point corner, double width, double height, std::string_view colour, double round = 0);
  void line(Point from, Point to, std::string_view colour, double width = 1,
            std::string_view dashes = "");
  void path(const std::vector<Point>& points, std::string_view colour, double width,
            std::string_view dashes = "");
  void text(Point at, std::string_view words, double size, std::string_view colour,
            Anchor anchor = Anchor::start, bool bold = false);

  /// The whole document.
  [[nodiscard]] std::string str() const;

 private:
  std::string body_;
};

}  // namespace sim
