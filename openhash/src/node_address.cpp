#include <algorithm>

#include "node_impl.h"

// A storage node's id must fit the address at which strangers see it (node_id.h), or none of them
// answers. A machine with a public address of its own knows it. One behind a NAT does not, and
// nobody would tell: so it comes as a client at first, whom everybody answers, hears its address
// from those who do, and only then takes its place. When its address changes, strangers fall
// silent; it then does the same again. What it holds stays.

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration kSilence = 10s;  // of all strangers: our id does not fit, or we are cut
constexpr base::Duration kBetweenMoves = 10s;
constexpr unsigned kBeatsBetweenLooks = 60;  // at this machine's addresses

}  // namespace

base::Result<void> Node::Impl::draw_table_id(const base::Endpoint* fitting) {
  table_id =
      fitting != nullptr ? draw_node_id(world.entropy, *fitting) : draw_node_id(world.entropy);
  return folder ? folder->keep_node_id(table_id) : base::Result<void>();
}

std::optional<base::Endpoint> Node::Impl::find_home() const {
  const auto is_public = [this](const base::Endpoint& endpoint) {
    return !endpoint.is_unspecified() && (!options.trust_local || !is_local(endpoint));
  };
  if (is_public(options.listen)) return options.listen;
  if (!options.listen.is_unspecified()) return std::nullopt;
  for (const base::Endpoint& own : world.transport.own_addresses()) {
    if (own.is_v4() == options.listen.is_v4() && is_public(own)) return own;
  }
  return std::nullopt;
}

NodeId Node::Impl::first_id() {
  if (options.role == Role::client) return draw_client_id(world.entropy);
  home = find_home();
  const auto kept = folder ? folder->node_id() : std::nullopt;
  if (kept && !is_client_id(*kept) && (!home || fits(*kept, *home))) {
    table_id = *kept;
  } else if (auto drawn = draw_table_id(home ? &*home : nullptr); !drawn) {
    world.log.warn(drawn.error().message());  // without a name that lasts, but not without a node
  }
  return table_id;
}

void Node::Impl::mind_address() {
  const base::Instant now = world.clock.now();
  if (++beats % kBeatsBetweenLooks == 0) home = find_home();
  const auto address = home ? home : engine->seen_address();
  if (address && (posing || !fits(table_id, *address))) {
    if (!fits(table_id, *address)) {
      if (auto drawn = draw_table_id(&*address); !drawn) world.log.warn(drawn.error().message());
      world.log.info("a new id, because of another address");
    }
    return become(table_id, false);
  }
  if (address || posing || (moved && now - *moved < kBetweenMoves)) return;
  const auto heard = engine->stranger_heard();
  if (heard && now - *heard < kSilence) return;
  const bool wants_strangers = std::ranges::any_of(
      ways.given(), [this](const base::Endpoint& way) { return engine->is_stranger(way); });
  if (wants_strangers) become(draw_client_id(world.entropy), true);
}

void Node::Impl::become(const NodeId& id, bool as_client) {
  posing = as_client;
  moved = world.clock.now();
  neighbours = 0;
  engine->become(id, as_client);
  storage->attach(*engine);
}

}  // namespace openhash
