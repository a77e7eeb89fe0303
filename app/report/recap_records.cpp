#include "app/report/recap_records.h"

#include <map>

#include "app/domain/rules/titles.h"
#include "app/engine/authors.h"

namespace rukun {
namespace {

using Heard = std::map<MemberId, WallTime>;

Result<Heard> heard_in(Engine& engine, std::uint32_t space) {
  TRY(const auto status, engine.status(engine.records().space_of(space)));
  Heard out;
  for (const auto& one : status.reached) out[one.member] = one.last;
  for (const auto& one : status.left) out.emplace(one.member, one.last);
  return out;
}

}  // namespace

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
  std::map<std::uint32_t, Heard> heard;
  for (auto& need : needs) {
    const auto space = need.place.space;
    if (!heard.contains(space)) {
      TRY(heard[space], heard_in(engine, space));
    }
    RecapRecord row;
    row.place = recap.place_label(need.place);
    TRY(row.title, record_title(records, space, need.id, showing));
    TRY(const auto origin, origin_of(engine, space, need.id));
    row.author = origin.made.name;
    row.device = origin.made.device;
    row.changed_by = origin.changed.name;
    row.changed = origin.changed.at.wall();
    const auto found = heard[space].find(origin.made.member);
    if (found != heard[space].end()) row.heard = found->second;
    row.need = std::move(need);
    out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace rukun
