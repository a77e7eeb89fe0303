// Publishing only what may have changed: whatever happens on three laptops, in whatever order it
// arrives, the tables hold what a publish from nothing would put there.
#include <algorithm>
#include <map>

#include "app/publish/gather.h"
#include "tests/publish/content.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

namespace k = fields;

// People who write whatever the declared kinds allow, about whatever is known by then.
class Storm {
 public:
  explicit Storm(std::uint64_t seed) : random_(seed) {}

  // Refusals are part of it.
  void step(Laptop& laptop, const SpaceId& space) {
    const auto dice = random_.below(10);
    const auto& kind = all_kinds()[random_.below(all_kinds().size())];
    auto& known = known_[kind.id];
    if (known.size() < 3 || dice < 4) {
      const auto made = laptop.try_run(space, {{AddRecord{kind.id, values(kind, true)}}});
      if (made) known.push_back(made->records.at(0));
      done_ += made ? 1 : 0;
      return;
    }
    const auto& record = known[random_.below(known.size())];
    const auto act = [&]() -> Change {
      if (dice == 8) return DeleteRecord{record};
      if (dice == 9) return RestoreRecord{record};
      return SetFields{record, values(kind, false)};
    }();
    done_ += laptop.try_run(space, {{act}}) ? 1 : 0;
  }

  // Of these there are few, and much rests on them.
  void add(KindId kind, const RecordId& record) { known_[kind].push_back(record); }
  int done() const { return done_; }

 private:
  std::vector<FieldChange> values(const KindSpec& kind, bool all) {
    std::vector<FieldChange> out;
    for (const auto& field : kind.fields) {
      if (field.set || field.natural_key || field.made_by_program) continue;
      if (all ? !field.required && random_.below(3) == 0 : random_.below(3) != 0) continue;
      auto value = value_of(field);
      if (is_none(value) && all) continue;
      out.push_back({field.id, OpType::put, std::move(value)});
    }
    if (out.empty()) out.push_back({kind.fields[0].id, OpType::put, value_of(kind.fields[0])});
    return out;
  }

  Value value_of(const FieldSpec& field) {
    const auto below = [&](std::uint64_t most) {
      return static_cast<std::int64_t>(random_.below(most));
    };
    switch (field.type) {
      case FieldType::integer:
      case FieldType::rt:
      case FieldType::rw: return 1 + below(5);
      case FieldType::boolean: return below(2);
      case FieldType::date: return std::int64_t{20261101} + below(28);
      case FieldType::instant: return std::int64_t{1'795'500'000'000} + below(40) * 3'600'000;
      case FieldType::quantity: return (1 + below(12)) * 500;
      case FieldType::money: return (1 + below(9)) * 1000;
      case FieldType::enumeration:
      case FieldType::category:
      case FieldType::weekday_part:
        return 1 + below(field.values.empty() ? 5 : field.values.size());
      case FieldType::item: return std::string(below(2) == 0 ? "rice" : "egg");
      case FieldType::unit: return std::string(below(3) == 0 ? "g" : "kg");
      case FieldType::text: return "Kata " + std::to_string(below(50));
      case FieldType::reference: {
        const auto& known = known_[field.target];
        return known.empty() || below(8) == 0 ? Value() : Value(known[random_.below(known.size())]);
      }
      default: return {};
    }
  }

  SeededRandom random_;
  std::map<KindId, std::vector<RecordId>> known_;
  int done_ = 0;
};

// Kind, record and hash of each row: as the tables hold them, and as a publish from nothing would.
std::string rows_there(Server& server, const std::string& there) {
  std::string sql;
  for (const auto& table : published_tables())
    sql += (sql.empty() ? "SELECT '" : " UNION ALL SELECT '") + std::string(table.kind->name) +
           "' COLLATE \"C\", record, row_hash FROM " + pg_name(table.kind->name);
  return server.ask(there, sql + " ORDER BY 1, 2");
}

