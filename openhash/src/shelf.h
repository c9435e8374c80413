#pragma once
// What a storage node holds, and whether it takes more: the policy of security.md, sections 4 and
// 5, without engine, disk or clock.

#include <map>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "openhash/record.h"
#include "openhash/rules.h"
#include "quotas.h"

namespace openhash {

class Shelf {
 public:
  static constexpr std::size_t kUsualRoom = std::size_t{512} << 20;
  /// `room`: bytes of memory that all records together may take, about.
  explicit Shelf(const Rules& rules, std::size_t room = kUsualRoom)
      : rules_(rules), quotas_(room) {}

  enum class Answer {
    taken,    ///< new, or newer than what was held: it is held now
    held,     ///< these very bytes are here already
    refused,  ///< breaks a rule, is older than what is held, or there is no room: at this key, for
              ///< its owner, for its source, or at all
  };
  struct Place {
    Key key;
    std::uint64_t id = 0;
    auto operator<=>(const Place&) const = default;
  };

  /// Offers a record as it came from the network, filed as `id`; `kind` is what the engine's value
  /// type says. `time` is for the race for a name only.
  Answer offer(const Key& key, std::uint64_t id, Kind kind, base::ByteView bytes,
               base::WallTime now, base::Instant time, const Source& source = {});
  /// Takes back what this node held before it was restarted, whatever the quotas, and unverified:
  /// see is_sound(). Its name claims are old ones.
  Answer restore(const Key& key, base::ByteView bytes, base::WallTime now);

  struct Held {
    Record record;
    base::Instant since;  ///< when its first version came
    base::Instant taken;  ///< when this one did
    Prefix source{};      ///< who brought the first version
  };
  /// Whether what stands at `place` still passes all checks; a disk may have spoilt it.
  [[nodiscard]] bool is_sound(const Place& place, base::WallTime now) const;

  /// Null if it is not held.
  [[nodiscard]] const Held* find(const Key& key, std::uint64_t id) const;
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Up to `count` places after `from`, in order; from the start again when the end is reached.
  [[nodiscard]] std::vector<Place> after(const Place& from, std::size_t count) const;
  /// Forgets what is no longer current.
  void sweep(base::WallTime now);
  /// What stands at `place` could not be kept after all: `before` stands there again, or nothing.
  void put_back(const Place& place, std::optional<Held> before);

 private:
  using Slots = std::map<std::uint64_t, Held>;
  Answer place(const Key& key, Record record, base::WallTime now, base::Instant since,
               const Source* source);
  [[nodiscard]] bool has_room(const Slots& slots, const Record& record, base::WallTime now,
                              base::Instant time) const;
  [[nodiscard]] bool may_claim(const Slots& slots, const Record& record, base::WallTime now,
                               base::Instant time) const;

  Rules rules_;
  Quotas quotas_;
  std::map<Key, Slots> keys_;
  std::size_t size_ = 0;
};

}  // namespace openhash
