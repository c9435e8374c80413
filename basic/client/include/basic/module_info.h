#pragma once
// A feature as people see it: what it is for, whether it is on, and what of it can be set.

#include <string>
#include <vector>

#include "basic/setting.h"

namespace basic {

struct ModuleInfo {
  std::string name;     ///< a short word: "text"
  std::string purpose;  ///< one line; of a needed one also why it is needed
  bool on = true;
  bool needed = false;  ///< cannot be switched off
  std::vector<Setting> settings{};

  bool operator==(const ModuleInfo&) const = default;
};

}  // namespace basic
