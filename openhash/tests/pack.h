#pragma once
// Writes msgpack for tests: what an engine would send, and what it would never send.

#include <algorithm>
#include <string_view>

#include "base/bytes.h"

namespace openhash {

class Pack {
 public:
  Pack& map(std::uint8_t entries) { return byte(static_cast<std::uint8_t>(0x80 | entries)); }
  Pack& array(std::uint8_t items) { return byte(static_cast<std::uint8_t>(0x90 | items)); }
  Pack& text(std::string_view value) {
    out_.u8(0xd9).text8(value);
    return *this;
  }
  Pack& binary(base::ByteView value) {
    out_.u8(0xc5).u16(static_cast<std::uint16_t>(value.size())).bytes(value);
    return *this;
  }
  Pack& number(std::uint64_t value) {
    out_.u8(0xcf).u64(value);
    return *this;
  }
  Pack& flag(bool value) { return byte(value ? 0xc3 : 0xc2); }
  /// One byte as it is.
  Pack& byte(std::uint8_t value) {
    out_.u8(value);
    return *this;
  }
  /// Objects packed elsewhere.
  Pack& raw(base::ByteView value) {
    out_.bytes(value);
    return *this;
  }
  [[nodiscard]] const base::Bytes& bytes() const { return out_.view(); }

 private:
  base::Writer out_;
};

/// The token in a datagram, without which nobody may put; empty if there is none.
inline base::Bytes token_in(base::ByteView datagram) {
  const base::Bytes mark = {0xa5, 't', 'o', 'k', 'e', 'n', 0xc4, 32};
  const auto at = std::search(datagram.begin(), datagram.end(), mark.begin(), mark.end());
  if (at == datagram.end()) return {};
  const auto begin = at + static_cast<std::ptrdiff_t>(mark.size());
  return {begin, begin + 32};
}

}  // namespace openhash
