// Needs as humanitarian bodies exchange them: one row a need, hashtags of HXL 1.1, no names.
#include <array>
#include <map>
#include <memory>
#include <unordered_map>

#include "app/domain/fields.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/facts.h"
#include "app/domain/units.h"
#include "app/report/needs.h"

namespace rukun {
namespace {

namespace need = fields::need;
namespace household = fields::household;

constexpr std::array kCounted{household::kInfants, household::kElderly, household::kDisabled,
                              household::kPregnant};

// What a household adds to the rows of its needs. Empty where it says nothing.
struct HxlHome {
  Cell rt, rw;
  std::array<Cell, kCounted.size()> counts;
};

Cell count_cell(const FactRow& row, int at) {
  if (!row.is_set(at)) return std::monostate();
  return NumberCell{row.number(at) * 1000};
}

struct HxlReader {
  std::map<std::uint32_t, SpaceInfo> spaces;
  std::vector<std::uint32_t> numbers;
  std::unordered_map<RecordId, HxlHome, IdHash> homes;
  Derived derived;
  NeedsOptions options;

  Status read_homes(Projection& records) {
    return each_fact(
        records, household::kKind,
        {household::kRt, household::kRw, kCounted[0], kCounted[1], kCounted[2], kCounted[3]},
        {.spaces = numbers}, [&](const FactRow& row) {
          HxlHome home{count_cell(row, 0), count_cell(row, 1), {}};
          for (std::size_t i = 0; i < kCounted.size(); ++i)
            home.counts[i] = count_cell(row, 2 + static_cast<int>(i));
          homes.emplace(row.id(), std::move(home));
        });
  }

  TableRow cells(const FactRow& row, const NeedBalance& balance) const {
    static const HxlHome kNobody;
    const auto& space = spaces.at(row.space());
    const auto family = row.record(6);
    const auto found = family ? homes.find(*family) : homes.end();
    const auto& home = found == homes.end() ? kNobody : found->second;
    const auto* category = find_category(row.number(0));
    const auto& urgencies = kind_of(need::kKind).field(need::kUrgency).values;
    const auto urgency = static_cast<std::size_t>(row.number(4, need::kUrgencyNormal) - 1);
    const WallTime made{static_cast<std::int64_t>(row.queue().ticks >> 16)};
    TableRow out{row.id().hex(),
                 DateCell{local_date(made, kWibOffset_min)},
                 space.area,
                 space.name,
                 home.rw,
                 home.rt,
                 category == nullptr ? std::string() : std::string(category->hxl_sector),
                 item_word(row.text(1), options.items, options.language),
                 NumberCell{row.number(2)},
                 NumberCell{balance.delivered},
                 row.text(3),
                 urgency < urgencies.size() ? std::string(urgencies[urgency].name) : std::string(),
                 family ? Cell(NumberCell{1000}) : Cell(),
                 count_cell(row, 5)};
    for (const auto& count : home.counts) out.push_back(count);
    const auto* state = find_derived(need::kKind, "state");
    out.emplace_back(machine_value(*state, static_cast<std::int64_t>(balance.state)));
    return out;
  }
};

std::vector<Column> hxl_columns() {
  const auto number = ColumnType::number;
  return {{"Id", "Id", "#need+id"},
          {"Dicatat", "Reported", "#date+reported", ColumnType::date},
          {"Kode wilayah", "Area code", "#adm4+code+v_kemendagri"},
          {"Kelompok", "Neighborhood", "#adm4+name"},
          {"RW", "RW", "#loc+rw", number},
          {"RT", "RT", "#loc+rt", number},
          {"Sektor", "Sector", "#sector+name"},
          {"Barang", "Item", "#item+name"},
          {"Dibutuhkan", "Needed", "#item+num+needed", number},
          {"Sudah diterima", "Delivered", "#item+num+delivered", number},
          {"Satuan", "Unit", "#item+unit"},
          {"Kemendesakan", "Urgency", "#severity+code"},
          {"Keluarga", "Households", "#affected+hh", number},
          {"Jumlah orang", "People", "#inneed+ind", number},
          {"Balita", "Infants", "#inneed+ind+infants", number},
          {"Lansia", "Elderly", "#inneed+ind+elderly", number},
          {"Disabilitas", "Disabled", "#inneed+ind+disabled", number},
          {"Ibu hamil", "Pregnant", "#inneed+f+pregnant", number},
          {"Keadaan", "State", "#status"}};
}

}  // namespace

Result<Table> needs_hxl_table(Projection& records, const std::vector<SpaceInfo>& spaces,
                              const NeedsOptions& options) {
  const auto reader = std::make_shared<HxlReader>();
  reader->options = options;
  for (const auto& space : spaces) {
    reader->numbers.push_back(space.number);
    reader->spaces.emplace(space.number, space);
  }
  TRY(reader->derived, Derived::load(records, reader->numbers, need::kKind));
  TRY_VOID(reader->read_homes(records));
  Table table;
  table.title = std::string(pick(options.language, "Daftar kebutuhan", "Needs"));
  table.columns = hxl_columns();
  table.rows = [reader, &records](const RowSink& sink) -> Status {
    Status failed;
    if (reader->numbers.empty()) return failed;
    TRY_VOID(each_fact(records, need::kKind,
                       {need::kCategory, need::kItem, need::kQuantity, need::kUnit, need::kUrgency,
                        need::kPeople, need::kHousehold, need::kPrivacy},
                       {.spaces = reader->numbers}, [&](const FactRow& row) {
                         if (!failed) return;
                         const bool shown = row.number(7) == need::kPrivacyPublic;
                         if (reader->options.for_public && !shown) return;
                         if (!is_among(reader->options.only, row.space(), row.id())) return;
                         const auto* aid = reader->derived.aid(row.space());
                         const auto* balance = aid == nullptr ? nullptr : aid->need(row.id());
                         if (balance != nullptr) failed = sink(reader->cells(row, *balance));
                       }));
    return failed;
  };
  return table;
}

}  // namespace rukun
