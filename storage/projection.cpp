#include "storage/projection.h"

#include "platform/base/check.h"
#include "storage/projection_works.h"
#include "sync/limits.h"
#include "sync/wire.h"

namespace rukun {

namespace {
constexpr std::uint32_t kVersion = 3;  // of what an image holds

// Everything of the projection that is not a row, for the image.
struct SavedPast {
  LogIndex log = 0;
  TxnHash end;
  std::vector<std::pair<LogIndex, Seq>> past;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(log, end, past);
  }
};
struct Number {
  std::int64_t value = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(value);
  }
};
struct Saved {
  std::uint32_t version = kVersion;
  std::uint64_t fingerprint = 0;
  std::int64_t arrival = 0;
  std::vector<Number> waiting;
  std::vector<SpaceId> spaces;
  std::vector<LogId> logs;
  std::vector<Number> logs_with_deps;
  std::vector<SavedPast> pasts;
  std::uint64_t name = 0;
  TouchedRecords touched;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(version, fingerprint, arrival, waiting, spaces, logs, logs_with_deps, pasts, name,
            touched);
  }
};

const char* sql_type(const ColumnSpec& column) {
  if (column.set || column.type == ValueType::text) return "TEXT";
  return column.type == ValueType::reference ? "BLOB" : "INTEGER";
}
}  // namespace

std::optional<std::size_t> TableSpec::find(FieldId field) const {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].field == field) return i;
  return std::nullopt;
}

std::string sql_name(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

Projection::Projection(std::unique_ptr<Works> works) : works_(std::move(works)) {}
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;
Projection::~Projection() = default;

Result<std::unique_ptr<Projection::Works>> Projection::Works::empty(Schema schema) {
  TRY(auto db, Db::open_memory());
  auto works = std::make_unique<Works>(std::move(schema), std::move(db));
  for (std::size_t i = 0; i < works->schema.size(); ++i) works->table_of[works->schema[i].kind] = i;
  return works;
}

Result<Projection> Projection::create(Schema schema) {
  TRY(auto works, Works::empty(std::move(schema)));
  TRY_VOID(works->make_tables());
  TRY_VOID(works->prepare());
  return Projection(std::move(works));
}

Result<Projection> Projection::open(Schema schema, DbImage image) {
  TRY(auto works, Works::empty(std::move(schema)));
  TRY_VOID(works->db.load(std::move(image)));
  TRY_VOID(works->load_numbers());
  TRY_VOID(works->prepare());
  return Projection(std::move(works));
}

Status Projection::Works::make_tables() {
  std::string sql =
      "CREATE TABLE meta(one INTEGER PRIMARY KEY, saved BLOB NOT NULL);"
      "CREATE TABLE record(rid INTEGER PRIMARY KEY, id BLOB NOT NULL, space INTEGER NOT NULL,"
      " kind INTEGER NOT NULL, life INTEGER NOT NULL, conflicts INTEGER NOT NULL, created INTEGER "
      "NOT NULL,"
      " created_doubtful INTEGER NOT NULL, changed INTEGER NOT NULL, changed_doubtful INTEGER NOT "
      "NULL,"
      " state BLOB NOT NULL);"
      "CREATE UNIQUE INDEX record_id ON record(id, space);"
      "CREATE INDEX record_conflict ON record(space) WHERE conflicts > 0 OR life = 3;"
      "CREATE INDEX record_deletion ON record(rid) WHERE life >= 2;"
      "CREATE INDEX record_doubtful ON record(space) WHERE changed_doubtful = 1;"
      "CREATE VIRTUAL TABLE search USING fts5(body, content='', detail=none, columnsize=0,"
      " tokenize='unicode61 remove_diacritics 2');"
      "INSERT INTO search(search, rank) VALUES('hashsize', 16777216);";
  for (const auto& table : schema) {
    sql +=
        "CREATE TABLE " + sql_name(table.name) + "(rid INTEGER PRIMARY KEY, space INTEGER NOT NULL";
    for (const auto& column : table.columns)
      sql += ", " + sql_name(column.name) + " " + sql_type(column);
    sql += ");";
    for (const auto& column : table.columns) {
      const bool refers = column.type == ValueType::reference;
      if (!column.indexed && !refers) continue;
      // What refers in a set is looked for among the few rows that have one.
      const auto key = refers && column.set ? std::string("space") : sql_name(column.name);
      sql += "CREATE INDEX " + sql_name(table.name + "_" + column.name) + " ON " +
             sql_name(table.name) + "(" + key + ") WHERE " + sql_name(column.name) +
             " IS NOT NULL;";
    }
  }
  TRY(auto making, Transaction::begin(db));  // or each table would be a commit of its own
  TRY_VOID(db.execute(sql.c_str()));
  return making.commit();
}

Status Projection::Works::prepare() {
  TRY(find_record,
      db.prepare(
          "SELECT rid, kind, life, conflicts, state FROM record WHERE id = ?1 AND space = ?2"));
  TRY(insert_record,
      db.prepare(
          "INSERT INTO record(rid, id, space, kind, life, conflicts, created, created_doubtful,"
          " changed, changed_doubtful, state) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)"));
  TRY(update_record,
      db.prepare(
          "UPDATE record SET kind=?4, life=?5, conflicts=?6, created=?7, created_doubtful=?8,"
          " changed=?9, changed_doubtful=?10, state=?11 WHERE rid = ?1"));
  TRY(state_of, db.prepare("SELECT kind, life, state FROM record WHERE id = ?1 AND space = ?2"));
  TRY(find_prefix,
      db.prepare(
          "SELECT id FROM record WHERE id >= ?1 AND id < ?2 AND space = ?3 AND kind > 0 LIMIT 2"));
  TRY(conflicts, db.prepare("SELECT id FROM record WHERE space = ?1 AND (conflicts > 0 OR life = 3)"
                            " ORDER BY created, id"));
  TRY(digest, db.prepare("SELECT id, state FROM record WHERE space = ?1 AND kind > 0 ORDER BY id"));
  TRY(search_add, db.prepare("INSERT INTO search(rowid, body) VALUES(?1, ?2)"));
  TRY(search_remove,
      db.prepare("INSERT INTO search(search, rowid, body) VALUES('delete', ?1, ?2)"));
  tables.clear();
  std::string references;
  for (const auto& table : schema) {
    std::string names = "rid, space", marks = "?1, ?2";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      names += ", " + sql_name(table.columns[i].name);
      marks += ", ?" + std::to_string(i + 3);
      const auto& column = table.columns[i];
      if (column.type != ValueType::reference) continue;
      refers_in_sets = refers_in_sets || column.set;
      references += (references.empty() ? "" : " UNION ALL ") + std::string("SELECT ") +
                    std::to_string(column.field) + ", r.id, r.state FROM " + sql_name(table.name) +
                    " t JOIN record r ON r.rid = t.rid WHERE t.space = ?2 AND " +
                    (column.set ? "t." + sql_name(column.name) + " IS NOT NULL AND instr(t." +
                                      sql_name(column.name) + ", ?3) > 0"
                                : "t." + sql_name(column.name) + " = ?1");
    }
    tables.push_back({LateStmt("INSERT OR REPLACE INTO " + sql_name(table.name) + "(" + names +
                               ") VALUES(" + marks + ")"),
                      LateStmt("DELETE FROM " + sql_name(table.name) + " WHERE rid = ?1")});
  }
  if (!references.empty()) referring.emplace(references);
  return {};
}

