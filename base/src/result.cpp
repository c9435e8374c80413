#include "base/result.h"

namespace base {
namespace {

class Category final : public std::error_category {
 public:
  const char* name() const noexcept override { return "base"; }
  std::string message(int code) const override {
    switch (static_cast<Errc>(code)) {
      case Errc::not_found:
        return "not found";
      case Errc::refused:
        return "refused";
      case Errc::conflict:
        return "somebody else holds it";
      case Errc::unreachable:
        return "nobody could be reached";
      case Errc::timed_out:
        return "no answer in time";
      case Errc::malformed:
        return "malformed";
      case Errc::too_large:
        return "too large";
      case Errc::closed:
        return "closed";
      case Errc::failed:
        return "the system failed";
    }
    return "unknown error";
  }
};

}  // namespace

const std::error_category& error_category() noexcept {
  static const Category category;
  return category;
}

std::error_code make_error_code(Errc code) noexcept {
  return {static_cast<int>(code), error_category()};
}

}  // namespace base
