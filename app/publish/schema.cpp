#include "app/publish/schema.h"

#include <algorithm>

#include "app/publish/postgres.h"
#include "app/publish/tables.h"
#include "sync/crypto.h"
#include "sync/wire.h"

namespace rukun {
namespace {

constexpr std::size_t kNameBytes = 63;  // PostgreSQL's limit

struct ColumnText {
  std::string name;
  std::string type;     // as format_type writes it
  std::string further;  // collation, NOT NULL …
  std::string comment;
};
struct TableText {
  std::string name;
  std::vector<ColumnText> columns;
  std::string key;
  std::string comment;
  bool of_kind = false;
};

const char* const kId = " COLLATE \"C\"";
const char* const kStamp = "timestamp with time zone";

std::vector<TableText> own_tables() {
  return {
      {"publication",
       {{"one", "boolean", " NOT NULL DEFAULT true CHECK (one)", "Satu baris / One row"},
        {"format", "bigint", " NOT NULL", "Bentuk tabel / Format of the tables"},
        {"made_at", kStamp, " NOT NULL DEFAULT now()", "Dibuat / Made"}},
       "one",
       "Dikirim oleh Rukun / Published by Rukun"},
      {"office",
       {{"office", "text", std::string(kId) + " NOT NULL", "Id anggota / Member id"},
        {"name", "text", "", "Nama / Name"},
        {"last_publish", kStamp, "", "Terakhir mengirim / Published last"}},
       "office",
       "Kantor yang mengirim ke sini / Offices that publish here"},
      {"space",
       {{"space", "text", std::string(kId) + " NOT NULL", "Id kelompok RT / Neighborhood's id"},
        {"name", "text", "", "Nama / Name"},
        {"area", "text", "", "Kode wilayah / Area code"},
        {"last_exchange", kStamp, "", "Terakhir bertukar data / Last exchange of data"},
        {"records", "bigint", "", "Banyak baris yang dikirim / Rows published"},
        {"personal", "boolean", "", "Dengan data pribadi / With personal data"},
        {"published_by", "text", kId, "Kantor pengirim / Publishing office"},
        {"published_at", kStamp, "", "Terakhir dikirim / Published last"},
        {"position", "bytea", "", "Untuk program: sampai mana / For the program: how far"},
        {"state", "text", "", "Untuk program: tanda isi / For the program: tells a change"},
        {"seen", "text", "", "Untuk program: sampai urutan mana / For the program: up to where"}},
       "space",
       "Kelompok RT / Neighborhoods"},
      {"word",
       {{"topic", "text", std::string(kId) + " NOT NULL", "need.urgency, item, unit, …"},
        {"value", "text", std::string(kId) + " NOT NULL", "Seperti di kolom / As in the column"},
        {"label_id", "text", "", "Bahasa Indonesia"},
        {"label_en", "text", "", "English"}},
       "topic, value",
       "Kata untuk nilai / Words for values"},
  };
}

ColumnText text_of(const PublishedColumn& column) {
  ColumnText out{column.name, std::string(column.type), column.is_id() ? kId : "", column.comment};
  if (column.from == From::space)
    out.further += " NOT NULL REFERENCES %.space (space) ON DELETE CASCADE";
  if (column.from == From::record) out.further += " NOT NULL";
  if (column.from == From::published_at) out.further += " DEFAULT now()";
  return out;
}

std::vector<TableText> all_tables() {
  auto out = own_tables();
  for (const auto& table : published_tables()) {
    TableText text{std::string(table.kind->name),
                   {},
                   "space, record",
                   std::string(table.kind->label_id) + " / " + std::string(table.kind->label_en),
                   true};
    for (const auto& column : table.columns) text.columns.push_back(text_of(column));
    out.push_back(std::move(text));
  }
  return out;
}

std::string told(Language language, std::string_view id, std::string_view en) {
  return std::string(pick(language, id, en));
}

class Plan {
 public:
  Plan(const std::string& schema, const FoundSchema& found, Language language)
      : place_(pg_name(schema) + "."), schema_(schema), found_(found), language_(language) {}

  Result<std::vector<std::string>> make() {
    TRY_VOID(check_ours());
    if (!found_.exists) {
      say("CREATE SCHEMA " + pg_name(schema_));
      say("COMMENT ON SCHEMA " + pg_name(schema_) + " IS " +
          pg_text("Catatan gotong royong dari Rukun / Mutual aid records from Rukun"));
    }
    for (const auto& table : all_tables()) TRY_VOID(add_table(table));
    add_views();
    if (!found_.format)
      say("INSERT INTO %.publication (format) VALUES (" + std::to_string(kPublishFormat) + ")");
    else if (*found_.format < kPublishFormat)
      say("UPDATE %.publication SET format = " + std::to_string(kPublishFormat));
    // What was published before may lack something: it is compared again, row by row.
    if (!grown_.empty() && found_.relations.contains("space"))
      say("UPDATE %.space SET state = NULL");
    for (const auto& table : grown_) say("UPDATE %." + table + " SET row_hash = NULL");
    return std::move(statements_);
  }