const TableSpec* Projection::Works::table(KindId kind) const {
  const auto found = table_of.find(kind);
  return found == table_of.end() ? nullptr : &schema[found->second];
}

// An image fits only the very schema that it was made under.
std::uint64_t Projection::Works::fingerprint() const {
  Writer out;
  for (const auto& table : schema) {
    out.varint(table.kind);
    out.blob(view(table.name));
    for (const auto& column : table.columns) {
      out.varint(column.field);
      out.blob(view(column.name));
      out.u8(static_cast<std::uint8_t>(static_cast<unsigned>(column.type) |
                                       (column.set ? 16u : 0u) | (column.searched ? 32u : 0u) |
                                       (column.indexed ? 64u : 0u)));
    }
  }
  const auto digest_id = hash_to<RecordId>(Label("rukun/schema/2"), out.out);
  return Reader(digest_id).u64();
}

Status Projection::Works::save_numbers() {
  Saved saved;
  saved.fingerprint = fingerprint();
  saved.arrival = arrival;
  for (const auto at : waiting) saved.waiting.push_back({at});
  saved.spaces = spaces;
  saved.logs = logs;
  for (const auto log : logs_with_deps) saved.logs_with_deps.push_back({log});
  for (const auto& [key, past] : pasts)
    saved.pasts.push_back({key.log, key.end, {past.begin(), past.end()}});
  saved.name = view_name;
  saved.touched = last_touched;
  TRY(auto insert, db.prepare("INSERT OR REPLACE INTO meta(one, saved) VALUES(1, ?1)"));
  const auto bytes = encode(saved);
  return insert.bind(1, ByteView(bytes)).run();
}

