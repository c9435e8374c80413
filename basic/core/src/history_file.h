#pragma once
// One user's SQLite file: pins and texts. Plain and blocking, for a worker thread; calls exclude
// one another. What it holds is sealed, its names are tags.

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "basic/profile.h"
#include "sealed_box.h"

struct sqlite3;

namespace basic {

struct Pin {
  ohim::Name buddy;
  openhash::PublicKey key{};
};

/// A text or a pin as it stands in the file.
struct SealedText {
  TextId id{};
  base::Bytes peer_tag;
  bool outgoing = false;
  base::Bytes box;
};
struct SealedPin {
  base::Bytes tag;
  base::Bytes box;
};

class HistoryFile {
 public:
  /// Opens or makes `file`, which must not be a symbolic link. `failed` says what is wrong with it.
  static base::Result<std::shared_ptr<HistoryFile>> open(const std::filesystem::path& file);
  ~HistoryFile();

  base::Result<std::vector<SealedPin>> pins();
  /// All or nothing, on disk when it returns. For each text whether it is new.
  base::Result<std::vector<bool>> commit(const std::vector<SealedText>& texts,
                                         const std::vector<SealedPin>& pins);
  /// The last `count` texts from and to a peer, oldest first.
  base::Result<std::vector<SealedText>> recent(const base::Bytes& peer_tag, std::size_t count);

 private:
  explicit HistoryFile(sqlite3* database) : database_(database) {}
  base::Result<void> run(const char* sql);
  base::Result<std::vector<bool>> insert(const std::vector<SealedText>& texts);
  base::Result<void> insert(const std::vector<SealedPin>& pins);
  [[nodiscard]] base::Error error() const;

  std::mutex mutex_;
  sqlite3* database_;
};

}  // namespace basic
