#include "search_words.h"

#include <locale.h>
#include <wctype.h>

#include <algorithm>

#include "utf8.h"

namespace basic {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

/// Knows the letters of all scripts, whatever locale the program runs in. Null where there is none.
locale_t all_scripts() {
  static const locale_t kLocale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  return kLocale;
}

/// By way of the capital, so that both kinds of a small letter (σ, ς) are the same.
char32_t small(char32_t point) {
  if (point < 0x80) return point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point;
  if (all_scripts() == nullptr) return point;
  const wint_t capital = ::towupper_l(static_cast<wint_t>(point), all_scripts());
  return static_cast<char32_t>(::towlower_l(capital, all_scripts()));
}

bool is_space(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

}  // namespace

std::string fold_case(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    const auto one = utf8::decode_one(text);
    utf8::append(folded, small(one ? one->point : kReplacement));
    text.remove_prefix(one ? one->length : 1);
  }
  return folded;
}

base::Result<SearchWords> SearchWords::parse(std::string_view words) {
  if (words.size() > kMaxBytes) {
    return base::fail(base::Errc::too_large, "a search has at most 256 bytes; use fewer words");
  }
  SearchWords parsed;
  const std::string folded = fold_case(words);
  auto at = folded.begin();
  while (at != folded.end()) {
    const auto word = std::find_if_not(at, folded.end(), is_space);
    at = std::find_if(word, folded.end(), is_space);
    if (word != at) parsed.folded_.emplace_back(word, at);
  }
  return parsed;
}

bool SearchWords::all_in(std::string_view text) const {
  const std::string folded = fold_case(text);
  const auto occurs = [&folded](const std::string& word) {
    return folded.find(word) != std::string::npos;
  };
  return std::ranges::all_of(folded_, occurs);
}

}  // namespace basic
