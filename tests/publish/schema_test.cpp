// What is published as text: the schema, values that no column would take, and each way in which a
// server may refuse.
#include "app/domain/schema.h"

#include <algorithm>
#include <set>

#include "app/publish/rows.h"
#include "app/publish/schema.h"
#include "tests/publish/content.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

FoundSchema all_found() {
  FoundSchema out;
  out.exists = true;
  out.format = kPublishFormat;
  const auto plan = schema_plan("rukun", {}, Language::en);
  REQUIRE(plan);
  for (const auto& sql : *plan) {
    for (const std::string begin : {"CREATE TABLE \"rukun\".\"", "CREATE VIEW \"rukun\".\""})
      if (sql.starts_with(begin))
        out.relations[sql.substr(begin.size(), sql.find('"', begin.size()) - begin.size())];
  }
  for (const auto& table : published_tables())
    for (const auto& column : table.columns)
      out.relations[std::string(table.kind->name)][column.name] = column.type;
  return out;
}

Error refused(Laptop& laptop, const std::string& conninfo, bool personal = false) {
  PublishOptions options;
  options.conninfo = conninfo;
  options.personal = personal;
  auto report = try_publish(laptop, options);
  REQUIRE_FALSE(report);
  CHECK_FALSE(report.error().hint.empty());
  CHECK(report.error().message.find('\n') == std::string::npos);
  return std::move(report).error();
}

}  // namespace

TEST_CASE("every field but identifiers has one column, and no two have one name", "[publish]") {
  for (const auto& table : published_tables()) {
    std::set<std::string> names;
    for (const auto& column : table.columns) {
      CAPTURE(table.kind->name, column.name);
      CHECK(names.insert(column.name).second);
      CHECK_FALSE(column.comment.empty());
      if (column.field != nullptr) CHECK(column.field->privacy != PrivacyClass::identifier);
    }
    for (const auto& field : table.kind->fields)
      CHECK(names.contains(std::string(field.name)) == (field.privacy != PrivacyClass::identifier));
    for (const auto& view : published_views()) CHECK(table.kind->name != view.name);
  }
}

TEST_CASE("tables and views can be distributed by space", "[publish]") {
  for (const auto& view : published_views()) {
    std::size_t joins = 0, by_space = 0;
    for (auto at = view.sql.find("JOIN"); at != view.sql.npos; at = view.sql.find("JOIN", at + 1))
      ++joins;
    for (auto at = view.sql.find(".space = "); at != view.sql.npos;
         at = view.sql.find(".space = ", at + 1))
      ++by_space;
    CAPTURE(view.name);
    CHECK(joins == by_space);
  }
  const auto plan = schema_plan("rukun", {}, Language::en);
  REQUIRE(plan);
  for (const auto& sql : *plan) {
    if (!sql.starts_with("CREATE TABLE") || sql.find("\"row_hash\"") == sql.npos) continue;
    CHECK(sql.find("PRIMARY KEY (space, record)") != sql.npos);
    CHECK(sql.find("REFERENCES") == sql.rfind("REFERENCES \"rukun\".space (space)"));
  }
}

