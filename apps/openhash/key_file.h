#pragma once
// The file with the 32 secret bytes that sign what `openhash put` stores.

#include <string>

#include "base/entropy.h"
#include "base/result.h"
#include "base/secret.h"

namespace openhash_tool {

/// Reads the seed, or draws and writes one (for its owner alone) if there is no such file.
/// `malformed`: not 32 bytes. `failed`: it cannot be read or written.
base::Result<base::Secret> open_key_file(const std::string& path, base::Entropy& entropy);

/// A whole small file. `too_large` beyond `limit`.
base::Result<base::Bytes> read_file(const std::string& path, std::size_t limit);

}  // namespace openhash_tool
