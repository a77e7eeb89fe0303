#include "app/report/recap_tables.h"

#include <map>
#include <memory>

#include "app/domain/units.h"

namespace rukun {
namespace {

std::string both(Language language, std::string_view id, std::string_view en) {
  return std::string(pick(language, id, en));
}

Cell whole(std::int64_t count) { return NumberCell{count * 1000}; }

Cell day_of(const std::optional<WallTime>& at) {
  if (!at) return std::monostate();
  return DateCell{local_date(*at, kWibOffset_min)};
}

// Whole days between a date and today; 0 for what is dated ahead.
std::int64_t age_of(std::int64_t date, WallTime now) {
  const auto today = days_from_civil(civil_of(local_date(now, kWibOffset_min)));
  return std::max<std::int64_t>(0, today - days_from_civil(civil_of(date)));
}

std::vector<Column> count_columns(std::string_view id, std::string_view en, std::string hxl) {
  const auto number = ColumnType::number;
  return {{std::string(id), std::string(en), std::move(hxl)},
          {"Banyak kebutuhan", "Number of needs", "#indicator+num", number},
          {"Belum terpenuhi", "Still open", "#indicator+num+open", number},
          {"Mendesak", "Urgent", "#indicator+num+urgent", number},
          {"Sudah disanggupi", "Promised", "#indicator+num+promised", number},
          {"Diterima atau ditutup", "Received or closed", "#indicator+num+done", number}};
}

void add_counts(TableRow& row, const RecapCount& count) {
  for (const auto one : {count.needs, count.open, count.urgent, count.covered, count.done})
    row.push_back(whole(one));
}

Table counted(const Recap& recap, RecapBy by, std::vector<Column> columns, Language language) {
  std::vector<TableRow> rows;
  for (const auto& line : recap.lines(by)) {
    TableRow row{line.label};
    add_counts(row, line.count);
    rows.push_back(std::move(row));
  }
  return {
      std::string(words_of(by, language)), std::move(columns), rows_of(std::move(rows)), {}, {}};
}

class RtTable {
 public:
  RtTable(const Recap& recap, const Consolidated& sums, const std::vector<SpaceSource>& sources,
          const ConsolidatedOptions& options)
      : recap_(recap), sums_(sums), sources_(sources), options_(options) {}

  Table make() const {
    std::vector<TableRow> rows;
    std::vector<std::string> silent;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      bool any = false;
      for (const auto& line : recap_.lines(RecapBy::rt)) {
        if (line.source != i) continue;
        any = true;
        TableRow row{line.label};
        add_counts(row, line.count);
        rows.push_back(ended(std::move(row), i, true));
      }
      if (!any)
        rows.push_back(ended(TableRow{sources_[i].space.name, {}, {}, {}, {}, {}}, i, false));
      if (sums_.reports[i].state == Reported::no) silent.push_back(sources_[i].space.name);
    }
    auto columns = count_columns("RT", "RT", "#adm4+name");
    columns.push_back({"Keadaan laporan", "Report", "#status"});
    columns.push_back({"Laporan terakhir", "Last report", "#date+reported", ColumnType::date});
    columns.push_back({"Tukar data terakhir", "Last exchange", "#date+updated", ColumnType::date});
    columns.push_back({"Umur data (hari)", "Age of data (days)", "", ColumnType::number});
    return {std::string(words_of(RecapBy::rt, options_.language)),
            std::move(columns),
            rows_of(std::move(rows)),
            {},
            notes(silent)};
  }

 private:
  TableRow ended(TableRow row, std::size_t source, bool has_needs) const {
    const auto& report = sums_.reports[source];
    const auto& last = sources_[source].last_exchange;
    row.emplace_back(state_of_line(report, has_needs, options_.language));
    row.push_back(report.last_mark ? Cell(DateCell{*report.last_mark}) : Cell());
    row.push_back(day_of(last));
    row.push_back(last ? whole(age_of(local_date(*last, kWibOffset_min), options_.now)) : Cell());
    return row;
  }