TEST_CASE("in the database itself every key, foreign key and view goes by space", "[publish]") {
  WITH_SERVER(server);
  TempDir dir;
  Laptop laptop(dir.path(), "Kantor Desa", 8);
  laptop.found("RT 001");
  const auto there = server.database("catalog");
  publish_all(laptop, there);
  // `office`, `word` and `publication` are small and the same for all: copied, not distributed.
  const std::string distributed =
      " c.relnamespace = 'rukun'::regnamespace AND c.relkind = 'r'"
      " AND c.relname NOT IN ('office', 'word', 'publication')";
  const std::string space_of_c =
      "(SELECT attnum FROM pg_attribute WHERE attrelid = c.oid AND attname = 'space')";
  const auto tables =
      std::stoul(server.ask(there, "SELECT count(*) FROM pg_class c WHERE" + distributed));
  CHECK(tables == published_tables().size() + 1);
  CHECK(server.ask(there,
                   "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
                   " WHERE i.indisprimary AND" +
                       distributed) == std::to_string(tables) + "\n");
  CHECK(server
            .ask(there,
                 "SELECT c.relname, i.indexrelid::regclass FROM pg_index i"
                 " JOIN pg_class c ON c.oid = i.indrelid WHERE i.indisunique AND NOT " +
                     space_of_c + " = ANY (i.indkey) AND" + distributed)
            .empty());
  CHECK(server
            .ask(there,
                 "SELECT c.relname, k.conname FROM pg_constraint k"
                 " JOIN pg_class c ON c.oid = k.conrelid WHERE k.contype = 'f' AND"
                 " (k.confrelid <> 'rukun.space'::regclass OR k.conkey <> ARRAY[" +
                     space_of_c + "]) AND" + distributed)
            .empty());
  // Of each table or view that a view reads, it reads the space, too: what it is joined by.
  const std::string reads =
      " FROM pg_rewrite r JOIN pg_class v ON v.oid = r.ev_class AND v.relkind = 'v'"
      " JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid"
      " AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid"
      " JOIN pg_class c ON c.oid = d.refobjid WHERE v.relnamespace = 'rukun'::regnamespace"
      " AND c.relname NOT IN ('office', 'word')";
  CHECK(server
            .ask(there, "SELECT v.relname, c.relname" + reads +
                            " GROUP BY v.relname, c.relname, c.oid HAVING NOT bool_or("
                            "d.refobjsubid = " +
                            space_of_c + ")")
            .empty());
  CHECK(server.ask(there, "SELECT count(DISTINCT v.relname)" + reads) ==
        std::to_string(published_views().size()) + "\n");
}

TEST_CASE("tables only grow, and only where something is missing", "[publish]") {
  auto found = all_found();
  for (const char* table : {"publication", "office", "space", "word"}) found.relations.erase(table);
  const auto few = schema_plan("rukun", found, Language::en);
  REQUIRE(few);
  CHECK(std::none_of(few->begin(), few->end(), [](const std::string& sql) {
    return sql.find("need") != sql.npos && sql.starts_with("ALTER");
  }));
  found.relations.at("need").erase("urgency");
  const auto plan = schema_plan("rukun", found, Language::en);
  REQUIRE(plan);
  const auto says = [&](const std::string& begin) {
    return std::count_if(plan->begin(), plan->end(),
                         [&](const std::string& sql) { return sql.starts_with(begin); });
  };
  CHECK(says("ALTER TABLE \"rukun\".\"need\" ADD COLUMN \"urgency\" text") == 1);
  CHECK(says("UPDATE \"rukun\".\"need\" SET row_hash = NULL") == 1);
  CHECK(says("DROP") == 0);
}

TEST_CASE("what no column takes is made sound or left out", "[publish]") {
  CHECK(sound_text("Bu Ani \xe2\x80\xa6") == "Bu Ani \xe2\x80\xa6");
  CHECK(sound_text(std::string("a\0b", 3)) ==
        "a\xef\xbf\xbd"
        "b");
  CHECK(sound_text("\xed\xa0\x80"
                   "x\xc0\x80\xff") ==
        "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
  CHECK(sound_text("NIK 3201234567890001.") == "NIK ************0001.");
  CHECK(sound_text("320123456789000") == "320123456789000");
  CHECK(array_text({"a\"b", "c\\d,"}) == R"({"a\"b","c\\d,"})");
  CHECK_FALSE(sound_time({std::numeric_limits<std::int64_t>::max()}));
  CHECK_FALSE(sound_time({std::numeric_limits<std::int64_t>::min()}));

  // A row as a hostile program would write it: every value of a wrong kind or size.
  const auto& table = published_tables().at(2);
  REQUIRE(table.kind->name == "need");
  Row row;
  row.kind = table.kind->id;
  row.created.ticks = ~std::uint64_t{0};
  row.values.resize(table.kind->fields.size());
  row.sets.resize(table.kind->fields.size());
  for (std::size_t i = 0; i < row.values.size(); ++i)
    row.values[i] = i % 2 == 0 ? Value(std::numeric_limits<std::int64_t>::min())
                               : Value(std::string("tab\there\\N\nline"));
  const auto made = published_row(table, row, Derived(), {"s", "o", true});
  CHECK(std::count(made.line.begin(), made.line.end(), '\n') == 1);
  CHECK(static_cast<std::size_t>(std::count(made.line.begin(), made.line.end(), '\t')) + 1 ==
        copied_columns(table).size());
  WITH_SERVER(server);
  const auto there = server.database("hostile");
  TempDir dir;
  Laptop laptop(dir.path(), "Kantor", 5);
  laptop.found("RT 001");
  publish_all(laptop, there);
  auto connection = Postgres::connect(there, Language::en);
  REQUIRE(connection);
  REQUIRE(connection->run("INSERT INTO rukun.space (space) VALUES ('s')"));
  std::string columns;
  for (const auto* column : copied_columns(table))
    columns += (columns.empty() ? "" : ", ") + pg_name(column->name);
  REQUIRE(connection->begin_copy("COPY rukun.need (" + columns + ") FROM STDIN"));
  REQUIRE(connection->copy(made.line));
  const auto ended = connection->end_copy();
  INFO((ended ? std::string() : ended.error().message));
  CHECK(ended);
}

