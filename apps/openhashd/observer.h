#pragma once
// Looks at a node while it runs: once a minute by a look-up of its own, every ten seconds for the
// plots, and whenever somebody asks. Shows what it sees on the gateway's pages.

#include "gateway/server.h"
#include "history.h"
#include "report.h"

/// Lives on the world's loop. All are borrowed.
class Observer final {
 public:
  Observer(base::World& world, openhash::Node& node, openhash::gateway::Server& server,
           const Traffic& traffic);
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;

  [[nodiscard]] Report report() const;

 private:
  /// Registers "/" and what belongs to it, "/v1/status", "/v1/history" and "/metrics".
  void show();
  base::Task<void> sample();
  base::Task<void> look_up();

  base::World& world_;
  openhash::Node& node_;
  openhash::gateway::Server& server_;
  const Traffic& traffic_;
  base::Instant start_;
  History history_;
  openhash::gateway::Latencies look_ups_;
  bool look_up_failed_ = false;
  std::optional<base::Duration> last_look_up_;  // since the last sample
  base::Tasks tasks_;
};
