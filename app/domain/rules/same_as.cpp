#include "app/domain/rules/same_as.h"

#include <algorithm>
#include <set>

#include "app/domain/fields.h"
#include "app/domain/kinds.h"

namespace rukun {
namespace {

namespace k = fields;

using Key = std::pair<std::uint32_t, RecordId>;

}  // namespace

StandIns stand_ins(std::span<const SameAsLink> links) {
  StandIns next;
  for (const auto& link : links) {
    if (link.record != link.same_as) next.insert_or_assign({link.space, link.record}, link.same_as);
  }
  StandIns out;
  for (const auto& [key, first] : next) {
    std::set<RecordId> passed{key.second};
    auto end = first;
    auto step = next.find({key.first, end});
    while (step != next.end() && passed.insert(end).second) {
      end = step->second;
      step = next.find({key.first, end});
    }
    if (step != next.end()) {
      // `end` lies on the circle: once around it.
      auto least = end;
      for (auto at = next.at({key.first, end}); at != end; at = next.at({key.first, at}))
        least = std::min(least, at);
      end = least;
    }
    if (end != key.second) out.emplace(key, end);
  }
  return out;
}

Result<StandIns> load_stand_ins(Projection& records, std::span<const std::uint32_t> spaces,
                                KindId kind) {
  const auto field = kind == k::household::kKind ? k::household::kSameAs : k::resident::kSameAs;
  Query query{.kind = kind,
              .spaces = {spaces.begin(), spaces.end()},
              .where = {{field, Compare::unequal, {}}}};
  const auto column = records.table(kind)->find(field);
  std::vector<SameAsLink> links;
  TRY_VOID(records.each_row(query, [&](Row& row) -> Result<bool> {
    const auto* same = column ? std::get_if<RecordId>(&row.values[*column]) : nullptr;
    if (same != nullptr) links.push_back({row.space, row.id, *same});
    return true;
  }));
  Status failed;
  std::erase_if(links, [&](const SameAsLink& link) {
    const auto row = records.row(link.space, link.same_as);
    if (!row && failed) failed = tl::make_unexpected(row.error());
    return !row || !*row || (*row)->kind != kind ||
           ((*row)->life != Life::alive && (*row)->life != Life::disputed);
  });
  TRY_VOID(failed);
  return stand_ins(links);
}

RecordId stands_for(const StandIns& all, std::uint32_t space, const RecordId& record) {
  const auto found = all.find({space, record});
  return found == all.end() ? record : found->second;
}

}  // namespace rukun