TEST_CASE("each way in which a server refuses says what to do, and leaves nothing half done",
          "[publish]") {
  WITH_SERVER(server);
  TempDir dir;
  Laptop laptop(dir.path(), "Kantor Desa", 3);
  const auto space = laptop.found("RT 001");
  fill(laptop, space);
  const auto there = server.database("refusing");
  const auto port = std::to_string(server.port());

  CHECK(refused(laptop, "host=127.0.0.1 port=1 dbname=x").code == Code::io);
  CHECK(refused(laptop, "apa ini").code == Code::bad_value);
  CHECK(refused(laptop, server.conninfo("tidak_ada")).code == Code::not_found);
  const auto tls = refused(
      laptop, "host=127.0.0.1 port=" + port + " user=pemilik dbname=refusing sslmode=require");
  CHECK(tls.message.find("SSL") != std::string::npos);
  CHECK(tls.hint.find("sslmode") != std::string::npos);

  server.tell(there, "CREATE ROLE dengan_sandi LOGIN PASSWORD 'benar'; CREATE ROLE tamu LOGIN");
  const auto socket = "host=" + server.folder().string() + " port=" + port + " dbname=refusing";
  CHECK(refused(laptop, socket + " user=dengan_sandi password=salah").code == Code::not_allowed);
  // May not make a schema; then may not write into one that is there.
  CHECK(refused(laptop, socket + " user=tamu").code == Code::not_allowed);
  server.tell(there, "CREATE SCHEMA lain; CREATE TABLE lain.punya_orang (a int)");
  PublishOptions options;
  options.conninfo = there;
  options.schema = "lain";
  CHECK(try_publish(laptop, options).error().code == Code::foreign);
  options.schema = "pg_catalog";
  CHECK(try_publish(laptop, options).error().code == Code::bad_value);
  CHECK(server.ask(there, "SELECT count(*) FROM pg_namespace WHERE nspname = 'rukun'") == "0\n");

  publish_all(laptop, there);
  laptop.add_need(space, 1000);
  CHECK(refused(laptop, socket + " user=tamu").code == Code::not_allowed);
  const auto before = published_contents(there);
  server.tell(there,
              "CREATE FUNCTION penuh() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE"
              " EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$; CREATE TRIGGER"
              " penuh BEFORE INSERT ON need EXECUTE FUNCTION penuh()");
  const auto full = refused(laptop, there);
  CHECK(full.code == Code::full);
  CHECK(full.message.find("RT 001") != std::string::npos);
  CHECK(published_contents(there) == before);
  server.tell(there, "DROP TRIGGER penuh ON need; ALTER TABLE need ALTER quantity TYPE text");
  CHECK(refused(laptop, there).message.find("need.quantity") != std::string::npos);
  server.tell(there, "ALTER TABLE need ALTER quantity TYPE numeric(19,3) USING quantity::numeric");
  server.tell(there, "UPDATE publication SET format = 1000");
  CHECK(refused(laptop, there).code == Code::unsupported);
  server.tell(there, "UPDATE publication SET format = 1");
  publish_all(laptop, there);
  CHECK(published_contents(there) == local_contents(laptop, false));
}

}  // namespace rukun::test
