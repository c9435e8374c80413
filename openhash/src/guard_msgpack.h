#pragma once
// Reading msgpack that a stranger sent: nothing is allocated, nothing is read outside the bytes,
// and no declared count is believed before the bytes for it were seen.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "openhash/guard.h"

namespace openhash::msgpack {

// Limits of security.md, section 8.
inline constexpr std::size_t kMaxDepth = 6;
inline constexpr std::size_t kMaxMap = 24;
inline constexpr std::size_t kMaxArray = 32;
inline constexpr std::size_t kMaxText = 64;
inline constexpr std::size_t kMaxBinary = 1300;

/// `ok` if `bytes` are one object within the limits and nothing else; else `not_msgpack` or
/// `too_deep`.
Verdict check(base::ByteView bytes);

/// The bytes of one object, taken from bytes that passed check().
using Object = base::ByteView;

struct Entry {
  Object key;
  Object value;
};

template <typename T, std::size_t N>
class FixedList {
 public:
  void push_back(const T& item) { items_[size_++] = item; }
  [[nodiscard]] std::size_t size() const { return size_; }
  const T& operator[](std::size_t i) const { return items_[i]; }
  [[nodiscard]] const T* begin() const { return items_.data(); }
  [[nodiscard]] const T* end() const { return items_.data() + size_; }

 private:
  std::array<T, N> items_{};
  std::size_t size_ = 0;
};
using Map = FixedList<Entry, kMaxMap>;
using Array = FixedList<Object, kMaxArray>;

// What an object is, or nothing if it is something else.
std::optional<std::uint64_t> number(Object object);  ///< an integer, not negative
std::optional<bool> boolean(Object object);
std::optional<std::string_view> text(Object object);
std::optional<base::ByteView> binary(Object object);
std::optional<Map> map(Object object);
std::optional<Array> array(Object object);

/// The value under a text key; of several, the first.
std::optional<Object> find(const Map& map, std::string_view key);

/// `bytes`, which passed check(), with `content` for the binary of `size` bytes at `at`; not longer
/// than that.
base::Bytes with_binary(base::ByteView bytes, std::size_t at, std::size_t size,
                        base::ByteView content);

}  // namespace openhash::msgpack
