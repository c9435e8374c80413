#include "embedded_node.h"

#include <utility>

namespace {

constexpr std::uint16_t kFirstPort = 6824;
constexpr std::uint16_t kPortsPerNetwork = 16;
constexpr std::uint16_t kNetworkRanges = 64;

/// The lock of the state folder is free as soon as the host's process is gone, however it went.
constexpr base::Duration kLookEvery = std::chrono::milliseconds(500);

}  // namespace

std::vector<base::Endpoint> local_candidates(std::uint32_t network) {
  const auto range = static_cast<std::uint16_t>(network % kNetworkRanges);
  const auto first = static_cast<std::uint16_t>(kFirstPort + kPortsPerNetwork * range);
  std::vector<base::Endpoint> candidates;
  for (std::uint16_t i = 0; i < kPortsPerNetwork; ++i)
    candidates.push_back(base::Endpoint::v4(127, 0, 0, 1, static_cast<std::uint16_t>(first + i)));
  return candidates;
}

EmbeddedNode::EmbeddedNode(base::World& world, EmbeddedNodeOptions options,
                           std::function<void(const std::string&)> warn)
    : world_(world), options_(std::move(options)), warn_(std::move(warn)) {}

void EmbeddedNode::start() {
  host();
  if (!node_) look_again_ = world_.clock.call_after(kLookEvery, [this] { start(); });
}

std::string EmbeddedNode::hosting() const { return node_ ? node_->local().to_string() : ""; }

void EmbeddedNode::host() {
  for (const base::Endpoint& candidate : options_.candidates) {
    if (!is_free(candidate)) continue;
    const auto opened = open_at(candidate);
    if (opened) return world_.log.info("hosting a node endpoint=" + candidate.to_string());
    if (opened.error() == base::Errc::conflict) return;  // another process hosts
    if (!is_free(candidate)) continue;                   // taken between our two looks
    if (options_.state.empty()) return world_.log.error(opened.error().message());
    warn_("What others store here is kept in memory only: " + opened.error().message());
    options_.state.clear();
    return host();
  }
}

base::Result<void> EmbeddedNode::open_at(const base::Endpoint& endpoint) {
  openhash::NodeOptions options;
  options.role = openhash::Role::storage;
  options.rules = options_.rules;
  options.listen = endpoint;
  options.state = options_.state;
  for (const base::Endpoint& other : options_.candidates)
    if (other != endpoint) options.bootstrap.push_back(other);
  auto node = openhash::Node::open(world_, std::move(options));
  if (!node) return node.error();
  node_ = std::move(*node);
  return {};
}

bool EmbeddedNode::is_free(const base::Endpoint& endpoint) {
  return world_.transport.open_datagram(endpoint, [](auto, auto&) {}).has_value();
}
