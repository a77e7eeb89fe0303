#include "app/report/lists.h"

#include <algorithm>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"

namespace rukun {
namespace {

namespace k = fields;

constexpr std::size_t kShortId = 8;

Cell number_or_text(const FieldSpec& spec, const Value& value, const FormatContext& showing) {
  if (is_none(value)) return std::monostate();
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    if (spec.type == FieldType::quantity) return NumberCell{*number};
    if (spec.type == FieldType::integer) return NumberCell{*number * 1000};
    if (spec.type == FieldType::date) return DateCell{*number};
  }
  return format_value(spec, value, showing);
}

ColumnType column_type(const FieldSpec& spec) {
  if (spec.type == FieldType::quantity || spec.type == FieldType::integer)
    return ColumnType::number;
  return spec.type == FieldType::date ? ColumnType::date : ColumnType::text;
}

// The chosen fields of one kind, declared or derived, as columns.
class KindColumns {
 public:
  KindColumns(Projection& records, const std::vector<SpaceInfo>& spaces, const ListOptions& options)
      : records_(records), showing_(options.language), for_public_(options.for_public) {
    showing_.items = options.items;
    columns.push_back({"Kelompok", "Neighborhood", "#adm4+name"});
    for (const auto& space : spaces) {
      names_.emplace(space.number, space.name);
      numbers.push_back(space.number);
    }
  }

  // Left out where the notice board may not show it.
  void field(KindId kind, FieldId id) {
    const auto& spec = kind_of(kind).field(id);
    if (for_public_ && spec.privacy != PrivacyClass::open) return;
    fields_.push_back(&spec);
    add(spec, std::string(spec.hxl));
  }
  void derived(KindId kind, std::string_view name, const std::string& hxl) {
    const auto* spec = find_derived(kind, name);
    if (spec == nullptr) return;
    derived_.push_back(spec);
    add(*spec, hxl);
  }

  // In the order in which columns were asked for, derived ones last.
  Result<TableRow> cells(const Row& row, const Derived& derived) {
    TableRow out{names_[row.space]};
    for (const auto* spec : fields_) {
      const auto& value = value_in(row, spec->id);
      const auto* id = std::get_if<RecordId>(&value);
      if (spec->type != FieldType::reference || id == nullptr) {
        out.push_back(number_or_text(*spec, value, showing_));
        continue;
      }
      TRY(auto title, record_title(records_, row.space, *id, showing_));
      out.emplace_back(std::move(title));
    }
    for (const auto* spec : derived_)
      out.push_back(number_or_text(*spec, derived.value_of(row, *spec), showing_));
    return out;
  }

  const FormatContext& showing() const { return showing_; }

  std::vector<Column> columns;
  std::vector<std::uint32_t> numbers;  // of the spaces

 private:
  void add(const FieldSpec& spec, const std::string& hxl) {
    columns.push_back(
        {std::string(spec.label_id), std::string(spec.label_en), hxl, column_type(spec)});
  }

  Projection& records_;
  FormatContext showing_;
  bool for_public_;
  std::map<std::uint32_t, std::string> names_;
  std::vector<const FieldSpec*> fields_, derived_;
};

std::string words(const ListOptions& options, std::string_view id, std::string_view en) {
  return std::string(pick(options.language, id, en));
}

// "Seluruhnya", and the sums of the number columns.
TableRow sums_of(const std::vector<TableRow>& rows, const std::vector<Column>& columns,
                 std::string title) {
  TableRow out(columns.size());
  out[0] = std::move(title);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].type != ColumnType::number) continue;
    std::int64_t sum = 0;
    for (const auto& row : rows)
      if (const auto* number = std::get_if<NumberCell>(&row[i])) sum += number->thousandths;
    out[i] = NumberCell{sum};
  }
  return out;
}

Result<Table> filled_form(Projection& records, const SpaceInfo& space, const RecordId& program,
                          const FormatContext& showing, bool on_paper) {
  namespace e = k::entitlement;
  Query query{.kind = e::kKind, .spaces = {space.number}};
  query.where = {{e::kProgram, Compare::equal, Value(program)}};
  TRY(const auto rows, records.rows(query));
  std::vector<std::pair<std::string, TableRow>> named;
  for (const auto& row : rows) {
    const auto* whom = std::get_if<RecordId>(&value_in(row, e::kResident));
    if (whom == nullptr) whom = std::get_if<RecordId>(&value_in(row, e::kHousehold));
    std::string name;
    if (whom != nullptr) {
      TRY(name, record_title(records, row.space, *whom, showing));
    }
    const auto unit = value_in(row, e::kUnit);
    TableRow cells{
        Cell(),
        name,
        number_or_text(kind_of(e::kKind).field(e::kItem), value_in(row, e::kItem), showing),
        NumberCell{number_in(row, e::kQuantity)},
        number_or_text(kind_of(e::kKind).field(e::kUnit), unit, showing),
        row.id.hex().substr(0, kShortId),
        Cell()};
    named.emplace_back(name, std::move(cells));
  }
  std::stable_sort(named.begin(), named.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<TableRow> out;
  for (auto& [name, cells] : named) {
    if (on_paper) cells.back() = std::string("\n\n");
    cells[0] = NumberCell{static_cast<std::int64_t>(out.size() + 1) * 1000};
    out.push_back(std::move(cells));
  }
  Table table;
  table.rows = rows_of(std::move(out));
  return table;
}

}  // namespace

