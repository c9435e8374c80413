#include "history_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

namespace basic {
namespace {

/// For a moment two sessions of one process may have the file open: the later one waits.
constexpr int kBusyMilliseconds = 5000;

/// A commit is on disk before it counts: whoever was told `delivered` can rely on it.
constexpr char kSynced[] = "PRAGMA synchronous = FULL";
/// It is in the file, which outlives this process, and on disk with the next one that is synced.
constexpr char kUnsynced[] = "PRAGMA synchronous = NORMAL";

/// A file of the first version, which left user_version at 0.
constexpr char kVersion0[] =
    "CREATE TABLE IF NOT EXISTS pins (tag BLOB PRIMARY KEY, box BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS notes (tag BLOB PRIMARY KEY, box BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS texts ("
    "  number INTEGER PRIMARY KEY, peer BLOB NOT NULL, outgoing INTEGER NOT NULL,"
    "  id BLOB NOT NULL, box BLOB NOT NULL, UNIQUE (peer, outgoing, id));"
    "CREATE INDEX IF NOT EXISTS texts_of_peer ON texts (peer, number);";

/// What version 1 added. `undelivered`: those of our texts that are pending or failed; apart, so
/// that a text is written once, and its fate seldom. `unmarked`: up to there nobody noted what was
/// read.
constexpr char kToVersion1[] =
    "CREATE TABLE undelivered (number INTEGER PRIMARY KEY, fate INTEGER NOT NULL);"
    "CREATE TABLE peers (tag BLOB PRIMARY KEY, box BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE settings (tag BLOB PRIMARY KEY, box BLOB NOT NULL);"
    "CREATE TABLE unmarked (number INTEGER NOT NULL);"
    "INSERT INTO unmarked SELECT COALESCE(MAX(number), 0) FROM texts;"
    "PRAGMA user_version = 1;";

constexpr std::int64_t kVersion = 1;

constexpr char kFailPending[] = "UPDATE undelivered SET fate = 2 WHERE fate = 1;";

static_assert(static_cast<int>(Fate::pending) == 1 && static_cast<int>(Fate::failed) == 2);

SealedText read_text(Statement& row) {
  SealedText text;
  const base::ByteView id = row.blob(0);
  std::copy_n(id.begin(), std::min(id.size(), text.id.size()), text.id.begin());
  text.peer_tag = base::to_bytes(row.blob(1));
  text.outgoing = row.number(2) != 0;
  text.box = base::to_bytes(row.blob(3));
  const std::int64_t fate = row.number(4);
  text.fate = fate == 1 ? Fate::pending : fate == 2 ? Fate::failed : Fate::delivered;
  text.number = static_cast<TextNumber>(row.number(5));
  return text;
}

/// SQLite makes its files with the rights of the first one, so that one is made here.
bool make_private(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  ::close(descriptor);
  return true;
}

const std::string kTextsWhere =
    "SELECT id, peer, outgoing, box,"
    " (SELECT fate FROM undelivered WHERE undelivered.number = texts.number), number "
    "FROM texts WHERE ";

}  // namespace

const std::string HistoryFile::kBeforeOfPeer =
    kTextsWhere + "number < ?1 AND peer = ?3 ORDER BY number DESC LIMIT ?2";
const std::string HistoryFile::kBefore = kTextsWhere + "number < ?1 ORDER BY number DESC LIMIT ?2";
const std::string HistoryFile::kAfter =
    kTextsWhere + "number > ?1 AND peer = ?3 ORDER BY number LIMIT ?2";
const std::string HistoryFile::kReceivedAfter =
    "SELECT COUNT(*) FROM (SELECT 1 FROM texts "
    "WHERE number > MAX(?1, (SELECT number FROM unmarked)) AND peer = ?3 AND outgoing = 0 "
    "LIMIT ?2)";

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
  const base::Result<void> prepared = opened->prepare();
  if (!prepared) return prepared.error();
  return opened;
}

HistoryFile::HistoryFile(sqlite3* database) : database_(database), statements_(database) {}

HistoryFile::~HistoryFile() = default;

void HistoryFile::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

base::Error HistoryFile::error() const {
  return base::fail(base::Errc::failed,
                    std::string("the history cannot be used: ") + sqlite3_errmsg(database_.get()));
}

base::Result<void> HistoryFile::run(const char* sql) {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error();
  return {};
}