Status Projection::Works::load_numbers() {
  TRY(auto select, db.prepare("SELECT saved FROM meta WHERE one = 1"));
  TRY(const bool there, select.step());
  if (!there) return error(Code::damaged, "the projection's image lacks its description");
  TRY(auto saved,
      decode<Saved>(select.blob(0), "the projection's image", limits::kFrontierBytes * 8));
  if (saved.version != kVersion || saved.fingerprint != fingerprint())
    return error(Code::unsupported, "the projection's image is of another version");
  arrival = saved.arrival;
  waiting.clear();
  for (const auto& at : saved.waiting) waiting.push_back(at.value);
  spaces = std::move(saved.spaces);
  logs = std::move(saved.logs);
  log_numbers.clear();
  for (std::size_t i = 0; i < logs.size(); ++i) log_numbers[logs[i]] = static_cast<LogIndex>(i);
  logs_with_deps.clear();
  for (const auto& log : saved.logs_with_deps)
    logs_with_deps.insert(static_cast<LogIndex>(log.value));
  pasts.clear();
  for (const auto& past : saved.pasts)
    pasts[{past.log, past.end}] = Past(past.past.begin(), past.past.end());
  view_name = saved.name;
  last_touched = std::move(saved.touched);
  with_deletions.clear();
  TRY(auto deleted, db.prepare("SELECT id FROM record WHERE life >= 2"));
  for (;;) {
    TRY(const bool more, deleted.step());
    if (!more) break;
    if (const auto id = deleted.id<RecordId>(0)) with_deletions.insert(*id);
  }
  TRY(next_rid, db.integer("SELECT coalesce(max(rid), 0) + 1 FROM record"));
  return {};
}

const Schema& Projection::schema() const { return works_->schema; }
const TableSpec* Projection::table(KindId kind) const { return works_->table(kind); }
std::uint32_t Projection::space_count() const {
  return static_cast<std::uint32_t>(works_->spaces.size());
}
LogOrder Projection::logs() const { return works_->logs; }
std::int64_t Projection::arrival() const { return works_->arrival; }
void Projection::set_arrival(std::int64_t arrival) {
  works_->arrival = arrival;
  works_->last_touched.arrived(arrival);
}
std::vector<std::int64_t>& Projection::waiting() { return works_->waiting; }

std::optional<std::vector<TouchedRecord>> Projection::touched_since(std::uint32_t space,
                                                                    std::int64_t arrival) const {
  return works_->last_touched.since(space, arrival);
}
std::uint64_t Projection::name() const { return works_->view_name; }
void Projection::set_name(std::uint64_t name) { works_->view_name = name; }

Past Projection::past_at(const LogId& log, const TxnHash& end) {
  const auto found = works_->pasts.find({log_number(log), end});
  return found == works_->pasts.end() ? Past{} : found->second;
}

Db& Projection::db() { return works_->db; }

std::uint32_t Projection::space_number(const SpaceId& space) {
  auto& spaces = works_->spaces;
  for (std::uint32_t i = 0; i < spaces.size(); ++i)
    if (spaces[i] == space) return i;
  spaces.push_back(space);
  return static_cast<std::uint32_t>(spaces.size() - 1);
}

const SpaceId& Projection::space_of(std::uint32_t number) const {
  CHECK_BUG(number < works_->spaces.size());
  return works_->spaces[number];
}

LogIndex Projection::log_number(const LogId& log) {
  const auto [found, is_new] =
      works_->log_numbers.emplace(log, static_cast<LogIndex>(works_->logs.size()));
  if (is_new) works_->logs.push_back(log);
  return found->second;
}

Status Projection::begin() {
  CHECK_BUG(!works_->transaction);
  TRY(auto transaction, Transaction::begin(works_->db));
  works_->transaction.emplace(std::move(transaction));
  works_->batch = {};
  works_->tallies.reset();
  return {};
}

Status Projection::merge(const Run& run, const Masked& masked, bool keep_salts,
                         const PastOf& past_of) {
  CHECK_BUG(works_->transaction && run.name.which == LogKind::data);
  const std::uint32_t space = space_number(run.name.space);
  if (space != works_->batch.space) {
    TRY_VOID(works_->flush());
    works_->batch.space = space;
  }
  log_number(run.log);
  for (const auto& log : run.logs) log_number(log);
  return works_->merge(run, masked, keep_salts, past_of);
}

Result<MergeReport> Projection::take_report() {
  CHECK_BUG(works_->transaction.has_value());
  TRY_VOID(works_->flush());
  return std::exchange(works_->batch.report, {});
}

Status Projection::commit() {
  CHECK_BUG(works_->transaction.has_value());
  TRY_VOID(works_->flush());
  TRY_VOID(works_->transaction->commit());
  works_->transaction.reset();
  works_->tallies.reset();
  works_->last_touched.keep();
  return {};
}

void Projection::roll_back() {
  works_->transaction.reset();
  works_->tallies.reset();
  works_->batch = {};
  works_->last_touched.drop();
}

void Projection::set_erased(std::uint32_t space, std::set<RecordId> records) {
  CHECK_BUG(!works_->transaction);
  works_->erased[space] = std::move(records);
}

Result<DbImage> Projection::image() {
  CHECK_BUG(!works_->transaction);
  TRY_VOID(works_->save_numbers());
  return works_->db.image();
}

}  // namespace rukun
