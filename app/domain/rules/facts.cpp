#include "app/domain/rules/facts.h"

#include <algorithm>

#include "app/domain/kinds.h"

namespace rukun {

Stamp FactRow::created() const {
  return {static_cast<std::uint64_t>(statement_.integer(2)), statement_.integer(3) != 0};
}

QueueKey FactRow::queue() const {
  QueueKey key;
  key.ticks = created().ticks;
  key.doubtful = created().doubtful;
  key.record = id();
  return key;
}

std::int64_t FactRow::number(int at, std::int64_t otherwise) const {
  return is_set(at) ? statement_.integer(at + kFirst) : otherwise;
}
std::string FactRow::text(int at) const {
  return is_set(at) ? std::string(statement_.text(at + kFirst)) : std::string();
}
std::optional<RecordId> FactRow::record(int at) const {
  return is_set(at) ? statement_.id<RecordId>(at + kFirst) : std::nullopt;
}

namespace {

std::string sql_name(std::string_view name) { return '"' + std::string(name) + '"'; }

std::string column(const KindSpec& kind, FieldId field) { return sql_name(kind.field(field).name); }

std::string in_spaces(std::string_view table, std::span<const std::uint32_t> spaces) {
  if (spaces.empty()) return {};
  std::string sql = " AND " + std::string(table) + ".space IN (";
  for (std::size_t i = 0; i < spaces.size(); ++i)
    sql += (i == 0 ? "" : ",") + std::to_string(spaces[i]);
  return sql + ")";
}

// The records that those of other kinds refer to.
std::string named_rids(std::span<const Naming> namings, const FactFilter& filter) {
  std::string sql;
  for (const auto& by : namings) {
    const auto& namer = kind_of(by.kind);
    sql += (sql.empty() ? "" : " UNION ALL ") + std::string("SELECT n.rid FROM ") +
           sql_name(namer.name) + " q JOIN record n ON n.id = q." + column(namer, by.field) +
           " AND n.space = q.space WHERE 1" + in_spaces("q", filter.spaces);
  }
  return sql;
}

std::string condition(const KindSpec& kind, const FactFilter& filter) {
  auto sql = in_spaces("t", filter.spaces);
  if (filter.id) sql += " AND r.id = ?1";
  if (filter.equal) sql += " AND t." + column(kind, filter.equal->first) + " = ?2";
  if (filter.unset != 0) sql += " AND t." + column(kind, filter.unset) + " IS NULL";
  if (!filter.named_by.empty())
    sql += " AND t.rid IN (" + named_rids(filter.named_by, filter) + ")";
  if (!filter.such_that.empty()) sql += " AND (" + filter.such_that + ")";
  return sql;
}

}  // namespace

std::string table_name(KindId kind) { return sql_name(kind_of(kind).name); }
std::string column_name(KindId kind, FieldId field) { return column(kind_of(kind), field); }

Status each_fact(Projection& records, KindId kind, std::initializer_list<FieldId> fields,
                 const FactFilter& filter, const std::function<void(const FactRow&)>& each) {
  const auto& spec = kind_of(kind);
  std::string sql = "SELECT r.id, r.space, r.created, r.created_doubtful";
  for (const auto field : fields) sql += ", t." + column(spec, field);
  sql += " FROM " + sql_name(spec.name) + " t JOIN record r ON r.rid = t.rid WHERE 1" +
         condition(spec, filter);
  TRY(auto statement, records.db().prepare(sql));
  if (filter.id) statement.bind(1, ByteView(*filter.id));
  if (filter.equal) {
    const auto& value = filter.equal->second;
    if (const auto* number = std::get_if<std::int64_t>(&value)) statement.bind(2, *number);
    if (const auto* text = std::get_if<std::string>(&value))
      statement.bind(2, std::string_view(*text));
    if (const auto* record = std::get_if<RecordId>(&value)) statement.bind(2, ByteView(*record));
  }
  for (;;) {
    TRY(const bool more, statement.step());
    if (!more) return {};
    each(FactRow(statement));
  }
}

namespace {

// The first of the writes that made the record, as far as its state still shows them.
Status complete(Projection& records, std::uint32_t space, QueueKey& key) {
  TRY(const auto view, records.record(space, key.record));
  if (!view) return {};
  const auto logs = records.logs();
  bool found = false;
  for (const auto& field : view->state.fields)
    for (const auto& write : field.live) {
      if (write.stamp.ticks != key.ticks) continue;
      QueueKey one{key.doubtful, key.ticks, logs[write.log], write.seq, write.txn, key.record};
      if (!found || one < key) key = one;
      found = true;
    }
  return {};
}

}  // namespace

Status settle_ties(Projection& records, std::vector<Tied> all) {
  const auto what = [](const Tied& one) {
    return std::tie(one.space, one.queue_of, one.key->doubtful, one.key->ticks);
  };
  std::sort(all.begin(), all.end(),
            [&](const Tied& a, const Tied& b) { return what(a) < what(b); });
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool as_before = i > 0 && what(all[i - 1]) == what(all[i]);
    const bool as_next = i + 1 < all.size() && what(all[i]) == what(all[i + 1]);
    if (as_before || as_next) TRY_VOID(complete(records, all[i].space, *all[i].key));
  }
  return {};
}

}  // namespace rukun
