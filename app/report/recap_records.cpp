#include "app/report/recap_records.h"

#include "app/domain/rules/titles.h"
#include "app/engine/authors.h"

namespace rukun {

Result<RecapOrigin> RecapOrigins::of(const RecapNeed& need) {
  const auto space = need.place.space;
  const auto [heard, is_new] = heard_.try_emplace(space);
  if (is_new) {
    TRY(const auto status, engine_.status(engine_.records().space_of(space)));
    for (const auto& one : status.reached) heard->second[one.member] = one.last;
    for (const auto& one : status.left) heard->second.emplace(one.member, one.last);
  }
  TRY(auto origin, origin_of(engine_, space, need.id));
  RecapOrigin out{std::move(origin.made.name),
                  std::move(origin.made.device),
                  std::move(origin.changed.name),
                  origin.changed.at.wall(),
                  {}};
  const auto found = heard->second.find(origin.made.member);
  if (found != heard->second.end()) out.heard = found->second;
  return out;
}

Result<RecapRecords> recap_records(Engine& engine, const Recap& recap, const RecapWhere& where,
                                   std::size_t most, const FormatContext& showing) {
  auto& records = engine.records();
  std::vector<RecapNeed> needs;
  RecapRecords out;
  TRY_VOID(recap.each(records, where, [&](const RecapNeed& one) -> Status {
    if (needs.size() < most)
      needs.push_back(one);
    else
      ++out.more;
    return {};
  }));
  RecapOrigins origins(engine);
  for (auto& need : needs) {
    RecapRecord row;
    row.place = recap.place_label(need.place);
    TRY(row.title, record_title(records, need.place.space, need.id, showing));
    TRY(static_cast<RecapOrigin&>(row), origins.of(need));
    row.need = std::move(need);
    out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace rukun
