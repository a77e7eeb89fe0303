#include "app/engine/ledger_log.h"

#include <algorithm>
#include <array>

#include "app/domain/fields.h"
#include "app/engine/engine_works.h"

namespace rukun {
namespace {

// What a part says, with records that its own transaction makes under their ids.
std::vector<FieldChange> changes_of(const Run& run, std::size_t txn, std::uint32_t part) {
  std::vector<FieldChange> out;
  for (const auto& op : part_of(run, part).ops) {
    auto value = op.value;
    if (const auto* local = std::get_if<LocalRef>(&value)) {
      const auto made = run.txns[txn].first_part + local->part;
      value = made < run.part_end(txn) ? Value{run.records[run.parts[made].record].id} : Value{};
    }
    out.push_back({op.field, op.type, std::move(value)});
  }
  return out;
}

Status each_write(Engine& engine, const SpaceId& id, const std::set<RecordId>& wanted,
                  const std::function<void(LedgerWrite)>& each) {
  auto& works = engine.works();
  TRY(Space * space, works.need(id));
  return works.store->for_each_after(0, [&](const StoredSegment& segment) -> Result<bool> {
    const auto& log = works.store->log(segment.log);
    if (log.space != space->ix || log.name.which != LogKind::data) return true;
    TRY(const auto opened, works.codec.open_own(segment.sealed, space->id, works.keys()));
    const Run& run = opened.run();
    const auto author = member_id(log.name.author);
    for (std::size_t t = 0; t < run.txns.size(); ++t) {
      if (space->masked.contains(run.txns[t].hash)) continue;
      for (std::uint32_t p = run.txns[t].first_part; p < run.part_end(t); ++p) {
        const auto& part = run.parts[p];
        if (part.ref == RefType::act || part.stub || part.opaque) continue;
        const auto& record = run.records[part.record].id;
        const bool made = part.ref != RefType::existing;
        if (space->erased.contains(record) || !wanted.contains(record)) continue;
        each({record, part.kind, made, run.txns[t].hash, author,
              head_name(space->authority.find(author), author), run.txns[t].stamp,
              changes_of(run, t, p)});
      }
    }
    return true;
  });
}

}  // namespace

Result<LedgerLog> ledger_log(Engine& engine, const SpaceId& space) {
  namespace k = fields;
  LedgerLog out;
  const std::array kinds{k::stock::kKind, k::entitlement::kKind, k::handover::kKind};
  // A change does not say of which kind its record is.
  TRY(const auto info, engine.space(space));
  std::set<RecordId> known;
  for (const auto kind : kinds)
    for (const bool deleted : {false, true})
      TRY_VOID(
          engine.records().each_row({.kind = kind, .spaces = {info.number}, .deleted = deleted},
                                    [&](Row& row) -> Result<bool> {
                                      known.insert(row.id);
                                      return true;
                                    }));
  TRY(out.writes, writes_to(engine, space, known));
  TRY(const auto erased, engine.records().erased(info.number, k::handover::kKind));
  out.erased = erased.size();
  return out;
}

Result<std::vector<LedgerWrite>> writes_to(Engine& engine, const SpaceId& space,
                                           const std::set<RecordId>& records) {
  std::vector<LedgerWrite> out;
  TRY_VOID(each_write(engine, space, records,
                      [&](LedgerWrite write) { out.push_back(std::move(write)); }));
  std::sort(out.begin(), out.end(), [](const LedgerWrite& a, const LedgerWrite& b) {
    return std::tie(a.at.ticks, a.txn, a.record) < std::tie(b.at.ticks, b.txn, b.record);
  });
  return out;
}

Result<ProgramBook> program_book(Engine& engine, const SpaceInfo& space, const RecordId& program) {
  TRY(auto log, ledger_log(engine, space.id));
  TRY(const auto facts, load_ledger_facts(engine.records(), {&space.number, 1}));
  return ProgramBook{ledger_of(program, std::move(log.writes), facts), log.erased};
}

}  // namespace rukun
