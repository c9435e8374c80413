#include "history_file.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>

namespace basic {
namespace {

constexpr char kSchema[] =
    "PRAGMA journal_mode = WAL;"
    // FULL: a commit is on disk before it counts. Whoever was told `delivered` can rely on it.
    "PRAGMA synchronous = FULL;"
    "CREATE TABLE IF NOT EXISTS pins (tag BLOB PRIMARY KEY, box BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS notes (tag BLOB PRIMARY KEY, box BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS texts ("
    "  number INTEGER PRIMARY KEY, peer BLOB NOT NULL, outgoing INTEGER NOT NULL,"
    "  id BLOB NOT NULL, box BLOB NOT NULL, UNIQUE (peer, outgoing, id));"
    "CREATE INDEX IF NOT EXISTS texts_of_peer ON texts (peer, number);";

/// A prepared statement; finalised when it goes.
class Statement {
 public:
  Statement(sqlite3* database, const char* sql) {
    sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr);
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void bind(int at, base::ByteView blob) {
    sqlite3_bind_blob64(statement_, at, blob.data(), blob.size(), SQLITE_STATIC);
  }
  void bind(int at, std::int64_t number) { sqlite3_bind_int64(statement_, at, number); }
  int step() { return statement_ == nullptr ? SQLITE_ERROR : sqlite3_step(statement_); }
  void reset() { sqlite3_reset(statement_); }
  [[nodiscard]] base::ByteView blob(int column) {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  [[nodiscard]] std::int64_t number(int column) { return sqlite3_column_int64(statement_, column); }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

SealedText read_text(Statement& row) {
  SealedText text;
  const base::ByteView id = row.blob(0);
  std::copy_n(id.begin(), std::min(id.size(), text.id.size()), text.id.begin());
  text.peer_tag = base::to_bytes(row.blob(1));
  text.outgoing = row.number(2) != 0;
  text.box = base::to_bytes(row.blob(3));
  return text;
}

/// SQLite makes its files with the rights of the first one, so that one is made here.
bool make_private(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  ::close(descriptor);
  return true;
}

}  // namespace

base::Result<std::shared_ptr<HistoryFile>> HistoryFile::open(const std::filesystem::path& file) {
  if (!make_private(file)) {
    return base::fail(base::Errc::failed, "cannot open " + file.string() +
                                              "; is the folder yours, and the disk not full?");
  }
  sqlite3* database = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_FULLMUTEX;
  const int outcome = sqlite3_open_v2(file.c_str(), &database, flags, nullptr);
  std::shared_ptr<HistoryFile> opened(new HistoryFile(database));
  if (outcome != SQLITE_OK) return opened->error();
  const base::Result<void> prepared = opened->run(kSchema);
  if (!prepared) return prepared.error();
  return opened;
}

HistoryFile::~HistoryFile() { sqlite3_close_v2(database_); }

base::Error HistoryFile::error() const {
  return base::fail(base::Errc::failed,
                    std::string("the history cannot be used: ") + sqlite3_errmsg(database_));
}

base::Result<void> HistoryFile::run(const char* sql) {
  if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error();
  return {};
}

base::Result<Rows> HistoryFile::rows() {
  const std::scoped_lock lock(mutex_);
  auto pins = read("SELECT tag, box FROM pins");
  if (!pins) return pins.error();
  auto notes = read("SELECT tag, box FROM notes");
  if (!notes) return notes.error();
  return Rows{std::move(*pins), std::move(*notes)};
}

base::Result<std::vector<SealedRow>> HistoryFile::read(const char* sql) {
  Statement query(database_, sql);
  std::vector<SealedRow> rows;
  int outcome = query.step();
  for (; outcome == SQLITE_ROW; outcome = query.step()) {
    rows.push_back({base::to_bytes(query.blob(0)), base::to_bytes(query.blob(1))});
  }
  if (outcome != SQLITE_DONE) return error();
  return rows;
}

base::Result<std::vector<bool>> HistoryFile::commit(const std::vector<SealedText>& texts,
                                                    const Rows& rows) {
  const std::scoped_lock lock(mutex_);
  const base::Result<void> begun = run("BEGIN IMMEDIATE");
  if (!begun) return begun.error();
  base::Result<std::vector<bool>> added = insert(texts);
  base::Result<void> ended;
  if (added) ended = replace(rows.pins, "INSERT OR REPLACE INTO pins (tag, box) VALUES (?, ?)");
  if (added && ended)
    ended = replace(rows.notes, "INSERT OR REPLACE INTO notes (tag, box) VALUES (?, ?)");
  if (added && ended) ended = run("COMMIT");
  if (added && ended) return added;
  const base::Error why = added ? ended.error() : added.error();
  (void)run("ROLLBACK");
  return why;
}

base::Result<std::vector<bool>> HistoryFile::insert(const std::vector<SealedText>& texts) {
  Statement statement(database_,
                      "INSERT OR IGNORE INTO texts (peer, outgoing, id, box) VALUES (?, ?, ?, ?)");
  std::vector<bool> added;
  for (const SealedText& text : texts) {
    statement.bind(1, text.peer_tag);
    statement.bind(2, std::int64_t{text.outgoing});
    statement.bind(3, text.id);
    statement.bind(4, text.box);
    if (statement.step() != SQLITE_DONE) return error();
    added.push_back(sqlite3_changes(database_) > 0);
    statement.reset();
  }
  return added;
}

base::Result<void> HistoryFile::replace(const std::vector<SealedRow>& rows, const char* sql) {
  Statement statement(database_, sql);
  for (const SealedRow& row : rows) {
    statement.bind(1, row.tag);
    statement.bind(2, row.box);
    if (statement.step() != SQLITE_DONE) return error();
    statement.reset();
  }
  return {};
}

base::Result<std::vector<SealedText>> HistoryFile::recent(const base::Bytes& peer_tag,
                                                          std::size_t count) {
  const std::scoped_lock lock(mutex_);
  Statement query(database_,
                  "SELECT id, peer, outgoing, box FROM texts WHERE peer = ? "
                  "ORDER BY number DESC LIMIT ?");
  query.bind(1, peer_tag);
  query.bind(2, static_cast<std::int64_t>(count));
  std::vector<SealedText> texts;
  int outcome = query.step();
  for (; outcome == SQLITE_ROW; outcome = query.step()) texts.push_back(read_text(query));
  if (outcome != SQLITE_DONE) return error();
  std::ranges::reverse(texts);
  return texts;
}

}  // namespace basic
