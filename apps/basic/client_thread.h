#pragma once
// The client of the window, on a thread of its own: loop, profile, way into the table and all.

#include <functional>
#include <memory>
#include <thread>

#include "base/result.h"
#include "basic/gui/bridge.h"
#include "options.h"

/// Made and destroyed on the window's thread.
class ClientThread {
 public:
  /// Returns when the client can be asked by `bridge`, which outlives this object, or could not be
  /// made: the profile is in use (`conflict`), no socket, ... `interrupted` is called on the
  /// client's thread when a signal asks the process to end.
  static base::Result<std::unique_ptr<ClientThread>> start(const Options& options,
                                                           basic::gui::Bridge& bridge,
                                                           std::function<void()> interrupted);
  /// Signs off (at most some seconds, if the line is bad) and ends the thread.
  ~ClientThread();

 private:
  struct Work;
  explicit ClientThread(std::shared_ptr<Work> work);

  std::shared_ptr<Work> work_;  // shared with the thread
  std::thread thread_;
};
