#include "gateway/named_nodes.h"

#include <algorithm>
#include <optional>

#include "gateway/gateway_store.h"
#include "gateway_url.h"
#include "openhash/nearest_store.h"
#include "openhash/node.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using base::fail;
using base::Result;

constexpr base::Duration kLookUpAgain = 5s;
constexpr base::Duration kLook = 20ms;  // between two looks whether someone has answered

bool is_url(const std::string& name) { return name.find("://") != std::string::npos; }

}  // namespace

struct NamedNodes::Impl {
  base::World& world;
  Warn warn;
  std::unique_ptr<Node> node;  // null if all are gateways
  std::vector<std::unique_ptr<GatewayStore>> gateways;
  std::optional<NearestStore> nearest;
  base::Tasks tasks{};

  /// Looks a name up until it has been found: a machine may start before its network.
  base::Task<void> find_node(std::string host_and_port) {
    co_await base::sleep_for(world.clock, 0s);  // whoever is warned may not be ready yet
    for (bool warned = false;; warned = true) {
      const auto found = co_await world.transport.resolve(host_and_port);
      if (found) {
        for (const base::Endpoint& endpoint : *found) node->add_bootstrap(endpoint);
        co_return;
      }
      if (!warned) warn("The node " + host_and_port + " was not found: " + found.error().message());
      co_await base::sleep_for(world.clock, kLookUpAgain);
    }
  }

  /// Names that are addresses are ways in at once; others are looked up, from the loop.
  Result<void> open_node(const NamedNodesOptions& options) {
    NodeOptions own;
    own.rules = options.rules;
    own.listen = options.listen;
    std::vector<std::string> unknown;
    for (const std::string& name : options.names) {
      const auto endpoint = base::Endpoint::parse(name);
      if (endpoint) own.bootstrap.push_back(*endpoint);
      if (!endpoint && !is_url(name)) unknown.push_back(name);
    }
    if (own.bootstrap.empty() && unknown.empty()) return {};
    auto opened = Node::open(world, std::move(own));
    if (!opened) return opened.error();
    node = std::move(*opened);
    for (const std::string& name : unknown) tasks.start(find_node(name));
    return {};
  }

  Result<void> open_gateway(const NamedNodesOptions& options, const std::string& url) {
    GatewayOptions gateway;
    gateway.rules = options.rules;
    gateway.url = url;
    auto opened = GatewayStore::open(world, std::move(gateway));
    if (!opened) return opened.error();
    gateways.push_back(std::move(*opened));
    return {};
  }

  [[nodiscard]] std::string why_nobody_answered() const {
    for (const auto& gateway : gateways) {
      const NodeHealth health = gateway->nodes().front();
      if (!health.trouble.empty()) return health.endpoint + ": " + health.trouble;
    }
    return "no node answered: is one running, and is its address right?";
  }
};

Result<std::unique_ptr<NamedNodes>> NamedNodes::open(base::World& world, NamedNodesOptions options,
                                                     Warn warn) {
  auto impl = std::unique_ptr<Impl>(new Impl{world, std::move(warn), {}, {}, {}});
  for (const std::string& name : options.names) {
    if (auto good = check(name); !good) return good.error();
  }
  if (options.names.empty()) return fail(Errc::malformed, "no node was named");
  if (auto opened = impl->open_node(options); !opened) return opened.error();
  std::vector<std::reference_wrapper<Store>> ways;
  if (impl->node) ways.emplace_back(*impl->node);
  for (const std::string& name : options.names) {
    if (!is_url(name)) continue;
    if (auto opened = impl->open_gateway(options, name); !opened) return opened.error();
    ways.emplace_back(*impl->gateways.back());
  }
  impl->nearest.emplace(world, std::move(ways));
  return std::unique_ptr<NamedNodes>(new NamedNodes(std::move(impl)));
}

NamedNodes::NamedNodes(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
NamedNodes::~NamedNodes() = default;

Store& NamedNodes::store() { return *impl_->nearest; }

base::Task<Result<void>> NamedNodes::connect(base::Duration limit) {
  const base::Instant end = impl_->world.clock.now() + limit;
  while (!impl_->nearest->connected()) {
    if (impl_->world.clock.now() >= end) {
      co_return fail(Errc::unreachable, impl_->why_nobody_answered());
    }
    co_await base::sleep_for(impl_->world.clock, kLook);
  }
  co_return Result<void>();
}

/// "host:port", "[v6]:port", or a URL.
Result<void> NamedNodes::check(const std::string& name) {
  if (is_url(name)) {
    const auto url = gateway::GatewayUrl::parse(name);
    return url ? Result<void>() : url.error();
  }
  const auto colon = name.rfind(':');
  const std::string port = colon == std::string::npos ? "" : name.substr(colon + 1);
  const bool digits = !port.empty() && port.size() <= 5 &&
                      port.find_first_not_of("0123456789") == std::string::npos;
  const int number = digits ? std::stoi(port) : 0;
  if (colon != 0 && number >= 1 && number <= 65535) return {};
  return fail(Errc::malformed, "'" + name +
                                   "' is no node: write HOST:PORT, for example 192.0.2.7:6824, or "
                                   "https://HOST:PORT for a gateway");
}

}  // namespace openhash