std::string rows_here(Laptop& laptop) {
  auto& engine = laptop.engine();
  const auto gathered = gather_rows(engine.records(), engine.spaces(), engine.member(), false);
  REQUIRE(gathered);
  std::vector<std::string> lines;
  for (const auto& [space, rows] : *gathered)
    for (std::size_t t = 0; t < rows.tables.size(); ++t)
      for (const auto& row : rows.tables[t].rows)
        lines.push_back(std::string(published_tables()[t].kind->name) + "|" + row.record.hex() +
                        "|" + std::to_string(row.hash) + "\n");
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const auto& line : lines) out += line;
  return out;
}

// Of every table a checksum of all that readers see.
std::string checksums(Server& server, const std::string& there, const std::string& schema) {
  std::string sql;
  for (const auto& table : published_tables())
    sql += (sql.empty() ? "SELECT '" : " UNION ALL SELECT '") + std::string(table.kind->name) +
           "', count(*), md5(string_agg(line, E'\\n' ORDER BY line)) FROM (SELECT (to_jsonb(t)"
           " - 'published_at' - 'published_by')::text AS line FROM " +
           schema + "." + pg_name(table.kind->name) + " t) x";
  return server.ask(there, sql + " ORDER BY 1");
}

struct Compared {
  std::uint64_t rows = 0, compared = 0;
};

Compared publish_and_check(Server& server, Laptop& laptop, const std::string& there) {
  const auto report = publish_all(laptop, there);
  CHECK(rows_there(server, there) == rows_here(laptop));
  Compared out;
  for (const auto& one : report.spaces) {
    out.rows += one.rows;
    out.compared += one.compared;
  }
  return out;
}

}  // namespace

