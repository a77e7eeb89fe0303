// Bundles out and in: what every link, stick and file is made of.

#include <algorithm>

#include "app/engine/engine_works.h"

namespace rukun {

void add(ExchangeReport& to, ExchangeReport&& more) {
  for (auto& space : more.spaces) {
    const auto same =
        std::find_if(to.spaces.begin(), to.spaces.end(),
                     [&](const SpaceExchange& other) { return other.space == space.space; });
    if (same == to.spaces.end()) {
      to.spaces.push_back(std::move(space));
      continue;
    }
    same->sent += space.sent;
    same->received += space.received;
    same->gaps += space.gaps;
    same->waiting = space.waiting;
    same->merged.made += space.merged.made;
    same->merged.changed += space.merged.changed;
    same->merged.deleted += space.merged.deleted;
    same->merged.conflicts += space.merged.conflicts;
    for (const auto& [kind, deleted] : space.merged.deleted_by_kind)
      same->merged.deleted_by_kind[kind] += deleted;
  }
  to.bytes_in += more.bytes_in;
  to.bytes_out += more.bytes_out;
  for (auto& refused : more.refused) to.refused.push_back(std::move(refused));
}

// One's own receipt: signed anew whenever something durable was added since.
Result<const SignedFrontier*> Engine::Works::my_receipt(Space& space) {
  auto frontier = store->frontier(space.ix);
  const auto known = space.receipts.find(me);
  if (known != space.receipts.end() && known->second.frontier == frontier) return &known->second;
  const std::uint64_t counter = known == space.receipts.end() ? 1 : known->second.counter + 1;
  TRY_VOID(keep_receipt(
      space, sign_frontier(space.id, signing, counter, context.clock.now(), std::move(frontier))));
  return &space.receipts.at(me);
}

Frontier Engine::Works::known_frontier(const Space& space,
                                       const std::optional<MemberId>& member) const {
  if (!member) return {};
  const auto known = space.receipts.find(*member);
  return known == space.receipts.end() ? Frontier{} : known->second.frontier;
}

Engine::Works::Seen Engine::Works::seen_by(Space& space, const SignedFrontier& receipt) const {
  Seen out;
  for (const auto ix : store->logs(space.ix)) {
    const auto& log = store->log(ix);
    if (log.name.author != signing.key || log.name.which != LogKind::data) continue;
    Seq most = 0;
    for (const auto& head : heads_of(receipt.frontier, log.id)) most = std::max(most, head.seq);
    Seq have = 0;
    for (const auto& head : store->heads(ix)) have = std::max(have, head.seq);
    out.seen += std::min(most, have);
    out.lacks += have - std::min(most, have);
  }
  return out;
}

// A head beyond the entry has it in its past, unless the log forked: then its branch is walked, and
// what is not known to us is not claimed.
Result<bool> Engine::Works::holds(const SignedFrontier& receipt, const Head& entry) {
  const auto ix = store->find_log(entry.log);
  const bool forked = ix && store->heads(*ix).size() > 1;
  for (const Head& head : heads_of(receipt.frontier, entry.log)) {
    if (head.seq < entry.seq) continue;
    if (head.hash == entry.hash || (!forked && head.seq > entry.seq)) return true;
    Seq seq = forked ? head.seq : 0;
    TxnHash at = head.hash;
    while (seq > entry.seq) {
      std::optional<std::pair<Seq, TxnHash>> before;
      TRY_VOID(store->runs_with(*ix, seq, [&](const Run& run) -> Status {
        if (run.txns[seq - run.first].hash != at) return {};
        before = run.first <= entry.seq ? std::pair(entry.seq, run.txns[entry.seq - run.first].hash)
                                        : std::pair(run.first - 1, run.before);
        return {};
      }));
      if (!before) break;
      std::tie(seq, at) = *before;
    }
    if (at == entry.hash) return true;
  }
  return false;
}

std::string head_name(const Member* member, const MemberId& id) {
  return member != nullptr ? member->name : id.hex().substr(0, 8);
}

Status Engine::Works::write_section(BundleWriter& out, Space& space,
                                    const std::vector<LackingPiece>& pieces,
                                    ExchangeReport& report) {
  const auto key = epoch_keys.find(space.item.epoch);
  if (key == epoch_keys.end())
    return error(Code::not_allowed, "this laptop has no key of the neighborhood yet",
                 "exchange data once with the head");
  TRY_VOID(out.begin_space(space.id));
  for (const auto& [hash, bytes] : space.envelopes) TRY_VOID(out.envelope(bytes));
  TRY_VOID(my_receipt(space));
  for (const auto& [member, receipt] : space.receipts)
    TRY_VOID(out.frontier(receipt, space.item.epoch, key->second));
  SpaceExchange counts;
  counts.space = space.id;
  for (const auto& piece : pieces) {
    TRY(const auto bytes, store->read(piece));
    TRY_VOID(out.segment(bytes));
    if (store->log(piece.log).name.which == LogKind::data)
      counts.sent += piece.last - piece.from + 1;
  }
  report.spaces.push_back(std::move(counts));
  return out.end_space(space.item.epoch, key->second);
}

namespace {
// What is read from one bundle, space by space, with one durable commit a batch.
class BundleIntake {
 public:
  BundleIntake(Engine::Works& works, std::string name) : works_(works), name_(std::move(name)) {}

