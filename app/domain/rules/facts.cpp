#include "app/domain/rules/facts.h"

#include <algorithm>

#include "app/domain/kinds.h"

namespace rukun {

QueueKey FactRow::queue() const {
  QueueKey key;
  key.ticks = static_cast<std::uint64_t>(statement_.integer(2));
  key.doubtful = statement_.integer(3) != 0;
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

Status each_fact(Projection& records, KindId kind, std::initializer_list<FieldId> fields,
                 const FactFilter& filter, const std::function<void(const FactRow&)>& each) {
  const auto& spec = kind_of(kind);
  const auto column = [&](FieldId field) {
    return "t.\"" + std::string(spec.field(field).name) + '"';
  };
  std::string sql = "SELECT r.id, r.space, r.created, r.created_doubtful";
  for (const auto field : fields) sql += ", " + column(field);
  sql += " FROM \"" + std::string(spec.name) + "\" t JOIN record r ON r.rid = t.rid WHERE 1";
  if (!filter.spaces.empty()) {
    sql += " AND t.space IN (";
    for (std::size_t i = 0; i < filter.spaces.size(); ++i)
      sql += (i == 0 ? "" : ",") + std::to_string(filter.spaces[i]);
    sql += ")";
  }
  if (filter.id) sql += " AND r.id = ?1";
  if (filter.referring) sql += " AND " + column(filter.referring->first) + " = ?2";
  TRY(auto statement, records.db().prepare(sql));
  if (filter.id) statement.bind(1, ByteView(*filter.id));
  if (filter.referring) statement.bind(2, ByteView(filter.referring->second));
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
