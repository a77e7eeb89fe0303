// Reading from the projection.

#include <algorithm>

#include "storage/projection_works.h"
#include "storage/search.h"
#include "sync/wire.h"

namespace rukun {

namespace {

// Builds one SELECT and remembers what to bind to it.
class Select {
 public:
  Select(const TableSpec& table, const Query& query) : table_(table), query_(query) {}

  Result<std::string> text(bool only_count) {
    std::string sql =
        only_count ? "SELECT count(*)"
                   : "SELECT r.id, r.space, r.life, r.created, r.created_doubtful, r.changed,"
                     " r.changed_doubtful, r.conflicts";
    if (!only_count)
      for (const auto& column : table_.columns) sql += ", t." + sql_name(column.name);
    sql += " FROM " + sql_name(table_.name) + " t JOIN record r ON r.rid = t.rid WHERE 1";
    if (!query_.spaces.empty()) {
      sql += " AND t.space IN (";
      for (std::size_t i = 0; i < query_.spaces.size(); ++i)
        sql += (i == 0 ? "" : ",") + std::to_string(query_.spaces[i]);
      sql += ")";
    }
    if (!query_.ids.empty()) {
      sql += " AND r.id IN (";
      for (std::size_t i = 0; i < query_.ids.size(); ++i)
        sql += (i == 0 ? "x'" : ",x'") + query_.ids[i].hex() + "'";
      sql += ")";
    }
    for (const auto& condition : query_.where) TRY_VOID(where(sql, condition));
    if (!query_.search.empty()) {
      texts_.push_back(match_text(query_.search));
      if (!texts_.back().empty())
        sql += " AND t.rid IN (SELECT rowid FROM search WHERE search MATCH " + mark(texts_.back()) +
               ")";
    }
    if (only_count) return sql;
    const std::string direction = query_.descending ? " DESC" : "";
    sql += " ORDER BY ";
    if (query_.sort != 0) {
      const auto column = table_.find(query_.sort);
      if (!column) return error(Code::bad_value, table_.name + " has no such field to sort by");
      const std::string name = "t." + sql_name(table_.columns[*column].name);
      sql += name + " IS NULL, " + name + direction + ", ";
    }
    sql += "r.created" + (query_.sort == 0 ? direction : std::string()) + ", r.id";
    if (query_.limit != ~std::size_t{0}) sql += " LIMIT " + std::to_string(query_.limit);
    return sql;
  }

  void bind(Stmt& statement) {
    int at = 0;
    for (const auto& value : values_) {
      ++at;
      if (const auto* number = std::get_if<std::int64_t>(value)) statement.bind(at, *number);
      if (const auto* text = std::get_if<std::string>(value))
        statement.bind(at, std::string_view(*text));
      if (const auto* record = std::get_if<RecordId>(value)) statement.bind(at, ByteView(*record));
    }
  }

 private:
  std::string mark(const Value& value) {
    values_.push_back(&value);
    return "?" + std::to_string(values_.size());
  }
  std::string mark(const std::string& text) {
    kept_.push_back(std::make_unique<Value>(text));
    return mark(*kept_.back());
  }

  Status where(std::string& sql, const Condition& condition) {
    const auto column = table_.find(condition.field);
    if (!column) return error(Code::bad_value, table_.name + " has no such field to filter by");
    const ColumnSpec& spec = table_.columns[*column];
    const std::string name = "t." + sql_name(spec.name);
    if (is_none(condition.value)) {
      sql += " AND " + name + (condition.compare == Compare::unequal ? " IS NOT NULL" : " IS NULL");
      return {};
    }
    if (spec.set) {
      const bool negative = condition.compare == Compare::unequal;
      sql += std::string(" AND ") + (negative ? "coalesce(" : "") + "instr(" + name + ", " +
             mark(set_text({condition.value})) + ")" + (negative ? ", 0) = 0" : " > 0");
      return {};
    }
    static constexpr const char* kOperators[] = {" = ", " IS NOT ", " < ", " <= ", " > ", " >= "};
    if (condition.compare == Compare::contains) {
      const auto* text = std::get_if<std::string>(&condition.value);
      if (text == nullptr || spec.type != ValueType::text)
        return error(Code::bad_value, spec.name + " is no text, so ~ does not apply",
                     "use = instead");
      sql += " AND instr(lower(" + name + "), lower(" + mark(condition.value) + ")) > 0";
      return {};
    }
    sql += " AND " + name + kOperators[static_cast<std::size_t>(condition.compare)] +
           mark(condition.value);
    return {};
  }

