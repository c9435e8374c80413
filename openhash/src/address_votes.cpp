#include "address_votes.h"

#include <algorithm>

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostVotes = 16;
constexpr std::size_t kEnough = 3;
constexpr base::Duration kPatience = 5s;
constexpr base::Duration kMemory = 10min;

}  // namespace

void AddressVotes::add(const base::Endpoint& voter, const base::Endpoint& seen, base::Instant now) {
  const Prefix prefix = prefix_of(voter);
  std::erase_if(
      votes_, [&](const Vote& vote) { return vote.voter == prefix || now - vote.when > kMemory; });
  if (votes_.size() == kMostVotes) votes_.pop_front();
  votes_.push_back({prefix, host_of(seen), now});
}

std::optional<base::Endpoint> AddressVotes::winner(base::Instant now) const {
  if (votes_.empty()) return std::nullopt;
  if (votes_.size() < kEnough && now - votes_.front().when < kPatience) return std::nullopt;
  for (const Vote& candidate : votes_) {
    const auto same = std::ranges::count(votes_, candidate.seen, &Vote::seen);
    if (2 * static_cast<std::size_t>(same) > votes_.size()) return candidate.seen;
  }
  return std::nullopt;
}

}  // namespace openhash
