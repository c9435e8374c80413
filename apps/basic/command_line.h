#pragma once
// The command line of `basic` and `basic-window`, which is the same.

#include <optional>

#include "options.h"

/// The exit status if the command line was the whole story (--help, a mistake), else nothing.
std::optional<int> read_command_line(int argc, char** argv, Options& options);
