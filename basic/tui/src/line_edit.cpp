#include "line_edit.h"

#include <algorithm>

#include "base/secret.h"

namespace basic::tui {

bool LineEdit::insert(std::string_view text) {
  // A combining character joins what is before the caret, so the glyphs are counted anew.
  const std::string before = text_of(0, caret_) + std::string(text);
  const std::string whole = before + text_of(caret_, glyphs_.size());
  if (whole.size() > limit_) return false;
  glyphs_ = glyphs(whole);
  caret_ = std::min(glyphs(before).size(), glyphs_.size());
  return true;
}

void LineEdit::backspace() {
  if (caret_ == 0) return;
  --caret_;
  erase();
}

void LineEdit::erase() {
  if (caret_ < glyphs_.size()) glyphs_.erase(glyphs_.begin() + static_cast<std::ptrdiff_t>(caret_));
}

void LineEdit::left() {
  if (caret_ > 0) --caret_;
}

void LineEdit::right() {
  if (caret_ < glyphs_.size()) ++caret_;
}

void LineEdit::erase_before() {
  glyphs_.erase(glyphs_.begin(), glyphs_.begin() + static_cast<std::ptrdiff_t>(caret_));
  caret_ = 0;
}

void LineEdit::erase_after() { glyphs_.resize(caret_); }

void LineEdit::erase_word() {
  while (caret_ > 0 && glyphs_[caret_ - 1].bytes == " ") backspace();
  while (caret_ > 0 && glyphs_[caret_ - 1].bytes != " ") backspace();
}

void LineEdit::clear() {
  glyphs_.clear();
  caret_ = 0;
}

void LineEdit::wipe() {
  for (Glyph& glyph : glyphs_)
    base::wipe({reinterpret_cast<std::uint8_t*>(glyph.bytes.data()), glyph.bytes.size()});
  clear();
}

void LineEdit::set(std::string_view text) {
  clear();
  insert(text);
}

std::string LineEdit::text() const { return text_of(0, glyphs_.size()); }

std::string LineEdit::text_of(std::size_t from, std::size_t to) const {
  std::string out;
  for (std::size_t i = from; i < to; ++i) out += glyphs_[i].bytes;
  return out;
}

LineEdit::View LineEdit::view(int width) const {
  std::vector<Glyph> shown = glyphs_;
  for (Glyph& glyph : shown)
    if (glyph.bytes == "\n") glyph.bytes = "⏎";
  return view_of(shown, width);
}

LineEdit::View LineEdit::masked_view(int width) const {
  return view_of(std::vector<Glyph>(glyphs_.size(), Glyph{"•", 1}), width);
}

LineEdit::View LineEdit::view_of(const std::vector<Glyph>& shown, int width) const {
  // As much before the caret as leaves a column for the caret itself.
  std::size_t first = caret_;
  int before = 0;
  while (first > 0 && before + shown[first - 1].columns < width) before += shown[--first].columns;
  View view;
  view.caret = before;
  int used = 0;
  for (std::size_t i = first; i < shown.size() && used + shown[i].columns <= width; ++i) {
    view.text += shown[i].bytes;
    used += shown[i].columns;
  }
  return view;
}

}  // namespace basic::tui
