#pragma once
// Records in words, for people at a terminal.

#include <string>

#include "openhash/record.h"

namespace openhash_tool {

/// Several lines, each "field: value", ending with a line break. Whatever is in the record, only
/// printable ASCII comes out. `now`: to tell what has expired.
std::string describe(const openhash::Record& record, base::WallTime now);

/// "2026-11-22 21:45:00 UTC".
std::string to_text(base::WallTime time);

}  // namespace openhash_tool
