#pragma once
// The nodes that a user named, gateways and others, as one store: the nearest is used.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/world.h"
#include "openhash/store.h"

namespace openhash {

struct NamedNodesOptions {
  Rules rules;
  /// "HOST:PORT": a node that speaks UDP. "http://HOST:PORT", "https://HOST:PORT": a gateway.
  std::vector<std::string> names;
  /// Where the own end of the UDP is.
  base::Endpoint listen = base::Endpoint::v4(0, 0, 0, 0, 0);
};

/// Lives on the world's loop. Has a node of its own (a client) if some names are of the first form,
/// else no UDP at all.
class NamedNodes final {
 public:
  using Warn = std::function<void(const std::string& sentence)>;

  /// `warn` is told, once for each, that a name was not found; it is looked up again until it is.
  /// `malformed`: a name of neither form. `failed`: no socket.
  static base::Result<std::unique_ptr<NamedNodes>> open(base::World& world,
                                                        NamedNodesOptions options, Warn warn);
  ~NamedNodes();

  [[nodiscard]] Store& store();
  /// Completes when some node has answered. `unreachable` after `limit`.
  base::Task<base::Result<void>> connect(base::Duration limit);

  /// Whether this is the form of a name; whether it exists shows when it is used.
  static base::Result<void> check(const std::string& name);

 private:
  struct Impl;
  explicit NamedNodes(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace openhash
