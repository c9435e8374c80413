#pragma once
// How this Basic reaches the table: by the nodes that were named, or by the one of this machine.

#include <memory>
#include <string>

#include "embedded_node.h"
#include "gateway/named_nodes.h"
#include "options.h"

/// Lives on the loop.
class WayIn {
 public:
  using Warn = std::function<void(const std::string& sentence)>;
  static base::Result<std::unique_ptr<WayIn>> open(base::World& world, const Options& options,
                                                   Warn warn);

  [[nodiscard]] openhash::Store& store() { return nodes_->store(); }
  /// Completes when some node has answered, or when there was time enough for one to.
  base::Task<void> settle();
  /// The node that this process hosts, "" if none.
  [[nodiscard]] std::string own_node() const;

 private:
  WayIn() = default;

  std::unique_ptr<openhash::NamedNodes> nodes_;
  std::unique_ptr<EmbeddedNode> embedded_;
};
