// Unlocking: keys, neighborhoods, the projection's image and the log's tail.

#include <unordered_map>

#include "app/domain/schema.h"
#include "app/engine/engine_works.h"
#include "sync/limits.h"
#include "sync/wire.h"

namespace rukun {

namespace {
constexpr std::size_t kImagePiece = 1024 * 1024;
constexpr std::size_t kRunsAtOnce = 256;               // merged together in a replay
constexpr Arrival kTailWorthAnImage = 200;             // entries; fewer are replayed
constexpr std::uint64_t kRecordsWorthAnImage = 2'000;  // in however few

// What stands before the pieces of a sealed image.
struct ImageHead {
  std::uint64_t size = 0;
  std::uint32_t pieces = 0;
  Arrival arrival = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(size, pieces, arrival);
  }
};

Bytes piece_key(std::uint32_t piece) {
  Writer key;
  key.u8('p');
  key.varint(piece);
  return std::move(key.out);
}
}  // namespace

EpochKeys Engine::Works::keys() {
  return [this](const EpochId& epoch) -> const Secret* {
    const auto found = epoch_keys.find(epoch);
    return found == epoch_keys.end() ? nullptr : &found->second;
  };
}

Space* Engine::Works::find(const SpaceId& id) {
  for (auto& space : spaces)
    if (space.id == id) return &space;
  return nullptr;
}

Result<Space*> Engine::Works::need(const SpaceId& id) {
  if (Space* space = find(id)) return space;
  return error(Code::not_found,
               "there is no neighborhood " + id.hex().substr(0, 12) + " in this profile",
               "rukunctl space list shows them");
}

Status Engine::Works::open() {
  TRY(const auto token, check_token(vault, context.files, context.state, context.random));
  incarnation = token.incarnation;
  if (token.minted && token.reason != TwinReason::first_unlock)
    notices.push_back(
        {"Data ini mungkin punya salinan di tempat lain; catatan baru ditulis terpisah, tidak ada "
         "yang hilang.",
         "This data may have a copy elsewhere; new entries are kept apart, nothing is lost."});
  TRY_VOID(load_identity());
  TRY_VOID(load_epoch_keys());
  TRY(store, LogStore::open(vault, keys(), context.random));
  TRY_VOID(load_projection());
  TRY_VOID(load_spaces());
  TRY_VOID(load_dropped());
  TRY_VOID(load_judgements());
  TRY_VOID(replay());
  overwrite_again();
  return {};
}

Status Engine::Works::load_identity() {
  TRY(auto signing_seed, vault.get_secret(ItemClass::identity, view("signing")));
  TRY(auto box_seed, vault.get_secret(ItemClass::identity, view("box")));
  TRY(const auto stored_name, vault.get(ItemClass::identity, view("name")));
  if (!signing_seed || !box_seed || !stored_name || signing_seed->size() != 32 ||
      box_seed->size() != 32)
    return error(Code::damaged, "the vault lacks this member's keys", "restore a backup");
  signing = signing_pair_from_seed(signing_seed->view());
  box = box_pair_from_seed(box_seed->view());
  me = member_id(signing.key);
  name = std::string(text_of(*stored_name));
  return {};
}

Status Engine::Works::load_epoch_keys() {
  std::map<EpochId, Secret> found;
  TRY_VOID(vault.each(ItemClass::epoch_key, [&](ByteView key, Secret value) -> Status {
    if (const auto id = EpochId::from(key)) found.emplace(*id, std::move(value));
    return {};
  }));
  epoch_keys = std::move(found);
  return {};
}

Status Engine::Works::load_spaces() {
  std::vector<std::pair<SpaceId, SpaceItem>> found;
  TRY_VOID(vault.each(ItemClass::space, [&](ByteView key, Secret value) -> Status {
    const auto id = SpaceId::from(key);
    if (!id) return error(Code::damaged, "a neighborhood in the vault has no sound id");
    TRY(auto item,
        decode<SpaceItem>(value.view(), "a neighborhood in the vault", limits::kActBytes));
    found.emplace_back(*id, std::move(item));
    return {};
  }));
  for (auto& [id, item] : found) {
    Space& space = spaces.emplace_back();
    space.id = id;
    space.item = std::move(item);
    TRY(space.ix, store->add_space(id));
    space.number = projection->space_number(id);
  }
  std::sort(spaces.begin(), spaces.end(),
            [](const Space& a, const Space& b) { return a.ix < b.ix; });
  TRY_VOID(load_items());
  return read_acts();
}

