#pragma once
// The ways into the table that a node knows: those it was given and those it met. Decides whom to
// greet and when; no I/O, time is an argument.

#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/transport.h"
#include "openhash/store.h"

namespace openhash {

class Ways {
 public:
  /// A way given by the user: tried for ever.
  void add(const base::Endpoint& endpoint);
  void set(const std::vector<base::Endpoint>& endpoints);
  /// A node that answers now; remembered for a while, so that it is found again.
  void met(const base::Endpoint& endpoint, base::Instant now);

  /// Whom to greet now. All of them once a second while nobody answers; else the quickest every
  /// few seconds, and the others rarely.
  [[nodiscard]] std::vector<base::Endpoint> due(base::Instant now);
  void answered(const base::Endpoint& endpoint, base::Instant now, base::Duration latency);
  void missed(const base::Endpoint& endpoint, base::Instant now);

  /// Whether somebody answered lately.
  [[nodiscard]] bool reachable(base::Instant now) const;
  [[nodiscard]] std::optional<base::Instant> last_answer() const { return last_answer_; }
  /// Whether the user gave no way: then this node may be the first of its network.
  [[nodiscard]] bool none_given() const;
  /// Those that the user gave.
  [[nodiscard]] std::vector<base::Endpoint> given() const;
  /// Of the ways given, quickest first; those that do not answer last.
  [[nodiscard]] std::vector<NodeHealth> health() const;

 private:
  struct Way {
    base::Endpoint endpoint;
    bool given = false;
    bool answering = false;
    std::optional<base::Instant> asked;
    std::optional<base::Instant> answered;
    std::optional<base::Instant> seen;  ///< the table believes in it
    base::Duration latency{};
  };
  Way* find(const base::Endpoint& endpoint);
  [[nodiscard]] const Way* quickest() const;

  std::vector<Way> ways_;
  std::optional<base::Instant> last_answer_;
};

}  // namespace openhash
