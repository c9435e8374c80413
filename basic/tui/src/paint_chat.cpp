// The chat page: buddies to the left, the conversation to the right, the line to type below.

#include <algorithm>
#include <ctime>

#include "glyphs.h"
#include "paint.h"

namespace basic::tui {

namespace {

std::tm local_time(base::WallTime time) {
  const std::time_t seconds = time.time_since_epoch().count();
  std::tm local{};
  localtime_r(&seconds, &local);
  return local;
}

std::string format_time(base::WallTime time, const char* format) {
  const std::tm local = local_time(time);
  char text[64];
  return {text, std::strftime(text, sizeof text, format, &local)};
}

bool same_day(base::WallTime a, base::WallTime b) {
  const std::tm one = local_time(a);
  const std::tm two = local_time(b);
  return one.tm_year == two.tm_year && one.tm_yday == two.tm_yday;
}

/// Where the parts of the page are.
struct Layout {
  int list;    ///< columns of the list
  int pane;    ///< first column of the conversation
  int bottom;  ///< the rule above the line to type
};

Layout lay_out(const Canvas& canvas, std::size_t status_lines) {
  const int list = std::clamp(canvas.width() / 4, 12, 26);
  return {list, list + 2, canvas.height() - 2 - static_cast<int>(status_lines)};
}

// --- the bar at the top --------------------------------------------------------------------------

void paint_bar(const Model& model, Canvas& canvas) {
  const Style bar{.ink = Ink::bar};
  const Style bold{.ink = Ink::bar, .bold = true};
  canvas.fill(0, 0, canvas.width(), " ", bar);
  const Client::Status& self = model.self();
  std::string store = self.store_connected ? "● connected" : "○ no node answers";
  if (self.store_connected && !model.own_node().empty() && canvas.width() >= 60)
    store = "● connected, node runs here";
  if (canvas.width() < 60) store = self.store_connected ? "●" : "○ cut off";
  const int right = canvas.width() - columns(store) - 1;
  int x = canvas.put(1, 0, "Basic", bold, right);
  x = canvas.put(x + 2, 0, cut(self.username, right - x - 3), bar, right);
  const std::string own = std::string(badge(self.show).shape) + " " +
                          std::string(to_string(self.show)) + (self.idle ? ", idle" : "") +
                          (self.text.empty() ? "" : " · " + self.text);
  canvas.put(x + 1, 0, cut(own, right - x - 2), bar, right);
  canvas.put(right, 0, store, bar);
}

// --- the list
// --------------------------------------------------------------------------------------

void paint_person(const Model::Person& person, bool selected, Canvas& canvas, int y, int width) {
  const Badge shown = person.buddy ? badge(person.buddy->presence) : Badge{"✚", Ink::yellow};
  const bool there = !person.buddy || (person.buddy->presence != Presence::offline &&
                                       person.buddy->presence != Presence::unknown);
  const Style name{.bold = person.unread > 0,
                   .dim = !there && !selected && person.unread == 0,
                   .reverse = selected};
  if (selected) canvas.fill(0, y, width, " ", name);
  const bool wished = person.buddy && person.buddy->notify_when_online;
  const std::string count = person.unread > 0 ? std::to_string(std::min(person.unread, 999))
                            : wished          ? "♪"
                                              : "";
  const int right = width - columns(count) - 1;
  canvas.put(1, y, shown.shape, {.ink = shown.ink, .bold = there, .reverse = selected});
  canvas.put(3, y, cut(person.name, right - 4), name, right);
  canvas.put(right, y, count, {.ink = Ink::yellow, .bold = true, .reverse = selected});
}

void paint_list(const Model& model, Canvas& canvas, const Layout& layout) {
  for (int y = 1; y < layout.bottom; ++y) canvas.put(layout.list, y, "│", {.dim = true});
  const auto people = model.people();
  const int rows = layout.bottom - 1;
  // The selected one stays in sight.
  int first = 0;
  for (std::size_t i = 0; i < people.size(); ++i)
    if (people[i].name == model.selected()) first = std::max(0, static_cast<int>(i) - rows + 1);
  for (int i = 0; i < rows && first + i < static_cast<int>(people.size()); ++i) {
    const auto& person = people[static_cast<std::size_t>(first + i)];
    paint_person(person, person.name == model.selected(), canvas, 1 + i, layout.list);
  }
  if (people.empty()) canvas.put(1, 1, cut("no buddies yet", layout.list - 1), {.dim = true});
}

// --- the conversation
// --------------------------------------------------------------------------------

/// A row of the conversation, in up to three parts.
struct Row {
  std::string margin;
  Style margin_style;
  std::string text;
  Style style;
  std::string mark;
  Style mark_style;
  bool centred = false;
};

void add_mark(Row& row, const Message& message) {
  switch (message.state) {
    case Message::State::theirs:
    case Message::State::note:
      return;
    case Message::State::pending:
      row.mark = " …";
      row.mark_style = {.dim = true};
      return;
    case Message::State::delivered:
      row.mark = " ✓";
      row.mark_style = {.ink = Ink::green};
      return;
    case Message::State::failed:
      row.mark = " ✗";
      row.mark_style = {.ink = Ink::red, .bold = true};
      return;
  }
}

std::string margin_of(const Message& message, const std::string& name, int width) {
  const std::string who = message.state == Message::State::theirs ? name : "you";
  if (width < 44) return cut(who, 8) + ": ";
  const int room = std::clamp(columns(name), 3, 12);
  std::string margin = format_time(message.at, "%H:%M ") + cut(who, room);
  while (columns(margin) < 6 + room + 2) margin += ' ';
  return margin;
}

void add_note(std::vector<Row>& rows, const Message& message, int width) {
  for (const std::string& line : wrap("· " + message.text, width - 2))
    rows.push_back({"", {}, line, {.ink = Ink::cyan, .dim = true}, "", {}, false});
}

void add_message(std::vector<Row>& rows, const Message& message, const std::string& name,
                 int width) {
  if (message.state == Message::State::note) return add_note(rows, message, width);
  const bool theirs = message.state == Message::State::theirs;
  std::string margin = margin_of(message, name, width);
  const Style who{.ink = theirs ? Ink::cyan : Ink::blue, .bold = true};
  for (const std::string& line : wrap(message.text, width - columns(margin) - 2)) {
    rows.push_back({margin, who, line, {.dim = false}, "", {}, false});
    margin.assign(static_cast<std::size_t>(columns(margin)), ' ');
  }
  add_mark(rows.back(), message);
  if (message.state != Message::State::failed) return;
  for (const std::string& line : wrap(message.trouble, width - columns(margin)))
    rows.push_back({margin, {}, line, {.ink = Ink::red}, "", {}, false});
}

std::vector<Row> conversation_rows(const Model& model, int width, base::WallTime now) {
  std::vector<Row> rows;
  base::WallTime day = now;
  for (const Message& message : model.conversation().messages) {
    if (!same_day(message.at, day)) {
      Row row;
      row.text = "── " + format_time(message.at, "%A, %e %B") + " ──";
      row.style = {.dim = true};
      row.centred = true;
      rows.push_back(std::move(row));
      day = message.at;
    }
    add_message(rows, message, model.selected(), width);
  }
  return rows;
}

void paint_row(const Row& row, Canvas& canvas, int x, int y) {
  if (row.centred) x += std::max(0, (canvas.width() - x - columns(row.text)) / 2);
  x = canvas.put(x, y, row.margin, row.margin_style);
  x = canvas.put(x, y, row.text, row.style);
  canvas.put(x, y, row.mark, row.mark_style);
}

void paint_hint(Canvas& canvas, const Layout& layout, const std::string& text) {
  const int width = canvas.width() - layout.pane - 1;
  const auto lines = wrap(text, std::min(width, 44));
  int y = 2 + std::max(0, (layout.bottom - 2 - static_cast<int>(lines.size())) / 2);
  for (const std::string& line : lines) {
    if (y >= layout.bottom) return;
    canvas.put(layout.pane + std::max(0, (width - columns(line)) / 2), y++, line, {.dim = true});
  }
}

std::string first_hint(const Model& model) {
  for (const Model::Person& person : model.people()) {
    if (person.name == model.selected() && person.buddy && person.buddy->lists_you == false)
      return person.name + " has not added you yet,\nso texts are refused.";
  }
  return "Nothing said yet.\nType below; Enter sends it.";
}

void paint_texts(const Model& model, Canvas& canvas, const Layout& layout, base::WallTime now) {
  const auto rows = conversation_rows(model, canvas.width() - layout.pane, now);
  if (rows.empty()) return paint_hint(canvas, layout, first_hint(model));
  const int room = layout.bottom - 2;
  const int hidden = std::max(0, static_cast<int>(rows.size()) - room);
  const int first = std::max(0, hidden - model.conversation().scrolled);
  const int shown = std::min(room, static_cast<int>(rows.size()));
  for (int i = 0; i < shown; ++i)  // the newest is next to where one types
    paint_row(rows[static_cast<std::size_t>(first + i)], canvas, layout.pane,
              layout.bottom - shown + i);
  if (first < hidden)
    canvas.put(canvas.width() - 8, layout.bottom - 1, "↓ PgDn", {.ink = Ink::yellow, .bold = true});
}

/// "21:40", "yesterday 21:40", "12 Nov".
std::string format_day_and_time(base::WallTime time, base::WallTime now) {
  if (same_day(time, now)) return format_time(time, "%H:%M");
  if (same_day(time + std::chrono::hours(24), now)) return format_time(time, "yesterday %H:%M");
  return format_time(time, "%e %b");
}

/// "since 21:43, by link", "2 places, by link", "last seen yesterday 21:40".
std::string how_known(const Buddy& buddy, base::WallTime now) {
  const bool here = buddy.presence != Presence::offline && buddy.presence != Presence::unknown;
  if (!here && buddy.last_seen != base::WallTime{})
    return "last seen " + format_day_and_time(buddy.last_seen, now);
  if (buddy.since == base::WallTime{}) return {};
  std::string how = "since " + format_day_and_time(buddy.since, now);
  if (buddy.places.size() > 1) how = std::to_string(buddy.places.size()) + " places, " + how;
  if (buddy.known_by != ohim::KnownBy::none)
    how += ", by " + std::string(ohim::to_string(buddy.known_by));
  return how;
}

/// "● online · at the lake            since 21:43, by link"
void paint_heading(const Buddy& buddy, Canvas& canvas, const Layout& layout, base::WallTime now) {
  const Badge shown = badge(buddy.presence);
  int x = canvas.put(layout.pane, 1, buddy.name.str(), {.bold = true});
  x = canvas.put(x + 1, 1, shown.shape, {.ink = shown.ink, .bold = true});
  std::string words(to_string(buddy.presence));
  if (!buddy.text.empty()) words += " · " + buddy.text;
  x = canvas.put(x + 1, 1, cut(words, canvas.width() - x - 2), {.ink = shown.ink});
  const std::string how = how_known(buddy, now);
  const int at = canvas.width() - columns(how) - 1;
  if (at > x + 2) canvas.put(at, 1, how, {.dim = true});
}

void paint_pane(const Model& model, Canvas& canvas, const Layout& layout, base::WallTime now) {
  const std::string& name = model.selected();
  if (name.empty())
    return paint_hint(canvas, layout, "Nobody is on your list yet.\nType /add and a name below.");
  for (const Model::Person& person : model.people()) {
    if (person.name != name) continue;
    if (person.buddy) {
      paint_heading(*person.buddy, canvas, layout, now);
      return paint_texts(model, canvas, layout, now);
    }
    canvas.put(layout.pane, 1, name + " wants to talk", {.ink = Ink::yellow, .bold = true});
    return paint_hint(canvas, layout,
                      "Type /add " + name + " to say yes, or /ignore " + name +
                          ".\n\nTo be sure who it is, compare these numbers by voice:\n" +
                          model.request_fingerprint());
  }
}

// --- the page
// ----------------------------------------------------------------------------------------

void paint_input(const Model& model, Canvas& canvas, const Layout& layout) {
  canvas.fill(0, layout.bottom, canvas.width(), "─", {.dim = true});
  canvas.put(layout.list, layout.bottom, "┴", {.dim = true});
  const int y = layout.bottom + 1;
  canvas.put(1, y, "›", {.ink = Ink::cyan, .bold = true});
  const LineEdit::View view = model.conversation().draft.view(canvas.width() - 4);
  canvas.put(3, y, view.text);
  canvas.caret = {3 + view.caret, y, true};
}

}  // namespace

void paint_chat(const Model& model, Canvas& canvas, base::WallTime now) {
  const std::string hint = canvas.width() < 60
                               ? "Tab next · F1 help · Ctrl-C leave"
                               : "Tab next buddy · /add NAME · F1 help · Ctrl-C leave";
  const auto status = notice_lines(model, hint, canvas.width() - 2, 3);
  const Layout layout = lay_out(canvas, status.size());
  paint_bar(model, canvas);
  paint_list(model, canvas, layout);
  paint_pane(model, canvas, layout, now);
  paint_input(model, canvas, layout);
  for (std::size_t i = 0; i < status.size(); ++i)
    canvas.put(1, layout.bottom + 2 + static_cast<int>(i), status[i], notice_style(model));
}

}  // namespace basic::tui
