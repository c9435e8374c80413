#pragma once
// One user's SQLite file: pins, notes and texts. Plain and blocking, for a worker thread; calls
// exclude one another. What it holds is sealed, its names are tags.

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "basic/profile.h"
#include "sealed_box.h"

struct sqlite3;

namespace basic {

/// As it stands in the file.
struct SealedText {
  TextId id{};
  base::Bytes peer_tag;
  bool outgoing = false;
  base::Bytes box;
};
/// A pin, or notes: about one buddy, whom the tag stands for.
struct SealedRow {
  base::Bytes tag;
  base::Bytes box;
};
struct Rows {
  std::vector<SealedRow> pins;
  std::vector<SealedRow> notes;
};

class HistoryFile {
 public:
  /// Opens or makes `file`, which must not be a symbolic link. `failed` says what is wrong with it.
  static base::Result<std::shared_ptr<HistoryFile>> open(const std::filesystem::path& file);
  ~HistoryFile();

  base::Result<Rows> rows();
  /// All or nothing, on disk when it returns. For each text whether it is new.
  base::Result<std::vector<bool>> commit(const std::vector<SealedText>& texts, const Rows& rows);
  /// The last `count` texts from and to a peer, oldest first.
  base::Result<std::vector<SealedText>> recent(const base::Bytes& peer_tag, std::size_t count);

 private:
  explicit HistoryFile(sqlite3* database) : database_(database) {}
  base::Result<void> run(const char* sql);
  base::Result<std::vector<bool>> insert(const std::vector<SealedText>& texts);
  base::Result<std::vector<SealedRow>> read(const char* sql);
  base::Result<void> replace(const std::vector<SealedRow>& rows, const char* sql);
  [[nodiscard]] base::Error error() const;

  std::mutex mutex_;
  sqlite3* database_;
};

}  // namespace basic
