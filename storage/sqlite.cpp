#include "storage/sqlite.h"

#include <sqlite3.h>

#include <cerrno>
#include <utility>

#include "platform/base/check.h"

namespace rukun {

namespace {

// SQLite's own cap for deserialized databases is 1 GiB; a large office needs a little more than
// half of that, and there should be no cliff behind it.
constexpr sqlite3_int64 kMostImage = sqlite3_int64{16} << 30;

Code code_of(int result, sqlite3* handle) {
  switch (result & 0xff) {
    case SQLITE_FULL: return Code::full;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT: return Code::busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Code::damaged;
    case SQLITE_IOERR:
      return handle != nullptr && sqlite3_system_errno(handle) == ENOSPC ? Code::full : Code::io;
    case SQLITE_ERROR: return Code::bad_value;
    default: return Code::io;
  }
}

const char* hint_of(Code code) {
  switch (code) {
    case Code::full: return "make room on the disk, then try again";
    case Code::damaged: return "restore the last backup beside this file; do not delete it";
    case Code::busy: return "close the other program that has it open";
    default: return "";
  }
}

tl::unexpected<Error> failure(sqlite3* handle, int result) {
  const auto code = code_of(result, handle);
  std::string message = "database: ";
  message += handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(result);
  message += " (" + std::to_string(result) + ")";
  return error(code, std::move(message), hint_of(code));
}

void check_bound(int result) {
  // Only a wrong index or use after a step can fail here, and running out of memory.
  CHECK_BUG(result == SQLITE_OK);
}

}  // namespace

void Stmt::Finalize::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

Stmt& Stmt::bind(int at, std::int64_t number) {
  check_bound(sqlite3_bind_int64(handle_.get(), at, number));
  return *this;
}

Stmt& Stmt::bind(int at, ByteView blob) {
  // A null pointer would bind NULL; an empty blob is not that.
  if (blob.empty()) {
    check_bound(sqlite3_bind_zeroblob(handle_.get(), at, 0));
  } else {
    check_bound(sqlite3_bind_blob64(handle_.get(), at, blob.data(), blob.size(), SQLITE_STATIC));
  }
  return *this;
}

Stmt& Stmt::bind(int at, std::string_view text) {
  check_bound(sqlite3_bind_text64(handle_.get(), at, text.empty() ? "" : text.data(), text.size(),
                                  SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Stmt& Stmt::bind_null(int at) {
  check_bound(sqlite3_bind_null(handle_.get(), at));
  return *this;
}

Result<bool> Stmt::step() {
  const int result = sqlite3_step(handle_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) {
    sqlite3_reset(handle_.get());
    return false;
  }
  auto failed = failure(sqlite3_db_handle(handle_.get()), result);
  sqlite3_reset(handle_.get());
  return failed;
}

Status Stmt::run() {
  int result = sqlite3_step(handle_.get());
  while (result == SQLITE_ROW) result = sqlite3_step(handle_.get());
  if (result == SQLITE_DONE) {
    sqlite3_reset(handle_.get());
    return {};
  }
  auto failed = failure(sqlite3_db_handle(handle_.get()), result);
  sqlite3_reset(handle_.get());
  return failed;
}

void Stmt::reset() { sqlite3_reset(handle_.get()); }

int Stmt::columns() const { return sqlite3_column_count(handle_.get()); }
bool Stmt::is_null(int column) const {
  return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}
std::int64_t Stmt::integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }

ByteView Stmt::blob(int column) const {
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_.get(), column));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

std::string_view Stmt::text(int column) const {
  const auto* letters = static_cast<const char*>(
      static_cast<const void*>(sqlite3_column_text(handle_.get(), column)));
  if (letters == nullptr) return {};
  return {letters, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

bool VisitedRow::is_null(int column) const {
  return sqlite3_value_type(values_[column]) == SQLITE_NULL;
}
std::int64_t VisitedRow::integer(int column) const { return sqlite3_value_int64(values_[column]); }

// As a blob, text is given where it lies; asked for as text it would be copied to be ended by 0.
std::string_view VisitedRow::text(int column) const {
  const auto* letters = static_cast<const char*>(sqlite3_value_blob(values_[column]));
  if (letters == nullptr) return {};
  return {letters, static_cast<std::size_t>(sqlite3_value_bytes(values_[column]))};
}

DbImage::DbImage(std::size_t size)
    : bytes_(static_cast<std::uint8_t*>(sqlite3_malloc64(size == 0 ? 1 : size))), size_(size) {
  CHECK_BUG(bytes_ != nullptr);
}

DbImage::DbImage(DbImage&& from) noexcept
    : bytes_(std::exchange(from.bytes_, nullptr)),
      size_(std::exchange(from.size_, 0)),
      owned_(from.owned_) {}

DbImage& DbImage::operator=(DbImage&& from) noexcept {
  std::swap(bytes_, from.bytes_);
  std::swap(size_, from.size_);
  std::swap(owned_, from.owned_);
  return *this;
}

DbImage::~DbImage() {
  if (owned_) sqlite3_free(bytes_);
}

void Db::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

namespace {

using RowUse = std::function<void(const VisitedRow&)>;
constexpr const char* kRowUse = "rukun_row_use";

// An aggregate of all rows, so that one step walks them all; its first argument is who wants them.
void visit_row(sqlite3_context*, int count, sqlite3_value** values) {
  if (count == 0) return;
  const auto* use = static_cast<const RowUse*>(sqlite3_value_pointer(values[0], kRowUse));
  if (use != nullptr) (*use)(VisitedRow(values + 1));
}

void visited_all(sqlite3_context* context) { sqlite3_result_null(context); }

Result<sqlite3*> open_handle(const std::string& name, int flags, const std::string& vfs) {
  sqlite3* handle = nullptr;
  const int result = sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX,
                                     vfs.empty() ? nullptr : vfs.c_str());
  if (result != SQLITE_OK) {
    auto failed = failure(handle, result);
    if ((result & 0xff) == SQLITE_CANTOPEN) {
      failed = error(Code::not_found, "cannot open " + name, "check the name of the folder");
    }
    sqlite3_close_v2(handle);
    return failed;
  }
  sqlite3_extended_result_codes(handle, 1);
  const int made =
      sqlite3_create_function_v2(handle, "rukun_visit", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                 nullptr, nullptr, visit_row, visited_all, nullptr);
  if (made == SQLITE_OK) return handle;
  auto failed = failure(handle, made);
  sqlite3_close_v2(handle);
  return failed;
}

// A WAL beside the file means that the last program did not get to close it.
bool left_open(const DbPlace& place) {
  auto* vfs = sqlite3_vfs_find(place.vfs.empty() ? nullptr : place.vfs.c_str());
  if (vfs == nullptr) return false;
  int there = 0;
  const auto wal = place.path.string() + "-wal";
  return vfs->xAccess(vfs, wal.c_str(), SQLITE_ACCESS_EXISTS, &there) == SQLITE_OK && there != 0;
}

}  // namespace

Result<Db> Db::open_durable(const DbPlace& place) {
  const bool unclean = left_open(place);
  const int flags = SQLITE_OPEN_READWRITE | (place.create ? SQLITE_OPEN_CREATE : 0);
  TRY(auto* handle, open_handle(place.path.string(), flags, place.vfs));
  Db db(handle);
  // Exclusive before the first access: then the WAL's index lives in our own memory and no second
  // connection can exist. EXTRA while a new file becomes a WAL database: otherwise the deletion of
  // the rollback journal of that step may be undone by a power cut, and the journal then undoes
  // all.
  TRY_VOID(
      db.execute("PRAGMA locking_mode=EXCLUSIVE;"
                 "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
                 "PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
                 "PRAGMA synchronous=EXTRA; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"));
  TRY(auto mode, db.prepare("PRAGMA journal_mode"));
  TRY(const bool row, mode.step());
  if (!row || mode.text(0) != "wal")
    return error(Code::io, place.path.string() + ": the database cannot keep a write-ahead log");
  mode.reset();
  if (unclean) TRY_VOID(db.quick_check());
  TRY(db.begin_, db.prepare("BEGIN IMMEDIATE"));
  TRY(db.commit_, db.prepare("COMMIT"));
  TRY(db.rollback_, db.prepare("ROLLBACK"));
  return db;
}

Result<Db> Db::open_memory(const std::string& shared_name) {
  const auto name =
      shared_name.empty() ? std::string(":memory:") : "file:/" + shared_name + "?vfs=memdb";
  TRY(auto* handle,
      open_handle(name, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, {}));
  Db db(handle);
  TRY_VOID(
      db.execute("PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF;"
                 "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"));
  TRY(db.begin_, db.prepare("BEGIN"));
  TRY(db.commit_, db.prepare("COMMIT"));
  TRY(db.rollback_, db.prepare("ROLLBACK"));
  return db;
}

Result<Stmt> Db::prepare(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int result = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  if (result != SQLITE_OK) return failure(handle_.get(), result);
  CHECK_BUG(raw != nullptr);
  return Stmt(raw);
}

Status Db::execute(const char* sql) {
  const int result = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) return failure(handle_.get(), result);
  return {};
}

Result<std::int64_t> Db::integer(std::string_view sql) {
  TRY(auto statement, prepare(sql));
  TRY(const bool row, statement.step());
  return row ? statement.integer(0) : 0;
}

Status Db::visit(std::string_view columns, std::string_view from, const RowUse& use) {
  std::string sql = "SELECT rukun_visit(?1, ";
  sql.append(columns).append(") ").append(from);
  TRY(auto statement, prepare(sql));
  check_bound(sqlite3_bind_pointer(statement.handle_.get(), 1, const_cast<RowUse*>(&use), kRowUse,
                                   nullptr));
  return statement.run();
}

std::int64_t Db::changes() const { return sqlite3_changes64(handle_.get()); }
bool Db::in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

Status Db::checkpoint() {
  const int result = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE,
                                               nullptr, nullptr);
  if (result != SQLITE_OK) return failure(handle_.get(), result);
  return {};
}

Status Db::quick_check() {
  TRY(auto check, prepare("PRAGMA quick_check(1)"));
  TRY(const bool row, check.step());
  if (row && check.text(0) == "ok") return {};
  return error(Code::damaged, "database: " + std::string(row ? check.text(0) : "no answer"),
               hint_of(Code::damaged));
}

Result<DbImage> Db::image() {
  DbImage image;
  sqlite3_int64 size = 0;
  image.bytes_ = sqlite3_serialize(handle_.get(), "main", &size, SQLITE_SERIALIZE_NOCOPY);
  image.owned_ = image.bytes_ == nullptr;
  if (image.owned_) image.bytes_ = sqlite3_serialize(handle_.get(), "main", &size, 0);
  if (image.bytes_ == nullptr) return error(Code::io, "database: there is no image of it");
  image.size_ = static_cast<std::size_t>(size);
  return image;
}

Status Db::load(DbImage image) {
  CHECK_BUG(image.owned_);
  const auto size = static_cast<sqlite3_int64>(image.size_);
  auto* bytes = std::exchange(image.bytes_, nullptr);
  const int result =
      sqlite3_deserialize(handle_.get(), "main", bytes, size, size,
                          SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  if (result != SQLITE_OK) return failure(handle_.get(), result);
  auto most = kMostImage;
  sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_SIZE_LIMIT, &most);
  return execute("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;");
}

Result<Stmt*> LateStmt::in(Db& db) {
  if (!made_) {
    TRY(made_, db.prepare(sql_));
  }
  return &made_;
}

Result<Transaction> Transaction::begin(Db& db) {
  TRY_VOID(db.begin_.run());
  return Transaction(db);
}

Status Transaction::commit() {
  CHECK_BUG(db_ != nullptr);
  auto done = db_->commit_.run();
  if (!done) {
    roll_back();
    return done;
  }
  db_ = nullptr;
  return {};
}

void Transaction::roll_back() {
  if (db_ == nullptr) return;
  // Some errors have rolled back already; then there is nothing left to do.
  if (db_->in_transaction()) static_cast<void>(db_->rollback_.run());
  db_ = nullptr;
}

}  // namespace rukun
