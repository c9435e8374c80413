#pragma once
// What a store's failure means to somebody who uses presence detection.

#include <string_view>

#include "base/result.h"

namespace ohim {

/// `doing` completes "while ...". A store that does not answer is `store_unavailable`; what a store
/// said on purpose keeps its code.
base::Error store_error(const base::Error& error, std::string_view doing);

/// Whether trying the same again later may help.
bool is_unavailable(const base::Error& error);

}  // namespace ohim
