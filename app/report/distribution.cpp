#include "app/report/distribution.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "app/domain/fields.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace k = fields;

// Whom something is for: a household, else a resident without one, else the record itself.
using Receiver = RecordId;

struct Goods {
  std::optional<RecordId> program;  // none: neighbors' own giving
  std::int64_t category = 0;
  std::string item, unit;
  auto operator<=>(const Goods&) const = default;
};

struct Given {
  std::int64_t amount = 0;
  std::set<Receiver> targeted, reached;
  std::int64_t first = std::numeric_limits<std::int64_t>::max(), last = 0;  // dates
};

struct Program {
  std::string title, source;
  std::int64_t starts = 0, ends = 0;
  std::set<std::string> places = {};  // where activities serve it
};

// What a hand-over can rest on.
struct Promise {
  Goods goods;
  Receiver receiver;
};

std::int64_t added(std::int64_t a, std::int64_t b) {
  const auto most = std::numeric_limits<std::int64_t>::max();
  return b > 0 && a > most - b ? most : a + b;
}

std::optional<RecordId> record_in(const Row& row, FieldId field) {
  const auto* id = std::get_if<RecordId>(&value_in(row, field));
  return id == nullptr ? std::nullopt : std::optional(*id);
}

class SpaceAidReader {
 public:
  SpaceAidReader(Projection& records, std::uint32_t space, const DistributionOptions& options)
      : records_(records), space_(space), options_(options) {}

  Status read() {
    TRY_VOID(each(k::program::kKind, [&](const Row& row) { program(row); }));
    TRY_VOID(each(k::activity::kKind, [&](const Row& row) { activity(row); }));
    TRY_VOID(each(k::shift::kKind, [&](const Row& row) { shift(row); }));
    TRY_VOID(each(k::resident::kKind, [&](const Row& row) {
      if (const auto home = record_in(row, k::resident::kHousehold)) home_of_[row.id] = *home;
    }));
    TRY_VOID(each(k::entitlement::kKind, [&](const Row& row) { entitlement(row); }));
    TRY_VOID(each(k::need::kKind, [&](const Row& row) { need(row); }));
    TRY_VOID(each(k::pledge::kKind, [&](const Row& row) {
      const auto need = record_in(row, k::pledge::kNeed);
      const auto found = need ? promises_.find(*need) : promises_.end();
      if (found != promises_.end()) promises_[row.id] = found->second;
    }));
    return each(k::handover::kKind, [&](const Row& row) { handover(row); });
  }

  std::map<Goods, Given> given;
  std::map<RecordId, Program> programs;

 private:
  Status each(KindId kind, const std::function<void(const Row&)>& use) {
    return records_.each_row({.kind = kind, .spaces = {space_}}, [&](Row& row) -> Result<bool> {
      use(row);
      return true;
    });
  }

  void program(const Row& row) {
    const auto& source = kind_of(k::program::kKind).field(k::program::kSource);
    programs[row.id] = {
        text_in(row, k::program::kTitle),
        format_value(source, value_in(row, k::program::kSource), {options_.language}),
        number_in(row, k::program::kStarts), number_in(row, k::program::kEnds)};
  }

  void activity(const Row& row) {
    const auto serves = record_in(row, k::activity::kProgram);
    const auto found = serves ? programs.find(*serves) : programs.end();
    if (found == programs.end()) return;
    served_by_[row.id] = *serves;
    const auto place = text_in(row, k::activity::kPlace);
    if (!place.empty()) found->second.places.insert(place);
  }

  void shift(const Row& row) {
    const auto of = record_in(row, k::shift::kActivity);
    const auto serves = of ? served_by_.find(*of) : served_by_.end();
    const auto place = text_in(row, k::shift::kPlace);
    if (serves == served_by_.end() || place.empty()) return;
    if (is_none(value_in(row, k::shift::kCancelled)))
      programs.at(serves->second).places.insert(place);
  }

  Receiver receiver(const Row& row, FieldId household, FieldId resident) const {
    if (const auto home = record_in(row, household)) return *home;
    const auto person = record_in(row, resident);
    if (!person) return row.id;
    const auto home = home_of_.find(*person);
    return home == home_of_.end() ? *person : home->second;
  }

  void entitlement(const Row& row) {
    namespace e = k::entitlement;
    const auto program = record_in(row, e::kProgram);
    if (!program) return;
    Goods goods{program, 0, text_in(row, e::kItem), text_in(row, e::kUnit)};
    const auto* item = options_.items == nullptr ? nullptr : options_.items->by_id(goods.item);
    if (item != nullptr) goods.category = item->category;
    const auto whom = receiver(row, e::kHousehold, e::kResident);
    given[goods].targeted.insert(whom);
    promises_[row.id] = {goods, whom};
  }

  void need(const Row& row) {
    namespace n = k::need;
    promises_[row.id] = {{std::nullopt, number_in(row, n::kCategory), text_in(row, n::kItem),
                          text_in(row, n::kUnit)},
                         receiver(row, n::kHousehold, n::kResident)};
  }

