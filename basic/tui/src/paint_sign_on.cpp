// The first page: who are you?

#include <algorithm>

#include "glyphs.h"
#include "paint.h"

namespace basic::tui {

namespace {

using Field = SignOnPage::Field;

struct Card {
  int left;
  int width;
  [[nodiscard]] int right() const { return left + width; }
};

void frame(Canvas& canvas, const Card& card, int top, int bottom) {
  const Style line{.dim = true};
  const auto edge = [&](int y, const char* from, const char* to) {
    canvas.put(card.left, y, from, line);
    canvas.fill(card.left + 1, y, card.width - 2, "─", line);
    canvas.put(card.right() - 1, y, to, line);
  };
  edge(top, "╭", "╮");
  edge(bottom, "╰", "╯");
  for (int y = top + 1; y < bottom; ++y) {
    canvas.put(card.left, y, "│", line);
    canvas.put(card.right() - 1, y, "│", line);
  }
}

void field(const SignOnPage& page, Field which, const std::string& label, const LineEdit& line,
           Canvas& canvas, const Card& card, int y) {
  const bool focused = page.focus == which && !page.busy;
  const int x = card.left + 13;
  const int width = card.right() - 3 - x;
  canvas.put(card.left + 3, y, label, {.bold = focused});
  canvas.fill(x, y, width, "_", {.dim = true});
  const LineEdit::View view = which == Field::name ? line.view(width) : line.masked_view(width);
  canvas.put(x, y, view.text, {.bold = focused}, x + width);
  if (focused) canvas.caret = {x + view.caret, y, true};
}

void centred(Canvas& canvas, int y, const std::string& text, Style style) {
  canvas.put(std::max(0, (canvas.width() - columns(text)) / 2), y, text, style);
}

/// What is said beneath the card, and how.
void say(const Model& model, Canvas& canvas, int y) {
  const SignOnPage& page = model.sign_on_page();
  const int width = std::min(canvas.width() - 2, 64);
  if (page.busy) return centred(canvas, y, cut(page.step, width), {.ink = Ink::cyan});
  const std::string hint = page.registering
                               ? "A good password is long: four or five words that you make up."
                               : "New here? F2 registers a name for you.";
  for (const std::string& line : notice_lines(model, hint, width, 5))
    centred(canvas, y++, line, notice_style(model));
}

}  // namespace

void paint_sign_on(const Model& model, Canvas& canvas) {
  const SignOnPage& page = model.sign_on_page();
  const int fields = page.registering ? 3 : 2;
  const bool roomy = canvas.height() >= 18;
  const int gap = roomy ? 2 : 1;
  const int card_height = (roomy ? 5 : 3) + fields * gap;
  const int width = std::min(52, canvas.width() - 2);
  const Card card{(canvas.width() - width) / 2, width};
  int y = std::max(0, (canvas.height() - card_height - 4) / 2);
  const int bottom = y + card_height - 1;
  frame(canvas, card, y, bottom);
  centred(canvas, y, " Basic ", {.ink = Ink::cyan, .bold = true});
  y += roomy ? 2 : 1;
  centred(canvas, y, page.registering ? "Register a new name" : "Sign on", {.bold = true});
  y += gap;
  field(page, Field::name, "Name", page.name, canvas, card, y);
  field(page, Field::password, "Password", page.password, canvas, card, y += gap);
  if (page.registering) field(page, Field::again, "Again", page.again, canvas, card, y += gap);
  const std::string keys =
      page.registering ? " Enter next · F2 sign on instead " : " Enter next · F2 register ";
  centred(canvas, bottom, cut(keys, width - 4), {.dim = true});
  say(model, canvas, bottom + (roomy ? 2 : 1));
  const std::string foot = "F1 help · Ctrl-C leave";
  centred(canvas, canvas.height() - 1, foot, {.dim = true});
}

}  // namespace basic::tui
