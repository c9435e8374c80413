#pragma once
// A line being typed.

#include <string>
#include <string_view>
#include <vector>

#include "glyphs.h"

namespace basic::tui {

class LineEdit {
 public:
  /// `limit` in bytes: what would be over it is not taken.
  explicit LineEdit(std::size_t limit = 16384) : limit_(limit) {}

  /// At the caret. False: it would be too long, nothing was inserted.
  bool insert(std::string_view text);
  void backspace();
  void erase();
  void left();
  void right();
  void home() { caret_ = 0; }
  void end() { caret_ = glyphs_.size(); }
  void erase_before();  ///< everything before the caret
  void erase_after();
  void erase_word();  ///< the word before the caret
  void clear();
  /// The same, and nothing of it stays in memory.
  void wipe();
  void set(std::string_view text);

  [[nodiscard]] bool empty() const { return glyphs_.empty(); }
  [[nodiscard]] std::string text() const;

  /// What fits into `width` columns with the caret in sight, and the caret's column in it.
  struct View {
    std::string text;
    int caret = 0;
  };
  [[nodiscard]] View view(int width) const;
  /// The same with a dot for each glyph.
  [[nodiscard]] View masked_view(int width) const;

 private:
  [[nodiscard]] View view_of(const std::vector<Glyph>& shown, int width) const;
  [[nodiscard]] std::string text_of(std::size_t from, std::size_t to) const;

  std::size_t limit_;
  std::vector<Glyph> glyphs_;
  std::size_t caret_ = 0;
};

}  // namespace basic::tui
