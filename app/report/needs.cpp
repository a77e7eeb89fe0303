#include "app/report/needs.h"

#include <array>
#include <map>
#include <memory>

#include "app/domain/fields.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/titles.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace need = fields::need;

// Households have several needs each; more titles than this are looked up again, so that memory
// stays what it is however long the list.
constexpr std::size_t kMostTitles = 8'192;

// All that a row needs to become cells.
struct NeedsReader {
  Projection& records;
  std::map<std::uint32_t, SpaceInfo> spaces;
  Derived derived;
  NeedsOptions options;
  FormatContext showing{Language::id};
  std::map<std::pair<std::uint32_t, RecordId>, std::string> titles = {};  // of households
  std::array<const FieldSpec*, 5> derived_columns = {
      find_derived(need::kKind, "promised"), find_derived(need::kKind, "on_the_way"),
      find_derived(need::kKind, "delivered"), find_derived(need::kKind, "remaining"),
      find_derived(need::kKind, "state")};

  Cell shown(const Row& row, FieldId field) const {
    const auto& spec = kind_of(need::kKind).field(field);
    const auto column = records.table(need::kKind)->find(field);
    if (!column || is_none(row.values[*column])) return std::monostate();
    const auto& value = row.values[*column];
    const auto* number = std::get_if<std::int64_t>(&value);
    if (spec.type == FieldType::quantity && number != nullptr) return NumberCell{*number};
    if (spec.type == FieldType::integer && number != nullptr) return NumberCell{*number * 1000};
    if (spec.type == FieldType::date && number != nullptr) return DateCell{*number};
    return format_value(spec, value, showing);
  }

  Cell computed(const Row& row, const FieldSpec& spec) const {
    const auto value = derived.value_of(row, spec);
    if (is_none(value)) return std::monostate();
    const auto* number = std::get_if<std::int64_t>(&value);
    if (spec.type == FieldType::quantity && number != nullptr) return NumberCell{*number};
    return format_value(spec, value, showing);
  }

  bool may_be_shown(const Row& row) const {
    if (!is_among(options.only, row.space, row.id)) return false;
    if (!options.for_public) return true;
    const auto column = records.table(need::kKind)->find(need::kPrivacy);
    return column && row.values[*column] == Value(need::kPrivacyPublic);
  }

  Result<Cell> household(const Row& row) {
    const auto column = records.table(need::kKind)->find(need::kHousehold);
    const auto* id = column ? std::get_if<RecordId>(&row.values[*column]) : nullptr;
    if (id == nullptr) return Cell();
    const std::pair key(row.space, *id);
    if (const auto known = titles.find(key); known != titles.end()) return Cell(known->second);
    TRY(auto title, record_title(records, row.space, *id, showing));
    if (titles.size() == kMostTitles) titles.clear();
    titles.emplace(key, title);
    return Cell(std::move(title));
  }

  Result<TableRow> cells(const Row& row) {
    const auto space = spaces.find(row.space);
    TableRow out{space == spaces.end() ? std::string() : space->second.name};
    if (!options.for_public) {
      TRY(auto title, row_title(records, row, showing));
      TRY(auto whom, household(row));
      out.emplace_back(std::move(title));
      out.push_back(std::move(whom));
    }
    for (const auto field : {need::kCategory, need::kItem, need::kQuantity, need::kUnit,
                             need::kUrgency, need::kPeople, need::kNeededBy}) {
      out.push_back(shown(row, field));
    }
    for (const auto* spec : derived_columns) out.push_back(computed(row, *spec));
    return out;
  }
};

std::vector<Column> columns_for(bool for_public) {
  const auto number = ColumnType::number;
  std::vector<Column> out{{"Kelompok", "Neighborhood", "#adm4+name"}};
  if (!for_public) {
    out.push_back({"Kebutuhan", "Need", ""});
    out.push_back({"Untuk keluarga", "For household", ""});
  }
  const std::vector<Column> rest{
      {"Kategori", "Category", "#sector+name"},
      {"Barang", "Item", "#item+name"},
      {"Jumlah", "Quantity", "#item+num+needed", number},
      {"Satuan", "Unit", "#item+unit"},
      {"Kemendesakan", "Urgency", "#severity+code"},
      {"Jumlah orang", "People", "#inneed+ind", number},
      {"Dibutuhkan sebelum", "Needed by", "#date+needed", ColumnType::date},
      {"Disanggupi", "Promised", "#item+num+promised", number},
      {"Sedang diantar", "On the way", "#item+num+transit", number},
      {"Sudah diterima", "Delivered", "#item+num+delivered", number},
      {"Sisa", "Remaining", "#item+num+remaining", number},
      {"Keadaan", "State", "#status"}};
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

}  // namespace

Result<Table> needs_table(Projection& records, const std::vector<SpaceInfo>& spaces,
                          const NeedsOptions& options) {
  std::vector<std::uint32_t> numbers;
  std::map<std::uint32_t, SpaceInfo> by_number;
  for (const auto& space : spaces) {
    numbers.push_back(space.number);
    by_number.emplace(space.number, space);
  }
  TRY(auto derived, Derived::load(records, numbers, need::kKind));
  FormatContext showing(options.language);
  showing.items = options.items;
  const auto reader = std::make_shared<NeedsReader>(
      NeedsReader{records, std::move(by_number), std::move(derived), options, std::move(showing)});
  Table table;
  table.title = std::string(pick(options.language, "Daftar kebutuhan", "Needs"));
  table.columns = columns_for(options.for_public);
  table.rows = [reader, numbers](const RowSink& sink) {
    return reader->records.each_row({.kind = need::kKind, .spaces = numbers},
                                    [&](Row& row) -> Result<bool> {
                                      if (!reader->may_be_shown(row)) return true;
                                      TRY(const auto cells, reader->cells(row));
                                      TRY_VOID(sink(cells));
                                      return true;
                                    });
  };
  return table;
}

}  // namespace rukun