base::Result<void> HistoryFile::step(const char* sql) {
  Statement statement(statements_.prepared(sql));
  if (statement.step() != SQLITE_DONE) return error();
  return {};
}

base::Result<std::int64_t> HistoryFile::number(const char* sql) {
  Statement query(statements_.prepared(sql));
  if (query.step() != SQLITE_ROW) return error();
  return query.number(0);
}

// --- opening ---

base::Result<void> HistoryFile::prepare() {
  sqlite3_busy_timeout(database_.get(), kBusyMilliseconds);
  base::Result<void> ready = run("PRAGMA journal_mode = WAL");
  if (ready) ready = run("BEGIN IMMEDIATE");
  if (!ready) return ready;
  ready = bring_up_to_date();
  if (ready) ready = run(kFailPending);
  if (ready) return run("COMMIT");
  (void)run("ROLLBACK");
  return ready;
}

base::Result<void> HistoryFile::bring_up_to_date() {
  const base::Result<std::int64_t> version = number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version > kVersion) {
    return base::fail(
        base::Errc::failed,
        "a later version of Basic wrote this history; use that one, or choose another "
        "folder with --profile DIR");
  }
  if (*version == kVersion) return {};
  const base::Result<void> first = run(kVersion0);
  return first ? run(kToVersion1) : first;
}

base::Result<Rows> HistoryFile::rows() {
  const std::scoped_lock lock(mutex_);
  Rows rows;
  base::Result<void> done = get(rows.pins, "pins");
  if (done) done = get(rows.notes, "notes");
  if (done) done = get(rows.peers, "peers");
  if (done) done = get(rows.settings, "settings");
  if (!done) return done.error();
  return rows;
}

base::Result<void> HistoryFile::get(std::vector<SealedRow>& rows, const char* table) {
  Statement query(statements_.prepared(std::string("SELECT tag, box FROM ") + table));
  int outcome = query.step();
  for (; outcome == SQLITE_ROW; outcome = query.step()) {
    rows.push_back({base::to_bytes(query.blob(0)), base::to_bytes(query.blob(1))});
  }
  if (outcome != SQLITE_DONE) return error();
  return {};
}

// --- writing ---

namespace {

/// Texts that nobody has acknowledged yet: nobody relies on them, and their fates follow soon.
bool only_pending(const Changes& changes) {
  const auto pending = [](const SealedText& text) { return text.fate == Fate::pending; };
  const Rows& rows = changes.rows;
  return changes.fates.empty() && rows.pins.empty() && rows.notes.empty() &&
         rows.settings.empty() && std::ranges::all_of(changes.texts, pending);
}

}  // namespace

base::Result<std::vector<TextNumber>> HistoryFile::commit(const Changes& changes) {
  const std::scoped_lock lock(mutex_);
  base::Result<void> begun = step(only_pending(changes) ? kUnsynced : kSynced);
  if (begun) begun = step("BEGIN IMMEDIATE");
  if (!begun) return begun.error();
  base::Result<std::vector<TextNumber>> numbers = write(changes);
  if (numbers) {
    const base::Result<void> ended = step("COMMIT");
    if (ended) return numbers;
    numbers = ended.error();
  }
  (void)step("ROLLBACK");
  return numbers;
}

base::Result<std::vector<TextNumber>> HistoryFile::write(const Changes& changes) {
  auto numbers = insert(changes.texts);
  if (!numbers) return numbers;
  base::Result<void> done = update(changes.fates);
  if (done) done = put(changes.rows.pins, "pins");
  if (done) done = put(changes.rows.notes, "notes");
  if (done) done = put(changes.rows.peers, "peers");
  if (done) done = put(changes.rows.settings, "settings");
  if (!done) return done.error();
  return numbers;
}

