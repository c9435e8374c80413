#pragma once
// What a storage node has accepted, on disk before anybody is told (SQLite, write-ahead log,
// synchronous: a kill or a power cut loses nothing that was acknowledged).

#include <filesystem>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "openhash/key.h"

namespace openhash {

/// May be used from any one thread at a time, or several: it has a lock of its own.
class Journal {
 public:
  struct Entry {
    Key key;
    std::uint64_t id = 0;
    base::Bytes record;
    base::WallTime until;  ///< swept after this
  };

  struct Opened {
    std::unique_ptr<Journal> journal;
    /// What was there and could be read. The reader checks each: a disk is a stranger too.
    std::vector<Entry> entries;
    /// Empty, or what was wrong and where the damaged file is now.
    std::string report;
  };
  /// Opens or creates. A damaged file is set aside and what is readable of it goes into a fresh
  /// one. If none can be opened for now (disk full), each write tries again: nothing keeps a node
  /// from starting and from serving what it has.
  static Opened open(const std::filesystem::path& file);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// Writes all entries, in place of those of the same key and id, in one transaction: done when
  /// it is on disk. `failed` (disk full): nothing is written.
  base::Result<void> write(const std::vector<Entry>& entries);
  /// Removes what ended before `now`.
  base::Result<void> sweep(base::WallTime now);
  /// Waits for a write under way and closes the file. Later writes are `closed`.
  void close();

 private:
  struct Impl;
  explicit Journal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace openhash
