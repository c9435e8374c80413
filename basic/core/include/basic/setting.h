#pragma once
// What of a module people may set: values that any face can make a form of.

#include <string>
#include <vector>

#include "base/result.h"

namespace basic {

struct Setting {
  enum class Kind {
    on_off,  ///< "on" or "off"
    number,  ///< a whole one, from `least` to `most`
    choice,  ///< one of `choices`
    text,    ///< UTF-8, one line of at most `most` bytes
  };

  std::string key;    ///< a short word, for programs: "words"
  std::string label;  ///< one line, for people
  Kind kind = Kind::on_off;
  std::string value;  ///< as it is now
  std::vector<std::string> choices{};
  long least = 0;
  long most = 0;

  bool operator==(const Setting&) const = default;
};

/// Whether `setting` can have this value. `malformed`, with a sentence that says what it can have.
base::Result<void> check(const Setting& setting, const std::string& value);

/// Of Kind::on_off, there and back.
inline std::string on_or_off(bool on) { return on ? "on" : "off"; }
inline bool is_on(const std::string& value) { return value == "on"; }

}  // namespace basic
