#pragma once
// What one user's client keeps on this machine: whose key it has seen, when it saw whom, and what
// was said. The rest (keys, buddy list) comes from the store at every sign-on, so a profile may be
// lost.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/secret.h"
#include "ohim/name.h"
#include "openhash/record.h"

namespace basic {

using TextId = std::array<std::uint8_t, 16>;
/// Where a text stands in the history of this user: the later one is higher. 0: not stored.
using TextNumber = std::uint64_t;

/// What became of a text of ours. One that was received is `delivered`.
enum class Fate : std::uint8_t {
  delivered,  ///< her client has it on disk
  pending,    ///< on its way
  failed,     ///< given up without an acknowledgement: most likely she has not got it
};

struct StoredText {
  TextId id{};
  ohim::Name peer;        ///< whom it is from, or to
  bool outgoing = false;  ///< from us
  std::string text;       ///< as sent; not made safe to show
  base::WallTime sent_at{};
  Fate fate = Fate::delivered;
  TextNumber number = 0;
};

/// What this machine remembers of a buddy.
struct BuddyNotes {
  base::WallTime last_seen{};     ///< on line, as far as was known here; zero: never
  bool tell_when_online = false;  ///< the user asked for it, and has not been told yet
  bool lists_us = false;          ///< she said so last time

  bool operator==(const BuddyNotes&) const = default;
};
using NotesByBuddy = std::map<ohim::Name, BuddyNotes>;

/// A port: a folder on disk, or memory. One user at a time. One thread; destroying a task abandons
/// the answer, not the work. Errors: `failed` (disk), `conflict`, each with a sentence.
class Profile {
 public:
  virtual ~Profile() = default;

  /// Makes `user` the one that all below is about. `key` seals it (derive_key("profile")).
  virtual base::Task<base::Result<void>> open(ohim::Name user, base::Secret key) = 0;

  /// The key first seen for `buddy`.
  [[nodiscard]] virtual std::optional<openhash::PublicKey> pin(const ohim::Name& buddy) const = 0;
  /// Completes when it is on disk.
  virtual base::Task<base::Result<void>> set_pin(ohim::Name buddy, openhash::PublicKey key) = 0;

  /// Those that were set, in this run or before.
  [[nodiscard]] virtual const NotesByBuddy& notes() const = 0;
  /// notes() has them at once; completes when they are on disk. Others stay as they are.
  virtual base::Task<base::Result<void>> set_notes(NotesByBuddy notes) = 0;

  /// Completes when all are on disk, in the order of the calls. For each whether it is new: a
  /// second text of the same peer, direction and id is dropped.
  virtual base::Task<base::Result<std::vector<bool>>> add_texts(std::vector<StoredText> texts) = 0;
  /// The last `count` texts from and to `buddy`, oldest first.
  virtual base::Task<base::Result<std::vector<StoredText>>> recent(ohim::Name buddy,
                                                                   std::size_t count) = 0;
};

/// A profile that is gone with its process: for tests, the simulator, and bots without a disk.
class MemoryProfile final : public Profile {
 public:
  base::Task<base::Result<void>> open(ohim::Name user, base::Secret key) override;
  [[nodiscard]] std::optional<openhash::PublicKey> pin(const ohim::Name& buddy) const override;
  base::Task<base::Result<void>> set_pin(ohim::Name buddy, openhash::PublicKey key) override;
  [[nodiscard]] const NotesByBuddy& notes() const override;
  base::Task<base::Result<void>> set_notes(NotesByBuddy notes) override;
  base::Task<base::Result<std::vector<bool>>> add_texts(std::vector<StoredText> texts) override;
  base::Task<base::Result<std::vector<StoredText>>> recent(ohim::Name buddy,
                                                           std::size_t count) override;

 private:
  struct User {
    std::map<ohim::Name, openhash::PublicKey> pins;
    NotesByBuddy notes;
    std::vector<StoredText> texts;
    std::set<std::tuple<ohim::Name, bool, TextId>> seen;
  };
  std::map<ohim::Name, User> users_;
  User* user_ = nullptr;  // into users_, whose elements stay where they are
};

}  // namespace basic
