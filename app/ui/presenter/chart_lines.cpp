// What people would rather look at than read: the goods that are lacking, needs by category, how
// they were met week by week, and how far each drive is.
#include "app/ui/presenter/chart_lines.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "app/domain/fields.h"
#include "app/domain/rules/titles.h"
#include "app/domain/schema.h"
#include "app/domain/values.h"
#include "app/report/need_sums.h"
#include "app/ui/presenter/record_words.h"
#include "app/ui/presenter/shifts.h"

namespace rukun::ui {
namespace {

namespace f = fields::need;
constexpr int kWeeksShown = 8;
constexpr std::size_t kMostGoods = 10;
constexpr std::size_t kMostDrives = 500;

// Both are more than zero.
std::int64_t capped_sum(std::int64_t a, std::int64_t b) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  return a > kMost - b ? kMost : a + b;
}

// Of one sort and unit, in all needs that lack some.
struct Lacking {
  std::string name;
  NeedSums sums;
  std::size_t needs = 0;
};
using AllLacking = std::map<std::pair<std::string, std::string>, Lacking>;

// What a household lacks is brought in one piece, so only needs that lack some count.
void add_lacking(Desk& desk, const Row& need, const NeedBalance& balance, AllLacking& to) {
  const std::int64_t quantity = number_in(need, f::kQuantity);
  if (balance.remaining <= 0 || quantity <= 0 || !text_in(need, f::kClosed).empty()) return;
  const std::string item = text_in(need, f::kItem);
  NeedSums sums = need_sums(text_in(need, f::kUnit), quantity, false, balance);
  const std::int64_t category = number_in(need, f::kCategory);
  const auto key = std::pair(item.empty() ? "#" + std::to_string(category) : item, sums.unit);
  Lacking& goods = to[key];
  if (goods.needs++ == 0) {
    const FieldSpec& kinds = kind_of(f::kKind).field(f::kCategory);
    goods.name = item.empty() ? format_value(kinds, category, desk.showing())
                              : item_word(item, &desk.setup().items, desk.language());
    goods.sums = std::move(sums);
    return;
  }
  goods.sums.needed = capped_sum(goods.sums.needed, sums.needed);
  goods.sums.remaining = capped_sum(goods.sums.remaining, sums.remaining);
}

// What to ask the office or the next RT for: that which most households lack first.
ChartView lacking_chart(Desk& desk, const AllLacking& all) {
  const Speaking how = desk.speaking();
  ChartView chart{how.words.tr("chart.lacking"),
                  how.words.tr("chart.lacking_about"),
                  false,
                  {},
                  how.words.tr("recap.no_fits")};
  std::vector<const Lacking*> order;
  for (const auto& [key, goods] : all) order.push_back(&goods);
  std::stable_sort(order.begin(), order.end(),
                   [](const Lacking* a, const Lacking* b) { return a->needs > b->needs; });
  for (const Lacking* goods : order) {
    if (chart.lines.size() == kMostGoods) break;
    const NeedSums sums = in_larger_unit(goods->sums);
    ChartLine line{goods->name, how.words.tr("chart.lacking_line",
                                             {{"left", quantity_words(sums.remaining, "", how)},
                                              {"all", quantity_words(sums.needed, sums.unit, how)},
                                              {"n", std::to_string(goods->needs)}})};
    const auto left = static_cast<float>(sums.remaining) / static_cast<float>(sums.needed);
    line.fraction = std::clamp(1 - left, 0.0F, 1.0F);
    chart.lines.push_back(std::move(line));
  }
  if (order.size() > kMostGoods)
    chart.about += " " + how.words.tr("chart.lacking_more",
                                      {{"n", std::to_string(order.size() - kMostGoods)}});
  return chart;
}

}  // namespace

void count_state(rukun::NeedState state, ChartLine& line) {
  switch (state) {
    case rukun::NeedState::covered: ++line.covered; break;
    case rukun::NeedState::delivered:
    case rukun::NeedState::closed: ++line.done; break;
    default: ++line.open;
  }
}

std::string counted_words(Desk& desk, const ChartLine& line) {
  return desk.speaking().words.tr("recap.counts", {{"open", std::to_string(line.open)},
                                                   {"covered", std::to_string(line.covered)},
                                                   {"done", std::to_string(line.done)}});
}

