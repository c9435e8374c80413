#include "way_in.h"

#include <utility>

#include "folders.h"

namespace {

constexpr base::Duration kSettleLimit = std::chrono::seconds(1);
constexpr base::Duration kLookUpAgain = std::chrono::seconds(5);

openhash::NodeOptions client_options(const Options& options) {
  openhash::NodeOptions client;
  client.rules = options.rules;
  if (!options.nodes.empty()) return client;
  client.listen = base::Endpoint::v4(127, 0, 0, 1, 0);
  client.bootstrap = local_candidates(options.rules.network);
  return client;
}

}  // namespace

base::Result<std::unique_ptr<WayIn>> WayIn::open(base::World& world, const Options& options,
                                                 Warn warn) {
  std::unique_ptr<WayIn> way_in(new WayIn(world, options, std::move(warn)));
  auto node = openhash::Node::open(world, client_options(options));
  if (!node) return node.error();
  way_in->node_ = std::move(*node);
  return way_in;
}

WayIn::WayIn(base::World& world, const Options& options, Warn warn)
    : world_(world), warn_(std::move(warn)), names_(options.nodes) {
  if (!names_.empty()) return;
  EmbeddedNodeOptions embedded;
  embedded.rules = options.rules;
  embedded.candidates = local_candidates(options.rules.network);
  embedded.state = node_state(options.rules.network);
  embedded_ = std::make_unique<EmbeddedNode>(world_, std::move(embedded), warn_);
}

base::Task<void> WayIn::settle() {
  for (const std::string& name : names_) tasks_.start(find_node(name));
  if (embedded_) embedded_->start();
  // Nobody there is not an error here: each operation will say so.
  static_cast<void>(co_await node_->connect(kSettleLimit));
}

std::string WayIn::own_node() const { return embedded_ ? embedded_->hosting() : ""; }

base::Task<void> WayIn::find_node(std::string host_and_port) {
  for (bool warned = false;; warned = true) {
    const auto found = co_await world_.transport.resolve(host_and_port);
    if (found) {
      for (const base::Endpoint& endpoint : *found) node_->add_bootstrap(endpoint);
      co_return;
    }
    if (!warned) warn_("The node " + host_and_port + " was not found: " + found.error().message());
    co_await base::sleep_for(world_.clock, kLookUpAgain);
  }
}
