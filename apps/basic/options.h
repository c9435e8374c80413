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
  enum class Face { terminal, rpc };

  Face face = Face::terminal;
  std::filesystem::path profile;
  /// "host:port" each. None: find or bring the node of this machine.
  std::vector<std::string> nodes;
  openhash::Rules rules;
  basic::ClientOptions client;
  base::LogLevel log = base::LogLevel::warn;
};
