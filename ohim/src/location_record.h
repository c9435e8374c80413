#pragma once
// The location record: slots, of which a watcher opens the one meant for her (security.md, section
// 4). In mode "everyone" anybody can, by the same code path.

#include "base/entropy.h"
#include "base/result.h"
#include "keys.h"
#include "openhash/rules.h"

namespace ohim {

/// `content` is at most kMaxLocation bytes; none is the blank location.
openhash::Record make_location(const UserKeys& keys, base::ByteView content, std::uint64_t sequence,
                               unsigned slot, std::chrono::seconds valid_for, base::WallTime now,
                               base::Entropy& entropy);

/// What the owner put into it. `not_found`: blank. `malformed`: not for us, or damaged.
base::Result<base::Bytes> open_location(const openhash::Record& record, std::uint32_t network);

}  // namespace ohim
