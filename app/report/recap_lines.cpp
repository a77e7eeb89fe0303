#include "app/report/recap_lines.h"

#include <algorithm>

#include "app/domain/fields.h"

namespace rukun {
namespace {

std::string group_label(std::size_t group, Language language) {
  const auto* field = kind_of(fields::household::kKind).find_field(kVulnerable[group]);
  return std::string(field->label(language));
}

RecapPlace mark_of(RecapBy by, const RecapNeed& one) {
  switch (by) {
    case RecapBy::rt: return one.place;
    case RecapBy::rw: return {one.place.space, one.place.rw, 0};
    case RecapBy::category: return {0, one.category, 0};
    case RecapBy::urgency: return {0, one.urgency, 0};
    case RecapBy::item:
    case RecapBy::group: break;
  }
  return {};
}

void add_sums(NeedSums& to, const NeedSums& more) {
  to.unit = more.unit;
  to.needed += more.needed;
  to.promised += more.promised;
  to.delivered += more.delivered;
  to.remaining += more.remaining;
}

}  // namespace

std::size_t RecapLines::MarkHash::operator()(const Mark& mark) const {
  const auto numbers =
      static_cast<std::size_t>(mark.at.rw) * 10'007 + static_cast<std::size_t>(mark.at.rt);
  return (numbers * 1'000'003 + mark.at.space) * 8 + static_cast<std::size_t>(mark.by);
}

void RecapLines::count(const RecapNeed& one) {
  for (const auto by : wanted_) {
    if (by == RecapBy::item) {
      auto& line = line_of_item(one);
      line.count.add(one);
      add_sums(line.sums, one.sums);
    } else if (by != RecapBy::group) {
      line_at(by, one).count.add(one);
    } else {
      for (std::size_t i = 0; i < kVulnerable.size(); ++i)
        if ((one.groups & 1U << i) != 0)
          line_called(by, static_cast<std::int64_t>(i), std::string(kVulnerable[i]), one)
              .count.add(one);
    }
  }
}

std::vector<RecapLine> RecapLines::take(RecapBy by) {
  std::vector<RecapLine> out;
  for (auto& [at, line] : lines_[by]) {
    if (by == RecapBy::group)
      line.label = group_label(static_cast<std::size_t>(at.first), words_.language);
    out.push_back(std::move(line));
  }
  if (by == RecapBy::item)
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.label < b.label; });
  return out;
}

std::int64_t RecapLines::rank_of(RecapBy by, const RecapNeed& one) const {
  switch (by) {
    case RecapBy::rt:
      return static_cast<std::int64_t>(words_.source_of(one.place.space)) * 100'000'000 +
             one.place.rw % 10'000 * 10'000 + one.place.rt % 10'000;
    case RecapBy::rw: return one.place.rw;
    case RecapBy::category: return one.category;
    case RecapBy::urgency: return -one.urgency;
    case RecapBy::item:  // one item is one line, whatever categories it was recorded under
    case RecapBy::group: break;
  }
  return 0;
}

RecapLine& RecapLines::line_at(RecapBy by, const RecapNeed& one) {
  auto& line = marked_[{by, mark_of(by, one)}];
  if (line == nullptr) line = &line_called(by, rank_of(by, one), words_.key(by, one), one);
  return *line;
}

RecapLine& RecapLines::line_of_item(const RecapNeed& one) {
  const GoodsSaid said{one.item.empty() ? one.category : 0, one.item, one.sums.unit};
  const auto known = goods_.find(said);
  if (known != goods_.end()) return *known->second;
  auto& line = line_called(RecapBy::item, 0, words_.key(RecapBy::item, one), one);
  goods_.emplace(Goods{said.category, one.item, one.sums.unit}, &line);
  return line;
}

RecapLine& RecapLines::line_called(RecapBy by, std::int64_t rank, std::string key,
                                   const RecapNeed& one) {
  auto& line = lines_[by][{rank, key}];
  if (line.count.needs > 0) return line;
  line.label = words_.label(by, one);
  line.key = std::move(key);
  line.source = words_.source_of(one.place.space);
  return line;
}

}  // namespace rukun
