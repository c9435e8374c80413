#pragma once
// A value or an error: how everything in this project that can fail answers.
// The member names are those of std::expected (C++23), which the compilers of Debian 12 lack.

#include <cassert>
#include <string>
#include <system_error>
#include <utility>
#include <variant>

namespace base {

/// What went wrong, as far as a caller would act differently. Layers above add codes of their own
/// (ohim::Errc) as another std::error_category; see `make_error_code` in their headers.
enum class Errc {
  not_found = 1,  ///< asked, answered: there is none
  refused,        ///< somebody entitled to decide said no
  conflict,       ///< somebody else holds it, or was first
  unreachable,    ///< nobody answered; trying later may help
  timed_out,      ///< somebody is there, but the answer did not come in time
  malformed,      ///< these bytes are not what they claim to be
  too_large,      ///< over a stated limit
  closed,         ///< it was open once; whoever held the other end is gone, or we closed it
  failed,         ///< the machine below us failed (disk full, no descriptors)
};

const std::error_category& error_category() noexcept;
std::error_code make_error_code(Errc code) noexcept;

}  // namespace base

template <>
struct std::is_error_code_enum<base::Errc> : std::true_type {};

namespace base {

/// A code to act on and a sentence to show: what happened, to what, and what to do about it.
struct Error {
  std::error_code code;
  std::string what;

  /// The sentence; where there is none, the code's own words.
  [[nodiscard]] std::string message() const { return what.empty() ? code.message() : what; }
};

inline bool operator==(const Error& error, const std::error_code& code) {
  return error.code == code;
}

template <typename T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: a value is a result
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: so is an error

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(value()); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  T& value() {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  const T& value() const {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] const Error& error() const {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }
  T value_or(T fallback) const { return has_value() ? value() : std::move(fallback); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(Error error) : error_(std::move(error)), failed_(true) {}  // NOLINT: an error is a result

  [[nodiscard]] bool has_value() const { return !failed_; }
  explicit operator bool() const { return has_value(); }
  [[nodiscard]] const Error& error() const {
    assert(failed_);
    return error_;
  }

 private:
  Error error_;
  bool failed_ = false;
};

/// Shorthand for returning: `return fail(Errc::refused, "the name is taken")`.
inline Error fail(std::error_code code, std::string what = {}) { return {code, std::move(what)}; }

}  // namespace base
