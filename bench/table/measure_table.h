#pragma once
// What the hash table costs: ours, and the bare engine's own, over real sockets on loopback.

#include <cstddef>
#include <vector>

#include "table.h"

namespace bench {

/// One kind of operation, many times, one after another.
struct Times {
  std::vector<Nanoseconds> put;      ///< until it is acknowledged
  std::vector<Nanoseconds> found;    ///< until the first value of a get
  std::vector<Nanoseconds> whole;    ///< until that get ends
  std::vector<Nanoseconds> missing;  ///< a get of what is not there
  std::vector<Nanoseconds> push;     ///< from the start of a put until a watcher knows of it
  std::size_t failed = 0;            ///< operations that gave no right answer
};

inline constexpr std::size_t kValueSize = 800;

/// `nodes` storage nodes and two clients, all on one thread. A put is acknowledged when enough
/// nodes were seen to hold the record.
Times measure_ours(std::size_t nodes, std::size_t count);
/// As many of the engine's own nodes, each with its own thread, as their users have them. A put is
/// acknowledged when nodes say so, whether or not they took it.
Times measure_bare(std::size_t nodes, std::size_t count);

/// A storage node's resident memory for each 1 000 records, and how long one with `records` in its
/// journal takes to start.
Rows measure_holding(std::size_t records);

}  // namespace bench
