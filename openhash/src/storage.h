#pragma once
// The storage half of a node: judges what peers want stored, hands it to the engine once it is in
// the journal, and offers it again and again to its neighbours, so that it survives them. What
// cannot be written is not stored: a full disk costs new records, never those that are held.

#include <map>
#include <memory>
#include <set>

#include "base/world.h"
#include "engine.h"
#include "journal.h"
#include "rota.h"
#include "shelf.h"
#include "state_folder.h"

namespace openhash {

class Storage final : public Keeper {
 public:
  /// `folder` null: nothing is kept on disk.
  static std::unique_ptr<Storage> open(base::World& world, const Rules& rules,
                                       const StateFolder* folder);
  ~Storage() override;

  /// Hands what is held to the engine, which must hold nothing yet: at the start, and when it began
  /// anew. Much of it takes a while, in which the node does all else, and what is asked for comes
  /// first. `engine` must outlive this object's use.
  void attach(Engine& engine);
  /// Once a second.
  void tick();

  /// What stands at `key` is handed to the engine now, if it was not yet.
  void wanted(const Key& key) override;
  void offered(const Key& key, const Contact& from) override;
  /// Never true: the engine gets what is taken when it is on disk. Until then its answers wait.
  bool accept(const Key& key, std::uint64_t id, std::uint16_t type, base::ByteView record,
              const Contact& from) override;
  /// The same for a record that this very node puts, or that `source` brings.
  Shelf::Answer take(const Key& key, const Value& value, const Source& source = {});
  /// Ends when all that was taken before is on disk. `failed`: it could not be written, and is
  /// gone.
  base::Task<base::Result<void>> written();

  [[nodiscard]] std::size_t records() const { return shelf_.size(); }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }
  /// Accepted, but not yet on disk.
  [[nodiscard]] std::size_t unwritten() const { return pending_.size(); }
  /// What was wrong with the journal at the start; "" if nothing.
  [[nodiscard]] const std::string& damage() const { return damage_; }
  /// Why it cannot be written now; "" if it can.
  [[nodiscard]] const std::string& disk_error() const { return disk_error_; }
  [[nodiscard]] const Shelf& shelf() const { return shelf_; }

 private:
  Storage(base::World& world, const Rules& rules) : world_(world), shelf_(rules) {}
  /// Taken, and not on disk yet.
  struct Pending {
    Shelf::Place place;
    Value value;
    base::WallTime until;
    std::optional<Shelf::Held> before;  ///< what stood there
  };
  class Waiter;
  static std::vector<Journal::Entry> entries_of(const std::vector<Pending>& batch);

  void restore(const std::vector<Journal::Entry>& entries);
  void hand_over();
  void hand_over(const Shelf::Place& place);
  void write_down(const Shelf::Place& place, const Value& value, std::optional<Shelf::Held> before);
  void commit_soon();
  void commit();
  void committed(const base::Result<void>& result, std::uint64_t mark);
  void give_up(std::vector<Pending> batch);
  void note(const base::Result<void>& result);
  void tell_waiters(const base::Result<void>& result);
  void sweep();
  void offer_due();
  void offer(const Shelf::Place& place);

  base::World& world_;
  Shelf shelf_;
  std::uint64_t refused_ = 0;
  Engine* engine_ = nullptr;
  std::optional<Rota> rota_;
  std::vector<Shelf::Place> due_;  // to be offered when others have ended
  /// Offers under way.
  struct Offer {
    Operation operation;
    base::Instant start;
  };
  std::map<Shelf::Place, Offer> offers_;
  std::set<Shelf::Place> not_handed_over_;
  std::size_t spoilt_ = 0;  // found so far among them
  base::Timer hand_over_timer_;
  unsigned ticks_ = 0;

  std::shared_ptr<Journal> journal_;  // shared with the worker that writes
  std::vector<Pending> unwritten_;
  std::vector<Pending> writing_;
  std::multiset<Shelf::Place> pending_;  // of both
  std::uint64_t mark_ = 0;               // grows with each record taken
  std::uint64_t settled_ = 0;            // up to where they are on disk, or given up
  std::vector<Waiter*> waiters_;
  std::shared_ptr<void> write_token_;
  std::shared_ptr<void> sweep_token_;
  base::Timer commit_timer_;
  std::string damage_;
  std::string disk_error_;
};

}  // namespace openhash
