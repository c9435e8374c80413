#pragma once
// When a storage node offers which of its records again, so that they outlive the nodes that hold
// them. Of those on duty for a record one does it: who hears another's offer waits. No I/O; time is
// an argument.

#include <map>
#include <vector>

#include "neighbourhood.h"
#include "shelf.h"

namespace openhash {

class Rota {
 public:
  /// `shelf` is borrowed, and must outlive this.
  Rota(const Shelf& shelf, const NodeId& own) : shelf_(shelf), own_(own), neighbours_(own) {}

  /// Once a second; `good`: the nodes that are there. Gives what is to be offered now, `most` at
  /// the most; the rest comes later.
  std::vector<Shelf::Place> due(const std::vector<Contact>& good, std::size_t most,
                                base::Instant now, base::WallTime wall);
  /// `from` offers us what stands at `key`. Believed of neighbours only, and for a while only: one
  /// that offers to us and to nobody else does not keep us from it.
  void heard(const Key& key, const NodeId& from, base::Instant now);

  [[nodiscard]] bool knows(const NodeId& node) const { return neighbours_.knows(node); }

 private:
  /// When a place was last offered.
  struct Offered {
    base::Instant by_anybody = base::Instant::min();
    base::Instant by_us = base::Instant::min();
  };
  /// Being made.
  struct Offers {
    std::size_t most;
    base::Instant now;
    base::WallTime wall;
    std::vector<Shelf::Place> places;
    [[nodiscard]] bool full() const { return places.size() >= most; }
  };

  void welcome(const std::vector<NodeId>& newcomers, base::Instant now);
  void take_urgent(Offers& due);
  void take_turns(Offers& due);
  void add(Offers& due, const Shelf::Place& place);
  [[nodiscard]] Offered offered(const Shelf::Place& place) const;
  [[nodiscard]] bool is_turn(const Shelf::Place& place, base::Instant now) const;
  void forget(base::Instant now);

  const Shelf& shelf_;
  NodeId own_;
  Neighbourhood neighbours_;
  std::map<Shelf::Place, Offered> offered_;
  /// To be offered as soon as the rate allows, but not before; whoever offers it afterwards spares
  /// us that.
  std::map<Shelf::Place, base::Instant> urgent_;
  Shelf::Place urgent_cursor_{Key{own_}, 0};  // each of us begins somewhere else
  Shelf::Place cursor_;                       // up to where all were looked at in this round
  double credit_ = 0;                         // how many more are to be looked at now
  unsigned ticks_ = 0;
};

}  // namespace openhash
