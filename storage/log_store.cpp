#include "storage/log_store.h"

#include <algorithm>

#include "platform/base/check.h"
#include "storage/log_works.h"
#include "sync/limits.h"
#include "sync/wire.h"

namespace rukun {

namespace {

constexpr Label kNameLabel("rukun/lognames/1");
constexpr int kEffortNow = 3;

// Binds a sealed name to its row.
Bytes associated_data(std::string_view table, std::uint32_t ix) {
  Writer out;
  out.raw(view(table));
  out.u64(ix);
  return std::move(out.out);
}

Bytes encode_name(const LogName& name) {
  Writer out;
  out.raw(name.space);
  out.raw(name.author);
  out.raw(name.incarnation);
  out.u8(static_cast<std::uint8_t>(name.which));
  return std::move(out.out);
}

Result<LogName> decode_name(ByteView bytes) {
  Reader in(bytes);
  LogName name;
  name.space = in.id<SpaceId>();
  name.author = in.id<SigningKey>();
  name.incarnation = in.id<Incarnation>();
  const auto which = in.u8();
  if (which != 1 && which != 2) in.fail("a log of an unknown sort");
  name.which = static_cast<LogKind>(which);
  TRY_VOID(in.finish("the name of a log"));
  return name;
}

tl::unexpected<Error> failed_batch() {
  return error(Code::io, "a write failed, so nothing of this batch was stored", "try again");
}

}  // namespace

LogStore::LogStore(std::unique_ptr<Works> works) : works_(std::move(works)) {}
LogStore::LogStore(LogStore&&) noexcept = default;
LogStore& LogStore::operator=(LogStore&&) noexcept = default;
LogStore::~LogStore() = default;

Result<LogStore> LogStore::open(Vault& vault, EpochKeys keys, Random& random) {
  auto works = std::make_unique<Works>(vault, std::move(keys), random);
  TRY_VOID(works->prepare());
  TRY_VOID(works->load());
  return LogStore(std::move(works));
}

Status LogStore::Works::prepare() {
  name_key = vault.subkey(kNameLabel);
  TRY(insert_space, db.prepare("INSERT INTO space(ix, id) VALUES(?1, ?2)"));
  TRY(insert_log, db.prepare("INSERT INTO log(ix, space, name) VALUES(?1, ?2, ?3)"));
  TRY(insert_segment,
      db.prepare("INSERT INTO segment(arrival, log, first, last, before, \"end\", within, epoch, "
                 "bytes) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
  TRY(read_bytes, db.prepare("SELECT bytes, first, last FROM segment "
                             "WHERE arrival = ?1 AND log = ?2"));
  TRY(read_rows, db.prepare("SELECT arrival, log, first, last, bytes FROM segment "
                            "WHERE arrival > ?1 ORDER BY arrival"));
  return {};
}

Status LogStore::Works::load() {
  TRY_VOID(load_names());
  TRY(auto rows, db.prepare("SELECT arrival, log, first, last, before, \"end\", within, epoch, "
                            "length(bytes) FROM segment ORDER BY arrival"));
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) return {};
    load_segment(rows);
  }
}

Status LogStore::Works::load_names() {
  TRY(auto spaces, db.prepare("SELECT ix, id FROM space ORDER BY ix"));
  while (true) {
    TRY(const bool row, spaces.step());
    if (!row) break;
    const auto ix = index.space_count();
    TRY(const auto plain,
        open_sealed(name_key.view(), spaces.blob(1), associated_data("space", ix)));
    const auto id = SpaceId::from(plain);
    if (spaces.integer(0) != ix || !id)
      return error(Code::damaged, "the list of spaces in the vault is damaged");
    index.add_space(*id);
  }
  TRY(auto logs, db.prepare("SELECT ix, space, name FROM log ORDER BY ix"));
  while (true) {
    TRY(const bool row, logs.step());
    if (!row) return {};
    const auto ix = index.log_count();
    const auto space = logs.integer(1);
    TRY(const auto plain, open_sealed(name_key.view(), logs.blob(2), associated_data("log", ix)));
    TRY(const auto name, decode_name(plain));
    if (logs.integer(0) != ix || space < 0 || space >= index.space_count() ||
        index.space(static_cast<SpaceIx>(space)) != name.space)
      return error(Code::damaged, "the list of logs in the vault is damaged");
    index.add_log(static_cast<SpaceIx>(space), name);
  }
}

void LogStore::Works::misplaced(Arrival arrival, std::string what) {
  unplaced.push_back({arrival, std::move(what)});
}

// A row that fits nowhere is left out and reported by verify(): then the frontier does not claim
// it, and neighbors send it again.
void LogStore::Works::load_segment(Stmt& row) {
  const auto arrival = row.integer(0);
  last_arrival = std::max(last_arrival, arrival);
  const auto log_ix = row.integer(1);
  const auto before = row.id<TxnHash>(4);
  const auto end = row.id<TxnHash>(5);
  const auto within = row.id<TxnHash>(6);
  const auto epoch = row.id<EpochId>(7);
  if (log_ix < 0 || log_ix >= index.log_count() || !before || !end || !epoch)
    return misplaced(arrival, "its columns are damaged");
  const auto& log = index.log(static_cast<LogIx>(log_ix));
  SegmentMeta meta;
  meta.arrival = arrival;
  meta.first = static_cast<Seq>(row.integer(2));
  meta.last = static_cast<Seq>(row.integer(3));
  meta.end = *end;
  meta.epoch = index.epoch_number(*epoch);
  meta.bytes = static_cast<std::uint32_t>(row.integer(8));
  if (meta.first == 0 || meta.last < meta.first)
    return misplaced(arrival, "its columns are damaged");
  if (meta.first > 1) {
    const auto& segments = log.segments;
    for (auto i = static_cast<SegmentIx>(segments.size()); i-- > 0;) {
      const auto& parent = segments[i];
      const bool inside =
          within && parent.end == *within && parent.first < meta.first && meta.first <= parent.last;
      if (inside || (!within && parent.end == *before && parent.last + 1 == meta.first)) {
        meta.parent = i;
        break;
      }
    }
    if (meta.parent == kNoSegment) return misplaced(arrival, "what comes before it is missing");
  } else if (*before != before_first(log.info.id)) {
    return misplaced(arrival, "it does not begin its log");
  }
  stored_bytes += meta.bytes;
  index.add_segment(static_cast<LogIx>(log_ix), meta);
}

Result<SpaceIx> LogStore::add_space(const SpaceId& space) {
  auto& w = *works_;
  if (const auto found = w.index.find_space(space)) return *found;
  const auto ix = w.index.space_count();
  const auto sealed = seal(w.name_key.view(), space, associated_data("space", ix), w.random);
  auto done = w.insert_space.bind(1, std::int64_t{ix}).bind(2, ByteView(sealed)).run();
  if (!done) {
    w.batch_failed = w.batch.has_value();
    return tl::make_unexpected(std::move(done).error());
  }
  return w.index.add_space(space);
}

std::optional<SpaceIx> LogStore::find_space(const SpaceId& space) const {
  return works_->index.find_space(space);
}
const SpaceId& LogStore::space_id_of(SpaceIx space) const { return works_->index.space(space); }
SpaceIx LogStore::space_count() const { return works_->index.space_count(); }
LogIx LogStore::log_count() const { return works_->index.log_count(); }
const LogInfo& LogStore::log(LogIx ix) const { return works_->index.log(ix).info; }
std::optional<LogIx> LogStore::find_log(const LogId& id) const {
  return works_->index.find_log(id);
}
Arrival LogStore::last_arrival() const { return works_->last_arrival; }
std::uint64_t LogStore::stored_bytes() const { return works_->stored_bytes; }

std::vector<LogIx> LogStore::logs(SpaceIx space) const {
  auto found = works_->index.logs_of(space);
  std::stable_partition(found.begin(), found.end(), [&](LogIx ix) {
    return works_->index.log(ix).info.name.which == LogKind::authority;
  });
  return found;
}

std::vector<Head> LogStore::heads(LogIx ix) const {
  const auto& log = works_->index.log(ix);
  std::vector<Head> found;
  found.reserve(log.heads.size());
  for (const auto head : log.heads) found.push_back(log.head(head));
  std::sort(found.begin(), found.end());
  return found;
}

Frontier LogStore::frontier(SpaceIx space) const {
  Frontier frontier;
  for (const auto ix : works_->index.logs_of(space)) {
    const auto& log = works_->index.log(ix);
    for (const auto head : log.heads) frontier.heads.push_back(log.head(head));
  }
  std::sort(frontier.heads.begin(), frontier.heads.end());
  return frontier;
}

Status LogStore::begin_batch() {
  auto& w = *works_;
  CHECK_BUG(!w.batch);
  TRY(auto transaction, Transaction::begin(w.db));
  w.batch.emplace(std::move(transaction));
  w.batch_failed = false;
  w.arrival_before_batch = w.last_arrival;
  w.bytes_before_batch = w.stored_bytes;
  w.index.mark();
  return {};
}

Status LogStore::commit_batch() {
  auto& w = *works_;
  CHECK_BUG(w.batch);
  // After some errors SQLite has rolled back by itself; then there is nothing to commit.
  if (w.batch_failed || !w.db.in_transaction()) {
    roll_back_batch();
    return failed_batch();
  }
  if (auto done = w.batch->commit(); !done) {
    roll_back_batch();
    return done;
  }
  w.batch.reset();
  w.index.keep();
  return {};
}

void LogStore::roll_back_batch() {
  auto& w = *works_;
  CHECK_BUG(w.batch);
  w.batch.reset();
  w.index.undo();
  w.last_arrival = w.arrival_before_batch;
  w.stored_bytes = w.bytes_before_batch;
}

Result<Run> LogStore::Works::open_segment(const LogTree& log, const SegmentMeta& segment) {
  read_bytes.bind(1, segment.arrival).bind(2, std::int64_t{log.info.ix});
  TRY(const bool row, read_bytes.step());
  if (!row) return error(Code::damaged, "a stored segment is missing");
  auto opened = codec.open_own(read_bytes.blob(0), log.info.name.space, keys);
  read_bytes.reset();
  if (!opened) return tl::make_unexpected(std::move(opened).error());
  Run run = opened->run();
  if (run.log != log.info.id || run.first != segment.first || run.end() != segment.end)
    return error(Code::damaged, "a stored segment is not what its row says");
  return run;
}

Result<Bytes> LogStore::Works::seal_run(const Run& run, const EpochId& epoch, int effort) {
  const auto* key = keys(epoch);
  if (key == nullptr) return error(Code::foreign, "there is no key for this epoch");
  return codec.seal(run, epoch, *key, effort, random);
}

Result<SegmentIx> LogStore::Works::locate(const LogTree& log, const Head& entry) {
  const auto end = log.find_end(entry.seq, entry.hash);
  if (end != kNoSegment) return end;
  for (const auto ix : log.covering(entry.seq)) {
    if (log.segments[ix].last == entry.seq) continue;
    TRY(const auto run, open_segment(log, log.segments[ix]));
    if (hash_at(run, entry.seq) == entry.hash) return ix;
  }
  return kNoSegment;
}

// Looks inside the segments that hold the entry after the best one known, since a run may end or
// diverge there.
Status LogStore::Works::improve(const LogTree& log, const Run& run,
                                std::optional<Placement>& best) {
  bool better = true;
  while (better && !(best && best->known_to == run.last())) {
    better = false;
    const Seq wanted = best ? best->known_to + 1 : run.first - 1;
    for (const auto ix : log.covering(wanted)) {
      const auto& segment = log.segments[ix];
      TRY(const auto held, open_segment(log, segment));
      const Seq least = std::max(run.first, segment.first);
      Seq seq = std::min(run.last(), segment.last);
      while (seq >= least && hash_at(held, seq) != hash_at(run, seq)) --seq;
      const bool before_matches =
          seq < least && segment.first < run.first && hash_at(held, run.first - 1) == run.before;
      if (seq < least && !before_matches) continue;
      if (best && seq <= best->known_to) continue;
      best = Placement{AppendOutcome::forked, seq, ix};
      better = true;
    }
  }
  return {};
}

Result<LogStore::Works::Placement> LogStore::Works::place(const LogTree& log, const Run& run) {
  for (const auto head : log.heads)
    if (log.segments[head].last + 1 == run.first && log.segments[head].end == run.before)
      return Placement{AppendOutcome::extended, run.first - 1, head};
  std::optional<Placement> best;
  if (run.first == 1) {
    best = Placement{AppendOutcome::forked, 0, kNoSegment};
  } else if (const auto ix = log.find_end(run.first - 1, run.before); ix != kNoSegment) {
    best = Placement{AppendOutcome::forked, run.first - 1, ix};
  }
  for (const auto ix : log.ending_in(run.first, run.last())) {
    const auto& segment = log.segments[ix];
    if (segment.end == hash_at(run, segment.last) && (!best || segment.last > best->known_to))
      best = Placement{AppendOutcome::forked, segment.last, ix};
  }
  TRY_VOID(improve(log, run, best));
  if (!best) return Placement{};
  if (best->known_to == run.last()) {
    best->outcome = AppendOutcome::known;
  } else if (best->parent != kNoSegment && log.segments[best->parent].last == best->known_to &&
             log.is_head(best->parent)) {
    best->outcome = AppendOutcome::extended;
  }
  return *best;
}

Status LogStore::Works::write_rows(LogIx log, SpaceIx space, bool new_log, const Run& run,
                                   const EpochId& epoch, ByteView sealed, const TxnHash* within) {
  if (new_log) {
    const auto name =
        seal(name_key.view(), encode_name(run.name), associated_data("log", log), random);
    TRY_VOID(insert_log.bind(1, std::int64_t{log})
                 .bind(2, std::int64_t{space})
                 .bind(3, ByteView(name))
                 .run());
  }
  insert_segment.bind(1, last_arrival + 1)
      .bind(2, std::int64_t{log})
      .bind(3, std::int64_t{run.first})
      .bind(4, std::int64_t{run.last()})
      .bind(5, ByteView(run.before))
      .bind(6, ByteView(run.end()))
      .bind(8, ByteView(epoch))
      .bind(9, sealed);
  if (within != nullptr)
    insert_segment.bind(7, ByteView(*within));
  else
    insert_segment.bind_null(7);
  return insert_segment.run();
}

Status LogStore::Works::insert(LogIx log, bool new_log, const Run& run, const EpochId& epoch,
                               ByteView sealed, SegmentIx parent) {
  const auto space = *index.find_space(run.name.space);
  const TxnHash* within = nullptr;
  if (parent != kNoSegment && index.log(log).segments[parent].last + 1 != run.first)
    within = &index.log(log).segments[parent].end;
  // One row alone commits by itself, which is as quick as SQLite gets.
  if (new_log && !batch) {
    TRY(auto transaction, Transaction::begin(db));
    TRY_VOID(write_rows(log, space, new_log, run, epoch, sealed, within));
    TRY_VOID(transaction.commit());
  } else if (auto done = write_rows(log, space, new_log, run, epoch, sealed, within); !done) {
    batch_failed = batch.has_value();
    return done;
  }
  if (new_log) index.add_log(space, run.name);
  SegmentMeta meta;
  meta.arrival = ++last_arrival;
  meta.first = run.first;
  meta.last = run.last();
  meta.end = run.end();
  meta.parent = parent;
  meta.epoch = index.epoch_number(epoch);
  meta.bytes = static_cast<std::uint32_t>(sealed.size());
  stored_bytes += meta.bytes;
  index.add_segment(log, meta);
  return {};
}

Result<Appended> LogStore::append(const VerifiedRun& verified, const EpochId& epoch,
                                  ByteView sealed) {
  auto& w = *works_;
  if (w.batch && (w.batch_failed || !w.db.in_transaction())) return failed_batch();
  const Run& run = verified.run();
  const auto space = w.index.find_space(run.name.space);
  if (!space) return error(Code::not_found, "a run of a space that this vault does not keep");
  if (run.first == 1 && run.before != before_first(run.log))
    return error(Code::damaged, "a run that does not begin its log");
  const auto known_log = w.index.find_log(run.log);
  Works::Placement place;
  if (known_log) {
    TRY(place, w.place(w.index.log(*known_log), run));
  } else if (run.first == 1) {
    place.outcome = AppendOutcome::extended;
  }
  Appended out;
  out.outcome = place.outcome;
  out.log = known_log.value_or(w.index.log_count());
  out.known_to = place.known_to;
  if (out.outcome == AppendOutcome::known || out.outcome == AppendOutcome::gap) return out;
  if (!known_log && w.index.logs_of(*space).size() >= limits::kLogsInFrontier)
    return error(Code::not_allowed, "the neighborhood has too many logs");
  if (out.outcome == AppendOutcome::forked &&
      w.index.log(out.log).heads.size() >= limits::kHeadsInLog)
    return error(Code::not_allowed, "a log has too many branches");

  if (place.known_to >= run.first) out.suffix = after(run, place.known_to);
  const Run& fresh = out.fresh(verified);
  auto stored_epoch = epoch;
  Bytes resealed;
  if (sealed.empty() || out.suffix) {
    TRY(resealed, w.seal_run(fresh, epoch, kEffortNow));
    sealed = resealed;
  } else {
    TRY(const auto header, read_segment_header(sealed));
    if (header.first != run.first || header.end != run.end())
      return error(Code::damaged, "a run that is not in the segment it is said to come from");
    stored_epoch = header.epoch;
  }
  TRY_VOID(w.insert(out.log, !known_log, fresh, stored_epoch, sealed, place.parent));
  out.arrival = w.last_arrival;
  return out;
}

Result<bool> LogStore::has(const Head& entry) {
  const auto ix = works_->index.find_log(entry.log);
  if (!ix) return false;
  TRY(const auto found, works_->locate(works_->index.log(*ix), entry));
  return found != kNoSegment;
}

Status LogStore::runs_with(LogIx ix, Seq seq, const std::function<Status(const Run&)>& each) {
  const auto& log = works_->index.log(ix);
  for (const auto segment : log.covering(seq)) {
    TRY(const auto run, works_->open_segment(log, log.segments[segment]));
    TRY_VOID(each(run));
  }
  return {};
}

Status LogStore::for_each_after(Arrival after,
                                const std::function<Result<bool>(const StoredSegment&)>& each) {
  auto& rows = works_->read_rows;
  rows.bind(1, after);
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) return {};
    StoredSegment segment;
    segment.arrival = rows.integer(0);
    segment.log = static_cast<LogIx>(rows.integer(1));
    segment.first = static_cast<Seq>(rows.integer(2));
    segment.last = static_cast<Seq>(rows.integer(3));
    segment.sealed = rows.blob(4);
    auto more = segment.log < works_->index.log_count() ? each(segment) : Result<bool>(true);
    if (!more || !*more) {
      rows.reset();
      if (!more) return tl::make_unexpected(std::move(more).error());
      return {};
    }
  }
}

}  // namespace rukun
