#pragma once
// The configuration file of openhashd: `option = value`, one a line, `#` starts a comment. The
// options are those of the command line, under the same names.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// One line of the file that sets something.
struct Setting {
  std::string option;  ///< without the two dashes
  std::string value;   ///< without the quotes it may stand in
  unsigned line = 0;
};

/// All settings in their order. `malformed`: the sentence begins with the number of the line.
base::Result<std::vector<Setting>> parse_config(std::string_view text);

/// The same from a file. Every sentence begins with the file's name. `failed`: it cannot be read;
/// `too_large` beyond 64 KiB.
base::Result<std::vector<Setting>> read_config(const std::string& file);
