#pragma once
// The one door to SQLite: a database, a prepared statement, a transaction and a serialized image as
// small types that own their handles. Binding and stepping allocate nothing; bound bytes and text
// are not copied and must live until reset(). Errors: full, busy, damaged (not a database, or a
// broken one), io; bad_value for SQL that people wrote. One thread per database.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "platform/base/bytes.h"
#include "platform/base/result.h"
#include "platform/base/strong.h"

struct sqlite3;
struct sqlite3_stmt;
struct sqlite3_value;

namespace rukun {

class Stmt {
 public:
  Stmt() = default;
  explicit operator bool() const { return handle_ != nullptr; }

  // Parameters count from 1.
  Stmt& bind(int at, std::int64_t number);
  Stmt& bind(int at, ByteView blob);
  Stmt& bind(int at, std::string_view text);
  Stmt& bind_null(int at);

  Result<bool> step();  // true: there is a row. After an error or the last row it has been reset
  Status run();         // steps to the end and resets
  void reset();         // keeps what is bound

  // Columns count from 0; views live until the next step() or reset().
  int columns() const;
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  ByteView blob(int column) const;
  std::string_view text(int column) const;
  template <class IdType>
  std::optional<IdType> id(int column) const {
    return IdType::from(blob(column));
  }

 private:
  friend class Db;
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const;
  };
  explicit Stmt(sqlite3_stmt* handle) : handle_(handle) {}
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

// One row that Db::visit() shows, valid during the call. Columns count from 0.
class VisitedRow {
 public:
  explicit VisitedRow(sqlite3_value** values) : values_(values) {}
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  std::string_view text(int column) const;  // or the bytes of a blob
  template <class IdType>
  std::optional<IdType> id(int column) const {
    return IdType::from(view(text(column)));
  }

 private:
  sqlite3_value** values_;
};

// A whole database as bytes, in memory of SQLite's own, so that it is handed over without a copy.
class DbImage {
 public:
  DbImage() = default;
  explicit DbImage(std::size_t size);  // to be filled, then given to Db::load
  ByteView view() const { return {bytes_, size_}; }
  std::span<std::uint8_t> span() { return {bytes_, size_}; }
  DbImage(DbImage&& from) noexcept;
  DbImage& operator=(DbImage&& from) noexcept;
  ~DbImage();

 private:
  friend class Db;
  std::uint8_t* bytes_ = nullptr;
  std::size_t size_ = 0;
  bool owned_ = true;  // false: a view into the database, which must outlive it unchanged
};

struct DbPlace {
  std::filesystem::path path;
  std::string vfs;      // empty: the system's own; tests put a failing disk here
  bool create = false;  // otherwise not_found when it is not there
};

class Db {
 public:
  // Durable, with the vault's settings: exclusive, WAL, synchronous=FULL. A file that was not
  // closed properly is checked first. damaged when it is no database or the check finds something.
  static Result<Db> open_durable(const DbPlace& place);
  // In memory and private; or, with a name, shared by all that open this name in this program.
  static Result<Db> open_memory(const std::string& shared_name = {});

  Result<Stmt> prepare(std::string_view sql);          // one statement, to be kept and used often
  Status execute(const char* sql);                     // any number of statements, without results
  Result<std::int64_t> integer(std::string_view sql);  // the first column of the first row
  // Shows every row of "SELECT columns from", without copying any of it: what walks a million rows
  // takes a third less than by steps. `from` begins with FROM and has no parameters.
  Status visit(std::string_view columns, std::string_view from,
               const std::function<void(const VisitedRow&)>& use);

  std::int64_t changes() const;  // rows changed by the last statement
  bool in_transaction() const;

  // Everything is written into the main file and the WAL is emptied: what secure_delete overwrote
  // is then nowhere on the disk.
  Status checkpoint();
  Status quick_check();

  // The content of an in-memory database. Without a copy where SQLite can; then the database must
  // outlive the image and not change meanwhile.
  Result<DbImage> image();
  // Takes the place of what an in-memory database holds; it may grow past SQLite's 1 GiB.
  Status load(DbImage image);

 private:
  friend class Transaction;
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  explicit Db(sqlite3* handle) : handle_(handle) {}
  std::unique_ptr<sqlite3, Close> handle_;
  Stmt begin_, commit_, rollback_;
};

// A statement that is made when it is first asked for: of many, most are never used.
class LateStmt {
 public:
  explicit LateStmt(std::string sql) : sql_(std::move(sql)) {}
  Result<Stmt*> in(Db& db);

 private:
  std::string sql_;
  Stmt made_;
};

// Everything between begin() and commit(), or nothing. The database must stay where it is
// meanwhile.
class Transaction {
 public:
  static Result<Transaction> begin(Db& db);
  Status commit();  // once; an error means that nothing happened
  Transaction(Transaction&& from) noexcept : db_(from.db_) { from.db_ = nullptr; }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction() { roll_back(); }

 private:
  explicit Transaction(Db& db) : db_(&db) {}
  void roll_back();
  Db* db_;
};

}  // namespace rukun
