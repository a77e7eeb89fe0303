#include "app/publish/send.h"

namespace rukun {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

std::string listed(const std::vector<const PublishedColumn*>& columns) {
  std::string out;
  for (const auto* column : columns) out += (out.empty() ? "" : ", ") + pg_name(column->name);
  return out;
}

std::string updates(const std::vector<const PublishedColumn*>& columns) {
  std::string out;
  for (const auto* column : columns) {
    if (column->from == From::space || column->from == From::record) continue;
    const auto name = pg_name(column->name);
    out += name + " = excluded." + name + ", ";
  }
  // The default of the new row, which is now(): a Citus cluster takes no such function here.
  return out + "published_at = excluded.published_at";
}

}  // namespace

RowSender::RowSender(Postgres& server, const std::string& schema, Step step)
    : server_(server), place_(pg_name(schema) + "."), step_(std::move(step)) {}

Result<std::vector<RowSender::Hashes>> RowSender::hashes_there(const std::string& space,
                                                               const SpaceRows& rows) {
  const auto& tables = published_tables();
  std::vector<Hashes> out(tables.size());
  std::string sql;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    if (!rows.tables[t].looked_at) continue;
    sql += (sql.empty() ? "" : " UNION ALL ") + std::string("SELECT ") + std::to_string(t) +
           " AS kind, record, row_hash FROM " + place_ + pg_name(tables[t].kind->name) +
           " WHERE space = $1";
    if (!rows.tables[t].whole) sql += " AND record = ANY ($2::text[])";
  }
  if (sql.empty()) return out;
  PgParameters parameters{space};
  if (sql.find("$2") != sql.npos) parameters.push_back(array_text(rows.named));
  TRY(const auto found, server_.query(sql, parameters));
  for (std::size_t i = 0; i < found.size(); ++i) {
    auto& hash =
        out.at(static_cast<std::size_t>(found.number(i, 0)))[std::string(found.text(i, 1))];
    if (!found.is_null(i, 2)) hash = found.number(i, 2);
  }
  return out;
}

Result<std::optional<Sent>> RowSender::send(const std::string& space, const SpaceRows& rows) {
  TRY(auto there, hashes_there(space, rows));
  Sent sent;
  for (std::size_t t = 0; t < rows.tables.size(); ++t) {
    TRY(const bool on, send_table(t, rows.tables[t], there[t], sent));
    if (!on) return std::optional<Sent>();
    // What is left of the hashes belongs to no row any more.
    TRY_VOID(remove(t, space, there[t]));
    sent.removed += there[t].size();
  }
  return std::optional(sent);
}

Result<bool> RowSender::send_table(std::size_t table, const TableRows& rows, Hashes& there,
                                   Sent& sent) {
  const auto& spec = published_tables()[table];
  const auto columns = copied_columns(spec);
  const std::string target = place_ + pg_name(spec.kind->name);
  const std::string incoming = pg_name("incoming_" + std::string(spec.kind->name));
  const bool direct = rows.whole && there.empty();
  bool copying = false;
  std::uint64_t count = 0;
  std::string piece;
  for (const auto& row : rows.rows) {
    const auto known = there.find(row.record.hex());
    const bool same = known != there.end() && known->second == row.hash;
    if (known != there.end())
      there.erase(known);
    else
      ++sent.added;
    if (same) continue;
    if (!copying) {
      if (!direct && temporary_.insert(table).second)
        TRY_VOID(server_.run("CREATE TEMPORARY TABLE " + incoming + " (LIKE " + target +
                             ") ON COMMIT DELETE ROWS"));
      TRY_VOID(server_.begin_copy("COPY " + (direct ? target : "pg_temp." + incoming) + " (" +
                                  listed(columns) + ") FROM STDIN"));
      copying = true;
    }
    piece += row.line;
    ++count;
    ++sent.changed;
    if (piece.size() < kPiece) continue;
    TRY_VOID(server_.copy(piece));
    piece.clear();
    if (!step_(std::exchange(count, 0))) return false;
  }
  if (!copying) return true;
  TRY_VOID(server_.copy(piece));
  TRY_VOID(server_.end_copy());
  if (!direct)
    TRY_VOID(server_.run("INSERT INTO " + target + " (" + listed(columns) + ") SELECT " +
                         listed(columns) + " FROM pg_temp." + incoming +
                         " ON CONFLICT (space, record) DO UPDATE SET " + updates(columns)));
  return step_(count);
}

Status RowSender::remove(std::size_t table, const std::string& space, const Hashes& gone) {
  if (gone.empty()) return {};
  std::vector<std::string> records;
  for (const auto& [record, hash] : gone) records.push_back(record);
  return server_
      .query("DELETE FROM " + place_ + pg_name(published_tables()[table].kind->name) +
                 " WHERE space = $1 AND record = ANY ($2::text[])",
             {space, array_text(records)})
      .map([](const PgRows&) {});
}

}  // namespace rukun
