#include "rates.h"

#include <algorithm>
#include <bit>

namespace openhash {
namespace {

// Of security.md, section 8. A sign-on with 300 buddies must pass, and with it the pushes for them.
constexpr std::array<Rate, Rates::kWhats> kRates = {{
    {1000, 4000},  // datagrams
    {100, 400},    // puts
    {100, 1000},   // pushes
    {1000, 4000},  // echoes
}};

}  // namespace

Rates::Rates(std::size_t places, std::uint64_t salt)
    : salt_(salt), accounts_(std::bit_ceil(std::max(places, kWays))) {}

void Rates::refill(Account& account, base::Instant now) {
  const float seconds = std::chrono::duration<float>(now - account.seen).count();
  account.seen = now;
  if (seconds <= 0) return;
  for (std::size_t i = 0; i < kWhats; ++i) {
    account.spent[i] = std::max(0.0F, account.spent[i] - seconds * kRates[i].per_second);
  }
}

/// The network's account. Of those that may stand in its place the one that says least makes room
/// for it: the one with most tokens.
Rates::Account& Rates::account_of(const Prefix& prefix, base::Instant now) {
  const std::uint64_t hash = salted_hash(prefix, salt_);
  const auto set =
      accounts_.begin() + static_cast<std::ptrdiff_t>(hash % (accounts_.size() / kWays) * kWays);
  const auto end = set + kWays;
  const auto known = std::find_if(set, end, [&](const Account& a) { return a.prefix == prefix; });
  if (known != end) {
    refill(*known, now);
    return *known;
  }
  for (auto account = set; account != end; ++account) refill(*account, now);
  const auto least = std::min_element(
      set, end, [](const Account& a, const Account& b) { return a.spent[0] < b.spent[0]; });
  *least = {prefix, now, {}};
  return *least;
}

bool Rates::take(What what, const Prefix& from, base::Instant now) {
  const auto i = static_cast<std::size_t>(what);
  Account& account = account_of(from, now);
  if (account.spent[i] + 1 > kRates[i].burst) return false;
  account.spent[i] += 1;
  return true;
}

}  // namespace openhash
