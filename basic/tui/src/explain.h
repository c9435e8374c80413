#pragma once
// An explanation as people read it.

#include <string>

#include "basic/buddy.h"

namespace basic::tui {

/// "lisa is shown online: a link to her has stood for 3 min. Were it otherwise, it would show
/// within 10 s."
std::string in_a_sentence(const Explanation& explanation, base::WallTime now);

}  // namespace basic::tui
