#include "screen.h"

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <climits>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <string>

#define NCURSES_NOMACROS
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
// term.h claims these words for capabilities.
#undef back_tab
#undef tab

namespace basic::tui {

namespace {

constexpr int kPasteBegin = KEY_MAX + 1;
constexpr int kPasteEnd = KEY_MAX + 2;
constexpr const char* kBracketedPasteOn = "\x1b[?2004h";
constexpr const char* kBracketedPasteOff = "\x1b[?2004l";
constexpr std::size_t kLongestPaste = 16384;

void use_utf8() {
  std::setlocale(LC_ALL, "");
  if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0) std::setlocale(LC_CTYPE, "C.UTF-8");
}

void tell_terminal(const char* sequence) {
  static_cast<void>(!::write(STDOUT_FILENO, sequence, std::strlen(sequence)));
}

std::string to_utf8(wint_t point) {
  char bytes[MB_LEN_MAX];
  std::mbstate_t state{};
  const std::size_t length = std::wcrtomb(bytes, static_cast<wchar_t>(point), &state);
  return length == static_cast<std::size_t>(-1) ? "" : std::string(bytes, length);
}

Key key_of_code(wint_t code) {
  switch (code) {
    case KEY_ENTER:
      return {Key::Name::enter};
    case KEY_BTAB:
      return {Key::Name::back_tab};
    case KEY_UP:
      return {Key::Name::up};
    case KEY_DOWN:
      return {Key::Name::down};
    case KEY_LEFT:
      return {Key::Name::left};
    case KEY_RIGHT:
      return {Key::Name::right};
    case KEY_HOME:
      return {Key::Name::home};
    case KEY_END:
      return {Key::Name::end};
    case KEY_PPAGE:
      return {Key::Name::page_up};
    case KEY_NPAGE:
      return {Key::Name::page_down};
    case KEY_BACKSPACE:
      return {Key::Name::backspace};
    case KEY_DC:
      return {Key::Name::erase};
    case KEY_F(1):
      return {Key::Name::help};
    case KEY_F(2):
      return {Key::Name::other_page};
    case KEY_RESIZE:
      return {Key::Name::redraw};
    default:
      return {};  // a text of nothing
  }
}

constexpr wint_t control(char letter) { return static_cast<wint_t>(letter & 0x1f); }

Key key_of_character(wint_t point) {
  switch (point) {
    case '\r':
    case '\n':
      return {Key::Name::enter};
    case '\t':
      return {Key::Name::tab};
    case 0x1b:
      return {Key::Name::escape};
    case 0x7f:
    case control('H'):
      return {Key::Name::backspace};
    case control('A'):
      return {Key::Name::home};
    case control('E'):
      return {Key::Name::end};
    case control('D'):
      return {Key::Name::erase};
    case control('U'):
      return {Key::Name::erase_before};
    case control('K'):
      return {Key::Name::erase_after};
    case control('W'):
      return {Key::Name::erase_word};
    case control('N'):
      return {Key::Name::down};
    case control('P'):
      return {Key::Name::up};
    case control('L'):
      return {Key::Name::redraw};
    case control('C'):
    case control('Q'):
      return {Key::Name::quit};
    default:
      break;
  }
  if (point < 0x20) return {};
  return {Key::Name::text, to_utf8(point)};
}

void start_colours() {
  start_color();
  use_default_colors();
  init_pair(static_cast<short>(Ink::green), COLOR_GREEN, -1);
  init_pair(static_cast<short>(Ink::yellow), COLOR_YELLOW, -1);
  init_pair(static_cast<short>(Ink::red), COLOR_RED, -1);
  init_pair(static_cast<short>(Ink::blue), COLOR_BLUE, -1);
  init_pair(static_cast<short>(Ink::cyan), COLOR_CYAN, -1);
  init_pair(static_cast<short>(Ink::bar), COLOR_WHITE, COLOR_BLUE);
}

void use(const Style& style, bool colours) {
  attr_t attributes = A_NORMAL;
  if (style.bold) attributes |= A_BOLD;
  if (style.dim) attributes |= A_DIM;
  if (style.reverse || (style.ink == Ink::bar && !colours)) attributes |= A_REVERSE;
  attr_set(attributes, colours ? static_cast<short>(style.ink) : short{0}, nullptr);
}

}  // namespace

base::Result<void> Screen::check() {
  const auto no = [](const std::string& what) {
    return base::fail(base::Errc::failed, what + " Scripts and pipes use 'basic rpc' instead.");
  };
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
    return no("The terminal client needs a terminal, and there is none here.");
  int problem = 0;
  if (setupterm(nullptr, STDOUT_FILENO, &problem) != OK)
    return no("The terminal is of a kind that is not known here: set TERM, for example to xterm.");
  return {};
}

Screen::Screen() {
  use_utf8();
  initscr();
  raw();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  set_escdelay(25);
  colours_ = has_colors();
  if (colours_) start_colours();
  define_key("\x1b[200~", kPasteBegin);
  define_key("\x1b[201~", kPasteEnd);
  tell_terminal(kBracketedPasteOn);
}

Screen::~Screen() {
  tell_terminal(kBracketedPasteOff);
  endwin();
}

int Screen::width() const { return getmaxx(stdscr); }
int Screen::height() const { return getmaxy(stdscr); }

void Screen::resize() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return;
  resizeterm(size.ws_row, size.ws_col);
  forget();
}

void Screen::forget() { clearok(stdscr, TRUE); }

void Screen::show(const Canvas& canvas) {
  werase(stdscr);
  for (int y = 0; y < canvas.height(); ++y) {
    for (int x = 0; x < canvas.width(); ++x) {
      const Cell& cell = canvas.at(x, y);
      if (cell.glyph.empty() || cell == Cell{}) continue;
      use(cell.style, colours_);
      mvaddstr(y, x, cell.glyph.c_str());
    }
  }
  curs_set(canvas.caret.shown ? 1 : 0);
  wmove(stdscr, canvas.caret.y, canvas.caret.x);
  refresh();
}

std::optional<Key> Screen::read() {
  wint_t code = 0;
  const int kind = get_wch(&code);
  if (kind == ERR) return std::nullopt;
  if (kind != KEY_CODE_YES) return key_of_character(code);
  if (code == kPasteBegin) return read_paste();
  return key_of_code(code);
}

std::optional<Key> Screen::read_paste() {
  // What is pasted arrives at once; its newlines are part of the text, and send nothing.
  Key key;
  timeout(200);
  for (;;) {
    wint_t code = 0;
    const int kind = get_wch(&code);
    if (kind == ERR || (kind == KEY_CODE_YES && code == kPasteEnd)) break;
    if (kind == KEY_CODE_YES || key.typed.size() > kLongestPaste) continue;
    if (code == '\r' || code == '\n') key.typed += '\n';
    if (code == '\t') key.typed += ' ';
    if (code >= 0x20 && code != 0x7f) key.typed += to_utf8(code);
  }
  timeout(0);
  return key;
}

}  // namespace basic::tui