Result<Table> offers_table(Projection& records, const std::vector<SpaceInfo>& spaces,
                           const ListOptions& options) {
  namespace o = k::offer;
  KindColumns kind(records, spaces, options);
  for (const auto field :
       {o::kTitle, o::kHousehold, o::kGiver, o::kGiverType, o::kCategory, o::kItem, o::kQuantity,
        o::kUnit, o::kAvailableFrom, o::kAvailableUntil, o::kPickupPlace, o::kWithdrawn})
    kind.field(o::kKind, field);
  kind.derived(o::kKind, "remaining", "#item+num+remaining");
  TRY(const auto derived, Derived::load(records, kind.numbers, o::kKind));
  const auto* remaining = find_derived(o::kKind, "remaining");
  std::vector<TableRow> rows;
  TRY_VOID(
      records.each_row({.kind = o::kKind, .spaces = kind.numbers}, [&](Row& row) -> Result<bool> {
        const auto left = derived.value_of(row, *remaining);
        const bool gone = !is_none(value_in(row, o::kWithdrawn)) || left == Value(std::int64_t{0});
        if (options.for_public && gone) return true;
        if (!is_among(options.only, row.space, row.id)) return true;
        TRY(auto cells, kind.cells(row, derived));
        rows.push_back(std::move(cells));
        return true;
      }));
  return Table{words(options, "Daftar tawaran bantuan", "Offers"),
               std::move(kind.columns),
               rows_of(std::move(rows)),
               {},
               {}};
}

Result<Table> households_table(Projection& records, const std::vector<SpaceInfo>& spaces,
                               const ListOptions& options) {
  namespace h = k::household;
  KindColumns kind(records, spaces, options);
  for (const auto field : {h::kName, h::kAddress, h::kDusun, h::kRt, h::kRw, h::kPhone, h::kPeople,
                           h::kInfants, h::kElderly, h::kDisabled, h::kPregnant})
    kind.field(h::kKind, field);
  using Key = std::tuple<std::int64_t, std::int64_t, std::string, RecordId>;
  std::vector<std::pair<Key, TableRow>> found;
  const Derived none;
  TRY_VOID(
      records.each_row({.kind = h::kKind, .spaces = kind.numbers}, [&](Row& row) -> Result<bool> {
        const auto status = number_in(row, h::kStatus);
        if (status != 0 && status != h::kStatusHere) return true;
        if (!is_none(value_in(row, h::kSameAs))) return true;
        if (!is_among(options.only, row.space, row.id)) return true;
        TRY(auto cells, kind.cells(row, none));
        // Nobody's place in a public list tells a name.
        found.emplace_back(Key{number_in(row, h::kRw), number_in(row, h::kRt),
                               options.for_public ? std::string() : text_in(row, h::kName), row.id},
                           std::move(cells));
        return true;
      }));
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<TableRow> rows;
  for (auto& [key, cells] : found) rows.push_back(std::move(cells));
  Table table{words(options, "Daftar keluarga", "Households"), std::move(kind.columns), {}, {}, {}};
  table.footers = {sums_of(rows, table.columns,
                           words(options, "Seluruhnya: ", "All: ") + std::to_string(rows.size()) +
                               words(options, " keluarga", " households"))};
  table.rows = rows_of(std::move(rows));
  return table;
}

Result<Table> form_table(Projection& records, const SpaceInfo& space, const RecordId& program,
                         const ListOptions& options) {
  TRY(const auto row, records.row(space.number, program));
  if (!row || row->kind != k::program::kKind || row->life == Life::absent) {
    return error(Code::bad_value, program.hex() + ": bukan program bantuan (no aid program)",
                 "rukunctl list program");
  }
  FormatContext showing(options.language);
  showing.items = options.items;
  TRY(auto table, filled_form(records, space, program, showing, options.on_paper));
  TRY(const auto title, row_title(records, *row, showing));
  const auto number = ColumnType::number;
  table.title = words(options, "Tanda terima bersama: ", "Sign-off form: ") + title;
  table.columns = {{"No.", "No.", "", number},
                   {"Penerima", "Receiver", ""},
                   {"Barang", "Item", ""},
                   {"Jumlah", "Quantity", "", number},
                   {"Satuan", "Unit", ""},
                   {"Kode", "Code", ""},
                   {"Tanda tangan", "Signature", "", ColumnType::text, 24}};
  table.notes = {
      words(options,
            "Kode adalah awal nomor catatan jatah: rukunctl handover KODE --quantity N "
            "--received-by NAMA.",
            "The code is the beginning of the entitlement's id: rukunctl handover CODE "
            "--quantity N --received-by NAME."),
      words(options,
            "Tanda tangan membuktikan yang hadir menerima; catat juga di Rukun pada hari "
            "yang sama.",
            "A signature proves that whoever came has received; record it in Rukun on "
            "the same day.")};
  return table;
}

}  // namespace rukun
