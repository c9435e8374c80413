#include "neighbourhood.h"

#include <algorithm>

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration kSettled = 60s;  // by then a neighbour was offered what it should hold
constexpr int kOnDuty = 5;                // some may be gone and not yet missed, one may lie

}  // namespace

bool nearer(const Key& key, const NodeId& a, const NodeId& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    const int to_a = a[i] ^ key.bytes[i];
    const int to_b = b[i] ^ key.bytes[i];
    if (to_a != to_b) return to_a < to_b;
  }
  return false;
}

std::vector<NodeId> Neighbourhood::update(const std::vector<Contact>& good, base::Instant now) {
  std::vector<NodeId> fresh;
  std::map<NodeId, base::Instant> present;
  for (const Contact& contact : good) {
    const auto known = since_.find(contact.id);
    if (known == since_.end()) fresh.push_back(contact.id);
    present.emplace(contact.id, known == since_.end() ? now : known->second);
  }
  since_ = std::move(present);
  return fresh;
}

bool Neighbourhood::on_duty(const Key& key, base::Instant now) const {
  const auto before_us = std::ranges::count_if(since_, [&](const auto& neighbour) {
    return now - neighbour.second >= kSettled && nearer(key, neighbour.first, own_);
  });
  return before_us < kOnDuty;
}

bool Neighbourhood::is_holder(const Key& key, const NodeId& node) const {
  const auto before_it = std::ranges::count_if(
      since_, [&](const auto& neighbour) { return nearer(key, neighbour.first, node); });
  return before_it + (nearer(key, own_, node) ? 1 : 0) < static_cast<int>(kReplicas);
}

}  // namespace openhash
