#include "paint.h"

#include "command.h"
#include "glyphs.h"

namespace basic::tui {

Canvas paint(const Model& model, int width, int height, base::WallTime now) {
  Canvas canvas(width, height);
  if (width < kLeastWidth || height < kLeastHeight) {
    canvas.put(0, 0, "Please make this");
    canvas.put(0, 1, "window larger.");
  } else if (model.help()) {
    paint_help(canvas);
  } else if (model.page() == Model::Page::sign_on) {
    paint_sign_on(model, canvas);
  } else {
    paint_chat(model, canvas, now);
  }
  return canvas;
}

std::vector<std::string> notice_lines(const Model& model, const std::string& hint, int width,
                                      std::size_t most) {
  const std::string& sentence = model.current_notice().sentence;
  if (sentence.empty()) return {cut(hint, width)};
  std::vector<std::string> lines = wrap(sentence, width);
  if (lines.size() > most) {
    lines.resize(most);
    lines.back() = cut(lines.back() + " …", width);
  }
  return lines;
}

Style notice_style(const Model& model) {
  const Notice& notice = model.current_notice();
  if (notice.sentence.empty()) return {.dim = true};
  switch (notice.tone) {
    case Notice::Tone::good:
      return {.ink = Ink::green};
    case Notice::Tone::bad:
      return {.ink = Ink::red, .bold = true};
    case Notice::Tone::calm:
      break;
  }
  return {.ink = Ink::cyan};
}

Badge badge(Presence presence) {
  switch (presence) {
    case Presence::online:
      return {"●", Ink::green};
    case Presence::away:
      return {"◐", Ink::yellow};
    case Presence::busy:
      return {"⊘", Ink::red};
    case Presence::offline:
      return {"○", Ink::plain};
    case Presence::unknown:
      break;
  }
  return {"?", Ink::plain};
}

Badge badge(Show show) {
  switch (show) {
    case Show::online:
      return {"●", Ink::green};
    case Show::away:
      return {"◐", Ink::yellow};
    case Show::busy:
      return {"⊘", Ink::red};
    case Show::invisible:
      break;
  }
  return {"○", Ink::plain};
}

void paint_help(Canvas& canvas) {
  struct Row {
    std::string left;
    std::string right;
  };
  std::vector<Row> rows;
  for (const CommandHelp& command : commands())
    rows.push_back({std::string(command.usage), std::string(command.about)});
  rows.push_back({"", ""});
  rows.push_back({"Tab, Up, Down", "another buddy"});
  rows.push_back({"PgUp, PgDn", "older, newer texts"});
  rows.push_back({"Ctrl-C", "sign off and leave"});
  rows.push_back({"", ""});
  rows.push_back({"● online  ◐ away", "⊘ busy  ○ offline  ? unknown"});
  rows.push_back({"✓ delivered", "… on its way  ✗ not delivered  ♪ /tell"});

  const bool narrow = canvas.width() < 56;
  const int left = narrow ? 1 : (canvas.width() - 56) / 2 + 2;
  const int middle = left + (narrow ? 17 : 22);
  const int height = static_cast<int>(rows.size()) + 4;
  int y = std::max(0, (canvas.height() - height) / 2);
  canvas.put(left, y, "Basic", {.ink = Ink::cyan, .bold = true});
  canvas.put(left + 7, y, cut("talk without a service in between", canvas.width() - left - 7),
             {.dim = true});
  const bool roomy = canvas.height() >= height;
  y += roomy ? 2 : 1;
  for (const Row& row : rows) {
    if (row.left.empty() && !roomy) continue;
    if (y >= canvas.height() - 1) break;
    canvas.put(left, y, cut(row.left, middle - left - 1), {.bold = true});
    canvas.put(middle, y, cut(row.right, canvas.width() - middle));
    ++y;
  }
  canvas.put(left, canvas.height() - 1, "Any key goes back.", {.dim = true});
}

}  // namespace basic::tui