// Of all neighborhoods in one walk: an office has hundreds.
Status Engine::Works::load_items() {
  TRY_VOID(vault.each(ItemClass::envelope, [&](ByteView key, Secret value) -> Status {
    TRY(const auto envelope, decode_own_envelope(value.view()));
    if (Space* space = find(envelope.space)) {
      space->envelopes[*TxnTag::from(key)] = Bytes(value.view().begin(), value.view().end());
      note_boxes(*space, envelope);
    }
    return {};
  }));
  return vault.each(ItemClass::frontier, [&](ByteView, Secret value) -> Status {
    TRY(auto receipt, decode_frontier(value.view()));
    if (Space* space = find(receipt.space))
      space->receipts[member_id(receipt.member)] = std::move(receipt);
    return {};
  });
}

Status Engine::Works::keep_epoch_key(const Secret& key) {
  const auto id = epoch_id(key);
  if (epoch_keys.contains(id)) return {};
  TRY_VOID(vault.put(ItemClass::epoch_key, id, key.view(), context.random));
  epoch_keys.emplace(id, key.clone());
  return {};
}

Status Engine::Works::forget_unstored() {
  TRY_VOID(load_epoch_keys());
  for (auto space = spaces.begin(); space != spaces.end();) {
    TRY(const auto stored, vault.get_secret(ItemClass::space, space->id));
    if (!stored) {
      space = spaces.erase(space);
      continue;
    }
    TRY(space->item,
        decode<SpaceItem>(stored->view(), "a neighborhood in the vault", limits::kActBytes));
    space->acts.clear();
    space->envelopes.clear();
    space->boxed.clear();
    space->receipts.clear();
    ++space;
  }
  TRY_VOID(load_items());
  return read_acts();
}

Result<Space*> Engine::Works::adopt_space(const SpaceId& id, const SpaceItem& item) {
  TRY_VOID(vault.put(ItemClass::space, id, encode(item), context.random));
  if (Space* known = find(id)) {
    known->item = item;
    return known;
  }
  TRY(const auto ix, store->add_space(id));
  Space& space = spaces.emplace_back();
  space.id = id;
  space.item = item;
  space.ix = ix;
  space.number = projection->space_number(id);
  space.authority.space = id;
  return &space;
}

void Engine::Works::note_acts(Space& space, const Run& run) {
  for (auto& entry : acts_of(run)) space.acts.push_back(std::move(entry));
}

Status Engine::Works::read_acts() {
  std::unordered_map<SpaceIx, Space*> by_ix;
  for (auto& space : spaces) by_ix[space.ix] = &space;
  TRY_VOID(store->for_each_after(0, [&](const StoredSegment& segment) -> Result<bool> {
    const auto& log = store->log(segment.log);
    if (log.name.which != LogKind::authority) return true;
    const auto found = by_ix.find(log.space);
    if (found == by_ix.end()) return true;
    TRY(const auto run, codec.open_own(segment.sealed, found->second->id, keys()));
    note_acts(*found->second, run.run());
    return true;
  }));
  for (auto& space : spaces) {
    space.authority = evaluate(space.id, space.acts);
    space.judged_acts = space.acts.size();
  }
  return {};
}

void Engine::Works::judge_acts(Space& space) {
  if (space.judged_acts == space.acts.size()) return;
  space.authority = evaluate(space.id, space.acts);
  space.judged_acts = space.acts.size();
}

Result<Projection> Engine::Works::empty_projection() const {
  if (context.empty_view.empty()) return Projection::create(projection_schema());
  DbImage image(context.empty_view.size());
  std::copy(context.empty_view.begin(), context.empty_view.end(), image.span().begin());
  return Projection::open(projection_schema(), std::move(image));
}

