// Basic: the client people chat with. This file finds out which face is wanted, and hands over.

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "command_line.h"
#include "faces.h"
#include "private_memory.h"

namespace {

namespace fs = std::filesystem;

/// A program of its own, so that scripts and terminals do not carry a toolkit along. It lies beside
/// this one.
fs::path window_program() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path() / "basic-window";
}

bool has_display() {
  for (const char* const name : {"WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM"}) {
    const char* const value = std::getenv(name);
    if (value != nullptr && *value != '\0') return true;
  }
  return false;
}

int run_window(char** argv) {
  const fs::path program = window_program();
  execv(program.c_str(), argv);
  std::fprintf(stderr, "basic: %s: %s; install the window, or use --terminal\n", program.c_str(),
               std::strerror(errno));
  return 1;
}

Options::Face fitting_face() {
  const bool window = has_display() && access(window_program().c_str(), X_OK) == 0;
  return window ? Options::Face::window : Options::Face::terminal;
}

}  // namespace

int main(int argc, char** argv) {
  keep_memory_private();
  signal(SIGPIPE, SIG_IGN);  // a reader that is gone is an error of write()
  Options options;
  if (const auto status = read_command_line(argc, argv, options)) return *status;
  if (options.face == Options::Face::whatever_fits) options.face = fitting_face();
  switch (options.face) {
    case Options::Face::rpc:
      return run_rpc(options);
    case Options::Face::window:
      return run_window(argv);
    case Options::Face::terminal:
    case Options::Face::whatever_fits:
      break;
  }
  return run_terminal(options);
}
