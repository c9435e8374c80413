#include "basic/setting.h"

#include <algorithm>
#include <charconv>

#include "basic/display.h"

namespace basic {
namespace {

bool is_number_of(const Setting& setting, const std::string& value) {
  long number = 0;
  const char* const end = value.data() + value.size();
  const auto read = std::from_chars(value.data(), end, number);
  return read.ec == std::errc() && read.ptr == end && number >= setting.least &&
         number <= setting.most;
}

bool is_line_of(const Setting& setting, const std::string& value) {
  return value.size() <= static_cast<std::size_t>(setting.most) && is_utf8(value) &&
         value.find('\n') == std::string::npos;
}

std::string listed(const std::vector<std::string>& choices) {
  std::string list;
  for (const std::string& choice : choices) list += (list.empty() ? "" : ", ") + choice;
  return list;
}

base::Result<void> unless(bool fits, const Setting& setting, const std::string& what_it_is) {
  if (fits) return {};
  return base::fail(base::Errc::malformed, "'" + setting.key + "' is " + what_it_is);
}

}  // namespace

base::Result<void> check(const Setting& setting, const std::string& value) {
  switch (setting.kind) {
    case Setting::Kind::on_off:
      return unless(value == "on" || value == "off", setting, "on or off");
    case Setting::Kind::number:
      return unless(is_number_of(setting, value), setting,
                    "a whole number from " + std::to_string(setting.least) + " to " +
                        std::to_string(setting.most));
    case Setting::Kind::choice:
      return unless(std::ranges::find(setting.choices, value) != setting.choices.end(), setting,
                    "one of: " + listed(setting.choices));
    case Setting::Kind::text:
      return unless(is_line_of(setting, value), setting,
                    "one line of UTF-8, at most " + std::to_string(setting.most) + " bytes");
  }
  return base::fail(base::Errc::malformed, "'" + setting.key + "' cannot be set");
}

}  // namespace basic
