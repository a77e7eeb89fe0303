#include "storage/vault_schema.h"

namespace rukun {

namespace {
// Blobs come last in a row, so that the columns before them are read without touching them.
constexpr const char* kTables = R"sql(
CREATE TABLE head(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  bytes BLOB NOT NULL);
CREATE TABLE item(
  class INTEGER NOT NULL,
  key BLOB NOT NULL,
  value BLOB NOT NULL,
  UNIQUE (class, key));
CREATE TABLE space(
  ix INTEGER PRIMARY KEY,
  id BLOB NOT NULL);
CREATE TABLE log(
  ix INTEGER PRIMARY KEY,
  space INTEGER NOT NULL,
  name BLOB NOT NULL);
CREATE TABLE segment(
  arrival INTEGER PRIMARY KEY,
  log INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  before BLOB NOT NULL,
  "end" BLOB NOT NULL,
  within BLOB,
  epoch BLOB NOT NULL,
  bytes BLOB NOT NULL);
)sql";
}  // namespace

Status make_vault_schema(Db& db) {
  TRY_VOID(db.execute(kTables));
  const auto marks = "PRAGMA application_id=" + std::to_string(kVaultApplication) +
                     "; PRAGMA user_version=" + std::to_string(kVaultFormat);
  return db.execute(marks.c_str());
}

Status check_vault_schema(Db& db) {
  TRY(const auto application, db.integer("PRAGMA application_id"));
  TRY(const auto tables, db.integer("SELECT count(*) FROM sqlite_schema"));
  if (application == 0 && tables == 0)
    return error(Code::not_found, "the file holds no vault", "create a vault first");
  if (application != kVaultApplication)
    return error(Code::foreign, "the file is a database of another program");
  TRY(const auto format, db.integer("PRAGMA user_version"));
  if (format > kVaultFormat)
    return error(Code::unsupported,
                 "the vault was written by a newer version (format " + std::to_string(format) + ")",
                 "install the newest version");
  if (format < 1) return error(Code::damaged, "the vault names no format");
  return {};
}

}  // namespace rukun
