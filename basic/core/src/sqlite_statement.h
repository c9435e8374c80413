#pragma once
// A prepared statement of SQLite, finalised when it goes. Private to the history file.

#include <sqlite3.h>

#include <algorithm>
#include <limits>

#include "base/bytes.h"

namespace basic {

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
  /// SQLite's numbers are signed: the highest stands for all above.
  void bind(int at, std::uint64_t number) {
    constexpr auto kHighest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const auto fits = static_cast<std::int64_t>(std::min(number, kHighest));
    sqlite3_bind_int64(statement_, at, fits);
  }
  /// SQLITE_ERROR also for a statement that could not be prepared.
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

}  // namespace basic
