#pragma once
// The one door to libpq: a connection to a PostgreSQL server, statements with parameters, rows by
// COPY, and a transaction that is rolled back unless it was committed. Parameters are text; what
// is sent is UTF-8. A server that answers no more is noticed within about 30 s, a lock that
// somebody holds is waited for 10 s. Errors say what, where, and what to do: io (no server,
// connection lost), not_allowed (password, rights), not_found (no such database), full, busy
// (locked), bad_value (a connection text that cannot be read). One thread.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/domain/language.h"
#include "platform/base/result.h"

struct pg_conn;
struct pg_result;

namespace rukun {

// The answer to a query, as text.
class PgRows {
 public:
  std::size_t size() const;
  int columns() const;
  bool is_null(std::size_t row, int column) const;
  std::string_view text(std::size_t row, int column) const;  // empty when null
  std::int64_t number(std::size_t row, int column) const;    // 0 when null or no number
  std::uint64_t affected() const;  // rows that an INSERT, UPDATE or DELETE touched

 private:
  friend class Postgres;
  friend class PgTransaction;
  struct Clear {
    void operator()(pg_result* result) const;
  };
  explicit PgRows(pg_result* result) : result_(result) {}
  std::unique_ptr<pg_result, Clear> result_;
};

using PgParameters = std::vector<std::optional<std::string>>;

class Postgres {
 public:
  // `conninfo` as psql takes it: "host=… dbname=… user=…" or "postgresql://…". The environment
  // (PGPASSWORD, PGSSLMODE …) and ~/.pgpass count as they do there.
  static Result<Postgres> connect(const std::string& conninfo, Language language);

  const std::string& place() const { return place_; }  // "host/database", without a password
  bool is_private() const;                             // over TLS, or not over a network at all

  Result<PgRows> query(const std::string& sql, const PgParameters& parameters = {});
  Status run(const std::string& sql);  // any number of statements, without parameters

  // Rows into a table: begin, pieces, end. After an error in between, roll the transaction back.
  Status begin_copy(const std::string& sql);
  Status copy(std::string_view piece);
  Status end_copy();

 private:
  friend class PgTransaction;
  struct Close {
    void operator()(pg_conn* connection) const;
  };
  Postgres(pg_conn* connection, Language language) : connection_(connection), language_(language) {}
  tl::unexpected<Error> failure(const pg_result* result) const;

  std::unique_ptr<pg_conn, Close> connection_;
  Language language_;
  std::string place_;
  bool copying_ = false;
};

// Everything between begin() and commit(), or nothing. The connection must stay where it is.
class PgTransaction {
 public:
  static Result<PgTransaction> begin(Postgres& server);
  Status commit();
  PgTransaction(PgTransaction&& from) noexcept : server_(from.server_) { from.server_ = nullptr; }
  PgTransaction& operator=(PgTransaction&&) = delete;
  ~PgTransaction();

 private:
  explicit PgTransaction(Postgres& server) : server_(&server) {}
  Postgres* server_;
};

// An SQL identifier and an SQL text, quoted.
std::string pg_name(std::string_view name);
std::string pg_text(std::string_view text);

}  // namespace rukun
