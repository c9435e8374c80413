#pragma once
// A disk that fails on purpose: every call that SQLite makes passes here first.

#include <sqlite3.h>

#include <cstdint>
#include <string>

namespace openhash {

/// While one lives, it is SQLite's way to the disk. One at a time; open no journal before it.
class FaultyDisk {
 public:
  enum class Fault {
    none,
    full,         ///< ENOSPC: nothing of it is written
    error,        ///< EIO
    short_write,  ///< half of it is written, then ENOSPC; as `error` for what does not write
    killed,       ///< the process ends right before the call
    killed_amid,  ///< or in the middle of one that writes; others are not counted
  };

  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  /// From now on `count` calls pass, then the fault strikes: once, or from then on. Only files
  /// whose path contains `where` are struck, and counted.
  void strike(Fault fault, std::uint64_t count, bool for_ever, std::string where = {});
  /// The disk is well again.
  void mend() { strike(Fault::none, 0, false); }
  /// Whether it has struck since.
  [[nodiscard]] bool struck() const;

  /// How a killed process ends.
  static constexpr int kKilled = 42;
};

}  // namespace openhash