Result<std::vector<ChartView>> need_charts(Desk& desk) {
  const Translator& words = desk.speaking().words;
  const FieldSpec& category = kind_of(f::kKind).field(f::kCategory);
  TRY(const AidBalances* balances, desk.aid_balances());
  std::map<std::int64_t, ChartLine> by_category;
  std::array<ChartLine, kWeeksShown> weeks;
  AllLacking goods;
  const std::int64_t first_ms = week_start(desk, 1 - kWeeksShown).ms;
  const std::int64_t week_ms = week_start(desk, 1).ms - week_start(desk, 0).ms;
  TRY_VOID(desk.engine().records().each_row(desk.query_of(f::kKind), [&](Row& row) -> Result<bool> {
    const NeedBalance balance = need_balance(row, balances);
    const auto state = balance.state;
    add_lacking(desk, row, balance, goods);
    count_state(state, by_category[number_in(row, f::kCategory)]);
    const std::int64_t week = (row.created.wall().ms - first_ms) / week_ms;
    if (row.created.wall().ms >= first_ms && week < kWeeksShown)
      count_state(state, weeks[static_cast<std::size_t>(week)]);
    return true;
  }));
  ChartView categories{words.tr("chart.by_category"),
                       words.tr("chart.by_category_about"),
                       false,
                       {},
                       words.tr("recap.empty")};
  for (auto& [code, line] : by_category) {
    line.label = format_value(category, code, desk.showing());
    line.words = counted_words(desk, line);
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
    const WallTime monday = week_start(desk, i + 1 - kWeeksShown);
    const std::string date =
        format_date(local_date(monday, desk.setup().utc_offset_min), desk.language());
    // "17 November 2025" → "17 Nov"
    const auto space = date.find(' ');
    line.label = date.substr(0, space == std::string::npos ? space : space + 4);
    line.words = all == 0 ? words.tr("chart.no_needs")
                          : words.tr("chart.met", {{"met", std::to_string(met)},
                                                   {"all", std::to_string(all)},
                                                   {"percent", std::to_string(met * 100 / all)}});
    coverage.lines.push_back(std::move(line));
  }
  return std::vector<ChartView>{lacking_chart(desk, goods), std::move(categories),
                                std::move(coverage)};
}

Result<std::vector<ChartView>> drive_chart(Desk& desk, std::span<const Listed> listed) {
  namespace dr = fields::drive;
  const Translator& words = desk.speaking().words;
  const std::uint32_t spaces[] = {desk.space().number};
  TRY(const auto derived, Derived::load(desk.engine().records(), spaces, dr::kKind));
  const FieldSpec& collected = *find_derived(dr::kKind, "collected");
  const FieldSpec& target = kind_of(dr::kKind).field(dr::kTarget);
  ChartView chart{words.tr("chart.drives"), "", false, {}, words.tr("chart.no_drives")};
  for (const Listed& one : listed) {
    if (chart.lines.size() >= kMostDrives) break;
    const RecordId& id = one.id;
    TRY(const auto row, desk.row_of(id));
    const std::int64_t goal = number_in(row, dr::kTarget);
    if (goal <= 0) continue;
    const Value value = derived.value_of(row, collected);
    const auto* number = std::get_if<std::int64_t>(&value);
    const std::int64_t in = number == nullptr ? 0 : *number;
    ChartLine line{desk.title_of(id), ""};
    line.fraction = std::clamp(static_cast<float>(in) / static_cast<float>(goal), 0.0F, 1.0F);
    const std::int64_t percent = in <= 0
                                     ? 0
                                     : static_cast<std::int64_t>(100.0 * static_cast<double>(in) /
                                                                 static_cast<double>(goal));
    line.words = words.tr("drive.progress", {{"collected", field_words(desk, row, target, in)},
                                             {"target", field_words(desk, row, target, goal)}}) +
                 " (" + std::to_string(percent) + "%)";
    chart.lines.push_back(std::move(line));
  }
  return std::vector<ChartView>{std::move(chart)};
}

}  // namespace rukun::ui
