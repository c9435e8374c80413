#pragma once
// What openhashd was asked for: on its command line, and in its configuration file.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"

struct Options {
  std::string listen = "0.0.0.0:6824";
  std::string state;
  std::vector<std::string> bootstrap;
  std::uint32_t network = 0;
  std::string gateway;  ///< PORT, HOST:PORT or "" for none
  std::string certificate;
  std::string certificate_key;
  bool strict = false;
  base::LogLevel log = base::LogLevel::info;
  std::optional<unsigned> work_bits;
};

/// Fills `options`; what stands on the command line counts more than what stands in the file.
/// Gives an exit status if the program is to end here (--help, --version, something is wrong).
std::optional<int> read_command_line(int argc, char** argv, Options& options);
