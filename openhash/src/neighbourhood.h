#pragma once
// The nodes around a storage node, and who of them sees to it that a record is where it should be.
// No I/O; time is an argument.

#include <map>
#include <vector>

#include "base/clock.h"
#include "engine.h"

namespace openhash {

/// How many nodes nearest to a key hold its records: the engine's number.
inline constexpr std::size_t kReplicas = 8;

/// Is `a` nearer to `key` than `b`, as the table measures it (exclusive or)?
bool nearer(const Key& key, const NodeId& a, const NodeId& b);

class Neighbourhood {
 public:
  explicit Neighbourhood(const NodeId& own) : own_(own) {}

  /// Takes in who is there now; gives those who are new. Who was only missed for a moment, as
  /// happens on a lossy network, is not: welcoming her would cost more datagrams and more losses.
  std::vector<NodeId> update(const std::vector<Contact>& good, base::Instant now);
  [[nodiscard]] bool empty() const;
  [[nodiscard]] bool knows(const NodeId& node) const;

  /// Whether this node is one of the few that offer the record at `key` again. Of the neighbours
  /// only those count that are there, and have been for long enough to hold it.
  [[nodiscard]] bool on_duty(const Key& key, base::Instant now) const;
  /// Whether `node` should hold what is stored at `key`.
  [[nodiscard]] bool is_holder(const Key& key, const NodeId& node) const;

 private:
  struct Neighbour {
    base::Instant since;
    base::Instant seen;
  };
  [[nodiscard]] bool is_there(const Neighbour& neighbour) const {
    return neighbour.seen == updated_;
  }

  NodeId own_;
  base::Instant updated_;
  std::map<NodeId, Neighbour> neighbours_;
};

}  // namespace openhash
