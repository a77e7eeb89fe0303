#include "app/report/drive.h"

#include <algorithm>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/rules/derived.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"

namespace rukun {
namespace {

namespace drv = fields::drive;
namespace gift = fields::contribution;

std::int64_t saturated(std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  return __builtin_add_overflow(a, b, &out) ? a : out;
}

class DriveReport {
 public:
  DriveReport(Projection& records, const SpaceInfo& space, Row drive, const DriveOptions& options)
      : records_(records), space_(space), drive_(std::move(drive)), options_(options) {}

  Result<std::vector<Table>> make() {
    TRY_VOID(gather());
    Table table;
    table.title = say("Laporan penggalangan: ", "Drive: ") + text_in(drive_, drv::kTitle);
    table.columns = {{"No.", "No.", "", ColumnType::number},
                     {"Waktu", "Time", ""},
                     {"Masuk", "In", "", ColumnType::number},
                     {"Keluar", "Out", "", ColumnType::number},
                     {"Saldo", "Balance", "", ColumnType::number}};
    if (!options_.for_public) {
      table.columns.push_back({"Dari/kepada", "From or to", ""});
      table.columns.push_back({"Untuk", "For", ""});
      table.columns.push_back({"Bukti", "Evidence", ""});
    }
    TableRow total(table.columns.size());
    total[1] = say("Jumlah", "Total");
    total[2] = NumberCell{in_};
    total[3] = NumberCell{out_};
    total[4] = NumberCell{saturated(in_, -out_)};
    table.footers = {std::move(total)};
    table.rows = rows_of(std::move(rows_));
    TRY(table.notes, notes());
    std::vector<Table> out{std::move(table)};
    if (!text_in(drive_, drv::kRecurrence).empty()) out.push_back(by_day());
    return out;
  }

 private:
  std::string say(std::string_view id, std::string_view en) const {
    return std::string(pick(options_.showing.language, id, en));
  }

  Status gather() {
    const Query query{.kind = gift::kKind,
                      .spaces = {space_.number},
                      .where = {{gift::kDrive, Compare::equal, Value{drive_.id}}},
                      .sort = gift::kAt};
    return records_.each_row(query, [&](Row& row) -> Result<bool> {
      const bool goes_out = number_in(row, gift::kDirection) == gift::kDirectionOut;
      const auto amount = std::max<std::int64_t>(0, number_in(row, gift::kAmount));
      auto& total = goes_out ? out_ : in_;
      total = saturated(total, amount);
      const WallTime at{number_in(row, gift::kAt)};
      auto& day = days_[local_date(at, options_.showing.utc_offset_min)];
      auto& of_day = goes_out ? day.second : day.first;
      of_day = saturated(of_day, amount);
      TRY(auto cells, cells_of(row, at, goes_out, amount));
      rows_.push_back(std::move(cells));
      return true;
    });
  }

  Result<TableRow> cells_of(const Row& row, WallTime at, bool goes_out, std::int64_t amount) {
    const auto& showing = options_.showing;
    TableRow cells{NumberCell{static_cast<std::int64_t>(rows_.size() + 1) * 1000},
                   format_instant(at, showing.utc_offset_min, showing.language),
                   goes_out ? Cell() : Cell(NumberCell{amount}),
                   goes_out ? Cell(NumberCell{amount}) : Cell(), NumberCell{saturated(in_, -out_)}};
    if (options_.for_public) return cells;
    const auto name = text_in(row, gift::kContributor);
    cells.emplace_back(name.empty() ? say("(tanpa nama)", "(no name given)") : name);
    std::string what_for;
    if (const auto* need = std::get_if<RecordId>(&value_in(row, gift::kNeed))) {
      TRY(what_for, record_title(records_, space_.number, *need, showing));
    }
    cells.emplace_back(std::move(what_for));
    cells.emplace_back(text_in(row, gift::kEvidenceNote));
    return cells;
  }

  Result<std::vector<std::string>> notes() {
    const auto language = options_.showing.language;
    std::vector<std::string> out;
    const auto line = [&](FieldId field) {
      const auto& spec = kind_of(drv::kKind).field(field);
      const auto& value = value_in(drive_, field);
      if (!is_none(value))
        out.push_back(std::string(spec.label(language)) + ": " +
                      format_value(spec, value, options_.showing));
    };
    for (const auto field : {drv::kPurpose, drv::kGoalType, drv::kItem}) line(field);
    if (const auto target = number_in(drive_, drv::kTarget); target > 0)
      out.push_back("Target: " + drive_amount(drive_, target, language));
    out.push_back(say("Terkumpul ", "Collected ") + drive_amount(drive_, in_, language) +
                  say(", terpakai ", ", spent ") + drive_amount(drive_, out_, language) +
                  say(", saldo ", ", balance ") +
                  drive_amount(drive_, saturated(in_, -out_), language));
    for (const auto field :
         {drv::kStarts, drv::kEnds, drv::kRecurrence, drv::kClosed, drv::kClosingNote})
      line(field);
    if (is_none(value_in(drive_, drv::kClosed)))
      out.push_back(say("Penggalangan ini belum ditutup.", "This drive is not closed yet."));
    return out;
  }

  Table by_day() const {
    Table table;
    table.title = say("Per hari", "By day");
    table.columns = {{"Tanggal", "Date", "", ColumnType::date},
                     {"Masuk", "In", "", ColumnType::number},
                     {"Keluar", "Out", "", ColumnType::number},
                     {"Saldo", "Balance", "", ColumnType::number}};
    std::vector<TableRow> rows;
    std::int64_t balance = 0;
    for (const auto& [date, sums] : days_) {
      balance = saturated(saturated(balance, sums.first), -sums.second);
      rows.push_back(
          {DateCell{date}, NumberCell{sums.first}, NumberCell{sums.second}, NumberCell{balance}});
    }
    table.rows = rows_of(std::move(rows));
    return table;
  }

  Projection& records_;
  const SpaceInfo& space_;
  Row drive_;
  const DriveOptions& options_;
  std::vector<TableRow> rows_;
  std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> days_;  // in, out
  std::int64_t in_ = 0, out_ = 0;
};

}  // namespace

std::string drive_amount(const Row& drive, std::int64_t thousandths, Language language) {
  const auto goal = number_in(drive, drv::kGoalType);
  if (goal == drv::kGoalTypeMoney && thousandths % 1000 == 0)
    return format_rupiah(thousandths / 1000);
  auto unit = text_in(drive, drv::kUnit);
  if (unit.empty() && goal == drv::kGoalTypeHours) unit = "hour";
  return format_thousandths(thousandths, language) +
         (unit.empty() ? std::string() : " " + unit_word(unit, language, thousandths));
}

Result<std::vector<Table>> drive_tables(Projection& records, const SpaceInfo& space,
                                        const RecordId& drive, const DriveOptions& options) {
  TRY(auto row, records.row(space.number, drive));
  if (!row || row->kind != drv::kKind)
    return error(Code::not_found, drive.hex() + ": no drive has this id");
  return DriveReport(records, space, std::move(*row), options).make();
}

}  // namespace rukun
