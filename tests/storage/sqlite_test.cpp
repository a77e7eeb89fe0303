// The thin layer over SQLite: transactions, errors as values, images.
#include "storage/sqlite.h"

#include "tests/support/catch.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/temp_dir.h"

namespace rukun::test {
namespace {

TEST_CASE("a transaction that is not committed did not happen", "[sqlite]") {
  auto db = Db::open_memory().value();
  REQUIRE(db.execute("CREATE TABLE t(n)"));
  {
    auto transaction = Transaction::begin(db);
    REQUIRE(transaction);
    REQUIRE(db.execute("INSERT INTO t VALUES(1)"));
  }
  CHECK(db.integer("SELECT count(*) FROM t").value() == 0);
  {
    auto transaction = Transaction::begin(db);
    REQUIRE(transaction);
    REQUIRE(db.execute("INSERT INTO t VALUES(1)"));
    REQUIRE(transaction->commit());
  }
  CHECK(db.integer("SELECT count(*) FROM t").value() == 1);
}

TEST_CASE("bytes, texts and numbers come back as they were bound", "[sqlite]") {
  auto db = Db::open_memory().value();
  auto echo = db.prepare("SELECT ?1, ?2, ?3, ?4, ?5").value();
  const Bytes blob{0, 1, 0xff};
  echo.bind(1, ByteView(blob)).bind(2, std::string_view("kopi\0susu", 9));
  echo.bind(3, std::int64_t{-5}).bind_null(4).bind(5, ByteView());
  REQUIRE(echo.step().value());
  CHECK(Bytes(echo.blob(0).begin(), echo.blob(0).end()) == blob);
  CHECK(echo.text(1) == std::string_view("kopi\0susu", 9));
  CHECK(echo.integer(2) == -5);
  CHECK(echo.is_null(3));
  CHECK_FALSE(echo.is_null(4));
  CHECK(echo.blob(4).empty());
  CHECK_FALSE(echo.step().value());
}

TEST_CASE("a walk shows every row where it lies, and asks the database beside it", "[sqlite]") {
  auto db = Db::open_memory().value();
  REQUIRE(
      db.execute("CREATE TABLE t(n INTEGER, words TEXT, id BLOB);"
                 "INSERT INTO t VALUES(7, 'kopi', zeroblob(16)), (NULL, '', NULL), (-1, NULL,"
                 " x'00')"));
  std::string seen;
  const auto walked = db.visit("n, words, id", "FROM t", [&](const VisitedRow& row) {
    seen += (row.is_null(0) ? "-" : std::to_string(row.integer(0))) + " " +
            (row.is_null(1) ? "-" : std::string(row.text(1))) +
            (row.id<Id<struct SeenTag, 16>>(2) ? " id;" : ";");
    CHECK(db.integer("SELECT count(*) FROM t").value() == 3);
  });
  REQUIRE(walked);
  CHECK(seen == "7 kopi id;- ;-1 -;");
  CHECK(db.visit("n", "FROM t WHERE 0", [](const VisitedRow&) { FAIL("there is no such row"); }));
  CHECK(db.visit("n", "FROM nowhere", [](const VisitedRow&) {}).error().code == Code::bad_value);
  // Called by somebody else it does nothing.
  CHECK(db.integer("SELECT rukun_visit() IS NULL AND rukun_visit(n) IS NULL FROM t").value() == 1);
}

TEST_CASE("wrong SQL is an error value", "[sqlite]") {
  auto db = Db::open_memory().value();
  const auto wrong = db.prepare("SELEKT 1");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().code == Code::bad_value);
}

TEST_CASE("an image moves a database into another one", "[sqlite]") {
  auto db = Db::open_memory().value();
  REQUIRE(db.execute("CREATE TABLE t(n); INSERT INTO t VALUES(1),(2),(3)"));
  const bool twice = GENERATE(false, true);
  const auto copy = [](Db& from) {
    const auto image = from.image();
    REQUIRE(image);
    DbImage filled(image->view().size());
    std::copy(image->view().begin(), image->view().end(), filled.span().begin());
    auto into = Db::open_memory().value();
    REQUIRE(into.load(std::move(filled)));
    return into;
  };
  auto second = copy(db);
  if (twice) second = copy(second);  // now the image is a view, without a copy
  CHECK(second.integer("SELECT sum(n) FROM t").value() == 6);
  REQUIRE(
      second.execute("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c LIMIT 20000)"
                     "INSERT INTO t SELECT x FROM c"));
  CHECK(second.integer("SELECT count(*) FROM t").value() == 20003);
}

TEST_CASE("a garbled image is damaged, not a crash", "[sqlite]") {
  DbImage garbage(8192);
  std::fill(garbage.span().begin(), garbage.span().end(), std::uint8_t{0x5a});
  auto db = Db::open_memory().value();
  const auto loaded = db.load(std::move(garbage));
  const auto read = db.integer("SELECT count(*) FROM sqlite_schema");
  CHECK((!loaded || !read));
  if (!read) CHECK(read.error().code == Code::damaged);
}

TEST_CASE("connections share a named database in memory", "[sqlite]") {
  auto one = Db::open_memory("bersama").value();
  auto two = Db::open_memory("bersama").value();
  REQUIRE(one.execute("CREATE TABLE t(n); INSERT INTO t VALUES(7)"));
  CHECK(two.integer("SELECT n FROM t").value() == 7);
}

TEST_CASE("durable databases keep the settings that the promise needs", "[sqlite]") {
  TempDir dir;
  auto db = Db::open_durable({dir / "a.db", {}, true}).value();
  const auto text = [&](const char* pragma) {
    auto read = db.prepare(pragma).value();
    REQUIRE(read.step().value());
    return std::string(read.text(0));
  };
  CHECK(text("PRAGMA journal_mode") == "wal");
  CHECK(text("PRAGMA locking_mode") == "exclusive");
  CHECK(db.integer("PRAGMA synchronous").value() == 2);
  CHECK(db.integer("PRAGMA secure_delete").value() == 1);
  CHECK(db.integer("PRAGMA temp_store").value() == 2);
  CHECK(db.integer("PRAGMA mmap_size").value() == 0);
  CHECK(db.integer("PRAGMA trusted_schema").value() == 0);
  CHECK(db.integer("PRAGMA cell_size_check").value() == 1);
  const auto second = Db::open_durable({dir / "a.db", {}, false});
  REQUIRE_FALSE(second);
  CHECK(second.error().code == Code::busy);
}

TEST_CASE("what the disk refuses gets its own error", "[sqlite]") {
  FaultVfs vfs("errors");
  auto db = Db::open_durable({"/a.db", vfs.name(), true}).value();
  REQUIRE(db.execute("CREATE TABLE t(n)"));
  auto insert = db.prepare("INSERT INTO t VALUES(zeroblob(9000))").value();
  vfs.arm({DiskFault::full, 0});
  CHECK(insert.run().error().code == Code::full);
  vfs.arm({DiskFault::io_error, 0});
  CHECK(insert.run().error().code == Code::io);
  vfs.arm({DiskFault::bad_sync, 0});
  CHECK(insert.run().error().code == Code::io);
  vfs.arm({});
  CHECK(insert.run());
  CHECK(db.integer("SELECT count(*) FROM t").value() == 1);
}

}  // namespace
}  // namespace rukun::test