  std::vector<std::string> notes(const std::vector<std::string>& silent) const {
    std::string line =
        std::to_string(sources_.size() - silent.size()) +
        both(options_.language, " dari ", " of ") + std::to_string(sources_.size()) +
        both(options_.language, " kelompok sudah lapor", " neighborhoods have reported");
    if (!silent.empty()) {
      line += both(options_.language, "; belum lapor: ", "; not reported yet: ");
      for (const auto& name : silent) line += (&name == &silent.front() ? "" : ", ") + name;
    }
    return {std::move(line)};
  }

  const Recap& recap_;
  const Consolidated& sums_;
  const std::vector<SpaceSource>& sources_;
  const ConsolidatedOptions& options_;
};

Table people_table(const Recap& recap, Language language) {
  const auto number = ColumnType::number;
  Table out;
  out.title = both(language, "Keluarga dan kelompok rentan", "Households, vulnerable groups");
  out.columns = {{"RT", "RT", "#adm4+name"},
                 {"Keluarga", "Households", "#affected+hh", number},
                 {"Jiwa", "People", "#inneed+ind", number},
                 {"Balita", "Infants", "#inneed+ind+infants", number},
                 {"Lansia", "Elderly", "#inneed+ind+elderly", number},
                 {"Disabilitas", "Disabled", "#inneed+ind+disabled", number},
                 {"Ibu hamil", "Pregnant", "#inneed+f+pregnant", number}};
  std::vector<TableRow> rows;
  for (const auto& one : recap.people()) {
    TableRow row{one.label, whole(one.households), one.people_known ? whole(one.people) : Cell()};
    for (std::size_t i = 0; i < one.in_groups.size(); ++i)
      row.push_back(one.group_known[i] ? whole(one.in_groups[i]) : Cell());
    rows.push_back(std::move(row));
  }
  out.rows = rows_of(std::move(rows));
  return out;
}

Table fits_table(const Recap& recap, Language language) {
  const auto number = ColumnType::number;
  Table out;
  out.title = both(language, "Kekurangan dan tawaran", "Lacking and offered");
  out.columns = {{"Barang", "Item", "#item+name"},
                 {"Satuan", "Unit", "#item+unit"},
                 {"RT yang kekurangan", "RT that lacks", "#adm4+name+lacking"},
                 {"Kurang", "Lacks", "#item+num+remaining", number},
                 {"RT yang punya tawaran", "RT that offers", "#adm4+name+offering"},
                 {"Sisa tawaran", "Offered", "#item+num+offered", number},
                 {"Bisa diberikan", "Could be given", "#item+num+proposed", number},
                 {"Keterangan", "Meaning", ""}};
  std::vector<TableRow> rows;
  for (const auto& one : recap.fits()) {
    const bool none = one.having_label.empty();
    const auto meaning = none             ? both(language, "belum ada tawaran", "nobody offers any")
                         : one.same_place ? both(language, "di RT yang sama", "within the RT")
                                          : one.having_label +
                                                both(language, " punya yang tidak ada di ",
                                                     " has what is lacking in ") +
                                                one.lacking_label;
    rows.push_back({one.item, unit_word(one.unit, language), one.lacking_label,
                    NumberCell{one.lacking}, one.having_label,
                    none ? Cell() : Cell(NumberCell{one.left}),
                    none ? Cell() : Cell(NumberCell{one.could_give}), meaning});
  }
  out.rows = rows_of(std::move(rows));
  return out;
}

}  // namespace

std::string state_of_line(const SpaceReport& report, bool has_needs, Language language) {
  if (report.state == Reported::yes && has_needs) return both(language, "sudah lapor", "reported");
  return reported_words(report.state, language);
}

