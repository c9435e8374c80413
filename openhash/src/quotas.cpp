#include "quotas.h"

namespace openhash {
namespace {

template <typename Who>
std::size_t count_of(const std::map<Who, std::size_t>& counts, const Who& who) {
  const auto count = counts.find(who);
  return count == counts.end() ? 0 : count->second;
}

template <typename Who>
void decrease(std::map<Who, std::size_t>& counts, const Who& who) {
  const auto count = counts.find(who);
  if (--count->second == 0) counts.erase(count);
}

}  // namespace

bool Quotas::has_room(const PublicKey& owner, const Source& source) const {
  if (count_ >= most_ || count_of(owners_, owner) >= kOfOwner) return false;
  if (source.prefix == Prefix{}) return true;
  const std::size_t share = source.neighbour ? kNeighboursShare : kStrangersShare;
  return count_of(sources_, source.prefix) < most_ / share;
}

void Quotas::add(const PublicKey& owner, const Prefix& source) {
  ++count_;
  ++owners_[owner];
  if (source != Prefix{}) ++sources_[source];
}

void Quotas::remove(const PublicKey& owner, const Prefix& source) {
  --count_;
  decrease(owners_, owner);
  if (source != Prefix{}) decrease(sources_, source);
}

}  // namespace openhash
