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

/// What became of one of our texts.
struct TextFate {
  ohim::Name buddy;
  TextId id{};
  Fate fate = Fate::delivered;
};

using Texts = std::vector<StoredText>;

/// A port: a folder on disk, or memory. One user at a time. One thread; destroying a task abandons
/// the answer, not the work. Errors: `failed` (disk), `closed` (nobody's is open), `conflict`, each
/// with a sentence.
class Profile {
 public:
  static constexpr std::size_t kMostCounted = 1000;
  static constexpr std::size_t kMostSearched = 250'000;
  static constexpr std::size_t kMaxSettingKey = 255;
  static constexpr std::size_t kMaxSetting = std::size_t{64} << 10;

  virtual ~Profile() = default;

  /// Makes `user` the one that all below is about. `key` seals it (derive_key("profile")). Texts
  /// that are `pending` from an earlier run become `failed`: nobody waits for their answer any
  /// more.
  virtual base::Task<base::Result<void>> open(ohim::Name user, base::Secret key) = 0;

  /// The key first seen for `buddy`.
  [[nodiscard]] virtual std::optional<openhash::PublicKey> pin(const ohim::Name& buddy) const = 0;
  /// Completes when it is on disk.
  virtual base::Task<base::Result<void>> set_pin(ohim::Name buddy, openhash::PublicKey key) = 0;

  /// Those that were set, in this run or before.
  [[nodiscard]] virtual const NotesByBuddy& notes() const = 0;
  /// notes() has them at once; completes when they are on disk. Others stay as they are.
  virtual base::Task<base::Result<void>> set_notes(NotesByBuddy notes) = 0;

  /// Completes when all are on disk, in the order of the calls; `pending` ones survive this process
  /// by then, and are on disk with the next write. The number that each was given; 0: a second text
  /// of the same peer, direction and id, which is dropped. StoredText::number is not looked at.
  virtual base::Task<base::Result<std::vector<TextNumber>>> add_texts(Texts texts) = 0;
  /// Of texts of ours that were added before, on disk when it completes. Those of which nothing is
  /// known are left out; no error.
  virtual base::Task<base::Result<void>> set_fates(std::vector<TextFate> fates) = 0;

  /// The last `count` texts from and to `buddy` before the one of that number, oldest first. 0:
  /// before the end.
  virtual base::Task<base::Result<Texts>> texts_before(ohim::Name buddy, TextNumber before,
                                                       std::size_t count) = 0;
  /// The first `count` after the one of that number, oldest first.
  virtual base::Task<base::Result<Texts>> texts_after(ohim::Name buddy, TextNumber after,
                                                      std::size_t count) = 0;
  /// How many texts from `buddy` stand after that number; counts to kMostCounted. Those that an
  /// earlier version of Basic received, which did not note what was read, do not count.
  virtual base::Task<base::Result<std::size_t>> count_after(ohim::Name buddy, TextNumber after) = 0;
  /// Texts in which all of `words` (parted by white space) occur, in any case; newest first, at
  /// most `count`. None: with anybody. Looks at the newest kMostSearched, in steps that let other
  /// work in between; destroying the task ends it at the next. `too_large`: words of over 256
  /// bytes.
  virtual base::Task<base::Result<Texts>> search(std::string words, std::optional<ohim::Name> buddy,
                                                 std::size_t count) = 0;

  /// Small values, kept by name: those that were set, in this run or before.
  [[nodiscard]] virtual std::optional<std::string> setting(std::string_view key) const = 0;
  /// setting() has it at once; completes when it is on disk. None: forgets it. `too_large`: see
  /// above.
  virtual base::Task<base::Result<void>> set_setting(std::string key,
                                                     std::optional<std::string> value) = 0;

 protected:
  static base::Error not_open();
  static base::Result<void> check_setting(const std::string& key,
                                          const std::optional<std::string>& value);
};

/// A profile that is gone with its process: for tests, the simulator, and bots without a disk.
class MemoryProfile final : public Profile {
 public:
  base::Task<base::Result<void>> open(ohim::Name user, base::Secret key) override;
  [[nodiscard]] std::optional<openhash::PublicKey> pin(const ohim::Name& buddy) const override;
  base::Task<base::Result<void>> set_pin(ohim::Name buddy, openhash::PublicKey key) override;
  [[nodiscard]] const NotesByBuddy& notes() const override;
  base::Task<base::Result<void>> set_notes(NotesByBuddy notes) override;
  base::Task<base::Result<std::vector<TextNumber>>> add_texts(Texts texts) override;
  base::Task<base::Result<void>> set_fates(std::vector<TextFate> fates) override;
  base::Task<base::Result<Texts>> texts_before(ohim::Name buddy, TextNumber before,
                                               std::size_t count) override;
  base::Task<base::Result<Texts>> texts_after(ohim::Name buddy, TextNumber after,
                                              std::size_t count) override;
  base::Task<base::Result<std::size_t>> count_after(ohim::Name buddy, TextNumber after) override;
  base::Task<base::Result<Texts>> search(std::string words, std::optional<ohim::Name> buddy,
                                         std::size_t count) override;
  [[nodiscard]] std::optional<std::string> setting(std::string_view key) const override;
  base::Task<base::Result<void>> set_setting(std::string key,
                                             std::optional<std::string> value) override;

 private:
  struct User {
    std::map<ohim::Name, openhash::PublicKey> pins;
    NotesByBuddy notes;
    Texts texts;  // the one of number n is the nth
    std::map<std::tuple<ohim::Name, bool, TextId>, TextNumber> numbers;
    std::set<TextNumber> pending;
    std::map<std::string, std::string, std::less<>> settings;
  };
  std::map<ohim::Name, User> users_;
  User* user_ = nullptr;  // into users_, whose elements stay where they are
};

}  // namespace basic