  void handover(const Row& row) {
    namespace h = k::handover;
    for (const auto field : {h::kEntitlement, h::kPledge, h::kNeed}) {
      const auto on = record_in(row, field);
      const auto promise = on ? promises_.find(*on) : promises_.end();
      if (promise == promises_.end()) continue;
      auto& held = given[promise->second.goods];
      held.amount = added(held.amount, number_in(row, h::kQuantity));
      held.reached.insert(promise->second.receiver);
      held.targeted.insert(promise->second.receiver);
      const auto day = local_date({number_in(row, h::kAt)}, kWibOffset_min);
      held.first = std::min(held.first, day);
      held.last = std::max(held.last, day);
      return;
    }
  }

  Projection& records_;
  std::uint32_t space_;
  const DistributionOptions& options_;
  std::map<RecordId, RecordId> home_of_;
  std::map<RecordId, RecordId> served_by_;  // programs, by activity
  std::map<RecordId, Promise> promises_;
};

Cell date_cell(std::int64_t date, std::int64_t otherwise) {
  const auto shown = date != 0 ? date : otherwise;
  if (shown == 0 || shown == std::numeric_limits<std::int64_t>::max()) return std::monostate();
  return DateCell{shown};
}

NumberCell count_of(std::size_t count) { return {static_cast<std::int64_t>(count) * 1000}; }

TableRow row_of(const SpaceInfo& space, const SpaceAidReader& aid, const Goods& goods,
                const Given& given, const DistributionOptions& options) {
  constexpr std::size_t kShortId = 8;
  const auto language = options.language;
  const auto say = [&](std::string_view id, std::string_view en) {
    return std::string(pick(language, id, en));
  };
  Program program{say("Gotong royong warga", "Neighbors' own aid"), say("Warga", "Residents"), 0,
                  0};
  std::string code = "GR";
  if (goods.program) {
    code = goods.program->hex().substr(0, kShortId);
    const auto found = aid.programs.find(*goods.program);
    program = found == aid.programs.end() ? Program{say("(belum tiba)", "(not here yet)"), {}, 0, 0}
                                          : found->second;
  }
  std::string places;
  for (const auto& place : program.places) places += (places.empty() ? "" : "; ") + place;
  const auto* category = find_category(goods.category);
  const bool over = program.ends != 0 && program.ends < local_date(options.now, kWibOffset_min);
  return {code,
          program.title,
          space.name,
          program.source,
          category == nullptr ? std::string() : std::string(category->label(language)),
          item_word(goods.item, options.items, language),
          NumberCell{given.amount},
          unit_word(goods.unit, language),
          space.area,
          space.name,
          places.empty() ? space.name : places,
          date_cell(program.starts, given.first),
          date_cell(program.ends, given.last),
          count_of(given.targeted.size()),
          count_of(given.reached.size()),
          over ? say("selesai", "completed") : say("berjalan", "ongoing")};
}

}  // namespace

Result<Table> distribution_table(Projection& records, const std::vector<SpaceInfo>& spaces,
                                 const DistributionOptions& options) {
  std::vector<TableRow> rows;
  for (const auto& space : spaces) {
    SpaceAidReader aid(records, space.number, options);
    TRY_VOID(aid.read());
    for (const auto& [goods, given] : aid.given)
      rows.push_back(row_of(space, aid, goods, given, options));
  }
  const auto number = ColumnType::number, date = ColumnType::date;
  Table table;
  table.title = std::string(pick(options.language, "Penyaluran bantuan (4W)", "Distribution (4W)"));
  table.columns = {{"Kode", "Code", "#activity+code"},
                   {"Kegiatan", "Activity", "#activity+name"},
                   {"Pelaksana", "Implemented by", "#org+impl+name"},
                   {"Asal dana", "Funded by", "#org+funder+name"},
                   {"Kategori", "Category", "#sector+name"},
                   {"Barang", "Item", "#item+name"},
                   {"Tersalur", "Handed out", "#item+num", number},
                   {"Satuan", "Unit", "#item+unit"},
                   {"Kode wilayah", "Area code", "#adm4+code+v_kemendagri"},
                   {"Wilayah", "Area", "#adm4+name"},
                   {"Tempat", "Place", "#loc+name"},
                   {"Mulai", "Starts", "#date+start", date},
                   {"Selesai", "Ends", "#date+end", date},
                   {"Sasaran (KK)", "Targeted households", "#targeted+hh", number},
                   {"Terjangkau (KK)", "Reached households", "#reached+hh", number},
                   {"Keadaan", "Status", "#status"}};
  table.notes = {std::string(
      pick(options.language,
           "Dihitung dari catatan serah terima; bukti bahwa barang sampai ada pada tanda terima.",
           "Counted from records of hand-overs; that goods arrived is proven by receipts."))};
  table.rows = rows_of(std::move(rows));
  return table;
}

}  // namespace rukun
