#pragma once
// Bytes as they arrive, cut into lines.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

/// One stream's cutter. Holds at most `limit` bytes: a longer line is skipped to its end and
/// reported once.
class LineCutter {
 public:
  struct Events {
    std::function<void(std::string_view line)> line;  ///< without its newline
    std::function<void()> oversize;
  };
  LineCutter(std::size_t limit, Events events);

  void feed(std::string_view bytes);
  /// The stream has ended: what is left is a line, too, if there is anything.
  void finish();

 private:
  void append(std::string_view part);
  void end_line();

  std::size_t limit_;
  Events events_;
  std::string line_;
  bool skipping_ = false;
};