Status Engine::Works::load_projection() {
  TRY(const auto head_bytes, vault.get(ItemClass::image, view("head")));
  const auto loaded = [&]() -> Status {
    if (!head_bytes) return error(Code::not_found, "there is no image yet");
    TRY(const auto head, decode<ImageHead>(*head_bytes, "the image's head", 64));
    if (head.size > std::uint64_t{16} << 30 || head.arrival > store->last_arrival())
      return error(Code::damaged, "the image is not of this vault");
    DbImage image(static_cast<std::size_t>(head.size));
    std::size_t at = 0;
    for (std::uint32_t piece = 0; piece < head.pieces; ++piece) {
      TRY(const auto bytes, vault.get(ItemClass::image, piece_key(piece)));
      if (!bytes || bytes->size() > image.span().size() - at)
        return error(Code::damaged, "a piece of the image is missing");
      std::copy(bytes->begin(), bytes->end(),
                image.span().begin() + static_cast<std::ptrdiff_t>(at));
      at += bytes->size();
    }
    if (at != head.size) return error(Code::damaged, "the image is too short");
    TRY(projection, Projection::open(projection_schema(), std::move(image)));
    image_arrival = head.arrival;
    return {};
  }();
  if (loaded) return {};
  // Losing the image loses nothing: everything is replayed from the log.
  image_arrival = 0;
  image_wanted = head_bytes.has_value();
  TRY(projection, empty_projection());
  return {};
}

// An image is worth nothing without what it was judged by.
Status Engine::Works::load_judgements() {
  if (image_arrival == 0) return {};
  TRY(const auto saved, vault.get(ItemClass::image, view("masks")));
  if (saved && load_masks(*saved)) return {};
  return forget_judgements();
}

Status Engine::Works::forget_judgements() {
  image_arrival = 0;
  image_wanted = true;
  waiting_logs.clear();
  TRY(projection, empty_projection());
  for (auto& space : spaces) {
    space.number = projection->space_number(space.id);
    space.masked.clear();
    space.standings.clear();
    space.closed.clear();
    space.adopted_then.clear();
    space.erased.clear();
    space.adopted_here.clear();
  }
  return {};
}

Status Engine::Works::drop_image() {
  TRY_VOID(vault.remove(ItemClass::image, view("head")));
  for (std::uint32_t piece = 0;; ++piece) {
    TRY(const auto old, vault.get(ItemClass::image, piece_key(piece)));
    if (!old) break;
    TRY_VOID(vault.remove(ItemClass::image, piece_key(piece)));
  }
  image_arrival = 0;
  image_wanted = true;
  return {};
}

bool Engine::Works::much_since_image() const {
  return projection->arrival() - image_arrival > kTailWorthAnImage ||
         merged_since_image > kRecordsWorthAnImage;
}

Status Engine::Works::save_image() {
  if (view_behind || (projection->arrival() == image_arrival && !image_wanted)) return {};
  TRY(const auto image, projection->image());
  ImageHead head{image.view().size(), 0, projection->arrival()};
  TRY_VOID(store->begin_batch());
  const auto saved = [&]() -> Status {
    for (std::size_t at = 0; at < image.view().size(); at += kImagePiece, ++head.pieces)
      TRY_VOID(vault.put(ItemClass::image, piece_key(head.pieces),
                         image.view().subspan(at, std::min(kImagePiece, image.view().size() - at)),
                         context.random));
    for (std::uint32_t piece = head.pieces;; ++piece) {
      TRY(const auto old, vault.get(ItemClass::image, piece_key(piece)));
      if (!old) break;
      TRY_VOID(vault.remove(ItemClass::image, piece_key(piece)));
    }
    TRY_VOID(vault.put(ItemClass::image, view("masks"), encode_masks(), context.random));
    return vault.put(ItemClass::image, view("head"), encode(head), context.random);
  }();
  if (!saved) {
    store->roll_back_batch();
    return saved;
  }
  TRY_VOID(store->commit_batch());
  image_arrival = head.arrival;
  image_wanted = false;
  merged_since_image = 0;
  return {};
}

