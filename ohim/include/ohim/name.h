#pragma once
// Usernames and fingerprints.

#include <compare>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "openhash/record.h"

namespace ohim {

/// A username: [a-z][a-z0-9._-]{2,31}, after ASCII lower-casing ("Milhouse" is "milhouse").
class Name {
 public:
  /// `name_invalid`, with the rule that was broken.
  static base::Result<Name> parse(std::string_view text);

  [[nodiscard]] const std::string& str() const { return text_; }
  auto operator<=>(const Name&) const = default;

 private:
  explicit Name(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// What people compare by voice: 60 digits in groups of five, from name and key.
std::string fingerprint(const Name& name, const openhash::PublicKey& key);
/// The same for two people at once: one number, whichever of them asks.
std::string safety_number(const Name& one, const openhash::PublicKey& ones_key, const Name& other,
                          const openhash::PublicKey& others_key);

}  // namespace ohim

template <>
struct std::hash<ohim::Name> {
  std::size_t operator()(const ohim::Name& name) const noexcept {
    return std::hash<std::string>{}(name.str());
  }
};
