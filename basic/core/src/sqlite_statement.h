#pragma once
// SQLite's prepared statements, each prepared once. Private to the history file.

#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <string>

#include "base/bytes.h"

namespace basic {

/// One use of a prepared statement: its bindings and its place in the rows end with this.
class Statement {
 public:
  /// Null: it could not be prepared, and no step will succeed.
  explicit Statement(sqlite3_stmt* prepared) : statement_(prepared) {}
  ~Statement() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// `blob` must live until the next reset().
  void bind(int at, base::ByteView blob) {
    sqlite3_bind_blob64(statement_, at, blob.data(), blob.size(), SQLITE_STATIC);
  }
  /// SQLite's numbers are signed: the highest stands for all above.
  void bind(int at, std::uint64_t number) {
    constexpr auto kHighest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const auto fits = static_cast<std::int64_t>(std::min(number, kHighest));
    sqlite3_bind_int64(statement_, at, fits);
  }
  int step() { return statement_ == nullptr ? SQLITE_ERROR : sqlite3_step(statement_); }
  void reset() { sqlite3_reset(statement_); }
  [[nodiscard]] base::ByteView blob(int column) {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  [[nodiscard]] std::int64_t number(int column) { return sqlite3_column_int64(statement_, column); }

 private:
  sqlite3_stmt* statement_;
};

/// The statements of one open file. Goes before the file is closed.
class Statements {
 public:
  explicit Statements(sqlite3* database) : database_(database) {}

  sqlite3_stmt* prepared(const std::string& sql) {
    Prepared& known = prepared_[sql];
    if (!known) {
      sqlite3_stmt* made = nullptr;
      sqlite3_prepare_v2(database_, sql.c_str(), -1, &made, nullptr);
      known.reset(made);
    }
    return known.get();
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;

  sqlite3* database_;
  std::map<std::string, Prepared> prepared_;
};

}  // namespace basic