  const TableSpec& table_;
  const Query& query_;
  std::vector<const Value*> values_;
  std::vector<std::unique_ptr<Value>> kept_;
  std::vector<std::string> texts_;
};

Row read_row(const TableSpec& table, const Stmt& statement) {
  Row row;
  row.id = statement.id<RecordId>(0).value_or(RecordId{});
  row.space = static_cast<std::uint32_t>(statement.integer(1));
  row.kind = table.kind;
  row.life = static_cast<Life>(statement.integer(2));
  row.created = {static_cast<std::uint64_t>(statement.integer(3)), statement.integer(4) != 0};
  row.changed = {static_cast<std::uint64_t>(statement.integer(5)), statement.integer(6) != 0};
  row.conflicts = static_cast<std::uint32_t>(statement.integer(7));
  row.values.resize(table.columns.size());
  row.sets.resize(table.columns.size());
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const int at = static_cast<int>(i) + 8;
    if (statement.is_null(at)) continue;
    const ColumnSpec& column = table.columns[i];
    if (column.set)
      row.sets[i] = set_of(statement.text(at), column.type);
    else if (column.type == ValueType::text)
      row.values[i] = std::string(statement.text(at));
    else if (column.type == ValueType::reference)
      row.values[i] = statement.id<RecordId>(at).value_or(RecordId{});
    else
      row.values[i] = statement.integer(at);
  }
  return row;
}

// A row from a record's state, for what no kind's table shows.
Row row_of(const TableSpec& table, const RecordView& record, LogOrder order) {
  Row row{record.id,
          record.space,
          record.state.kind,
          record.life,
          record.state.created,
          last_change(record.state),
          static_cast<std::uint32_t>(conflict_count(record.state)),
          {},
          {}};
  row.values.resize(table.columns.size());
  row.sets.resize(table.columns.size());
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const FieldState* field = record.state.find(table.columns[i].field);
    if (field == nullptr) continue;
    if (table.columns[i].set)
      row.sets[i] = elements(*field);
    else if (const Write* write = shown(*field, order))
      row.values[i] = write->value;
  }
  return row;
}

}  // namespace

std::string match_text(std::string_view typed) {
  std::vector<std::string> words(1);
  for (const char c : typed) {
    const bool part =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c < 0;
    if (part)
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "\"" : " \"") + word + "\"";
  const bool unfinished = !typed.empty() && typed.back() != ' ';
  return out.empty() ? out : out + (unfinished ? "*" : "");
}

std::vector<Value> set_of(std::string_view text, ValueType type) {
  std::vector<Value> out;
  while (text.size() > 1) {
    text.remove_prefix(1);
    const auto end = std::min(text.find(kSetSeparator), text.size());
    const auto element = text.substr(0, end);
    if (type == ValueType::text) out.emplace_back(std::string(element));
    if (type == ValueType::integer)
      out.emplace_back(static_cast<std::int64_t>(std::stoll(std::string(element))));
    if (type == ValueType::reference)
      if (const auto raw = from_hex(element))
        if (const auto id = RecordId::from(*raw)) out.emplace_back(*id);
    text.remove_prefix(end);
  }
  return out;
}