  Status chunk(const BundleReader& reader, const Chunk& chunk) {
    if (chunk.type == ChunkType::space) return enter(chunk);
    if (chunk.type == ChunkType::envelope)
      return note(chunk, works_.take_envelope(chunk.bytes), true);
    // Before a newcomer's envelope came, the section's space may have been unknown.
    if (space_ == nullptr) space_ = space_with(tag_);
    if (space_ == nullptr) {
      foreign_ = true;
      ended_ = ended_ || chunk.type == ChunkType::end;
      return ours_after_all(chunk);
    }
    received_[space_->id];  // is named in the report, also when nothing new comes
    if (chunk.type == ChunkType::frontier)
      return note(chunk, works_.take_receipt(*space_, chunk.bytes), false);
    if (chunk.type == ChunkType::segment) return segment(chunk);
    if (chunk.type == ChunkType::end) {
      TRY_VOID(note(chunk, reader.check_end(chunk, space_->id, works_.keys()), false));
      ended_ = true;
      return leave();
    }
    return {};
  }

  // Settles what was read, also when the bundle broke off.
  Status leave() {
    if (batch_open_) {
      batch_open_ = false;
      TRY_VOID(works_.store->commit_batch());
    }
    TRY_VOID(works_.believe(received_, report));
    of_removed_ = of_removed_ || (space_ != nullptr && space_->told_removed);
    space_ = nullptr;
    return {};
  }

  void abandon() {
    if (batch_open_) works_.store->roll_back_batch();
    batch_open_ = false;
  }

  // Who was removed has no later key: that is said once, not piece by piece.
  void forgive_removed() {
    if (of_removed_)
      std::erase_if(report.refused,
                    [](const Refused& one) { return one.error.code == Code::foreign; });
  }

  bool only_foreign() const { return foreign_ && report.spaces.empty() && report.refused.empty(); }

  ExchangeReport report;

 private:
  Space* space_with(const FolderTag& tag) {
    for (auto& space : works_.spaces)
      if (space_tag(space.id) == tag) return &space;
    return nullptr;
  }

  Status enter(const Chunk& chunk) {
    if (!ended_)
      TRY_VOID(note(chunk, error(Code::damaged, "the section before it has no end"), false));
    ended_ = false;
    TRY_VOID(leave());
    const auto tag = FolderTag::from(chunk.bytes);
    if (!tag)
      return note(chunk, error(Code::damaged, "a section of the bundle names no neighborhood"),
                  false);
    tag_ = *tag;
    space_ = space_with(tag_);
    return {};
  }

  // A section that names no neighborhood of ours, but ends under a key of ours: its name is
  // damaged.
  Status ours_after_all(const Chunk& chunk) {
    if (chunk.type != ChunkType::end || chunk.bytes.size() < EpochId::kSize) return {};
    const auto epoch = EpochId::from(ByteView(chunk.bytes).first(EpochId::kSize));
    if (works_.keys()(*epoch) == nullptr) return {};
    return note(chunk, error(Code::damaged, "the name of the section before it is damaged"), false);
  }

  Status segment(const Chunk& chunk) {
    if (!batch_open_) {
      TRY_VOID(works_.store->begin_batch());
      batch_open_ = true;
    }
    return note(chunk, works_.take_segment(*space_, chunk.bytes, received_[space_->id]), false);
  }

  // What the input did wrong is noted and the rest goes on; what this laptop cannot do ends the
  // import.
  Status note(const Chunk& chunk, Status status, bool quietly_foreign) {
    if (status) return {};
    const Code code = status.error().code;
    if (code == Code::full || code == Code::io || code == Code::busy) return status;
    if (quietly_foreign && code == Code::foreign) return {};
    auto problem = std::move(status).error();
    problem.message += " (chunk at byte " + std::to_string(chunk.offset) + ")";
    report.refused.push_back({name_, std::move(problem)});
    return {};
  }

