#pragma once
// The inside of a NearestStore, shared by its sources: nearest_store.cpp (life, health),
// nearest_get.cpp, nearest_put.cpp, nearest_watch.cpp, nearest_probe.cpp.

#include <list>
#include <optional>

#include "arrivals.h"
#include "openhash/newest.h"
#include "openhash/nearest_store.h"
#include "preference.h"
#include "seen.h"

namespace openhash {

class NearestWatch;

using Records = std::vector<Record>;
using PutArrivals = Arrivals<base::Result<void>>;

/// The record of our own that all ways are to show.
struct Canary {
  enum class Sight { unknown, shown, lacking };

  std::optional<SigningKey> owner;  ///< none until it is first written
  Key key;
  std::uint64_t work = 0;
  std::uint64_t sequence = 0;    ///< of the last that was signed
  std::optional<Record> stored;  ///< the last that some way acknowledged
  std::size_t writer = 0;        ///< which
  base::Instant at{};            ///< when
  std::vector<Sight> sights;     ///< by way, since then
  bool writing = false;
};

/// A way, and what it has to do to be well.
struct WayState {
  bool probing = false;
  base::Instant write_next{};  ///< when it is to write the canary
  Key owes_at;
  std::optional<Record> owes;  ///< what it hid
};

struct NearestStore::Impl {
  Impl(base::World& the_world, std::vector<std::reference_wrapper<Store>> the_ways);
  ~Impl();

  base::World& world;
  std::vector<std::reference_wrapper<Store>> ways;
  Preference preference;
  Seen seen;
  Canary canary;
  std::vector<WayState> states;  ///< by way
  struct Lingering {
    std::unique_ptr<PutArrivals> puts;
    base::Instant until{};
  };
  std::list<Lingering> lingering;  ///< puts that were reported, and go on
  std::list<NearestWatch*> watches;
  base::Timer beat_timer;
  base::Tasks tasks;

  [[nodiscard]] base::Instant now() const { return world.clock.now(); }
  [[nodiscard]] bool single() const { return ways.size() == 1; }
  [[nodiscard]] const Rules& rules() const { return ways.front().get().rules(); }

  // nearest_store.cpp
  void beat();
  void in_trouble(std::size_t way, Trouble why);
  /// It did not show this at that key, and another did.
  void hid(std::size_t way, const Key& key, const Record& record);

  // nearest_get.cpp
  base::Task<std::vector<base::Result<Records>>> read(std::vector<Key> keys, OnRecord early);
  base::Task<base::Result<Records>> get(Key key, OnRecord early);

  // nearest_put.cpp
  base::Task<base::Result<void>> put(Key key, Record record);
  base::Task<base::Result<void>> put_at(std::size_t way, Key key, Record record);
  /// Whether a record is there that `record` cannot replace.
  base::Task<base::Result<bool>> is_overtaken(Key key, Record record);

  // nearest_probe.cpp
  void probe_due();
  base::Task<void> probe_by_read(std::size_t way);
  base::Task<void> probe_by_write(std::size_t way);
  void judge(std::size_t way, const Records& shown);
  base::Task<Record> next_canary();

  // nearest_watch.cpp
  void move_watches();
};

}  // namespace openhash
