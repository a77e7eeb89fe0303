#include "app/publish/known.h"

#include "app/publish/rows.h"
#include "app/publish/tables.h"

namespace rukun {
namespace {

std::optional<std::string> time_text(const std::optional<WallTime>& at) {
  return at ? sound_time(*at) : std::nullopt;
}

// What both readers of spaces ask for, in the order of `known`.
constexpr const char* kColumns =
    "s.published_by, o.name, s.personal, s.state, s.records,"
    " extract(epoch FROM now() - s.published_at)::bigint,"
    " (extract(epoch FROM s.last_exchange) * 1000)::bigint, s.seen";

KnownSpace known(const PgRows& rows, std::size_t at, int first) {
  KnownSpace out;
  out.office = rows.text(at, first);
  out.office_name = rows.text(at, first + 1);
  out.personal = rows.text(at, first + 2) == "t";
  out.state = rows.text(at, first + 3);
  out.records = rows.number(at, first + 4);
  out.age_s = rows.number(at, first + 5);
  out.last_exchange_ms = rows.number(at, first + 6);
  out.seen = rows.text(at, first + 7);
  return out;
}

}  // namespace

Result<FoundSchema> find_schema(Postgres& server, const std::string& schema) {
  FoundSchema out;
  TRY(const auto there, server.query("SELECT 1 FROM pg_namespace WHERE nspname = $1", {schema}));
  out.exists = there.size() > 0;
  if (!out.exists) return out;
  TRY(const auto columns,
      server.query("SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)"
                   " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                   " LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
                   " AND NOT a.attisdropped"
                   " WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')",
                   {schema}));
  for (std::size_t i = 0; i < columns.size(); ++i)
    out.relations[std::string(columns.text(i, 0))].emplace(columns.text(i, 1), columns.text(i, 2));
  const auto marked = out.relations.find("publication");
  if (marked == out.relations.end() || !marked->second.contains("format")) return out;
  TRY(const auto format, server.query("SELECT format FROM " + pg_name(schema) + ".publication"));
  if (format.size() > 0) out.format = format.number(0, 0);
  return out;
}

Status add_words(Postgres& server, const std::string& place, const ItemCatalogue& items) {
  const auto words = published_words(items);
  TRY(const auto count, server.query("SELECT count(*) FROM " + place + "word"));
  if (count.number(0, 0) >= static_cast<std::int64_t>(words.size())) return {};
  std::vector<std::string> topics, values, ids, ens;
  for (const auto& word : words) {
    topics.push_back(word.topic);
    values.push_back(word.value);
    ids.push_back(word.label_id);
    ens.push_back(word.label_en);
  }
  TRY_VOID(
      server.query("INSERT INTO " + place +
                       "word (topic, value, label_id, label_en) SELECT * FROM"
                       " unnest($1::text[], $2::text[], $3::text[], $4::text[])"
                       " ON CONFLICT (topic, value) DO NOTHING",
                   {array_text(topics), array_text(values), array_text(ids), array_text(ens)}));
  return {};
}

Result<KnownSpaces> known_spaces(Postgres& server, const std::string& place) {
  TRY(const auto rows,
      server.query(std::string("SELECT s.space, ") + kColumns + " FROM " + place +
                   "space s LEFT JOIN " + place + "office o ON o.office = s.published_by"));
  KnownSpaces out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.emplace(rows.text(i, 0), known(rows, i, 1));
  std::string sql;
  for (const auto& table : published_tables())
    sql += (sql.empty() ? "" : " UNION ALL ") + std::string("SELECT space, count(*) FROM ") +
           place + pg_name(table.kind->name) + " GROUP BY space";
  TRY(const auto counts, server.query(sql));
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (const auto space = out.find(counts.text(i, 0)); space != out.end())
      space->second.counted += counts.number(i, 1);
  return out;
}

Result<Bytes> published_position(Postgres& server, const std::string& place,
                                 const SpaceInfo& space) {
  TRY(const auto rows,
      server.query("SELECT encode(position, 'hex') FROM " + place + "space WHERE space = $1",
                   {space.id.hex()}));
  if (rows.size() == 0) return Bytes();
  return from_hex(rows.text(0, 0)).value_or(Bytes());
}

Result<KnownSpace> lock_space(Postgres& server, const std::string& place, const SpaceInfo& space) {
  TRY_VOID(server.query("INSERT INTO " + place + "space (space) VALUES ($1) ON CONFLICT DO NOTHING",
                        {space.id.hex()}));
  TRY(const auto rows, server.query(std::string("SELECT ") + kColumns + " FROM " + place +
                                        "space s LEFT JOIN " + place +
                                        "office o ON o.office = s.published_by WHERE s.space = $1"
                                        " FOR UPDATE OF s",
                                    {space.id.hex()}));
  return rows.size() == 0 ? KnownSpace{} : known(rows, 0, 0);
}

Status save_space(Postgres& server, const std::string& place, const SpaceInfo& space,
                  const SpaceState& state, const SavedSpace& saved) {
  return server
      .query(
          "UPDATE " + place +
              "space SET name = $2, area = $3, last_exchange = greatest(last_exchange, $4),"
              " records = $5, personal = $6, published_by = $7, published_at = now(),"
              " position = decode($8, 'hex'), state = $9, seen = $10 WHERE space = $1",
          {space.id.hex(), sound_text(space.name), sound_text(space.area),
           time_text(state.last_exchange), std::to_string(saved.rows), saved.personal ? "t" : "f",
           saved.office, to_hex(state.position), state.hash, saved.seen})
      .map([](const PgRows&) {});
}

Status note_exchange(Postgres& server, const std::string& place, const SpaceInfo& space,
                     const SpaceState& state, const KnownSpace& there) {
  if (!state.last_exchange || state.last_exchange->ms <= there.last_exchange_ms) return {};
  return server
      .query("UPDATE " + place +
                 "space SET last_exchange = greatest(last_exchange, $2)"
                 " WHERE space = $1",
             {space.id.hex(), time_text(state.last_exchange)})
      .map([](const PgRows&) {});
}

}  // namespace rukun
