#pragma once
// One user's SQLite file: pins, notes, settings and texts. Plain and blocking, for a worker thread;
// calls exclude one another. What it holds is sealed, its names are tags. docs/profile.md.

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "basic/profile.h"
#include "sealed_box.h"
#include "sqlite_statement.h"

namespace basic {

/// As it stands in the file.
struct SealedText {
  TextId id{};
  base::Bytes peer_tag;
  bool outgoing = false;
  base::Bytes box;
  Fate fate = Fate::delivered;
  TextNumber number = 0;
};
/// Of a text of ours.
struct SealedFate {
  base::Bytes peer_tag;
  TextId id{};
  Fate fate = Fate::delivered;
};
/// About what the tag stands for: a buddy, or the key of a setting.
struct SealedRow {
  base::Bytes tag;
  base::Bytes box;  ///< empty: the row is to be forgotten
};
struct Rows {
  std::vector<SealedRow> pins;
  std::vector<SealedRow> notes;
  std::vector<SealedRow> peers;  ///< the names of those with whom there are texts
  std::vector<SealedRow> settings;
};
/// What goes to the disk together, in this order.
struct Changes {
  std::vector<SealedText> texts;
  std::vector<SealedFate> fates;
  Rows rows;
};

class HistoryFile {
 public:
  /// Opens or makes `file`, which must not be a symbolic link; brings one of an earlier version up
  /// to this; what was pending is failed. `failed` says what is wrong with it.
  static base::Result<std::shared_ptr<HistoryFile>> open(const std::filesystem::path& file);
  ~HistoryFile();

  base::Result<Rows> rows();
  /// All or nothing, on disk when it returns (if all is pending texts: in the file, and on disk
  /// with the next commit). For each text its number, or 0: it is not new.
  base::Result<std::vector<TextNumber>> commit(const Changes& changes);

  /// At most `count` texts before that number (0: the end), newest first; of one peer, or of all if
  /// the tag is empty.
  base::Result<std::vector<SealedText>> before(const base::Bytes& peer_tag, TextNumber before,
                                               std::size_t count);
  /// Of one peer, oldest first.
  base::Result<std::vector<SealedText>> after(const base::Bytes& peer_tag, TextNumber after,
                                              std::size_t count);
  /// How many of the peer's texts stand after that number; at most `most`.
  base::Result<std::size_t> received_after(const base::Bytes& peer_tag, TextNumber after,
                                           std::size_t most);

  // The questions above, as they are put: their plans are tested.
  static const std::string kBeforeOfPeer;
  static const std::string kBefore;
  static const std::string kAfter;
  static const std::string kReceivedAfter;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };

  explicit HistoryFile(sqlite3* database);
  base::Result<void> prepare();
  base::Result<void> bring_up_to_date();
  base::Result<std::int64_t> number(const char* sql);
  base::Result<void> run(const char* sql);   // any number of statements, once
  base::Result<void> step(const char* sql);  // one, kept for the next time
  base::Result<std::vector<TextNumber>> write(const Changes& changes);
  base::Result<std::vector<TextNumber>> insert(const std::vector<SealedText>& texts);
  base::Result<void> update(const std::vector<SealedFate>& fates);
  base::Result<void> get(std::vector<SealedRow>& rows, const char* table);
  base::Result<void> put(const std::vector<SealedRow>& rows, const char* table);
  [[nodiscard]] base::Error error() const;

  std::mutex mutex_;
  std::unique_ptr<sqlite3, Close> database_;
  Statements statements_;
};

}  // namespace basic
