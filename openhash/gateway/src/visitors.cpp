#include "visitors.h"

#include <algorithm>

namespace openhash::gateway {
namespace {

/// An IPv4 address, or an IPv6 /64: who has one of these addresses has all of them.
base::Endpoint account_of(base::Endpoint from) {
  from.port = 0;
  if (!from.is_v4()) std::fill(from.address.begin() + 8, from.address.end(), std::uint8_t{0});
  return from;
}

}  // namespace

std::optional<Visitors::Pass> Visitors::enter(const base::Endpoint& from, base::Instant now) {
  if (accounts_.size() >= forget_at_) forget_settled(now);
  const bool trusted = from.is_loopback();
  auto& visitor = accounts_[account_of(from)];
  if (!visitor) {
    const base::TokenBucket full(limits_.operations_per_second, limits_.operations_at_once);
    visitor = std::make_shared<Visitor>(Visitor{trusted, 0, full});
  }
  if (!trusted && visitor->connections >= limits_.connections_per_address) return std::nullopt;
  return Pass(visitor);
}

bool Visitors::charge(Visitor& visitor, double operations, base::Instant now) const {
  return visitor.trusted || visitor.operations.try_take(operations, now);
}

/// Those who are gone and whose account is settled; what is left doubles before the next look.
void Visitors::forget_settled(base::Instant now) {
  std::erase_if(accounts_, [now](const auto& entry) {
    return entry.second->connections == 0 && entry.second->operations.full(now);
  });
  forget_at_ = std::max<std::size_t>(256, accounts_.size() * 2);
}

}  // namespace openhash::gateway
