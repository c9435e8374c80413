#pragma once
// Is it text?

#include "base/bytes.h"

namespace ohim {

/// Well-formed UTF-8 (RFC 3629: shortest forms, no surrogates) without control characters.
bool is_plain_utf8(base::ByteView text);

}  // namespace ohim
