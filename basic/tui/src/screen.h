#pragma once
// The terminal itself, by ncurses.

#include <optional>

#include "base/result.h"
#include "canvas.h"
#include "key.h"

namespace basic::tui {

/// One at a time; construction takes the terminal over, destruction gives it back.
class Screen {
 public:
  Screen();
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  /// `failed` if there is no terminal, or TERM names none that is known.
  static base::Result<void> check();

  [[nodiscard]] int width() const;
  [[nodiscard]] int height() const;
  /// After SIGWINCH.
  void resize();
  /// Everything is drawn anew with the next show().
  void forget();
  void show(const Canvas& canvas);
  /// The next key that is waiting, if any.
  std::optional<Key> read();

 private:
  std::optional<Key> read_paste();
  bool colours_ = false;
};

}  // namespace basic::tui
