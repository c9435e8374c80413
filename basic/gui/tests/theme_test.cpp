// Whether what is written can be read: contrast as WCAG 2.1 counts it, at least AA.

#include "theme.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace basic::gui {
namespace {

constexpr double kAa = 4.5;

double linear(double part) {
  return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
         0.0722 * linear(colour.blueF());
}

double contrast(const QColor& one, const QColor& other) {
  const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
  return (light + 0.05) / (dark + 0.05);
}

TEST(Contrast, IsEnoughForWhateverIsWritten) {
  ASSERT_NEAR(contrast(Qt::white, Qt::black), 21, 0.01);
  for (const auto kind : {Theme::Kind::light, Theme::Kind::dark, Theme::Kind::high_contrast}) {
    const Theme theme = make_theme(kind);
    const std::pair<QColor, std::vector<QColor>> words_on[] = {
        {theme.text, {theme.window, theme.surface, theme.hover, theme.selected}},
        {theme.subtle, {theme.window, theme.surface, theme.hover, theme.selected}},
        {theme.accent, {theme.window, theme.surface, theme.their_bubble}},
        {theme.bad, {theme.window, theme.surface, theme.selected}},
        {theme.on_accent, {theme.accent}},
        {theme.own_text, {theme.own_bubble}},
        {theme.their_text, {theme.their_bubble}},
        {theme.window, {theme.text}},  // a notice
    };
    for (const auto& [words, grounds] : words_on) {
      for (const QColor& ground : grounds)
        EXPECT_GE(contrast(words, ground), kAa)
            << words.name().toStdString() << " on " << ground.name().toStdString();
    }
  }
}

}  // namespace
}  // namespace basic::gui
