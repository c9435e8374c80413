#pragma once
// From the model to a canvas: where things are and how they look. Pure.

#include "canvas.h"
#include "model.h"

namespace basic::tui {

/// Below this only a request for more room is drawn.
inline constexpr int kLeastWidth = 30;
inline constexpr int kLeastHeight = 8;

/// Times are shown in the time zone of the process.
Canvas paint(const Model& model, int width, int height, base::WallTime now);

// The pages, each in a source of its own.
void paint_sign_on(const Model& model, Canvas& canvas);
void paint_chat(const Model& model, Canvas& canvas, base::WallTime now);
void paint_help(Canvas& canvas);

/// The notice, wrapped to at most `most` lines; else `hint`.
std::vector<std::string> notice_lines(const Model& model, const std::string& hint, int width,
                                      std::size_t most);
Style notice_style(const Model& model);

/// A state's shape and colour: never told by colour alone.
struct Badge {
  const char* shape;
  Ink ink;
};
Badge badge(Presence presence);
Badge badge(Show show);

}  // namespace basic::tui
