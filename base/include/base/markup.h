#pragma once

#include <string>
#include <string_view>

namespace base {

/// `text` as the content of an element or the value of an attribute, in XML, HTML or SVG. Only
/// marks are replaced: what may not stand in a document at all (control characters, bytes that are
/// no UTF-8) is the caller's affair.
std::string escape_markup(std::string_view text);

}  // namespace base
