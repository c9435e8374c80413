#include "journal.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <optional>

namespace openhash {
namespace {

using base::Errc;
using base::fail;
namespace fs = std::filesystem;

constexpr std::size_t kMostSetAside = 100;
constexpr const char* kSchema =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "CREATE TABLE IF NOT EXISTS records(key BLOB NOT NULL, id INTEGER NOT NULL,"
    " record BLOB NOT NULL, until INTEGER NOT NULL, PRIMARY KEY(key, id)) WITHOUT ROWID;";

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
  if (read_rows(database, "SELECT key, id, record, until FROM records ORDER BY key, id", rows)) {
    return;
  }
  read_rows(database, "SELECT key, id, record, until FROM records ORDER BY key DESC, id DESC",
            rows);
}

bool is_sound(const Database& database) {
  Statement check(database, "PRAGMA quick_check(1)");
  if (check.step() != SQLITE_ROW) return false;
  return base::to_string(check.bytes(0)) == "ok";
}

/// The database and its rows, or nothing if it is not sound; then `rows` has what could be read.
std::optional<Database> open_sound(const fs::path& file, Rows& rows) {
  base::Result<Database> database = Database::open(file);
  if (!database) return std::nullopt;
  const bool usable = database->run(kSchema).has_value() && is_sound(*database);
  if (usable && read_rows(*database, "SELECT key, id, record, until FROM records", rows)) {
    return std::move(*database);
  }
  salvage_rows(*database, rows);
  return std::nullopt;
}

base::Result<fs::path> set_aside(const fs::path& file) {
  std::error_code error;
  for (std::size_t number = 1; number <= kMostSetAside; ++number) {
    const fs::path aside = file.string() + ".damaged-" + std::to_string(number);
    if (fs::exists(aside, error)) continue;
    fs::rename(file, aside, error);
    if (error) break;
    for (const char* const part : {"-wal", "-shm"}) {
      std::error_code absent;  // they need not be there
      fs::rename(file.string() + part, aside.string() + part, absent);
    }
    return aside;
  }
  return fail(Errc::failed, "the journal " + file.string() +
                                " is damaged and cannot be moved out of the way: move it by hand");
}

}  // namespace

struct Journal::Impl {
  std::mutex lock;
  std::optional<Database> database;
};

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Journal::~Journal() = default;

base::Result<Journal::Opened> Journal::open(const fs::path& file) {
  Rows rows;
  Opened opened;
  auto impl = std::make_unique<Impl>();
  if (auto database = open_sound(file, rows)) {
    impl->database.emplace(std::move(*database));
  } else {
    if (!fs::exists(file)) {
      return fail(Errc::failed, "the journal " + file.string() +
                                    " cannot be made: is the disk full, or the folder read-only?");
    }
    const base::Result<fs::path> aside = set_aside(file);
    if (!aside) return aside.error();
    base::Result<Database> fresh = Database::open(file);
    if (!fresh) return fresh.error();
    if (auto made = fresh->run(kSchema); !made) return made.error();
    impl->database.emplace(std::move(*fresh));
    opened.report = "the journal was damaged; " + std::to_string(rows.size()) +
                    " records were saved, the old file is " + aside->string();
  }
  for (auto& [place, entry] : rows) opened.entries.push_back(std::move(entry));
  opened.journal.reset(new Journal(std::move(impl)));
  if (!opened.report.empty()) {
    if (auto written = opened.journal->write(opened.entries); !written) return written.error();
  }
  return opened;
}

base::Result<void> Journal::write(const std::vector<Entry>& entries) {
  const std::lock_guard guard(impl_->lock);
  if (!impl_->database) return fail(Errc::closed, "the journal is closed");
  Database& database = *impl_->database;
  if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return begun;
  {
    Statement insert(database, "INSERT OR REPLACE INTO records VALUES(?, ?, ?, ?)");
    for (const Entry& entry : entries) {
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
  if (!committed) (void)database.run("ROLLBACK");
  return committed;
}

base::Result<void> Journal::sweep(base::WallTime now) {
  const std::lock_guard guard(impl_->lock);
  if (!impl_->database) return fail(Errc::closed, "the journal is closed");
  Statement remove(*impl_->database, "DELETE FROM records WHERE until < ?");
  remove.bind(1, static_cast<std::int64_t>(now.time_since_epoch().count()));
  if (remove.step() != SQLITE_DONE) return impl_->database->error();
  return {};
}

void Journal::close() {
  const std::lock_guard guard(impl_->lock);
  impl_->database.reset();
}

}  // namespace openhash
