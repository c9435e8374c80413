#include "journal.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>

namespace openhash {
namespace {

using base::Errc;
using base::fail;
namespace fs = std::filesystem;

constexpr std::size_t kMostSetAside = 100;
constexpr int kTries = 3;
constexpr std::size_t kLargestPage = 65536;
// Exclusive, as StateFolder lets only one process in: then the log needs no index in a file of its
// own, which a full disk would keep from being made.
constexpr const char* kManner =
    "PRAGMA locking_mode=EXCLUSIVE;"
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;";
constexpr const char* kTable =
    "CREATE TABLE IF NOT EXISTS records(key BLOB NOT NULL, id INTEGER NOT NULL,"
    " record BLOB NOT NULL, until INTEGER NOT NULL, PRIMARY KEY(key, id)) WITHOUT ROWID;";
constexpr const char* kAllRows = "SELECT key, id, record, until FROM records ORDER BY key, id";

/// An open SQLite database.
class Database {
 public:
  static base::Result<Database> open(const fs::path& file) {
    // SQLite would make it, and its log after its pattern, readable for all.
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (made >= 0) ::close(made);
    sqlite3* raw = nullptr;
    const int code =
        sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    Database database(raw);
    if (code != SQLITE_OK) return database.error();
    return database;
  }
  explicit Database(sqlite3* raw) : raw_(raw) {}
  Database(Database&& other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
  Database& operator=(Database&& other) noexcept {
    std::swap(raw_, other.raw_);
    return *this;
  }
  ~Database() { sqlite3_close(raw_); }

  [[nodiscard]] sqlite3* raw() const { return raw_; }
  [[nodiscard]] base::Error error() const {
    return fail(Errc::failed, std::string("the journal: ") + sqlite3_errmsg(raw_));
  }
  base::Result<void> run(const char* sql) {
    if (sqlite3_exec(raw_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error();
    return {};
  }

 private:
  sqlite3* raw_;
};

/// A prepared statement. A null one (the SQL did not fit the file) steps to an error.
class Statement {
 public:
  Statement(const Database& database, const char* sql) {
    sqlite3_prepare_v2(database.raw(), sql, -1, &raw_, nullptr);
  }
  ~Statement() { sqlite3_finalize(raw_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void bind(int index, base::ByteView bytes) {
    sqlite3_bind_blob(raw_, index, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
  }
  void bind(int index, std::int64_t number) { sqlite3_bind_int64(raw_, index, number); }
  int step() { return raw_ == nullptr ? SQLITE_ERROR : sqlite3_step(raw_); }
  void reset() { sqlite3_reset(raw_); }
  [[nodiscard]] base::ByteView bytes(int column) const {
    const auto* const data = static_cast<const std::uint8_t*>(sqlite3_column_blob(raw_, column));
    return {data,
            data == nullptr ? 0U : static_cast<std::size_t>(sqlite3_column_bytes(raw_, column))};
  }
  [[nodiscard]] std::int64_t number(int column) const { return sqlite3_column_int64(raw_, column); }

 private:
  sqlite3_stmt* raw_ = nullptr;
};

using Rows = std::map<std::pair<Key, std::uint64_t>, Journal::Entry>;

/// Adds rows until the end, or until one cannot be read; true at the end.
bool read_rows(const Database& database, const char* sql, Rows& rows) {
  Statement select(database, sql);
  int code = select.step();
  for (; code == SQLITE_ROW; code = select.step()) {
    Journal::Entry entry;
    const base::ByteView key = select.bytes(0);
    if (key.size() != entry.key.bytes.size()) continue;
    std::copy(key.begin(), key.end(), entry.key.bytes.begin());
    entry.id = static_cast<std::uint64_t>(select.number(1));
    entry.record = base::to_bytes(select.bytes(2));
    entry.until = base::WallTime(std::chrono::seconds(select.number(3)));
    rows.try_emplace({entry.key, entry.id}, std::move(entry));
  }
  return code == SQLITE_DONE;
}

/// From both ends: a damaged page in the middle costs only what it held.
void salvage_rows(const Database& database, Rows& rows) {
  if (read_rows(database, kAllRows, rows)) return;
  read_rows(database, "SELECT key, id, record, until FROM records ORDER BY key DESC, id DESC",
            rows);
}

/// What came of opening a file. SQLite's codes, in two kinds: what is in the file makes no sense,
/// or the file cannot be got at (disk full, no memory, a failing disk), which may pass.
struct Attempt {
  std::optional<Database> database;  ///< if it is sound, and all rows were read
  bool damaged = false;
  bool unreadable = false;  ///< the disk failed
  std::string why;
};

Attempt failed(const Database& database) {
  const int code = sqlite3_errcode(database.raw());
  const bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR;
  return {std::nullopt, damaged, code == SQLITE_IOERR, sqlite3_errmsg(database.raw())};
}

/// "ok", or what is wrong; empty if it could not be checked.
std::string checked(const Database& database) {
  Statement check(database, "PRAGMA quick_check(1)");
  return check.step() == SQLITE_ROW ? base::to_string(check.bytes(0)) : std::string();
}

Attempt try_open(const fs::path& file, Rows& rows) {
  base::Result<Database> database = Database::open(file);
  if (!database) return {std::nullopt, false, false, database.error().what};
  if (!database->run(kManner) || !database->run(kTable)) {
    Attempt attempt = failed(*database);
    salvage_rows(*database, rows);
    return attempt;
  }
  const std::string state = checked(*database);
  if (!state.empty() && state != "ok") {
    salvage_rows(*database, rows);
    return {std::nullopt, true, false, state};
  }
  if (state.empty() || !read_rows(*database, kAllRows, rows)) {
    Attempt attempt = failed(*database);
    salvage_rows(*database, rows);
    return attempt;
  }
  return {std::move(*database), false, false, {}};
}

/// A passing fault costs a moment, not the journal.
Attempt open_patiently(const fs::path& file, Rows& rows) {
  Attempt attempt;
  for (int tries = 0; tries < kTries; ++tries) {
    attempt = try_open(file, rows);
    if (attempt.database || attempt.damaged) break;
  }
  return attempt;
}

base::Result<void> write_rows(Database& database, const std::vector<Journal::Entry>& entries) {
  if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return begun;
  {
    Statement insert(database, "INSERT OR REPLACE INTO records VALUES(?, ?, ?, ?)");
    for (const Journal::Entry& entry : entries) {
      insert.bind(1, base::ByteView(entry.key.bytes));
      insert.bind(2, static_cast<std::int64_t>(entry.id));
      insert.bind(3, base::ByteView(entry.record));
      insert.bind(4, static_cast<std::int64_t>(entry.until.time_since_epoch().count()));
      if (insert.step() != SQLITE_DONE) {
        const base::Error error = database.error();
        insert.reset();
        (void)database.run("ROLLBACK");
        return error;
      }
      insert.reset();
    }
  }
  auto committed = database.run("COMMIT");
  if (!committed) {
    const base::Error error = committed.error();
    (void)database.run("ROLLBACK");
    return error;
  }
  return committed;
}

// --- the way from a damaged file to a fresh one ---
// The fresh one is made beside it, under two names: "new" until it is whole, then "mended". Whoever
// finds a mended one goes on from there, so that a kill at any point loses nothing.

fs::path beside(const fs::path& file, const char* what) { return file.string() + what; }

void sync_folder_of(const fs::path& file) {
  const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  (void)::fsync(folder);
  ::close(folder);
}

base::Result<void> make_mended(const fs::path& file, const Rows& rows) {
  const fs::path fresh = beside(file, ".new");
  std::error_code error;
  fs::remove(fresh, error);
  fs::remove(beside(fresh, "-journal"), error);
  base::Result<Database> database = Database::open(fresh);
  if (!database) return database.error();
  // Without a write-ahead log: one file, that can be renamed.
  if (auto made = database->run(kTable); !made) return made;
  std::vector<Journal::Entry> entries;
  for (const auto& [place, entry] : rows) entries.push_back(entry);
  if (auto written = write_rows(*database, entries); !written) return written;
  fs::rename(fresh, beside(file, ".mended"), error);
  if (error) return fail(Errc::failed, "the journal cannot be renamed: " + error.message());
  sync_folder_of(file);
  return {};
}

/// Moves the damaged file out of the way: its log first, or the next one would be taken for its.
base::Result<fs::path> set_aside(const fs::path& file) {
  std::error_code error;
  for (std::size_t number = 1; number <= kMostSetAside; ++number) {
    const fs::path aside = file.string() + ".damaged-" + std::to_string(number);
    if (fs::exists(aside, error)) continue;
    for (const char* const part : {"-wal", "-shm"}) {
      std::error_code absent;  // they need not be there
      fs::rename(beside(file, part), beside(aside, part), absent);
    }
    fs::rename(file, aside, error);
    if (error && fs::exists(file)) break;
    return aside;
  }
  return fail(Errc::failed, "the journal " + file.string() +
                                " is damaged and cannot be moved out of the way: move it by hand");
}

/// Where the damaged file is now.
base::Result<fs::path> take_mended(const fs::path& file) {
  base::Result<fs::path> aside = set_aside(file);
  if (!aside) return aside;
  std::error_code error;
  fs::rename(beside(file, ".mended"), file, error);
  if (error) return fail(Errc::failed, "the journal cannot be renamed: " + error.message());
  sync_folder_of(file);
  return aside;
}

// --- the end of the log ---

/// Pages that the write-ahead log seems to have, by their marks (SQLite's file format, section 4);
/// whether they are whole is not looked at.
std::size_t pages_marked(const fs::path& file) {
  constexpr std::size_t kHead = 32;
  constexpr std::size_t kPageHead = 24;
  constexpr std::size_t kSalt = 8;  // at 16 in the head, at 8 in that of each page
  std::ifstream log(beside(file, "-wal"), std::ios::binary);
  std::array<char, kHead> head{};
  if (!log.read(head.data(), kHead)) return 0;
  base::Reader size(base::view(std::string_view(head.data() + 8, 4)));
  const std::size_t page = size.u32();
  if (page == 0 || page > kLargestPage) return 1;
  std::array<char, kPageHead> mark{};
  std::size_t pages = 0;
  while (log.read(mark.data(), kPageHead)) {
    if (!std::equal(&mark[8], &mark[8 + kSalt], &head[16])) break;
    ++pages;
    log.seekg(static_cast<std::streamoff>(page), std::ios::cur);
  }
  return pages;
}

/// Says so if the log ends in pages that SQLite does not take.
std::string cut_tail(const Database& database, std::size_t marked) {
  Statement checkpoint(database, "PRAGMA wal_checkpoint(PASSIVE)");
  if (checkpoint.step() != SQLITE_ROW) return {};
  const auto taken = static_cast<std::size_t>(std::max<std::int64_t>(checkpoint.number(1), 0));
  if (marked <= taken) return {};
  return "the end of the journal was not whole: " + std::to_string(marked - taken) +
         " pages were cut, as a kill in the middle of a write leaves them";
}

}  // namespace

struct Journal::Impl {
  explicit Impl(fs::path the_file) : file(std::move(the_file)) {}
  fs::path file;
  std::mutex lock;
  std::optional<Database> database;  // empty: it could not be opened yet, or is closed
  bool closed = false;

  base::Result<void> get_ready();
};

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Journal::~Journal() = default;

Journal::Opened Journal::open(const fs::path& file) {
  Rows rows;
  Opened opened;
  auto impl = std::make_unique<Impl>(file);
  if (fs::exists(beside(file, ".mended"))) (void)take_mended(file);
  const std::size_t marked = pages_marked(file);
  Attempt attempt = open_patiently(file, rows);
  if (attempt.database) {
    opened.report = cut_tail(*attempt.database, marked);
  } else {
    opened.report = "the journal " + file.string() + ": " + attempt.why + "; ";
    const bool mends = attempt.damaged || attempt.unreadable;
    if (mends && make_mended(file, rows)) {
      const base::Result<fs::path> aside = take_mended(file);
      Rows again;
      attempt = open_patiently(file, again);
      opened.report += std::to_string(rows.size()) + " records were saved, the old file is " +
                       (aside ? aside->string() : aside.error().message());
    }
    if (!attempt.database) {
      opened.report += "nothing can be written for now; " + std::to_string(rows.size()) +
                       " records could be read";
    }
  }
  impl->database = std::move(attempt.database);
  for (auto& [place, entry] : rows) opened.entries.push_back(std::move(entry));
  opened.journal.reset(new Journal(std::move(impl)));
  return opened;
}

/// The database, opened again if it could not be so far. `closed`, `failed`.
base::Result<void> Journal::Impl::get_ready() {
  if (closed) return fail(Errc::closed, "the journal is closed");
  if (database) return {};
  Rows rows;
  Attempt attempt = try_open(file, rows);
  if (!attempt.database) return fail(Errc::failed, "the journal: " + attempt.why);
  database = std::move(attempt.database);
  return {};
}

base::Result<void> Journal::write(const std::vector<Entry>& entries) {
  const std::lock_guard guard(impl_->lock);
  if (auto ready = impl_->get_ready(); !ready) return ready;
  return write_rows(*impl_->database, entries);
}

base::Result<void> Journal::sweep(base::WallTime now) {
  const std::lock_guard guard(impl_->lock);
  if (auto ready = impl_->get_ready(); !ready) return ready;
  Statement remove(*impl_->database, "DELETE FROM records WHERE until < ?");
  remove.bind(1, static_cast<std::int64_t>(now.time_since_epoch().count()));
  if (remove.step() != SQLITE_DONE) return impl_->database->error();
  return {};
}

void Journal::close() {
  const std::lock_guard guard(impl_->lock);
  impl_->closed = true;
  impl_->database.reset();
}

}  // namespace openhash
