#include "app/publish/tables.h"

#include "app/domain/fields.h"
#include "app/domain/items.h"
#include "app/domain/rules/derived.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

constexpr std::string_view kText = "text", kTexts = "text[]", kWhole = "bigint",
                           kQuantity = "numeric(19,3)", kTime = "timestamp with time zone";

std::string_view type_of_column(const FieldSpec& field) {
  if (field.set) return kTexts;
  switch (field.type) {
    case FieldType::integer:
    case FieldType::money:
    case FieldType::rt:
    case FieldType::rw: return kWhole;
    case FieldType::boolean: return "boolean";
    case FieldType::date: return "date";
    case FieldType::instant: return kTime;
    case FieldType::quantity: return kQuantity;
    default: return kText;
  }
}

std::string labels(const FieldSpec& field) {
  return std::string(field.label_id) + " / " + std::string(field.label_en);
}

std::string comment_on(const FieldSpec& field) {
  std::string out = labels(field);
  if (const auto* target = find_kind(field.target); target != nullptr)
    out += " → " + std::string(target->name);
  if (field.type == FieldType::money) out += " (rupiah)";
  if (field.privacy == PrivacyClass::personal)
    out += " (data pribadi, hanya dengan --personal / personal, with --personal only)";
  return out;
}

void add_common(std::vector<PublishedColumn>& out) {
  const auto add = [&](const char* name, std::string_view type, From from, const char* comment) {
    out.push_back({name, type, comment, from});
  };
  add("space", kText, From::space, "Kelompok RT / Neighborhood → space");
  add("record", kText, From::record, "Id catatan / Record id");
  add("record_created", kTime, From::created, "Dicatat / Entered");
  add("record_changed", kTime, From::changed, "Terakhir diubah / Last changed");
  add("record_doubtful", "boolean", From::doubtful,
      "Jam penulisnya meragukan / The writer's clock was doubtful");
  add("record_conflicts", kWhole, From::conflicts,
      "Isian yang berbeda di dua tempat / Fields that two places filled in differently");
  add("published_by", kText, From::office, "Kantor pengirim / Publishing office → office");
  add("published_at", kTime, From::published_at, "Dikirim / Published");
  add("row_hash", kWhole, From::row_hash,
      "Untuk program: tanda isi baris / For the program: tells whether the row changed");
}

void add_field(const FieldSpec& field, std::vector<PublishedColumn>& out) {
  if (field.privacy == PrivacyClass::identifier || field.type == FieldType::identifier) return;
  out.push_back(
      {std::string(field.name), type_of_column(field), comment_on(field), From::field, &field});
  if (field.type != FieldType::date || field.set) return;
  out.push_back({std::string(field.name) + "_precision", kText,
                 labels(field) + ": day, month, year (seteliti apa / how exact)", From::precision,
                 &field});
}

void add_sums(std::vector<PublishedColumn>& out) {
  const auto add = [&](const char* name, std::string_view type, SumColumn sum,
                       const char* comment) {
    out.push_back({name, type, comment, From::sum, nullptr, sum});
  };
  add("sum_unit", kText, SumColumn::unit, "Rekap: satuan dasar / Sums: the unit that they are in");
  add("sum_needed", kQuantity, SumColumn::needed, "Rekap: dibutuhkan / Sums: needed");
  add("sum_promised", kQuantity, SumColumn::promised,
      "Rekap: disanggupi dan sedang diantar / Sums: promised and on the way");
  add("sum_delivered", kQuantity, SumColumn::delivered, "Rekap: sudah diterima / Sums: delivered");
  add("sum_remaining", kQuantity, SumColumn::remaining, "Rekap: sisa / Sums: remaining");
}

PublishedTable table_of(const KindSpec& kind) {
  PublishedTable out{&kind, {}};
  add_common(out.columns);
  for (const auto& field : kind.fields) add_field(field, out.columns);
  for (const auto& field : derived_fields(kind.id)) {
    // A declared field of that name takes the derived value where it says nothing itself.
    bool declared = false;
    for (const auto& one : kind.fields) declared = declared || one.name == field.name;
    if (declared) continue;
    out.columns.push_back({std::string(field.name), type_of_column(field),
                           labels(field) + " (dihitung / computed)", From::derived, &field});
  }
  if (kind.id == fields::need::kKind) add_sums(out.columns);
  return out;
}

std::string joined(std::string_view a, std::string_view b) {
  return std::string(a) + "." + std::string(b);
}

}  // namespace

bool PublishedColumn::is_id() const {
  return from == From::space || from == From::record || from == From::office ||
         (from == From::field && field->type == FieldType::reference && !field->set);
}

const std::vector<PublishedTable>& published_tables() {
  static const std::vector<PublishedTable> kTables = [] {
    std::vector<PublishedTable> out;
    for (const auto& kind : all_kinds()) out.push_back(table_of(kind));
    return out;
  }();
  return kTables;
}

std::vector<PublishedWord> published_words(const ItemCatalogue& items) {
  std::vector<PublishedWord> out;
  const auto add = [&](std::string topic, const auto& values) {
    for (const auto& value : values)
      out.push_back({topic, std::string(value.name), std::string(value.label_id),
                     std::string(value.label_en)});
  };
  for (const auto& kind : all_kinds()) {
    out.push_back(
        {"kind", std::string(kind.name), std::string(kind.label_id), std::string(kind.label_en)});
    for (const auto& field : kind.fields)
      if (field.type == FieldType::enumeration) add(joined(kind.name, field.name), field.values);
    for (const auto& field : derived_fields(kind.id))
      if (field.type == FieldType::enumeration) add(joined(kind.name, field.name), field.values);
  }
  add("category", all_categories());
  for (const auto& item : items.items())
    out.push_back({"item", item.id, item.name_id, item.name_en});
  for (const auto& unit : all_units())
    out.push_back(
        {"unit", std::string(unit.id), std::string(unit.word_id), std::string(unit.word_en)});
  return out;
}

}  // namespace rukun
