#pragma once
// What `basic` was asked for on its command line.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/log.h"
#include "basic/client.h"
#include "openhash/rules.h"

struct Options {
  /// `whatever_fits`: a window where there is a display, else the terminal.
  enum class Face { whatever_fits, window, terminal, rpc };

  Face face = Face::whatever_fits;
  std::filesystem::path profile;
  /// "host:port" each. None: find or bring the node of this machine.
  std::vector<std::string> nodes;
  openhash::Rules rules;
  basic::ClientOptions client;
  base::LogLevel log = base::LogLevel::warn;
};
