#include "app/domain/kinds.h"

#include <set>
#include <sstream>

#include "app/domain/fields.h"
#include "app/domain/fold.h"
#include "app/domain/units.h"
#include "tests/app/assets.h"

using namespace rukun;

namespace {

std::vector<std::string> columns(const std::string& line) {
  std::vector<std::string> out(1);
  for (const char c : line) {
    if (c == '\t')
      out.emplace_back();
    else
      out.back() += c;
  }
  out.resize(9);
  return out;
}

bool mentions(const std::string& rule, std::string_view words) {
  return rule.find(words) != std::string::npos;
}

std::string word_after(const std::string& rule, std::string_view words) {
  const auto at = rule.find(words);
  if (at == std::string::npos) return {};
  const auto start = at + words.size();
  return rule.substr(start, rule.find_first_of(" ,;:", start) - start);
}

}  // namespace

TEST_CASE("the table in the program is the written table, field by field", "[kinds]") {
  std::istringstream table(test::source_text("tests/golden/kinds.tsv"));
  std::string line;
  std::getline(table, line);
  std::string kind_name;
  KindId kind_id = 0;
  std::size_t seen = 0;
  while (std::getline(table, line)) {
    const auto row = columns(line);
    CAPTURE(line);
    if (row[0] != kind_name) {
      kind_name = row[0];
      ++kind_id;
    }
    const auto* kind = find_kind(kind_id);
    REQUIRE(kind != nullptr);
    CHECK(kind->name == kind_name);
    const auto* field = kind->find_field(static_cast<FieldId>(std::stoi(row[2])));
    REQUIRE(field != nullptr);
    ++seen;
    CHECK(field->name == row[1]);
    CHECK(type_text(*field) == row[3]);
    CHECK(name_of(field->privacy) == row[4]);
    CHECK(field->label_id == row[5]);
    CHECK(field->label_en == row[6]);
    CHECK(field->hxl == row[7]);
    const auto& rule = row[8];
    CHECK(field->required == (mentions(rule, "required") && !mentions(rule, "required when")));
    CHECK(field->positive == mentions(rule, "> 0"));
    CHECK(field->natural_key == mentions(rule, "natural key"));
    CHECK(field->made_by_program == mentions(rule, "made by the program"));
    const auto written = word_after(rule, "default ");
    CHECK(field->default_text == written);
  }
  std::size_t declared = 0;
  for (const auto& kind : all_kinds()) declared += kind.fields.size();
  CHECK(seen == declared);
  CHECK(all_kinds().size() == kind_id);
}

TEST_CASE("numbers on the wire are unique and in the order of declaration", "[kinds]") {
  KindId expected = 1;
  for (const auto& kind : all_kinds()) {
    CHECK(kind.id == expected++);
    FieldId field_expected = 1;
    for (const auto& field : kind.fields) CHECK(field.id == field_expected++);
  }
}

TEST_CASE("names given to numbers mean what the table says", "[kinds]") {
  const auto code = [](KindId kind, FieldId field, std::string_view name) {
    std::int64_t at = 0;
    for (const auto& value : kind_of(kind).field(field).values) {
      ++at;
      if (value.name == name) return at;
    }
    return std::int64_t{0};
  };
  CHECK(kind_of(fields::report_mark::kKind).name == "report_mark");
  CHECK(kind_of(fields::need::kKind).field(fields::need::kUrgency).name == "urgency");
  CHECK(code(fields::need::kKind, fields::need::kUrgency, "life") == fields::need::kUrgencyLife);
  CHECK(code(fields::pledge::kKind, fields::pledge::kState, "fell_through") ==
        fields::pledge::kStateFellThrough);
  CHECK(code(fields::program::kKind, fields::program::kSource, "grant") ==
        fields::program::kSourceGrant);
  CHECK(code(fields::order::kKind, fields::order::kState, "cancelled") ==
        fields::order::kStateCancelled);
}

TEST_CASE("a heading finds its field by name or label, however it is typed", "[kinds]") {
  const auto& household = *find_kind("household");
  CHECK(household.find_field("kk_number")->id == fields::household::kKkNumber);
  CHECK(household.find_field("No. KK")->id == fields::household::kKkNumber);
  CHECK(household.find_field("no kk")->id == fields::household::kKkNumber);
  CHECK(household.find_field(" KEPALA  KELUARGA ")->id == fields::household::kName);
  CHECK(household.find_field("Head of household")->id == fields::household::kName);
  CHECK(household.find_field("Warna rumah") == nullptr);
  CHECK(household.find_field("") == nullptr);
  CHECK(household.find_field("...") == nullptr);
  CHECK(find_kind("Kebutuhan")->name == "need");
  CHECK(find_kind("Offer")->name == "offer");
  CHECK(find_kind("report mark")->name == "report_mark");
  CHECK(find_kind("keajaiban") == nullptr);
  CHECK(find_kind(KindId{999}) == nullptr);
}

TEST_CASE("no two fields of a kind answer to one heading", "[kinds]") {
  for (const auto& kind : all_kinds()) {
    std::set<std::string> labels;
    for (const auto& field : kind.fields) {
      CAPTURE(kind.name, field.name);
      CHECK(labels.insert(folded_key(field.label_id)).second);
      CHECK(kind.find_field(field.label_id)->id == field.id);
      const auto* english = kind.find_field(field.label_en);
      REQUIRE(english != nullptr);
      CHECK(english->id == field.id);
    }
  }
}

TEST_CASE("every kind and enumeration can be shown in both languages", "[kinds]") {
  for (const auto& kind : all_kinds()) {
    CHECK_FALSE(kind.label_id.empty());
    CHECK_FALSE(kind.label_en.empty());
    if (kind.title != 0) CHECK(kind.field(kind.title).type == FieldType::text);
    for (const auto& field : kind.fields) {
      CAPTURE(kind.name, field.name);
      const bool coded = field.type == FieldType::enumeration ||
                         field.type == FieldType::category || field.type == FieldType::weekday_part;
      CHECK(coded == !field.values.empty());
      for (const auto& value : field.values) {
        CHECK_FALSE(value.label_id.empty());
        CHECK_FALSE(value.label_en.empty());
      }
      if (field.type == FieldType::reference) CHECK(find_kind(field.target) != nullptr);
    }
  }
}

TEST_CASE("identifiers are neither searched nor shown by default", "[kinds]") {
  for (const auto& kind : all_kinds())
    for (const auto& field : kind.fields) {
      if (field.type != FieldType::identifier) continue;
      CHECK(field.privacy == PrivacyClass::identifier);
      CHECK(field.natural_key);
      CHECK_FALSE(field.searched);
      CHECK(field.erasable());
    }
}

TEST_CASE("folding makes one word of its spellings", "[fold]") {
  CHECK(folded(" B\u00E9ras   Merah\t") == "beras merah");
  CHECK(folded("\u00DCnal \u017Dana \u0141uka \u0160") == "unal zana luka s");
  CHECK(folded("e\u0301") == "e");
  CHECK(folded("\u65E5\u672C") == "\u65E5\u672C");
  CHECK(folded("a\xFFz") == "a\xFFz");
  CHECK(folded("") == "");
  CHECK(folded_key("R.T. 003/RW-007") == "rt003rw007");
  CHECK(is_utf8("Kepala keluarga \u2022"));
  CHECK_FALSE(is_utf8("\xC0\x80"));
  CHECK_FALSE(is_utf8("\xED\xA0\x80"));
  CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));
  CHECK_FALSE(is_utf8("abc\xE2\x80"));
}
