#include "app/report/person.h"

#include <algorithm>
#include <map>

#include "app/domain/purposes.h"

namespace rukun {
namespace {

// Who last wrote each field of a record, and when.
struct Written {
  std::string by;
  Stamp at;
};

Result<std::map<FieldId, Written>> writers_of(Engine& engine, const SpaceInfo& space,
                                              const RecordId& record) {
  TRY(const auto history, engine.history(space.id, record));
  std::map<FieldId, Written> out;
  for (const auto& entry : history) {
    for (const auto& change : entry.changes) {
      const auto found = out.find(change.field);
      if (found == out.end() || found->second.at < entry.at)
        out.insert_or_assign(change.field, Written{entry.by_name, entry.at});
    }
  }
  return out;
}

std::string shown(const FieldSpec& field, const Value& value, const FormatContext& showing) {
  return field.type == FieldType::identifier ? machine_value(field, value)
                                             : format_value(field, value, showing);
}

std::string text_of_field(const Row& row, const TableSpec& table, const FieldSpec& field,
                          const FormatContext& showing) {
  const auto column = table.find(field.id);
  if (!column) return {};
  if (!field.set) {
    const auto& value = row.values[*column];
    return is_none(value) ? std::string() : shown(field, value, showing);
  }
  std::string out;
  for (const auto& value : row.sets[*column])
    out += (out.empty() ? "" : ", ") + shown(field, value, showing);
  return out;
}

Cell moment(WallTime at, const FormatContext& showing, bool on_paper) {
  if (on_paper) return DateCell{local_date(at, showing.utc_offset_min)};
  return format_instant(at, showing.utc_offset_min, showing.language);
}

Status add_record(Engine& engine, const SpaceInfo& space, const Row& row,
                  const FormatContext& showing, bool on_paper, std::vector<TableRow>& out) {
  const KindSpec& kind = kind_of(row.kind);
  const auto* table = engine.records().table(row.kind);
  TRY(const auto writers, writers_of(engine, space, row.id));
  const auto language = showing.language;
  for (const auto& field : kind.fields) {
    const auto text = text_of_field(row, *table, field, showing);
    if (text.empty()) continue;
    const auto writer = writers.find(field.id);
    const bool known = writer != writers.end();
    out.push_back({std::string(kind.label(language)), std::string(field.label(language)), text,
                   std::string(purpose_of(kind.id, field.id, language)),
                   known ? writer->second.by : std::string(),
                   known ? moment(writer->second.at.wall(), showing, on_paper) : Cell(),
                   "rukunctl set " + row.id.hex() + " " + std::string(field.name) + "=..."});
  }
  return {};
}

// One line a field, so that a person's page is one sheet: instead of the command, which stands
// last, the beginning of the record's id beside its kind, and only where another record begins;
// what a field is for as a number that is explained below.
void shorten(std::vector<TableRow>& rows, Table& table) {
  constexpr std::string_view kBefore = "rukunctl set ";
  constexpr std::size_t kShort = 8;
  constexpr std::size_t kPurpose = 3;
  table.columns.pop_back();
  std::vector<std::string> purposes;
  std::string above;
  for (auto& row : rows) {
    const auto command = std::get<std::string>(row.back());
    row.pop_back();
    auto& record = std::get<std::string>(row.front());
    record += " " + command.substr(kBefore.size(), kShort);
    if (record == above)
      record.clear();
    else
      above = record;
    auto& purpose = std::get<std::string>(row[kPurpose]);
    if (purpose.empty()) continue;
    const auto known = std::find(purposes.begin(), purposes.end(), purpose);
    const auto number = static_cast<std::size_t>(known - purposes.begin()) + 1;
    if (known == purposes.end()) purposes.push_back(purpose);
    purpose = std::to_string(number);
  }
  std::string legend;
  for (std::size_t i = 0; i < purposes.size(); ++i)
    legend += (i == 0 ? "" : "   ") + std::to_string(i + 1) + ". " + purposes[i];
  if (!legend.empty()) table.notes.push_back(std::move(legend));
}

// Every record that names this one.
Status add_naming(Engine& engine, const SpaceInfo& space, const Row& about,
                  const FormatContext& showing, bool on_paper, std::vector<TableRow>& out) {
  for (const auto& kind : all_kinds()) {
    for (const auto& field : kind.fields) {
      if (field.type != FieldType::reference || field.set || field.target != about.kind) continue;
      Query query;
      query.kind = kind.id;
      query.spaces = {space.number};
      query.where = {{field.id, Compare::equal, Value(about.id)}};
      TRY(const auto rows, engine.records().rows(query));
      for (const auto& row : rows) TRY_VOID(add_record(engine, space, row, showing, on_paper, out));
    }
  }
  return {};
}

}  // namespace

Result<Table> person_table(Engine& engine, const SpaceInfo& space, const RecordId& record,
                           const FormatContext& showing, bool on_paper) {
  TRY(const auto row, engine.records().row(space.number, record));
  if (!row || find_kind(row->kind) == nullptr)
    return error(Code::not_found, record.hex() + ": no record has this id");
  std::vector<TableRow> rows;
  TRY_VOID(add_record(engine, space, *row, showing, on_paper, rows));
  TRY_VOID(add_naming(engine, space, *row, showing, on_paper, rows));
  Table table;
  table.title = title_of(engine, space.id, record, showing.language);
  table.columns = {{"Catatan", "Record", ""},
                   {"Isian", "Field", ""},
                   {"Isi", "Value", ""},
                   {"Untuk apa", "Purpose", ""},
                   {"Ditulis oleh", "Written by", ""},
                   {"Kapan", "When", ""},
                   {"Cara membetulkan", "How to correct", ""}};
  table.notes = {std::string(pick(showing.language,
                                  "Semua yang disimpan kelompok ini tentang Anda. Bila ada yang "
                                  "salah, minta seorang anggota membetulkannya.",
                                  "All that this neighborhood keeps about you. When something is "
                                  "wrong, ask a member to correct it."))};
  if (on_paper) {
    table.title = std::string(pick(showing.language,
                                   "Data yang disimpan tentang: ", "What is kept about: ")) +
                  table.title;
    shorten(rows, table);
  }
  table.rows = rows_of(std::move(rows));
  return table;
}

}  // namespace rukun
