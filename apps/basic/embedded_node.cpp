#include "embedded_node.h"

#include <utility>

namespace {

constexpr std::uint16_t kFirstPort = 6824;
constexpr std::uint16_t kPortsPerNetwork = 16;
constexpr std::uint16_t kNetworkRanges = 64;

/// A node on this machine answers in a millisecond; one that is busy in less than this.
constexpr base::Duration kAnswerLimit = std::chrono::milliseconds(400);
/// With the limit above, a host that is gone has a successor within two seconds.
constexpr base::Duration kLookEvery = std::chrono::milliseconds(700);

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

base::Task<void> EmbeddedNode::look_once() {
  if (node_) co_return;
  const bool answered = co_await somebody_answers();
  if (!answered) host();
}

void EmbeddedNode::keep_looking() { tasks_.start(keep_looking_task()); }

std::string EmbeddedNode::hosting() const { return node_ ? node_->local().to_string() : ""; }

base::Task<void> EmbeddedNode::keep_looking_task() {
  for (;;) {
    co_await base::sleep_for(world_.clock, kLookEvery);
    co_await look_once();
  }
}

base::Task<bool> EmbeddedNode::somebody_answers() {
  openhash::NodeOptions options;
  options.rules = options_.rules;
  options.listen = base::Endpoint::v4(127, 0, 0, 1, 0);
  options.bootstrap = options_.candidates;
  // A visitor with no memory: a node that is gone cannot live on in its routing table.
  auto visitor = openhash::Node::open(world_, std::move(options));
  if (!visitor) co_return false;
  const auto answered = co_await (*visitor)->connect(kAnswerLimit);
  co_return answered.has_value();
}

void EmbeddedNode::host() {
  for (const base::Endpoint& candidate : options_.candidates) {
    if (!is_free(candidate)) continue;
    const auto opened = open_at(candidate);
    if (opened) return world_.log.info("hosting a node endpoint=" + candidate.to_string());
    if (opened.error() == base::Errc::conflict) return;  // another Basic is just about to host
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
