#include "ohim/name.h"

#include <sodium.h>

#include <algorithm>
#include <map>

#include "ohim/errc.h"

namespace ohim {
namespace {

constexpr std::size_t kLeast = 3;
constexpr int kGroups = 12;
constexpr std::size_t kBytesAGroup = 5;

constexpr std::string_view kRule =
    "a username is 3 to 32 letters (a-z), digits, dots, dashes or underscores, and begins with a "
    "letter";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_allowed(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

base::Error invalid(std::string_view why) {
  return base::fail(Errc::name_invalid, std::string(why) + ": " + std::string(kRule));
}

/// 60 digits in groups of five.
std::string digits_of(base::ByteView input) {
  std::array<std::uint8_t, kGroups * kBytesAGroup> digest;
  crypto_generichash(digest.data(), digest.size(), input.data(), input.size(), nullptr, 0);
  base::Reader in(digest);
  std::string digits;
  for (int group = 0; group < kGroups; ++group) {
    std::uint64_t number = 0;
    for (const std::uint8_t byte : in.bytes(kBytesAGroup)) number = number << 8 | byte;
    std::string five = std::to_string(number % 100'000);
    if (group > 0) digits += ' ';
    digits += std::string(5 - five.size(), '0') + five;
  }
  return digits;
}

}  // namespace

base::Result<Name> Name::parse(std::string_view text) {
  if (text.size() < kLeast) return invalid("this name is too short");
  if (text.size() > openhash::kMaxName) return invalid("this name is too long");
  std::string name(text);
  std::ranges::transform(name, name.begin(), lower);
  if (!is_letter(name.front())) return invalid("this name does not begin with a letter");
  if (!std::ranges::all_of(name, is_allowed)) {
    return invalid("this name has a character that names cannot have");
  }
  return Name(std::move(name));
}

std::string fingerprint(const Name& name, const openhash::PublicKey& key) {
  return digits_of(
      base::Writer().bytes(base::view("ohim/1/fingerprint")).text8(name.str()).bytes(key).view());
}

std::string safety_number(const Name& one, const openhash::PublicKey& ones_key, const Name& other,
                          const openhash::PublicKey& others_key) {
  base::Writer input;
  input.bytes(base::view("ohim/1/safety-number"));
  std::map<Name, openhash::PublicKey> both{{one, ones_key}, {other, others_key}};
  for (const auto& [name, key] : both) input.text8(name.str()).bytes(key);
  return digits_of(input.view());
}

}  // namespace ohim
