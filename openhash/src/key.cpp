#include "openhash/key.h"

#include <openssl/sha.h>

#include <algorithm>

namespace openhash {

Key Key::of(std::string_view text) {
  const base::ByteView bytes = base::view(text);
  Key key;
  static_assert(sizeof key.bytes == SHA_DIGEST_LENGTH);
  SHA1(bytes.data(), bytes.size(), key.bytes.data());
  return key;
}

Key Key::parse(std::string_view text) {
  Key key;
  const auto bytes = base::from_hex(text);
  if (!bytes || bytes->size() != key.bytes.size()) return of(canonical(text));
  std::ranges::copy(*bytes, key.bytes.begin());
  return key;
}

std::string canonical(std::string_view text) {
  std::string result(text);
  const std::size_t name_end = text.find("'s ");
  if (name_end == std::string_view::npos) return result;
  for (std::size_t i = 0; i < name_end; ++i) {
    if (result[i] >= 'A' && result[i] <= 'Z') result[i] = static_cast<char>(result[i] - 'A' + 'a');
  }
  return result;
}

}  // namespace openhash
