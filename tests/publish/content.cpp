#include "tests/publish/content.h"

#include <algorithm>

#include "app/domain/rules/derived.h"
#include "app/domain/schema.h"
#include "tests/support/catch.h"

namespace rukun::test {
namespace {

namespace k = fields;

FieldChange put(FieldId field, Value value) { return {field, OpType::put, std::move(value)}; }
Value words(const char* text) { return std::string(text); }
Value made_by(std::uint32_t change) { return LocalRef{change}; }

void add_people(Action& action) {
  using namespace k::household;
  action.changes.push_back(AddRecord{
      kKind,
      {put(kName, std::string("Ibu ") + kPersonalName), put(kKkNumber, words(kKk)),
       put(kAddress, words("Gang Melati 4")), put(kRt, std::int64_t{3}), put(kRw, std::int64_t{7}),
       put(kPhone, words("+628123456789")), put(kPeople, std::int64_t{4})}});
  action.changes.push_back(
      AddRecord{k::resident::kKind,
                {put(k::resident::kHousehold, made_by(0)),
                 put(k::resident::kName, std::string(kPersonalName)),
                 put(k::resident::kNik, words(kNik)), put(k::resident::kSex, std::int64_t{2}),
                 put(k::resident::kBirthDate, std::int64_t{19600000})}});
}

void add_aid(Action& action) {
  using namespace k::need;
  const auto title = std::string("Beras\tuntuk \"lansia\" \\ NIK ") + kTypedNik + "\nsegera";
  action.changes.push_back(AddRecord{
      kKind,
      {put(kTitle, title), put(kCategory, std::int64_t{1}), put(kItem, words("rice")),
       put(kQuantity, std::int64_t{10'500}), put(kUnit, words("kg")),
       put(kUrgency, std::int64_t{2}), put(kHousehold, made_by(0)),
       put(kNote, std::string("titip ") + kPersonalName), put(kNeededBy, std::int64_t{20261130})}});
  action.changes.push_back(AddRecord{
      k::offer::kKind,
      {put(k::offer::kCategory, std::int64_t{1}), put(k::offer::kItem, words("rice")),
       put(k::offer::kQuantity, std::int64_t{4'250}), put(k::offer::kUnit, words("kg"))}});
  action.changes.push_back(
      AddRecord{k::pledge::kKind,
                {put(k::pledge::kNeed, made_by(2)), put(k::pledge::kOffer, made_by(3)),
                 put(k::pledge::kQuantity, std::int64_t{4'250})}});
  action.changes.push_back(AddRecord{
      k::handover::kKind,
      {put(k::handover::kPledge, made_by(4)), put(k::handover::kQuantity, std::int64_t{1'000}),
       put(k::handover::kReceivedBy, std::string(kPersonalName))}});
}

void add_duty(Action& action) {
  const auto at = static_cast<std::uint32_t>(action.changes.size());
  action.changes.push_back(
      AddRecord{k::volunteer::kKind,
                {put(k::volunteer::kName, words("Sari")),
                 {k::volunteer::kSkills, OpType::add, words("memasak, \"besar\"")},
                 {k::volunteer::kSkills, OpType::add, words("menyetir")}}});
  action.changes.push_back(
      AddRecord{k::activity::kKind,
                {put(k::activity::kName, words("Ronda")), put(k::activity::kType, std::int64_t{1}),
                 put(k::activity::kDefaultSlots, std::int64_t{2})}});
  action.changes.push_back(AddRecord{k::shift::kKind,
                                     {put(k::shift::kActivity, made_by(at + 1)),
                                      put(k::shift::kStarts, std::int64_t{1'795'600'000'000}),
                                      put(k::shift::kEnds, std::int64_t{1'795'610'000'000})}});
  action.changes.push_back(AddRecord{
      k::signup::kKind,
      {put(k::signup::kShift, made_by(at + 2)), put(k::signup::kVolunteer, made_by(at))}});
}

void add_office(Action& action) {
  const auto at = static_cast<std::uint32_t>(action.changes.size());
  action.changes.push_back(
      AddRecord{k::program::kKind,
                {put(k::program::kTitle, words("BLT")), put(k::program::kSource, std::int64_t{4}),
                 put(k::program::kTarget, std::int64_t{2})}});
  action.changes.push_back(AddRecord{
      k::stock::kKind,
      {put(k::stock::kProgram, made_by(at)), put(k::stock::kItem, words("rice")),
       put(k::stock::kQuantity, std::int64_t{50'000}), put(k::stock::kUnit, words("kg"))}});
  action.changes.push_back(AddRecord{
      k::entitlement::kKind,
      {put(k::entitlement::kProgram, made_by(at)), put(k::entitlement::kHousehold, made_by(0)),
       put(k::entitlement::kItem, words("rice")),
       put(k::entitlement::kQuantity, std::int64_t{10'000}),
       put(k::entitlement::kUnit, words("kg"))}});
  action.changes.push_back(AddRecord{k::handover::kKind,
                                     {put(k::handover::kEntitlement, made_by(at + 2)),
                                      put(k::handover::kQuantity, std::int64_t{7'500}),
                                      put(k::handover::kReceivedBy, std::string(kPersonalName))}});
  action.changes.push_back(AddRecord{
      k::listing::kKind,
      {put(k::listing::kBusiness, words("Warung")), put(k::listing::kProduct, words("Kopi")),
       put(k::listing::kPrice, std::int64_t{25'000})}});
}

std::string cell_of(const FieldSpec& field, const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number != nullptr &&
      (field.type == FieldType::quantity || field.type == FieldType::instant ||
       field.type == FieldType::date || field.type == FieldType::rt || field.type == FieldType::rw))
    return std::to_string(*number);
  auto text = machine_value(field, value);
  if (const auto at = text.find(kTypedNik); at != text.npos) text.replace(at, 12, 12, '*');
  return text;
}

// The same from the database: thousandths, milliseconds, yyyymmdd.
std::string expression_of(const FieldSpec& field) {
  const auto name = pg_name(field.name);
  if (field.set) return "array_to_string(ARRAY(SELECT unnest(" + name + ") ORDER BY 1), ';')";
  switch (field.type) {
    case FieldType::quantity: return "(" + name + " * 1000)::bigint::text";
    case FieldType::instant: return "(extract(epoch FROM " + name + ") * 1000)::bigint::text";
    case FieldType::boolean: return name + "::text";
    case FieldType::date:
      return "to_char(" + name + ", 'YYYY') || CASE " +
             pg_name(std::string(field.name) + "_precision") +
             " WHEN 'year' THEN '0000' WHEN 'month' THEN to_char(" + name +
             ", 'MM') || '00' ELSE to_char(" + name + ", 'MMDD') END";
    default: return name + "::text";
  }
}

bool is_published(const FieldSpec& field) { return field.privacy != PrivacyClass::identifier; }

bool is_declared(const KindSpec& kind, const FieldSpec& derived) {
  return std::any_of(kind.fields.begin(), kind.fields.end(),
                     [&](const FieldSpec& one) { return one.name == derived.name; });
}

std::string local_line(const KindSpec& kind, const Row& row, const Derived& derived,
                       const std::string& space, bool personal) {
  std::string line = space + "|" + row.id.hex();
  for (const auto& field : kind.fields) {
    if (!is_published(field)) continue;
    line += '|';
    if (field.privacy == PrivacyClass::personal && !personal) continue;
    std::string several;
    for (const auto& one : set_in(row, field.id))
      several += (several.empty() ? "" : ";") + cell_of(field, one);
    line += several;
    if (const auto& value = value_in(row, field.id); !is_none(value)) {
      line += cell_of(field, value);
    } else if (const auto* computed = find_derived(kind.id, field.name);
               computed != nullptr && computed->name == field.name) {
      line += cell_of(*computed, derived.value_of(row, *computed));
    }
  }
  for (const auto& field : derived_fields(kind.id)) {
    if (is_declared(kind, field)) continue;
    line += "|" + cell_of(field, derived.value_of(row, field));
  }
  return line;
}

}  // namespace

Filled fill(Laptop& laptop, const SpaceId& space, int needs) {
  Action action;
  add_people(action);
  add_aid(action);
  add_duty(action);
  add_office(action);
  for (int i = 0; i < needs; ++i)
    action.changes.push_back(
        AddRecord{k::need::kKind,
                  {put(k::need::kTitle, "Kebutuhan " + std::to_string(i)),
                   put(k::need::kCategory, std::int64_t{1 + i % 5}),
                   put(k::need::kItem, std::string(i % 2 == 0 ? "rice" : "~gas melon")),
                   put(k::need::kQuantity, std::int64_t{1000 + 250 * i}),
                   put(k::need::kUnit, std::string(i % 2 == 0 ? "kg" : "piece"))}});
  const auto outcome = laptop.run(space, action);
  return {outcome.records[0], outcome.records[1], outcome.records[2], outcome.records[4]};
}

Result<PublishReport> try_publish(Laptop& laptop, PublishOptions options) {
  options.language = Language::en;
  return publish_postgres(laptop.engine(), laptop.engine().spaces(), options);
}

PublishReport publish_all(Laptop& laptop, const std::string& conninfo, bool personal) {
  PublishOptions options;
  options.conninfo = conninfo;
  options.personal = personal;
  auto report = try_publish(laptop, options);
  INFO((report ? std::string() : report.error().message + "; " + report.error().hint));
  REQUIRE(report);
  return std::move(*report);
}

Contents local_contents(Laptop& laptop, bool personal, const std::vector<SpaceId>& spaces) {
  Contents out;
  auto& records = laptop.engine().records();
  std::vector<std::uint32_t> numbers;
  for (const auto& space : spaces) numbers.push_back(records.space_number(space));
  for (const auto& kind : all_kinds()) {
    auto& lines = out[std::string(kind.name)];
    const auto derived = Derived::load(records, numbers, kind.id);
    const auto rows = records.rows({.kind = kind.id, .spaces = numbers});
    REQUIRE(derived);
    REQUIRE(rows);
    for (const auto& row : *rows)
      lines.push_back(local_line(kind, row, *derived, records.space_of(row.space).hex(), personal));
    std::sort(lines.begin(), lines.end());
  }
  return out;
}

Contents published_contents(const std::string& conninfo) {
  Contents out;
  auto connection = Postgres::connect(conninfo, Language::en);
  REQUIRE(connection);
  for (const auto& kind : all_kinds()) {
    std::string sql = "SELECT space || '|' || record";
    for (const auto& field : kind.fields)
      if (is_published(field)) sql += " || '|' || coalesce(" + expression_of(field) + ", '')";
    for (const auto& field : derived_fields(kind.id))
      if (!is_declared(kind, field)) sql += " || '|' || coalesce(" + expression_of(field) + ", '')";
    sql += " FROM rukun." + pg_name(kind.name);
    const auto rows = connection->query(sql);
    INFO((rows ? std::string() : rows.error().message));
    REQUIRE(rows);
    auto& lines = out[std::string(kind.name)];
    for (std::size_t i = 0; i < rows->size(); ++i) lines.emplace_back(rows->text(i, 0));
    std::sort(lines.begin(), lines.end());
  }
  return out;
}

std::string dump(Server& server, const std::string& conninfo) {
  std::string sql;
  const auto names = server.ask(
      conninfo,
      "SELECT quote_ident(relname) FROM pg_class WHERE relnamespace = 'rukun'::regnamespace"
      " AND relkind IN ('r', 'v')");
  std::istringstream lines(names);
  for (std::string name; std::getline(lines, name);)
    sql += (sql.empty() ? "" : " UNION ALL ") + ("SELECT t::text FROM rukun." + name) + " t";
  return server.ask(conninfo, sql);
}

}  // namespace rukun::test
