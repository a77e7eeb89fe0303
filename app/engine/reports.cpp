// What the engine says of itself: conflicts, history, log, status, and the full check.

#include <algorithm>

#include "app/domain/schema.h"
#include "app/engine/engine_works.h"

namespace rukun {

namespace {
std::string author_name(const Space& space, const SigningKey& key) {
  const auto id = member_id(key);
  return head_name(space.authority.find(id), id);
}
}  // namespace

Result<std::vector<Conflict>> Engine::conflicts(const SpaceId& id) {
  Works& works = *works_;
  TRY(Space * space, works.need(id));
  TRY(const auto records, works.projection->in_conflict(space->number));
  std::vector<Conflict> out;
  const LogOrder order = works.projection->logs();
  const auto value_of_write = [&](const Write& write) {
    ConflictValue value{write.value, {}, {}, write.stamp, {order[write.log], write.seq, write.txn}};
    if (const auto ix = works.store->find_log(order[write.log])) {
      const auto& key = works.store->log(*ix).name.author;
      value.by = member_id(key);
      value.by_name = author_name(*space, key);
    }
    return value;
  };
  for (const auto& record : records) {
    TRY(const auto view_of_record, works.projection->record(space->number, record));
    if (!view_of_record) continue;
    const auto& state = view_of_record->state;
    if (view_of_record->life == Life::disputed) {
      Conflict conflict{record, state.kind, kLife, {}};
      if (const FieldState* life = state.find(kLife))
        for (const auto& write : life->live) conflict.values.push_back(value_of_write(write));
      out.push_back(std::move(conflict));
    }
    for (const auto& field : state.fields) {
      if (field.field == kLife) continue;
      const auto values = distinct_values(field, order);
      if (values.size() < 2) continue;
      Conflict conflict{record, state.kind, field.field, {}};
      for (const auto* write : values) conflict.values.push_back(value_of_write(*write));
      out.push_back(std::move(conflict));
    }
  }
  return out;
}

Result<std::vector<HistoryEntry>> Engine::history(const SpaceId& id, const RecordId& record) {
  Works& works = *works_;
  TRY(Space * space, works.need(id));
  std::vector<HistoryEntry> out;
  if (space->erased.contains(record)) return out;
  TRY_VOID(works.store->for_each_after(0, [&](const StoredSegment& segment) -> Result<bool> {
    const auto& log = works.store->log(segment.log);
    if (log.space != space->ix || log.name.which != LogKind::data) return true;
    TRY(const auto opened, works.codec.open_own(segment.sealed, space->id, works.keys()));
    const Run& run = opened.run();
    const bool touched =
        std::any_of(run.records.begin(), run.records.end(),
                    [&](const RecordRow& row) { return row.salted && row.id == record; });
    if (!touched) return true;
    for (std::size_t t = 0; t < run.txns.size(); ++t)
      for (std::uint32_t p = run.txns[t].first_part; p < run.part_end(t); ++p) {
        if (run.records[run.parts[p].record].id != record) continue;
        HistoryEntry entry{{log.id, run.first + static_cast<Seq>(t), run.txns[t].hash},
                           member_id(log.name.author),
                           author_name(*space, log.name.author),
                           run.txns[t].stamp,
                           {},
                           run.parts[p].ref != RefType::existing};
        for (const auto& op : part_of(run, p).ops)
          entry.changes.push_back({op.field, op.type, op.value});
        out.push_back(std::move(entry));
      }
    return true;
  }));
  std::sort(out.begin(), out.end(), [](const HistoryEntry& a, const HistoryEntry& b) {
    return std::tie(a.at.ticks, a.entry.hash) < std::tie(b.at.ticks, b.entry.hash);
  });
  return out;
}

const Head* last_word(const std::vector<HistoryEntry>& history, const MemberId& me) {
  if (history.empty()) return nullptr;
  const auto mine = std::find_if(history.rbegin(), history.rend(),
                                 [&](const HistoryEntry& entry) { return entry.by == me; });
  return mine == history.rend() ? &history.back().entry : &mine->entry;
}

Result<std::vector<Holder>> Engine::holders(const SpaceId& id, const Head& entry) {
  Works& works = *works_;
  TRY(Space * space, works.need(id));
  std::vector<Holder> out;
  for (const auto& [member, receipt] : space->receipts) {
    const Member* current = space->authority.current(member);
    if (member == works.me || current == nullptr) continue;
    TRY(const bool holds, works.holds(receipt, entry));
    if (holds) out.push_back({member, current->name, current->role});
  }
  return out;
}

Result<std::vector<LogLine>> Engine::log(const SpaceId& id, std::optional<MemberId> member,
                                         std::size_t most) {
  Works& works = *works_;
  TRY(Space * space, works.need(id));
  std::vector<LogLine> out;
  TRY_VOID(works.store->for_each_after(0, [&](const StoredSegment& segment) -> Result<bool> {
    const auto& log = works.store->log(segment.log);
    const auto author = member_id(log.name.author);
    if (log.space != space->ix || log.name.which != LogKind::data || (member && author != *member))
      return true;
    TRY(const auto opened, works.codec.open_own(segment.sealed, space->id, works.keys()));
    const Run& run = opened.run();
    for (std::size_t t = 0; t < run.txns.size(); ++t) {
      LogLine line{run.txns[t].hash,  author, author_name(*space, log.name.author),
                   run.txns[t].stamp, {},     author == works.me};
      for (std::uint32_t p = run.txns[t].first_part; p < run.part_end(t); ++p)
        line.records.emplace_back(run.records[run.parts[p].record].id, run.parts[p].kind);
      out.push_back(std::move(line));
    }
    return true;
  }));
  std::sort(out.begin(), out.end(), [](const LogLine& a, const LogLine& b) {
    return std::tie(b.at.ticks, b.txn) < std::tie(a.at.ticks, a.txn);
  });
  if (out.size() > most) out.resize(most);
  return out;
}

Result<SpaceStatus> Engine::status(const SpaceId& id) {
  Works& works = *works_;
  TRY(Space * space, works.need(id));
  SpaceStatus out;
  TRY(out.info, this->space(id));
  TRY(out.records, works.projection->record_count(space->number));
  for (const auto ix : works.store->logs(space->ix)) {
    const auto& log = works.store->log(ix);
    const bool own = log.name.author == works.signing.key;
    const bool acts = log.name.which != LogKind::data;
    if (acts && !own) continue;
    Seq shared = 0;
    for (const auto& [member, receipt] : space->receipts)
      if (member != works.me && space->authority.current(member) != nullptr)
        for (const auto& head : heads_of(receipt.frontier, log.id))
          shared = std::max(shared, head.seq);
    for (const auto& head : works.store->heads(ix)) {
      if (acts) {
        out.unsent_acts += head.seq - std::min(head.seq, shared);
        continue;
      }
      out.transactions += head.seq;
      if (!own || head.seq <= shared) continue;
      out.unsent += head.seq - shared;
      TRY_VOID(works.store->runs_with(ix, shared + 1, [&](const Run& run) -> Status {
        const auto at = run.txns[shared + 1 - run.first].stamp.wall();
        if (!out.oldest_unsent || at < *out.oldest_unsent) out.oldest_unsent = at;
        return {};
      }));
    }
  }
  for (const auto arrival : works.projection->waiting())
    TRY_VOID(
        works.store->for_each_after(arrival - 1, [&](const StoredSegment& segment) -> Result<bool> {
          if (segment.arrival == arrival && works.store->log(segment.log).space == space->ix)
            out.waiting += segment.last - segment.first + 1;
          return false;
        }));
  out.masked = space->masked.size();
  out.reached = works.heard_of(*space, true);
  out.left = works.heard_of(*space, false);
  return out;
}

Result<std::vector<std::string>> Engine::verify() {
  Works& works = *works_;
  std::vector<std::string> problems;
  // Of the whole file, too: the log lies in it.
  TRY(const auto found, works.store->verify([&](const SpaceId& id, const RecordId& record) {
    const Space* space = works.find(id);
    return space != nullptr && (space->erased.contains(record) || space->dropped.contains(record));
  }));
  for (const auto& problem : found) problems.push_back(problem.what);
  TRY(auto rebuilt, works.empty_projection());
  for (const auto& space : works.spaces)
    rebuilt.set_erased(rebuilt.space_number(space.id), space.erased);
  TRY_VOID(rebuilt.begin());
  std::set<Arrival> waiting(works.projection->waiting().begin(), works.projection->waiting().end());
  TRY_VOID(works.store->for_each_after(0, [&](const StoredSegment& segment) -> Result<bool> {
    const auto& log = works.store->log(segment.log);
    if (log.name.which != LogKind::data || waiting.contains(segment.arrival)) return true;
    TRY(const auto run,
        works.codec.open_own(segment.sealed, works.store->space_id_of(log.space), works.keys()));
    const Space* space = works.find(works.store->space_id_of(log.space));
    Masked masked;
    for (const auto& txn : run.run().txns)
      masked.push_back(space != nullptr && space->masked.contains(txn.hash));
    TRY_VOID(rebuilt.merge(run.run(), masked, log.name.author == works.signing.key,
                           [&](const LogId& which, Seq seq, const TxnHash& hash) -> Result<Past> {
                             TRY(const auto past, works.past_of(which, seq, hash));
                             Past renumbered;
                             for (const auto& [number, seen] : past)
                               renumbered[rebuilt.log_number(works.projection->logs()[number])] =
                                   seen;
                             return renumbered;
                           }));
    return true;
  }));
  TRY_VOID(rebuilt.commit());
  for (const auto& space : works.spaces) {
    TRY(const auto shown_now, works.projection->canonical_digest(space.number));
    TRY(const auto from_log, rebuilt.canonical_digest(rebuilt.space_number(space.id)));
    if (shown_now != from_log)
      problems.push_back("what is shown of " + space.authority.name +
                         " differs from its log; it will be rebuilt");
  }
  if (!problems.empty()) works.image_wanted = true;
  return problems;
}

}  // namespace rukun