 private:
  Status check_ours() const {
    if (found_.format && *found_.format > kPublishFormat)
      return error(Code::unsupported,
                   schema_ + told(language_, ": dikirim oleh Rukun yang lebih baru",
                                  ": published by a newer Rukun"),
                   told(language_, "perbarui Rukun di sini", "update Rukun here"));
    if (found_.format || found_.relations.empty()) return {};
    return error(Code::foreign,
                 schema_ +
                     told(language_, ": skema ini berisi tabel yang bukan buatan Rukun (",
                          ": this schema holds tables that Rukun did not make (") +
                     found_.relations.begin()->first + ")",
                 told(language_, "pilih skema lain dengan --schema NAMA",
                      "choose another schema with --schema NAME"));
  }

  void say(std::string sql) {
    for (auto at = sql.find("%."); at != sql.npos; at = sql.find("%.", at + place_.size()))
      sql.replace(at, 2, place_);
    statements_.push_back(std::move(sql));
  }

  void comment(const std::string& table, const ColumnText& column) {
    say("COMMENT ON COLUMN %." + pg_name(table) + "." + pg_name(column.name) + " IS " +
        pg_text(column.comment));
  }

  Status add_table(const TableText& table) {
    const auto there = found_.relations.find(table.name);
    if (there == found_.relations.end()) {
      std::string sql = "CREATE TABLE %." + pg_name(table.name) + " (";
      for (const auto& column : table.columns)
        sql += pg_name(column.name) + " " + column.type + column.further + ", ";
      say(sql + "PRIMARY KEY (" + table.key + "))");
      say("COMMENT ON TABLE %." + pg_name(table.name) + " IS " + pg_text(table.comment));
      for (const auto& column : table.columns) comment(table.name, column);
      if (table.of_kind && found_.format) grown_.push_back(pg_name(table.name));
      return {};
    }
    bool grows = false;
    for (const auto& column : table.columns) {
      const auto type = there->second.find(column.name);
      if (type == there->second.end()) {
        say("ALTER TABLE %." + pg_name(table.name) + " ADD COLUMN " + pg_name(column.name) + " " +
            column.type + column.further);
        comment(table.name, column);
        grows = true;
      } else if (type->second != column.type) {
        return error(
            Code::foreign,
            schema_ + "." + table.name + "." + column.name +
                told(language_, ": kolom ini bertipe ", ": this column is of type ") +
                type->second + told(language_, ", bukan ", ", not ") + column.type,
            told(language_, "ganti nama tabel itu, atau kirim ke skema lain dengan --schema",
                 "rename that table, or publish into another schema with --schema"));
      }
    }
    if (grows && table.of_kind) grown_.push_back(pg_name(table.name));
    return {};
  }

  void add_views() {
    const auto& views = published_views();
    const bool older = !found_.format || *found_.format < kPublishFormat;
    const bool all_there = std::all_of(views.begin(), views.end(), [&](const PublishedView& view) {
      return found_.relations.contains(std::string(view.name));
    });
    if (all_there && !older) return;
    for (auto view = views.rbegin(); view != views.rend(); ++view)
      if (found_.relations.contains(std::string(view->name)))
        say("DROP VIEW %." + pg_name(view->name));
    for (const auto& view : views) {
      say("CREATE VIEW %." + pg_name(view.name) + " AS " + std::string(view.sql));
      say("COMMENT ON VIEW %." + pg_name(view.name) + " IS " + pg_text(view.comment));
    }
  }

  std::string place_;
  const std::string& schema_;
  const FoundSchema& found_;
  Language language_;
  std::vector<std::string> statements_;
  std::vector<std::string> grown_;
};

}  // namespace

Result<std::vector<std::string>> schema_plan(const std::string& schema, const FoundSchema& found,
                                             Language language) {
  return Plan(schema, found, language).make();
}

Status check_schema_name(std::string_view name, Language language) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  const bool fine = !name.empty() && name.size() <= kNameBytes && !name.starts_with("pg_") &&
                    !(name.front() >= '0' && name.front() <= '9') &&
                    std::all_of(name.begin(), name.end(), fits);
  if (fine) return {};
  return error(Code::bad_value, "--schema: " + std::string(name),
               told(language, "huruf, angka dan _, paling banyak 63, tidak diawali angka atau pg_",
                    "letters, digits and _, at most 63, not beginning with a digit or pg_"));
}

std::string schema_fingerprint() {
  Writer out;
  out.varint(static_cast<std::uint64_t>(kPublishFormat));
  for (const auto& table : published_tables()) {
    out.blob(view(table.kind->name));
    out.varint(table.columns.size());
    for (const auto& column : table.columns) {
      out.blob(view(column.name));
      out.blob(view(column.type));
    }
  }
  return hash_to<RecordId>(Label("rukun/pub/form/1"), out.out).hex();
}

}  // namespace rukun
