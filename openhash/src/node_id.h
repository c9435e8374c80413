#pragma once
// Ids bound to addresses, so that nobody chooses where in the table he sits: a storage node's id
// begins with a checksum of its address (BEP 42, the formula of BitTorrent's table). One host can
// have eight beginnings, and no more.
//
// What BEP 42 leaves open is settled here: the last byte of a storage node's id is below 128, that
// of a client's is not. Clients are not bound to an address, they hold nothing; but none of them
// can come under the id of a storage node.

#include <array>
#include <cstdint>

#include "base/entropy.h"
#include "base/transport.h"

namespace openhash {

using NodeId = std::array<std::uint8_t, 20>;

/// Whether a storage node at `endpoint` may have this id. The port does not matter, and of an IPv6
/// address only the /64.
bool fits(base::ByteView id, const base::Endpoint& endpoint);

bool is_client_id(base::ByteView id);
NodeId draw_client_id(base::Entropy& entropy);
/// Any storage node's id, where addresses do not matter.
NodeId draw_node_id(base::Entropy& entropy);
/// An id that fits.
NodeId draw_node_id(base::Entropy& entropy, const base::Endpoint& endpoint);

}  // namespace openhash
