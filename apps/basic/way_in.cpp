#include "way_in.h"

#include <utility>

#include "folders.h"

namespace {

constexpr base::Duration kSettleLimit = std::chrono::seconds(1);

openhash::NamedNodesOptions named(const Options& options) {
  openhash::NamedNodesOptions named{.rules = options.rules, .names = options.nodes};
  if (!named.names.empty()) return named;
  named.listen = base::Endpoint::v4(127, 0, 0, 1, 0);
  for (const base::Endpoint& candidate : local_candidates(options.rules.network))
    named.names.push_back(candidate.to_string());
  return named;
}

}  // namespace

base::Result<std::unique_ptr<WayIn>> WayIn::open(base::World& world, const Options& options,
                                                 Warn warn) {
  std::unique_ptr<WayIn> way_in(new WayIn);
  auto nodes = openhash::NamedNodes::open(world, named(options), warn);
  if (!nodes) return nodes.error();
  way_in->nodes_ = std::move(*nodes);
  if (!options.nodes.empty()) return way_in;
  EmbeddedNodeOptions embedded;
  embedded.rules = options.rules;
  embedded.candidates = local_candidates(options.rules.network);
  embedded.state = node_state(options.rules.network);
  way_in->embedded_ = std::make_unique<EmbeddedNode>(world, std::move(embedded), std::move(warn));
  return way_in;
}

base::Task<void> WayIn::settle() {
  if (embedded_) embedded_->start();
  // Nobody there is not an error here: each operation will say so.
  static_cast<void>(co_await nodes_->connect(kSettleLimit));
}

std::string WayIn::own_node() const { return embedded_ ? embedded_->hosting() : ""; }