Status Projection::each_row(const Query& query, const std::function<Result<bool>(Row&)>& each) {
  const TableSpec* spec = table(query.kind);
  if (spec == nullptr) return error(Code::bad_value, "no such kind of record");
  if (query.deleted) {
    // The words of the index of what is gone, which is used only when they are met as they stand.
    TRY(auto gone,
        works_->db.prepare(
            "SELECT id, space, state FROM record WHERE life >= 2 AND kind = ?1 AND life = 2"
            " ORDER BY created, id"));
    gone.bind(1, static_cast<std::int64_t>(query.kind));
    for (;;) {
      TRY(const bool more, gone.step());
      if (!more) return {};
      RecordView record{gone.id<RecordId>(0).value_or(RecordId{}),
                        static_cast<std::uint32_t>(gone.integer(1)),
                        Life::deleted,
                        {}};
      TRY(record.state, decode_state(gone.blob(2)));
      Row row = row_of(*spec, record, logs());
      const bool in_space =
          query.spaces.empty() ||
          std::find(query.spaces.begin(), query.spaces.end(), row.space) != query.spaces.end();
      if (!in_space) continue;
      TRY(const bool on, each(row));
      if (!on) return {};
    }
  }
  Select select(*spec, query);
  TRY(const auto sql, select.text(false));
  TRY(auto statement, works_->db.prepare(sql));
  select.bind(statement);
  for (;;) {
    TRY(const bool more, statement.step());
    if (!more) return {};
    Row row = read_row(*spec, statement);
    TRY(const bool on, each(row));
    if (!on) return {};
  }
}

Result<std::vector<Row>> Projection::rows(const Query& query) {
  std::vector<Row> out;
  TRY_VOID(each_row(query, [&](Row& row) -> Result<bool> {
    out.push_back(std::move(row));
    return true;
  }));
  return out;
}

Result<std::uint64_t> Projection::count(const Query& query) {
  const TableSpec* spec = table(query.kind);
  if (spec == nullptr) return error(Code::bad_value, "no such kind of record");
  Select select(*spec, query);
  TRY(const auto sql, select.text(true));
  TRY(auto statement, works_->db.prepare(sql));
  select.bind(statement);
  TRY(const bool there, statement.step());
  return there ? static_cast<std::uint64_t>(statement.integer(0)) : 0;
}

Result<std::vector<RecordId>> Projection::erased(std::uint32_t space, KindId kind) {
  std::vector<RecordId> out;
  TRY(auto gone, works_->db.prepare("SELECT id FROM record WHERE life >= 2 AND space = ?1"
                                    " AND kind = ?2 AND life = ?3 ORDER BY id"));
  gone.bind(1, static_cast<std::int64_t>(space))
      .bind(2, static_cast<std::int64_t>(kind))
      .bind(3, static_cast<std::int64_t>(Life::erased));
  for (;;) {
    TRY(const bool more, gone.step());
    if (!more) return out;
    if (const auto id = gone.id<RecordId>(0)) out.push_back(*id);
  }
}

Result<std::optional<RecordView>> Projection::record(std::uint32_t space, const RecordId& id) {
  Stmt& statement = works_->state_of;
  statement.bind(1, ByteView(id)).bind(2, static_cast<std::int64_t>(space));
  TRY(const bool there, statement.step());
  if (!there) return std::optional<RecordView>();
  RecordView out{id, space, static_cast<Life>(statement.integer(1)), {}};
  auto state = decode_state(statement.blob(2));
  statement.reset();
  if (!state) return tl::make_unexpected(std::move(state).error());
  out.state = std::move(*state);
  return std::optional(std::move(out));
}

Result<std::optional<Row>> Projection::row(std::uint32_t space, const RecordId& id) {
  TRY(const auto found, record(space, id));
  if (!found) return std::optional<Row>();
  static const TableSpec kUnknownKind;
  const TableSpec* spec = table(found->state.kind);
  return std::optional(row_of(spec != nullptr ? *spec : kUnknownKind, *found, logs()));
}

Result<std::vector<RecordId>> Projection::find_prefix(std::uint32_t space, std::string_view hex) {
  std::string low(hex), high(hex);
  low.resize(2 * RecordId::kSize, '0');
  high.resize(2 * RecordId::kSize, 'f');
  const auto from = from_hex(low), to = from_hex(high);
  if (!from || !to || hex.size() > 2 * RecordId::kSize) return std::vector<RecordId>();
  Bytes beyond = *to;
  beyond.push_back(0);
  Stmt& statement = works_->find_prefix;
  statement.bind(1, ByteView(*from))
      .bind(2, ByteView(beyond))
      .bind(3, static_cast<std::int64_t>(space));
  std::vector<RecordId> out;
  for (;;) {
    TRY(const bool more, statement.step());
    if (!more) return out;
    if (const auto id = statement.id<RecordId>(0)) out.push_back(*id);
  }
}

