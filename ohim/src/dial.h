#pragma once
// Reaching somebody who may be at any of several addresses.

#include <memory>
#include <vector>

#include "base/transport.h"

namespace ohim {

/// At most this many addresses of one location are tried (security.md, section 8).
inline constexpr std::size_t kMaxEndpoints = 4;

/// What may be dialled at all: a location could aim its readers at somebody else. Drops addresses
/// that no client listens at (unspecified, multicast, ports below 1024) and all after the fourth.
std::vector<base::Endpoint> fit_to_dial(std::vector<base::Endpoint> endpoints);

/// The first stream that opens; three are tried side by side. `unreachable`: each was refused, or
/// there is none to try. `timed_out`: some did not answer at all.
base::Task<base::Result<std::unique_ptr<base::Stream>>> dial_any(
    base::Transport& transport, std::vector<base::Endpoint> endpoints);

}  // namespace ohim
