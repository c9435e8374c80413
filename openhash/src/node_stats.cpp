#include "node_impl.h"

namespace openhash {

Node::Stats Node::stats() const {
  const Impl& node = *impl_;
  Stats stats;
  stats.id = base::to_hex(node.engine->id());
  stats.neighbours = node.engine->good_nodes().size();
  stats.dropped = node.engine->dropped();
  stats.connected = node.connected();
  stats.alone = node.alone();
  stats.without_place = node.posing;
  stats.clock_ahead = node.clocks.ahead(node.world.clock.wall(), node.world.clock.now());
  if (node.storage) {
    stats.records = node.storage->records();
    stats.refused = node.storage->refused();
    stats.unwritten = node.storage->unwritten();
    stats.damage = node.storage->damage();
    stats.disk_error = node.storage->disk_error();
  }
  return stats;
}

}  // namespace openhash
