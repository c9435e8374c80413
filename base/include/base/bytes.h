#pragma once
// Bytes, and reading and writing them with bounds. Integers are big-endian throughout the project.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView view(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline Bytes to_bytes(ByteView bytes) { return {bytes.begin(), bytes.end()}; }
inline std::string to_string(ByteView bytes) { return {bytes.begin(), bytes.end()}; }
bool equal(ByteView a, ByteView b);

/// Lower-case hexadecimal; from_hex takes both cases and nothing else.
std::string to_hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view hex);
/// RFC 4648 section 4, padded; from_base64 takes exactly what to_base64 gives.
std::string to_base64(ByteView bytes);
std::optional<Bytes> from_base64(std::string_view text);

/// Appends to a growing buffer.
class Writer {
 public:
  Writer& u8(std::uint8_t value);
  Writer& u16(std::uint16_t value);
  Writer& u32(std::uint32_t value);
  Writer& u64(std::uint64_t value);
  Writer& bytes(ByteView value);
  /// One byte of length, then the text; the caller has made sure of at most 255 bytes.
  Writer& text8(std::string_view value);
  /// Zeros until the buffer is `size` long.
  Writer& pad_to(std::size_t size);

  [[nodiscard]] std::size_t size() const { return out_.size(); }
  [[nodiscard]] const Bytes& view() const { return out_; }
  Bytes take() { return std::move(out_); }

 private:
  Bytes out_;
};

/// Reads from borrowed bytes. A read past the end yields zeros and makes ok() false for good, so a
/// decoder reads everything first and asks once at the end. Never reads outside the bytes.
class Reader {
 public:
  explicit Reader(ByteView bytes) : rest_(bytes) {}

  std::uint8_t u8();
  std::uint16_t u16();
  std::uint32_t u32();
  std::uint64_t u64();
  ByteView bytes(std::size_t count);
  std::string text8();
  template <std::size_t N>
  std::array<std::uint8_t, N> array() {
    std::array<std::uint8_t, N> out{};
    const ByteView in = bytes(N);
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = in[i];
    return out;
  }

  [[nodiscard]] ByteView rest() const { return rest_; }
  [[nodiscard]] bool ok() const { return ok_; }
  /// True if nothing was missing and nothing is left over.
  [[nodiscard]] bool finished() const { return ok_ && rest_.empty(); }

 private:
  ByteView rest_;
  bool ok_ = true;
};

}  // namespace base