Result<std::vector<RecordId>> Projection::in_conflict(std::uint32_t space) {
  Stmt& statement = works_->conflicts;
  statement.bind(1, static_cast<std::int64_t>(space));
  std::vector<RecordId> out;
  for (;;) {
    TRY(const bool more, statement.step());
    if (!more) return out;
    if (const auto id = statement.id<RecordId>(0)) out.push_back(*id);
  }
}

Result<std::vector<Projection::Reference>> Projection::Works::references_to(std::uint32_t space,
                                                                            const RecordId& id) {
  std::vector<Reference> out;
  if (!referring) return out;
  const std::string element = set_text({Value(id)});
  TRY(Stmt* const statement, referring->in(db));
  statement->bind(1, ByteView(id)).bind(2, static_cast<std::int64_t>(space));
  if (refers_in_sets) statement->bind(3, std::string_view(element));
  for (;;) {
    TRY(const bool more, statement->step());
    if (!more) return out;
    const auto name = static_cast<FieldId>(statement->integer(0));
    TRY(const auto state, decode_state(statement->blob(2)));
    const FieldState* field = state.find(name);
    if (field == nullptr) continue;
    for (const auto& write : field->live)
      if (write.value == Value(id))
        out.push_back({statement->id<RecordId>(1).value_or(RecordId{}),
                       name,
                       {write.log, write.seq, write.txn}});
  }
}

Result<std::vector<Projection::Reference>> Projection::references_to(std::uint32_t space,
                                                                     const RecordId& id) {
  return works_->references_to(space, id);
}

Result<Tally> Projection::Works::tally(std::uint32_t space) {
  if (!tallies) {
    std::vector<Tally> counted(spaces.size());
    TRY(auto all, db.prepare("SELECT space, life, changed FROM record"));
    for (;;) {
      TRY(const bool more, all.step());
      if (!more) break;
      const auto number = static_cast<std::size_t>(all.integer(0));
      if (number >= counted.size()) continue;
      const auto life = static_cast<Life>(all.integer(1));
      auto& one = counted[number];
      one.shown += life == Life::alive || life == Life::disputed ? 1 : 0;
      one.latest = std::max(one.latest, static_cast<std::uint64_t>(all.integer(2)));
    }
    tallies = std::move(counted);
  }
  return space < tallies->size() ? (*tallies)[space] : Tally{};
}

Result<Stamp> Projection::latest_stamp(std::uint32_t space) {
  TRY(const auto tally, works_->tally(space));
  return Stamp{tally.latest, false};
}

Result<std::uint64_t> Projection::record_count(std::uint32_t space) {
  TRY(const auto tally, works_->tally(space));
  return tally.shown;
}

Result<TxnHash> Projection::canonical_digest(std::uint32_t space) {
  Stmt& statement = works_->digest;
  statement.bind(1, static_cast<std::int64_t>(space));
  Writer out;
  for (;;) {
    TRY(const bool more, statement.step());
    if (!more) break;
    TRY(const auto state, decode_state(statement.blob(1)));
    std::vector<TxnTag> references;
    const auto id = statement.id<RecordId>(0).value_or(RecordId{});
    if (!state.deletions.empty()) {
      TRY(const auto found, works_->references_to(space, id));
      for (const auto& reference : found) references.push_back(reference.write.txn);
    }
    out.raw(id);
    out.varint(state.kind);
    out.u64(state.created.ticks);
    out.u8(static_cast<std::uint8_t>(life_of(state, references)));
    for (const auto& field : state.fields) {
      if (field.live.empty()) continue;
      std::vector<Writer> writes;
      for (const auto& write : field.live) {
        Writer& one = writes.emplace_back();
        one.raw(logs()[write.log]);
        one.varint(write.seq);
        one.raw(write.txn);
        one.u8(static_cast<std::uint8_t>(write.type));
        write_value(one, write.value);
      }
      std::sort(writes.begin(), writes.end(),
                [](const Writer& a, const Writer& b) { return a.out < b.out; });
      out.varint(field.field);
      for (const auto& write : writes) out.blob(write.out);
    }
  }
  return hash_to<TxnHash>(Label("rukun/digest/1"), out.out);
}

}  // namespace rukun