base::Result<std::vector<TextNumber>> HistoryFile::insert(const std::vector<SealedText>& texts) {
  std::vector<TextNumber> numbers;
  if (texts.empty()) return numbers;
  Statement statement(statements_.prepared(
      "INSERT OR IGNORE INTO texts (peer, outgoing, id, box) VALUES (?, ?, ?, ?)"));
  Statement undelivered(
      statements_.prepared("INSERT INTO undelivered (number, fate) VALUES (?, ?)"));
  for (const SealedText& text : texts) {
    statement.bind(1, text.peer_tag);
    statement.bind(2, std::uint64_t{text.outgoing});
    statement.bind(3, text.id);
    statement.bind(4, text.box);
    if (statement.step() != SQLITE_DONE) return error();
    const bool is_new = sqlite3_changes(database_.get()) > 0;
    const auto number = static_cast<TextNumber>(sqlite3_last_insert_rowid(database_.get()));
    numbers.push_back(is_new ? number : 0);
    statement.reset();
    if (!is_new || text.fate == Fate::delivered) continue;
    undelivered.bind(1, number);
    undelivered.bind(2, static_cast<std::uint64_t>(text.fate));
    if (undelivered.step() != SQLITE_DONE) return error();
    undelivered.reset();
  }
  return numbers;
}

base::Result<void> HistoryFile::update(const std::vector<SealedFate>& fates) {
  if (fates.empty()) return {};
  const std::string number =
      "SELECT number FROM texts WHERE peer = ?1 AND outgoing = 1 AND id = ?2";
  Statement forget(statements_.prepared("DELETE FROM undelivered WHERE number = (" + number + ")"));
  Statement replace(statements_.prepared(
      "INSERT OR REPLACE INTO undelivered (number, fate) SELECT number, ?3 FROM (" + number + ")"));
  for (const SealedFate& known : fates) {
    const bool delivered = known.fate == Fate::delivered;
    Statement& statement = delivered ? forget : replace;
    statement.bind(1, known.peer_tag);
    statement.bind(2, known.id);
    if (!delivered) statement.bind(3, static_cast<std::uint64_t>(known.fate));
    if (statement.step() != SQLITE_DONE) return error();
    statement.reset();
  }
  return {};
}

base::Result<void> HistoryFile::put(const std::vector<SealedRow>& rows, const char* table) {
  if (rows.empty()) return {};
  const std::string name(table);
  Statement replace(
      statements_.prepared("INSERT OR REPLACE INTO " + name + " (tag, box) VALUES (?, ?)"));
  Statement forget(statements_.prepared("DELETE FROM " + name + " WHERE tag = ?"));
  for (const SealedRow& row : rows) {
    Statement& statement = row.box.empty() ? forget : replace;
    statement.bind(1, row.tag);
    if (!row.box.empty()) statement.bind(2, row.box);
    if (statement.step() != SQLITE_DONE) return error();
    statement.reset();
  }
  return {};
}

// --- reading ---

namespace {

/// Null if they could not all be read.
std::optional<std::vector<SealedText>> read_texts(Statement& query) {
  std::vector<SealedText> texts;
  int outcome = query.step();
  for (; outcome == SQLITE_ROW; outcome = query.step()) texts.push_back(read_text(query));
  if (outcome != SQLITE_DONE) return std::nullopt;
  return texts;
}

}  // namespace

base::Result<std::vector<SealedText>> HistoryFile::before(const base::Bytes& peer_tag,
                                                          TextNumber before, std::size_t count) {
  const std::scoped_lock lock(mutex_);
  Statement query(statements_.prepared(peer_tag.empty() ? kBefore : kBeforeOfPeer));
  query.bind(1, before == 0 ? std::numeric_limits<TextNumber>::max() : before);
  query.bind(2, std::uint64_t{count});
  if (!peer_tag.empty()) query.bind(3, peer_tag);
  auto texts = read_texts(query);
  if (!texts) return error();
  return std::move(*texts);
}

base::Result<std::vector<SealedText>> HistoryFile::after(const base::Bytes& peer_tag,
                                                         TextNumber after, std::size_t count) {
  const std::scoped_lock lock(mutex_);
  Statement query(statements_.prepared(kAfter));
  query.bind(1, after);
  query.bind(2, std::uint64_t{count});
  query.bind(3, peer_tag);
  auto texts = read_texts(query);
  if (!texts) return error();
  return std::move(*texts);
}

base::Result<std::size_t> HistoryFile::received_after(const base::Bytes& peer_tag, TextNumber after,
                                                      std::size_t most) {
  const std::scoped_lock lock(mutex_);
  Statement query(statements_.prepared(kReceivedAfter));
  query.bind(1, after);
  query.bind(2, std::uint64_t{most});
  query.bind(3, peer_tag);
  if (query.step() != SQLITE_ROW) return error();
  return static_cast<std::size_t>(query.number(0));
}

}  // namespace basic
