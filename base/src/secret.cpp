#include "base/secret.h"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <utility>

#include "sodium_ready.h"

namespace base {

void ensure_sodium() {
  static const int ready = sodium_init();
  if (ready < 0) std::abort();  // No random numbers: nothing that we do would be safe.
}

Secret::Secret(std::size_t size) : size_(size) {
  if (size == 0) return;
  ensure_sodium();
  data_ = static_cast<std::uint8_t*>(sodium_malloc(size));
  if (data_ == nullptr) throw std::bad_alloc();
  std::fill_n(data_, size, std::uint8_t{0});
}

Secret Secret::copy_of(ByteView bytes) {
  Secret secret(bytes.size());
  std::ranges::copy(bytes, secret.data_);
  return secret;
}

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  sodium_free(data_);
  data_ = std::exchange(other.data_, nullptr);
  size_ = std::exchange(other.size_, 0);
  return *this;
}

Secret::~Secret() { sodium_free(data_); }  // wipes; nullptr is fine

void wipe(std::span<std::uint8_t> bytes) {
  if (!bytes.empty()) sodium_memzero(bytes.data(), bytes.size());
}

}  // namespace base
