#include "neighbourhood.h"

#include <algorithm>

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration kSettled = 60s;    // by then a neighbour was offered what it should hold
constexpr base::Duration kForgotten = 60s;  // away for so long, it may have missed something
constexpr int kOnDuty = 5;                  // some may be gone and not yet missed, one may lie

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
  updated_ = now;
  std::vector<NodeId> fresh;
  for (const Contact& contact : good) {
    const auto [known, is_new] = neighbours_.try_emplace(contact.id, Neighbour{now, now});
    known->second.seen = now;
    if (is_new) fresh.push_back(contact.id);
  }
  std::erase_if(neighbours_, [now](const auto& one) { return now - one.second.seen > kForgotten; });
  return fresh;
}

bool Neighbourhood::knows(const NodeId& node) const {
  const auto known = neighbours_.find(node);
  return known != neighbours_.end() && is_there(known->second);
}

bool Neighbourhood::empty() const {
  return std::ranges::none_of(neighbours_,
                              [this](const auto& one) { return is_there(one.second); });
}

bool Neighbourhood::on_duty(const Key& key, base::Instant now) const {
  const auto before_us = std::ranges::count_if(neighbours_, [&](const auto& one) {
    const auto& [id, neighbour] = one;
    return is_there(neighbour) && now - neighbour.since >= kSettled && nearer(key, id, own_);
  });
  return before_us < kOnDuty;
}

bool Neighbourhood::is_holder(const Key& key, const NodeId& node) const {
  const auto before_it = std::ranges::count_if(neighbours_, [&](const auto& one) {
    return is_there(one.second) && nearer(key, one.first, node);
  });
  return before_it + (nearer(key, own_, node) ? 1 : 0) < static_cast<int>(kReplicas);
}

}  // namespace openhash
