#pragma once
// One store over several ways into the table: gateways, a node of one's own. As the paper has it,
// "each client keeps a record of several nodes and selects the one with the lowest latency". What
// the paper leaves out: the one selected may die, hang, lie, or only pretend to be connected.

#include <functional>
#include <memory>
#include <vector>

#include "base/world.h"
#include "openhash/store.h"

namespace openhash {

/// Lives on the world's loop. With a single way it only passes on.
///
/// **Which one.** Every way is probed by real operations: a read at a place of our own, and every
/// few minutes a small short-lived record put there, which all ways must show afterwards. The way
/// with the lowest latency is chosen, and kept until another is quicker by half, or it is in
/// trouble. One that was in trouble must be well for 10 s before it is chosen again, twice as long
/// each time.
///
/// **Reads** go to the chosen way. If it fails, the next is asked at once; if it is silent for half
/// a second, the next is asked as well, and the first answer counts. Records are signed, so no way
/// can forge one, but it can hide one: an answer that is empty, or lacks what was seen before, is
/// checked with a second way. One that hides what another shows is in trouble until it shows it.
/// If all there is is older than what was seen in the last ten minutes, the read is `unreachable`.
///
/// **Puts** go through two ways at once, and on to a third if one of these fails. Done: two have
/// acknowledged it; or one has, and the other has failed or says nothing for half a second more,
/// but goes on. One is enough then, since a put must not wait for whoever hangs; two are tried,
/// since one that lies says "stored", too, and the honest one stores it in any case. `conflict`:
/// only if the newer record can be shown, which its owner signed; whoever says so in vain is in
/// trouble. `refused`: whoever answered says so, and nobody stored it.
///
/// **Watches** stand at two ways, since silence cannot be checked: one that hides news is like one
/// that has none. If one of the two gets into trouble, another takes its place, and what came in
/// between is read. **Announcements** go through two.
class NearestStore final : public Store {
 public:
  /// At least one way, all of one network; borrowed, and outlive this. The first is the one that
  /// is used until more is known.
  NearestStore(base::World& world, std::vector<std::reference_wrapper<Store>> ways);
  ~NearestStore() override;

  // Store
  [[nodiscard]] const Rules& rules() const override;
  base::Task<base::Result<void>> put(Key key, Record record) override;
  base::Task<base::Result<std::vector<Record>>> get(Key key, OnRecord early = {}) override;
  base::Task<std::vector<base::Result<std::vector<Record>>>> get_many(
      std::vector<Key> keys) override;
  void announce(Key key, Record record) override;
  std::unique_ptr<Watch> watch(Key key, OnRecord changed,
                               Fallback fallback = Fallback::poll) override;
  [[nodiscard]] bool connected() const override;
  [[nodiscard]] base::Instant last_heard() const override;
  /// Those of all ways, the chosen way's first. What a way in trouble says of itself is not
  /// believed: its nodes do not answer, and say why not.
  [[nodiscard]] std::vector<NodeHealth> nodes() const override;

  struct Impl;  ///< the inside; see src/nearest_impl.h

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace openhash
