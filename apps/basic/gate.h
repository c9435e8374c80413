#pragma once
// Which requests may run side by side. Most may. Those that begin or end a session run one at a
// time, and hold up what comes behind them: so a script may write all its lines at once.

#include <cstddef>
#include <deque>
#include <functional>

class Gate {
 public:
  enum class Pass {
    free,      ///< waits for nobody
    ordinary,  ///< waits for the session requests before it
    session,   ///< the same, and holds up what is behind it
    leaving,   ///< a session request that lets all before it end, while patience lasts
  };

  /// Calls `go`, now or later, in the order of arrival. Each that went is followed by a leave().
  void enter(Pass pass, std::function<void()> go);
  void leave(Pass pass);
  /// Whoever is leaving has waited long enough.
  void lose_patience();

  /// Whether somebody is leaving, and waits.
  [[nodiscard]] bool leaving() const;
  /// Nothing runs and nothing waits.
  [[nodiscard]] bool idle() const;
  [[nodiscard]] std::size_t size() const { return waiting_.size() + running_; }

 private:
  struct Waiting {
    Pass pass;
    std::function<void()> go;
  };
  [[nodiscard]] bool may_go(Pass pass) const;
  void pump();

  std::deque<Waiting> waiting_;
  std::size_t running_ = 0;
  bool session_running_ = false;
  bool impatient_ = false;
};
