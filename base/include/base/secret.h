#pragma once
// Key material: in locked, guarded pages (libsodium), wiped when it goes. Cannot be copied,
// printed or turned into a string.

#include <cstdint>
#include <span>

#include "base/bytes.h"

namespace base {

class Secret {
 public:
  Secret() = default;  ///< empty
  /// Zeros, to be filled through data().
  explicit Secret(std::size_t size);
  /// Copies `bytes`; the caller wipes its own.
  static Secret copy_of(ByteView bytes);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  /// A second one with the same content, for a worker thread. On purpose not the copy constructor.
  [[nodiscard]] Secret duplicate() const { return copy_of(view()); }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  std::uint8_t* data() { return data_; }
  [[nodiscard]] const std::uint8_t* data() const { return data_; }
  std::span<std::uint8_t> bytes() { return {data_, size_}; }
  [[nodiscard]] ByteView view() const { return {data_, size_}; }

 private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Overwrites memory in a way that the compiler keeps.
void wipe(std::span<std::uint8_t> bytes);

}  // namespace base
