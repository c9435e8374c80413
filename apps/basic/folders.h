#pragma once
// Where files go, by the XDG base directory rules: a variable that is not an absolute path is as
// good as none.

#include <cstdint>
#include <filesystem>
#include <string>

/// $XDG_DATA_HOME/ohim/basic, else ~/.local/share/ohim/basic.
std::filesystem::path default_profile();
/// $XDG_STATE_HOME/ohim/node-<network>, else ~/.local/state/ohim/node-<network>: what the node
/// that Basic brings along stores for everybody on this machine.
std::filesystem::path node_state(std::uint32_t network);