// Stamps of what is replayed also set the clocks, so that a new stamp is greater than all that was
// seen.
Status Engine::Works::replay() {
  replaying = true;
  std::map<SpaceId, std::set<KindId>> late;
  auto done = replay_log(late);
  replaying = false;
  if (!done) return done;
  for (auto& space : spaces) {
    std::set<LogId> touched;
    for (const auto ix : store->logs(space.ix))
      if (space.authority.is_contested(store->log(ix).name.author))
        touched.insert(store->log(ix).id);
    TRY_VOID(reconsider(space, late[space.id], touched));
  }
  return {};
}

Status Engine::Works::replay_log(std::map<SpaceId, std::set<KindId>>& late) {
  const auto now = context.clock.now();
  ReceivedBySpace received;
  std::size_t gathered = 0;
  const auto merge_gathered = [&](Arrival upto) -> Status {
    TRY_VOID(settle(received, upto));
    for (auto& [id, batch] : received)
      late[id].insert(batch.counts.merged.late.begin(), batch.counts.merged.late.end());
    received.clear();
    gathered = 0;
    return {};
  };
  const Arrival from = projection->arrival();
  TRY_VOID(store->for_each_after(from, [&](const StoredSegment& segment) -> Result<bool> {
    const auto& log = store->log(segment.log);
    if (log.name.which == LogKind::data) {
      TRY(auto run, codec.open_own(segment.sealed, store->space_id_of(log.space), keys()));
      Appended appended;
      appended.outcome = AppendOutcome::extended;
      appended.log = segment.log;
      appended.arrival = segment.arrival;
      received[store->space_id_of(log.space)].data.emplace_back(std::move(run),
                                                                std::move(appended));
      ++gathered;
    }
    if (gathered >= kRunsAtOnce) TRY_VOID(merge_gathered(segment.arrival));
    return true;
  }));
  TRY_VOID(merge_gathered(store->last_arrival()));
  // What waited when the image was saved may count by acts that came after it.
  for (auto& space : spaces) {
    SpaceExchange unreported;
    TRY_VOID(merge_waiting(space, unreported));
    late[space.id].insert(unreported.merged.late.begin(), unreported.merged.late.end());
  }
  if (much_since_image()) image_wanted = true;
  for (auto& space : spaces) {
    TRY(const auto latest, projection->latest_stamp(space.number));
    space.clock.saw(latest, now);
    for (const auto log : store->logs(space.ix))
      if (store->log(log).name.author == signing.key && store->log(log).name.which == LogKind::data)
        for (const auto& head : store->heads(log))
          TRY_VOID(store->runs_with(log, head.seq, [&](const Run& run) -> Status {
            space.clock.saw_own(run.txns[head.seq - run.first].stamp);
            return {};
          }));
  }
  return {};
}

Status Engine::Works::catch_up() {
  if (!view_behind) return {};
  if (start_over) TRY_VOID(forget_judgements());
  start_over = view_behind = false;
  auto caught = replay();
  view_behind = view_behind || !caught;
  return caught;
}

// The causal past at an entry in the middle of a stored branch: rare, so it is simply walked.
Result<Past> Engine::Works::past_of(const LogId& log, Seq seq, const TxnHash& hash) {
  const auto ix = store->find_log(log);
  Past past;
  if (!ix) return past;
  TxnHash at = hash;
  while (seq > 0) {
    std::optional<TxnHash> before;
    Seq first = 0;
    TRY_VOID(store->runs_with(*ix, seq, [&](const Run& run) -> Status {
      if (run.txns[seq - run.first].hash != at) return {};
      for (std::size_t t = 0; t <= seq - run.first; ++t)
        for (std::uint32_t d = 0; d < run.txns[t].dep_count; ++d) {
          const DepRow& dep = run.deps[run.txns[t].first_dep + d];
          Seq& seen = past[projection->log_number(run.logs[dep.log])];
          seen = std::max(seen, dep.seq);
        }
      before = run.before;
      first = run.first;
      return {};
    }));
    if (!before)
      return error(Code::damaged, "a log has a hole before entry " + std::to_string(seq));
    at = *before;
    seq = first - 1;
  }
  return past;
}

Projection::PastOf Engine::Works::past_lookup() {
  return [this](const LogId& log, Seq seq, const TxnHash& hash) { return past_of(log, seq, hash); };
}

}  // namespace rukun
