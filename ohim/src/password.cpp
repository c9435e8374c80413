#include "password.h"

#include <sodium.h>
#include <zxcvbn.h>

#include <algorithm>
#include <cmath>

#include "labelled.h"
#include "ohim/password_strength.h"
#include "utf8.h"

namespace ohim {
namespace {

constexpr std::size_t kLeastBytes = 8;
constexpr std::size_t kMostBytes = 1024;
constexpr std::size_t kMostJudged = 100;  // what zxcvbn takes grows with the square, and more

constexpr std::string_view kAdvice =
    "; four or five words that have nothing to do with each other will do, and are easy to keep";

base::Error weak(std::string why) {
  return base::fail(Errc::weak_password, std::move(why) + std::string(kAdvice));
}

/// zxcvbn wants a C string: a copy with a zero behind it, in guarded pages too.
double estimate_bits(const std::string& name, const base::Secret& password) {
  const std::size_t length = std::min(password.size(), kMostJudged);
  base::Secret text(length + 1);
  std::copy_n(password.data(), length, text.data());
  const char* own_words[] = {name.c_str(), nullptr};
  return ZxcvbnMatch(reinterpret_cast<const char*>(text.data()), own_words, nullptr);
}

/// 16 bytes, as Argon2id takes them: other people's guesses are of no use for this name.
std::array<std::uint8_t, crypto_pwhash_SALTBYTES> salt_of(const Name& name, std::uint32_t network) {
  return labelled_hash<crypto_pwhash_SALTBYTES>("ohim/1/salt", network, base::view(name.str()));
}

openhash::ReplicaKeys vault_locators(const base::Secret& master, std::uint32_t network) {
  openhash::ReplicaKeys keys;
  for (std::uint8_t replica = 0; replica < keys.size(); ++replica) {
    keys[replica].bytes = keyed_hash<20>(master, "ohim/1/vault-locator", network, {&replica, 1});
  }
  return keys;
}

}  // namespace

PasswordStrength password_strength(std::string_view name, const base::Secret& password,
                                   double needed) {
  using Verdict = PasswordStrength::Verdict;
  if (password.size() < kLeastBytes) return {Verdict::too_short, 0, needed};
  if (password.size() > kMostBytes) return {Verdict::too_long, 0, needed};
  if (!is_plain_utf8(password.view())) return {Verdict::unusable, 0, needed};
  const double bits = estimate_bits(std::string(name), password);
  return {bits >= needed ? Verdict::enough : Verdict::guessable, bits, needed};
}

base::Result<void> check_password(const Name& name, const base::Secret& password,
                                  double least_bits) {
  const PasswordStrength strength = password_strength(name.str(), password, least_bits);
  switch (strength.verdict) {
    case PasswordStrength::Verdict::enough:
      return {};
    case PasswordStrength::Verdict::too_short:
      return weak("the password is shorter than 8 characters");
    case PasswordStrength::Verdict::too_long:
      return base::fail(Errc::weak_password, "the password is longer than 1024 bytes; shorten it");
    case PasswordStrength::Verdict::unusable:
      return base::fail(Errc::weak_password,
                        "the password has control characters or is not UTF-8; use characters that "
                        "every keyboard can type");
    case PasswordStrength::Verdict::guessable:
      break;
  }
  return weak("the password is too easy to guess (about " +
              std::to_string(std::lround(strength.bits)) + " bits of the " +
              std::to_string(std::lround(std::ceil(least_bits))) +
              " needed; common words, names, dates, keyboard rows and your username count little)");
}

base::Result<PasswordKeys> hash_password(const Name& name, const base::Secret& password,
                                         const PasswordCost& cost, std::uint32_t network) {
  const auto salt = salt_of(name, network);
  base::Secret master(32);
  if (crypto_pwhash(master.data(), master.size(), reinterpret_cast<const char*>(password.data()),
                    password.size(), salt.data(), cost.passes, cost.memory,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return base::fail(base::Errc::failed, "hashing the password needs " +
                                              std::to_string(cost.memory >> 20) +
                                              " MiB of memory; close something and try again");
  }
  PasswordKeys keys;
  keys.vault = vault_locators(master, network);
  keys.vault_owner = derive_secret(master, "ohim/1/vault-owner", network);
  keys.vault_sealing = derive_secret(master, "ohim/1/vault-sealing", network);
  return keys;
}

base::Task<base::Result<PasswordKeys>> hash_password_on(base::Workers& workers, Name name,
                                                        base::Secret password, PasswordCost cost,
                                                        std::uint32_t network) {
  if (password.empty() || password.size() > kMostBytes) {
    co_return base::fail(Errc::wrong_password, "no password is empty or that long");
  }
  auto shared = std::make_shared<base::Secret>(std::move(password));
  auto hash = [name, shared, cost, network] { return hash_password(name, *shared, cost, network); };
  co_return co_await base::run_on(workers, std::move(hash));
}

}  // namespace ohim
