#pragma once
// libsodium, made ready before its first use.

namespace base {

/// Cheap after the first call; any thread. Ends the process if the machine has no random numbers.
void ensure_sodium();

}  // namespace base
