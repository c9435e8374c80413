#pragma once
// The status page for people. Its parts are files beside this one, put into the program by CMake.

#include <string>
#include <string_view>

#include "report.h"

namespace page {

/// Nothing from elsewhere, nothing inline, no frames around it.
inline constexpr const char* kSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

extern const std::string_view kTemplate;
extern const std::string_view kStyle;
extern const std::string_view kScript;
extern const std::string_view kIcon;

/// The page as it is without a script: state, sentence, figures. The script makes it live.
std::string html(const Report& report);

}  // namespace page
