#pragma once
// Basic with a window, from its start to its end.

#include <filesystem>
#include <functional>
#include <memory>

#include "base/result.h"
#include "basic/gui/bridge.h"

namespace basic::gui {

/// Starts the client that `bridge` asks from then on; what it gives is destroyed when the window is
/// gone, and ends it (signing off). `interrupted` may be called on any thread: the process is asked
/// to end.
using StartClient = std::function<base::Result<std::shared_ptr<void>>(
    Bridge& bridge, std::function<void()> interrupted)>;

/// The exit status. `profile`: the folder of this user's files. A second start for the same profile
/// brings the window of the first to the front, and ends.
int run_application(int argc, char** argv, const std::filesystem::path& profile,
                    const StartClient& start_client);

}  // namespace basic::gui
