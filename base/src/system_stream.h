#pragma once
// A TCP connection as a base::Stream.

#include <memory>
#include <set>

#include "base/transport.h"
#include "system_loop.h"

namespace base::system {

class Connection;

/// Connections whose Stream was destroyed after close(): they stay until all is sent and the other
/// side has closed too, at most two seconds. Shared by the transport and its streams.
struct Lingering {
  std::set<std::shared_ptr<Connection>> connections;
};

/// Wraps a connected, non-blocking socket.
std::unique_ptr<Stream> make_stream(Loop& loop, std::shared_ptr<Lingering> lingering,
                                    std::unique_ptr<Descriptor> socket, const Endpoint& remote);

}  // namespace base::system