std::vector<Table> recap_tables(const Recap& recap, const Consolidated& sums,
                                const std::vector<SpaceSource>& sources,
                                const ConsolidatedOptions& options) {
  const auto language = options.language;
  std::vector<Table> out;
  out.push_back(RtTable(recap, sums, sources, options).make());
  out.push_back(counted(recap, RecapBy::rw, count_columns("RW", "RW", "#loc+rw"), language));
  out.push_back(counted(recap, RecapBy::category,
                        count_columns("Kategori", "Category", "#sector+name"), language));
  out.push_back(counted(recap, RecapBy::urgency,
                        count_columns("Kemendesakan", "Urgency", "#severity+code"), language));
  out.push_back(people_table(recap, language));
  out.push_back(counted(recap, RecapBy::group,
                        count_columns("Keluarga dengan", "Households with", "#group+name"),
                        language));
  out.back().title = both(language, "Kebutuhan kelompok rentan", "Needs of vulnerable groups");
  out.push_back(fits_table(recap, language));
  return out;
}

namespace {

// What the rows behind the numbers are written from, for as long as their table lives.
struct Behind {
  Engine& engine;
  Recap recap;
  std::size_t most = 0;
  ConsolidatedOptions options;
  std::map<std::uint32_t, std::optional<WallTime>> exchanged;  // by space

  Result<TableRow> row(const RecapNeed& need, RecapOrigins& origins) const {
    TRY(const auto origin, origins.of(need));
    const auto shown = in_larger_unit(need.sums);
    const auto* category = find_category(need.category);
    const auto language = options.language;
    const auto last = exchanged.find(need.place.space);
    const auto heard = origin.heard || last == exchanged.end() ? origin.heard : last->second;
    return TableRow{recap.place_label(need.place),
                    category == nullptr ? std::string() : std::string(category->label(language)),
                    item_word(need.item, options.items, language),
                    unit_word(shown.unit, language),
                    NumberCell{shown.needed},
                    NumberCell{shown.promised},
                    NumberCell{shown.delivered},
                    NumberCell{shown.remaining},
                    need.id.hex(),
                    origin.author,
                    origin.device,
                    origin.changed_by,
                    day_of(origin.changed),
                    day_of(heard)};
  }

  Status each(const RowSink& sink) const {
    RecapOrigins origins(engine);
    std::size_t told = 0;
    return recap.each(engine.records(), {}, [&](const RecapNeed& need) -> Status {
      if (told == most) return {};
      ++told;
      TRY(const auto cells, row(need, origins));
      return sink(cells);
    });
  }
};

}  // namespace

Table provenance_table(Engine& engine, const Recap& recap, const std::vector<SpaceSource>& sources,
                       std::size_t most, const ConsolidatedOptions& options) {
  const auto language = options.language;
  const auto behind = std::make_shared<Behind>(Behind{engine, recap, most, options, {}});
  for (const auto& source : sources) behind->exchanged[source.space.number] = source.last_exchange;
  const auto number = ColumnType::number;
  Table out;
  out.title = both(language, "Asal angka", "Behind the numbers");
  out.columns = {{"RT", "RT", "#adm4+name"},
                 {"Kategori", "Category", "#sector+name"},
                 {"Barang", "Item", "#item+name"},
                 {"Satuan", "Unit", "#item+unit"},
                 {"Dibutuhkan", "Needed", "#item+num+needed", number},
                 {"Disanggupi", "Promised", "#item+num+promised", number},
                 {"Sudah diterima", "Delivered", "#item+num+delivered", number},
                 {"Sisa", "Remaining", "#item+num+remaining", number},
                 {"Catatan", "Record", "#need+id"},
                 {"Dicatat oleh", "Recorded by", ""},
                 {"Laptop", "Laptop", ""},
                 {"Diubah terakhir oleh", "Last changed by", ""},
                 {"Diubah terakhir", "Last changed", "#date+updated", ColumnType::date},
                 {"Tukar data terakhir", "Last exchange", "#date+received", ColumnType::date}};
  out.rows = [behind](const RowSink& sink) { return behind->each(sink); };
  std::int64_t all = 0;
  for (const auto& line : recap.lines(RecapBy::rt)) all += line.count.needs;
  if (all > static_cast<std::int64_t>(most))
    out.notes.push_back(std::to_string(all - static_cast<std::int64_t>(most)) +
                        both(language, " catatan lagi: rukunctl recap --records",
                             " more records: rukunctl recap --records"));
  return out;
}

}  // namespace rukun
