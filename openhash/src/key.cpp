#include "openhash/key.h"

#include <openssl/sha.h>

namespace openhash {

Key Key::of(std::string_view text) {
  const base::ByteView bytes = base::view(text);
  Key key;
  static_assert(sizeof key.bytes == SHA_DIGEST_LENGTH);
  SHA1(bytes.data(), bytes.size(), key.bytes.data());
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
