#include "testing/svg.h"

#include <array>
#include <cstdio>

#include "base/markup.h"

namespace sim {
namespace {

/// With one decimal, which is enough for a pixel and the same in every locale.
std::string number(double value) {
  const long tenths = static_cast<long>(value * 10 + (value < 0 ? -0.5 : 0.5));
  const std::string sign = tenths < 0 ? "-" : "";
  const long size = tenths < 0 ? -tenths : tenths;
  return sign + std::to_string(size / 10) + "." + std::to_string(size % 10);
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}
std::string attribute(std::string_view name, double value) {
  return attribute(name, number(value));
}

}  // namespace

Svg::Svg(double width, double height, std::string_view background) {
  body_ = "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", width) +
          attribute("height", height) +
          attribute("viewBox", "0 0 " + number(width) + " " + number(height)) +
          attribute("font-family", "Helvetica, Arial, sans-serif") + ">\n";
  box({0, 0}, width, height, background);
}

void Svg::box(Point corner, double width, double height, std::string_view colour, double round) {
  body_ += "<rect" + attribute("x", corner.first) + attribute("y", corner.second) +
           attribute("width", width) + attribute("height", height) + attribute("rx", round) +
           attribute("fill", colour) + "/>\n";
}

void Svg::line(Point from, Point to, std::string_view colour, double width,
               std::string_view dashes) {
  body_ += "<line" + attribute("x1", from.first) + attribute("y1", from.second) +
           attribute("x2", to.first) + attribute("y2", to.second) + attribute("stroke", colour) +
           attribute("stroke-width", width);
  if (!dashes.empty()) body_ += attribute("stroke-dasharray", dashes);
  body_ += "/>\n";
}

void Svg::path(const std::vector<Point>& points, std::string_view colour, double width,
               std::string_view dashes) {
  body_ += "<polyline fill=\"none\" stroke-linejoin=\"round\"" + attribute("stroke", colour) +
           attribute("stroke-width", width);
  if (!dashes.empty()) body_ += attribute("stroke-dasharray", dashes);
  body_ += " points=\"";
  for (const auto& [x, y] : points) body_ += number(x) + "," + number(y) + " ";
  body_ += "\"/>\n";
}

void Svg::text(Point at, std::string_view words, double size, std::string_view colour,
               Anchor anchor, bool bold) {
  constexpr std::array<std::string_view, 3> kAnchors{"start", "middle", "end"};
  body_ += "<text" + attribute("x", at.first) + attribute("y", at.second) +
           attribute("font-size", size) + attribute("fill", colour) +
           attribute("text-anchor", kAnchors[static_cast<std::size_t>(anchor)]);
  if (bold) body_ += attribute("font-weight", "bold");
  body_ += ">" + base::escape_markup(words) + "</text>\n";
}

std::string Svg::str() const { return body_ + "</svg>\n"; }

}  // namespace sim
