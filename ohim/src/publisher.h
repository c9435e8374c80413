#pragma once
// Keeps the user's own location in the store while she is signed on, in a slot of its own if she is
// signed on at other places, too.

#include <array>
#include <functional>

#include "base/world.h"
#include "keys.h"
#include "ohim/presence_detection.h"
#include "openhash/store.h"

namespace ohim {

class Publisher {
 public:
  using OnElsewhere = std::function<void(bool elsewhere)>;
  using OnRefused = std::function<void(const base::Error&)>;
  /// `current` gives the location's bytes as they are now; `on_elsewhere` is told when she is found
  /// to be signed on at another place, too, and when she is no more; `on_refused` once when the
  /// store takes the location no more, until it does again. All are borrowed and outlive this.
  Publisher(base::World& world, openhash::Store& store, const UserKeys& keys,
            const PresenceOptions& options, std::function<base::Bytes()> current,
            OnElsewhere on_elsewhere, OnRefused on_refused);

  /// What stands at the user's location key: takes a slot that none of her other places uses, and
  /// goes on from the sequences there.
  void take_slot(const std::vector<openhash::Record>& found);
  /// Stores the location as it is now, for the first time, and keeps it fresh from then on, also
  /// after a failure. `too_large`, `store_unavailable`, `refused`.
  base::Task<base::Result<void>> start();
  /// It changed: stores it anew, soon.
  void changed();
  /// Ends what start() began, and stores the blank location.
  base::Task<base::Result<void>> stop();

 private:
  base::Task<base::Result<void>> store(base::Bytes content, bool is_news);
  base::Task<void> publish();
  void look_after(base::Duration delay);
  base::Task<void> look();
  base::Task<void> count_others();
  [[nodiscard]] bool is_mine(const openhash::Record& record) const;
  /// Stored by another place of the same user.
  [[nodiscard]] bool is_others(const openhash::Record& record) const;
  [[nodiscard]] bool is_live(const openhash::Record& record) const;
  void note_elsewhere(const std::vector<openhash::Record>& found);
  void note_failure(const base::Error& error);
  void announce(const openhash::Record& record, std::size_t round);
  void publish_after(base::Duration delay);
  [[nodiscard]] base::Duration retry_after() const;

  base::World& world_;
  openhash::Store& store_;
  const UserKeys& keys_;
  const PresenceOptions& options_;
  std::function<base::Bytes()> current_;
  OnElsewhere on_elsewhere_;
  OnRefused on_refused_;
  std::uint64_t sequence_ = 0;
  unsigned slot_ = 0;
  std::array<std::uint64_t, openhash::kDeviceSlots> stored_{};  // our last sequence in each slot
  std::array<std::uint64_t, openhash::kDeviceSlots> left_{};    // what stood there when we came
  base::WallTime began_{};
  bool company_ = false;           // somebody stood there when we came: another place, or left over
  bool elsewhere_ = false;         // it was another place
  base::WallTime stored_until_{};  // when the last one that was stored runs out
  bool started_ = false;
  bool publishing_ = false;
  bool news_ = false;  // changed since it was last stored
  bool was_refused_ = false;
  base::Timer timer_;
  base::Timer look_;
  std::unique_ptr<openhash::Watch> others_;
  base::Timer again_;
  base::Tasks tasks_;
};

}  // namespace ohim