TEST_CASE("whatever changed and however late it arrived, the tables equal a publish from nothing",
          "[publish][incremental]") {
  WITH_SERVER(server);
  const auto seed = GENERATE(std::uint64_t{1}, std::uint64_t{2});
  CAPTURE(seed);
  ThreeNeighbors all(seed);
  const auto there = server.database("storm" + std::to_string(seed));
  Storm storm(seed);
  const auto filled = fill(all.head, all.space);
  storm.add(k::need::kKind, filled.need);
  storm.add(k::pledge::kKind, filled.pledge);
  storm.add(k::household::kKind, filled.household);
  // The volunteer's clock stands still: what comes from there is always older than what is there.
  int partly = 0;
  for (int round = 0; round < 9; ++round) {
    CAPTURE(round);
    for (int i = 0; i < 14; ++i) {
      all.head.clock().pass(60'000);
      storm.step(i % 2 == 0 ? all.head : all.volunteer, all.space);
    }
    if (round % 3 == 2) all.round();
    all.head.sync(all.stick);
    all.office.sync(all.stick);
    if (round == 4) all.office.close();  // goes on from the image
    if (round == 6)
      REQUIRE(all.head.engine().set_role(all.space, all.volunteer.engine().member(), Role::reader));
    if (round == 7) REQUIRE(all.head.engine().erase(all.space, filled.resident, "diminta"));
    const auto compared = publish_and_check(server, all.office, there);
    partly += compared.compared < compared.rows ? 1 : 0;
  }
  CHECK(storm.done() > 60);
  CHECK(partly >= 4);
  PublishOptions options;
  options.conninfo = there;
  options.schema = "nothing";
  REQUIRE(try_publish(all.office, options));
  CHECK(checksums(server, there, "rukun") == checksums(server, there, "nothing"));
}

TEST_CASE("a record that was not written goes again when what it is derived from was",
          "[publish][incremental]") {
  std::string reason;
  Server* const server = Server::get(reason);
  if (server == nullptr) SKIP_TEST(reason);
  TempDir dir;
  Laptop laptop(dir.path(), "Kantor Desa", 8);
  const auto space = laptop.found("RT 001");
  const auto filled = fill(laptop, space);
  const auto drive = laptop.run(
      space, {{AddRecord{k::drive::kKind,
                         {{k::drive::kTitle, OpType::put, std::string("Perbaikan jembatan")},
                          {k::drive::kGoalType, OpType::put, k::drive::kGoalTypeMoney}}}}});
  const auto there = server->database("derived");
  publish_all(laptop, there);
  const auto first = [&](KindId kind) {
    const auto number = laptop.engine().space(space).value().number;
    const auto rows = laptop.engine().records().rows({.kind = kind, .spaces = {number}}).value();
    REQUIRE_FALSE(rows.empty());
    return rows.front().id;
  };
  const auto add = [&](KindId kind, std::vector<FieldChange> fields) {
    laptop.run(space, {{AddRecord{kind, std::move(fields)}}});
    publish_and_check(*server, laptop, there);
  };
  const auto put = [](FieldId field, Value value) {
    return FieldChange{field, OpType::put, std::move(value)};
  };
  // A shift has one more who comes, a program one more who is entitled.
  add(k::signup::kKind, {put(k::signup::kShift, first(k::shift::kKind)),
                         put(k::signup::kHousehold, filled.household)});
  add(k::entitlement::kKind, {put(k::entitlement::kProgram, first(k::program::kKind)),
                              put(k::entitlement::kResident, filled.resident),
                              put(k::entitlement::kItem, std::string("rice")),
                              put(k::entitlement::kQuantity, std::int64_t{5'000}),
                              put(k::entitlement::kUnit, std::string("kg"))});
  // Less is left of the stock, the drive has more, and fewer of what is sold are left.
  add(k::handover::kKind, {put(k::handover::kEntitlement, first(k::entitlement::kKind)),
                           put(k::handover::kQuantity, std::int64_t{500}),
                           put(k::handover::kReceivedBy, std::string("Bu Ani"))});
  add(k::contribution::kKind, {put(k::contribution::kDrive, drive.records.at(0)),
                               put(k::contribution::kDirection, k::contribution::kDirectionIn),
                               put(k::contribution::kAmount, std::int64_t{50'000})});
  add(k::order::kKind,
      {put(k::order::kListing, first(k::listing::kKind)),
       put(k::order::kHousehold, filled.household), put(k::order::kQuantity, std::int64_t{2'000})});
}

TEST_CASE("of one changed need only what it touches is compared", "[publish][incremental]") {
  WITH_SERVER(server);
  TempDir dir;
  Laptop laptop(dir.path(), "Kantor Desa", 5);
  const auto space = laptop.found("RT 001");
  const auto filled = fill(laptop, space, 40);
  const auto there = server.database("few");
  publish_all(laptop, there);
  const auto other = laptop.add_need(space, 2000, "Tanpa kesanggupan");
  const auto one = [&] { return publish_and_check(server, laptop, there).compared; };
  CHECK(one() == 2);  // and the listing of fill(), whose offers might be pledged
  laptop.set_title(space, other, "Lagi");
  laptop.close();
  CHECK(one() == 2);
  // A need, what is pledged to it and the offer behind that.
  laptop.run(space, {{SetFields{filled.need, {{k::need::kUnit, OpType::put, std::string("g")}}}}});
  CHECK(one() == 4);
  // A pledge that goes over to another need: both needs, too.
  laptop.run(space, {{SetFields{filled.pledge, {{k::pledge::kNeed, OpType::put, other}}}}});
  CHECK(one() == 5);
  // Another copy of the profile has its own order of arrival.
  laptop.close();
  Laptop copy(laptop, dir.path(), "salinan", 9);
  copy.set_title(space, other, "Dari salinan");
  CHECK(one() == 0);
  CHECK(publish_and_check(server, copy, there).compared > 40);
  copy.set_title(space, other, "Lagi dari salinan");
  CHECK(publish_and_check(server, copy, there).compared == 4);
}

}  // namespace rukun::test
