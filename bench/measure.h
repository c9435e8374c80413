#pragma once
// What is measured; each prints rows of the table.

#include <cstddef>
#include <filesystem>
#include <vector>

#include "bare_tls.h"
#include "table.h"

namespace bench {

/// Latency of `count` texts one after another and rate of `count` texts at once, from one client to
/// another on an open link, each text acknowledged when it is on the receiver's disk.
Rows measure_texts(std::size_t count);

/// From sign_on() to its end, and to the moment all `buddies` are shown on line.
Rows measure_sign_on(const std::vector<std::size_t>& buddies);

/// Resident memory of a signed-on `basic rpc` process, found beside this program.
Rows measure_memory(const std::filesystem::path& folder);

}  // namespace bench