  Engine::Works& works_;
  std::string name_;
  FolderTag tag_;
  Space* space_ = nullptr;
  ReceivedBySpace received_;
  bool batch_open_ = false;
  bool foreign_ = false;
  bool ended_ = true;  // no section is open
  bool of_removed_ = false;
};
}  // namespace

namespace {
tl::unexpected<Error> give_up(Engine::Works& works, BundleIntake& intake, const Status& why) {
  Error failure = why.error();
  intake.abandon();
  if (const auto forgotten = works.forget_unstored(); !forgotten)
    failure.hint = Engine::Works::open_again(forgotten.error());
  return tl::make_unexpected(std::move(failure));
}
}  // namespace

Result<ExchangeReport> Engine::Works::read_bundle(const Source& source, const std::string& input) {
  TRY_VOID(catch_up());
  BundleReader reader([&](std::span<std::uint8_t> out) { return source(out); });
  BundleIntake intake(*this, input);
  for (;;) {
    auto chunk = reader.next();
    if (!chunk) {
      intake.report.refused.push_back({input, std::move(chunk).error()});
      break;
    }
    if (!*chunk) break;
    if (const auto taken = intake.chunk(reader, **chunk); !taken)
      return give_up(*this, intake, taken);
  }
  if (const auto left = intake.leave(); !left) return give_up(*this, intake, left);
  if (intake.only_foreign())
    intake.report.refused.push_back(
        {input, Error{Code::foreign,
                      input + " belongs to a neighborhood that this profile is not a member of",
                      "join it first with its invitation"}});
  intake.forgive_removed();
  intake.report.bytes_in = reader.offset();
  return std::move(intake.report);
}

// What is due is done also when nothing new came; and who was removed has no later key, which is
// said once, not file by file.
Status Engine::Works::end_reading(Space& space, ExchangeReport& report) {
  if (std::exchange(space.duties, false)) TRY_VOID(after_acts(space));
  if (space.told_removed)
    std::erase_if(report.refused,
                  [](const Refused& one) { return one.error.code == Code::foreign; });
  return {};
}

// Whose receipts are here: of others who are members, or of those who are not any more.
std::vector<ReachedMember> Engine::Works::heard_of(Space& space, bool members) {
  std::vector<ReachedMember> out;
  for (const auto& [id, receipt] : space.receipts) {
    if (id == me || (space.authority.current(id) != nullptr) != members) continue;
    const auto own = seen_by(space, receipt);
    out.push_back({id, head_name(space.authority.find(id), id), own.seen, receipt.at, own.lacks});
  }
  return out;
}

void Engine::Works::count_reached(Space& space, ExchangeReport& report) {
  for (auto& one : heard_of(space, true)) report.reached.push_back(std::move(one));
}

Status Engine::Works::count_many_deleted(ExchangeReport& report) {
  for (const auto& one : report.spaces) {
    const Space* space = find(one.space);
    if (space == nullptr) continue;
    for (const auto& [kind, deleted] : one.merged.deleted_by_kind) {
      if (deleted < 10 || projection->table(kind) == nullptr) continue;
      Query query;
      query.kind = kind;
      query.spaces = {space->number};
      TRY(const auto left, projection->count(query));
      if (deleted * 5 > left + deleted)
        report.many_deleted.push_back({one.space, kind, deleted, left + deleted});
    }
  }
  return {};
}

namespace {
Source source_of(FileReader& reader) {
  return [&reader](std::span<std::uint8_t> out) { return reader.read(out); };
}
}  // namespace

Result<ExchangeReport> Engine::export_bundle(const Path& file, std::optional<MemberId> for_member,
                                             std::optional<SpaceId> only) {
  Works& works = *works_;
  TRY(const bool there, works.context.files.exists(file));
  TRY(auto writer,
      works.context.files.open_writer(file, there ? WriteAs::replacement : WriteAs::new_verified));
  BundleWriter out([&](ByteView bytes) { return writer->write(bytes); }, works.context.random);
  ExchangeReport report;
  for (auto& space : works.spaces) {
    if (only && *only != space.id) continue;
    if (for_member && space.authority.current(*for_member) == nullptr) continue;
    TRY(const auto pieces,
        works.store->missing_for(space.ix, works.known_frontier(space, for_member)));
    TRY_VOID(works.write_section(out, space, pieces, report));
  }
  if (report.spaces.empty())
    return error(Code::not_found,
                 for_member ? "no neighborhood of this profile has that member"
                            : "this profile belongs to no neighborhood yet",
                 "rukunctl member list shows who is there");
  TRY_VOID(out.finish());
  TRY_VOID(writer->finish());
  report.bytes_out = out.bytes();
  return report;
}

Result<ExchangeReport> Engine::import_bundle(const Path& file) {
  Works& works = *works_;
  TRY(auto reader, works.context.files.open_reader(file));
  TRY(auto report, works.read_bundle(source_of(*reader), file.string()));
  TRY_VOID(works.drop_erased());
  for (auto& space : works.spaces) works.count_reached(space, report);
  TRY_VOID(works.count_many_deleted(report));
  return report;
}

}  // namespace rukun
