#pragma once
// What was pressed, whatever the terminal sends for it.

#include <string>

namespace basic::tui {

struct Key {
  enum class Name {
    text,  ///< characters typed or pasted: `typed`
    enter,
    escape,
    tab,
    back_tab,
    up,
    down,
    left,
    right,
    home,
    end,
    page_up,
    page_down,
    backspace,
    erase,
    erase_before,  ///< Ctrl-U
    erase_after,   ///< Ctrl-K
    erase_word,    ///< Ctrl-W
    help,          ///< F1
    other_page,    ///< F2: between signing on and registering
    redraw,        ///< Ctrl-L
    quit,          ///< Ctrl-C, Ctrl-Q
  };
  Name name = Name::text;
  std::string typed{};
};

}  // namespace basic::tui
