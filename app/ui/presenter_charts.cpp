// What people would rather look at than read: needs by category, how they were met week by week,
// and how far each drive is. Worked out when it is asked for, and again after each change.
#include <algorithm>
#include <array>

#include "app/domain/fields.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/ui/presenter.h"

namespace rukun::ui {
namespace {

namespace f = fields::need;
constexpr int kWeeksShown = 8;
constexpr std::size_t kMostDrives = 500;

void count(ChartLine& line, rukun::NeedState state) {
  switch (state) {
    case rukun::NeedState::covered: ++line.covered; break;
    case rukun::NeedState::delivered:
    case rukun::NeedState::closed: ++line.done; break;
    default: ++line.open;
  }
}

}  // namespace

std::string Presenter::counted_words(const ChartLine& line) const {
  return speaking().words.tr("recap.counts", {{"open", std::to_string(line.open)},
                                              {"covered", std::to_string(line.covered)},
                                              {"done", std::to_string(line.done)}});
}

Status Presenter::fill_need_charts() {
  const Translator& words = speaking().words;
  const FieldSpec& category = kind_of(f::kKind).field(f::kCategory);
  TRY(const AidBalances* balances, aid_balances());
  std::map<std::int64_t, ChartLine> by_category;
  std::array<ChartLine, kWeeksShown> weeks;
  const std::int64_t first_ms = week_start(1 - kWeeksShown).ms;
  const std::int64_t week_ms = week_start(1).ms - week_start(0).ms;
  TRY_VOID(engine_->records().each_row(query_of(f::kKind), [&](Row& row) -> Result<bool> {
    const auto state = need_balance(row, balances).state;
    count(by_category[number_in(row, f::kCategory)], state);
    const std::int64_t week = (row.created.wall().ms - first_ms) / week_ms;
    if (row.created.wall().ms >= first_ms && week < kWeeksShown)
      count(weeks[static_cast<std::size_t>(week)], state);
    return true;
  }));
  ChartView categories{words.tr("chart.by_category"),
                       words.tr("chart.by_category_about"),
                       false,
                       {},
                       words.tr("recap.empty")};
  for (auto& [code, line] : by_category) {
    line.label = format_value(category, code, showing());
    line.words = counted_words(line);
    categories.lines.push_back(std::move(line));
  }
  std::stable_sort(categories.lines.begin(), categories.lines.end(),
                   [](const ChartLine& a, const ChartLine& b) {
                     return a.open + a.covered + a.done > b.open + b.covered + b.done;
                   });
  ChartView coverage{words.tr("chart.coverage"),
                     words.tr("chart.coverage_about"),
                     true,
                     {},
                     words.tr("recap.empty")};
  for (int i = 0; i < kWeeksShown && !by_category.empty(); ++i) {
    ChartLine& line = weeks[static_cast<std::size_t>(i)];
    const std::size_t all = line.open + line.covered + line.done;
    const std::size_t met = line.covered + line.done;
    const WallTime monday = week_start(i + 1 - kWeeksShown);
    const std::string date =
        format_date(local_date(monday, setup_.utc_offset_min), context_.language);
    // "17 November 2025" → "17 Nov"
    const auto space = date.find(' ');
    line.label = date.substr(0, space == std::string::npos ? space : space + 4);
    line.words = all == 0 ? words.tr("chart.no_needs")
                          : words.tr("chart.met", {{"met", std::to_string(met)},
                                                   {"all", std::to_string(all)},
                                                   {"percent", std::to_string(met * 100 / all)}});
    coverage.lines.push_back(std::move(line));
  }
  now_.needs.charts = {std::move(categories), std::move(coverage)};
  return {};
}

// How far each drive with a target is.
Status Presenter::fill_drive_chart(RecordsView& view) {
  namespace dr = fields::drive;
  const Translator& words = speaking().words;
  const std::uint32_t spaces[] = {space_->number};
  TRY(const auto derived, Derived::load(engine_->records(), spaces, dr::kKind));
  const FieldSpec& collected = *find_derived(dr::kKind, "collected");
  const FieldSpec& target = kind_of(dr::kKind).field(dr::kTarget);
  ChartView chart{words.tr("chart.drives"), "", false, {}, words.tr("chart.no_drives")};
  for (const Listed& listed : records_.fitting) {
    if (chart.lines.size() >= kMostDrives) break;
    const RecordId& id = listed.id;
    TRY(const auto row, row_of(id));
    const std::int64_t goal = number_in(row, dr::kTarget);
    if (goal <= 0) continue;
    const Value value = derived.value_of(row, collected);
    const auto* number = std::get_if<std::int64_t>(&value);
    const std::int64_t in = number == nullptr ? 0 : *number;
    ChartLine line{title_of_record(id), ""};
    line.fraction = std::clamp(static_cast<float>(in) / static_cast<float>(goal), 0.0F, 1.0F);
    const std::int64_t percent = in <= 0
                                     ? 0
                                     : static_cast<std::int64_t>(100.0 * static_cast<double>(in) /
                                                                 static_cast<double>(goal));
    line.words = words.tr("drive.progress", {{"collected", field_words(row, target, in)},
                                             {"target", field_words(row, target, goal)}}) +
                 " (" + std::to_string(percent) + " %)";
    chart.lines.push_back(std::move(line));
  }
  view.charts = {std::move(chart)};
  return {};
}

}  // namespace rukun::ui
