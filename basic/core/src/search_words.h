#pragma once
// What a user looks for in texts: words that must all occur, in any order and any case.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace basic {

/// `text` with its letters made small, as far as the C library knows them one by one: "Λίσα" is
/// "ΛΊΣΑ", but "ß" is not "ss". Bytes that are not UTF-8 become U+FFFD.
std::string fold_case(std::string_view text);

class SearchWords {
 public:
  static constexpr std::size_t kMaxBytes = 256;

  /// Parted by white space. `too_large`.
  static base::Result<SearchWords> parse(std::string_view words);

  /// There is nothing to look for.
  [[nodiscard]] bool empty() const { return folded_.empty(); }
  [[nodiscard]] bool all_in(std::string_view text) const;

 private:
  std::vector<std::string> folded_;
};

}  // namespace basic
