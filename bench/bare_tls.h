#pragma once
// What the machine's TLS 1.3 does with the same bytes and nothing else: two threads, blocking
// sockets on loopback, OpenSSL as it comes. The yardstick of the benchmark.

#include <cstddef>
#include <vector>

#include "table.h"

namespace bench {

/// Round-trip times of `rounds` messages of `size` bytes, each answered by one byte.
std::vector<Nanoseconds> bare_tls_ping_pong(std::size_t rounds, std::size_t size);

/// How long `count` messages of `size` bytes take one way, the last one answered.
Nanoseconds bare_tls_stream(std::size_t count, std::size_t size);

}  // namespace bench
