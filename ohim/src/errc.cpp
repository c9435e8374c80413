#include "ohim/errc.h"

#include <string>

namespace ohim {
namespace {

class Category final : public std::error_category {
 public:
  const char* name() const noexcept override { return "ohim"; }
  std::string message(int code) const override {
    switch (static_cast<Errc>(code)) {
      case Errc::name_invalid:
        return "not a possible username";
      case Errc::name_taken:
        return "the username is taken";
      case Errc::weak_password:
        return "the password is too easy to guess";
      case Errc::wrong_password:
        return "the password is wrong";
      case Errc::no_such_user:
        return "nobody has this username";
      case Errc::contested_name:
        return "several people claim this username; compare fingerprints";
      case Errc::key_changed:
        return "the username belongs to another key than before";
      case Errc::not_signed_on:
        return "not signed on";
      case Errc::already_signed_on:
        return "already signed on";
      case Errc::not_a_buddy:
        return "not on the buddy list";
      case Errc::store_unavailable:
        return "no OpenHash node answers; nothing was lost, try again";
    }
    return "unknown error " + std::to_string(code);
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

}  // namespace ohim
