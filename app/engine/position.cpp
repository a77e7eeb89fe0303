#include "app/engine/position.h"

#include <algorithm>

#include "app/engine/engine_works.h"
#include "sync/crypto.h"
#include "sync/limits.h"
#include "sync/wire.h"

namespace rukun {
namespace {

// A head beyond ours of a log that we know follows ours, as LogStore::missing_for takes it.
bool covers(const Frontier& theirs, const Head& ours) {
  return std::any_of(theirs.heads.begin(), theirs.heads.end(), [&](const Head& head) {
    return head.log == ours.log && (head.hash == ours.hash || head.seq > ours.seq);
  });
}

}  // namespace

Result<Frontier> position_of(Engine& engine, const SpaceId& space) {
  auto& works = engine.works();
  TRY(const Space* found, works.need(space));
  return works.store->frontier(found->ix);
}

Bytes position_bytes(const Frontier& position) {
  Writer out;
  out.varint(position.heads.size());
  for (const auto& head : position.heads) {
    out.raw(head.log);
    out.varint(head.seq);
    out.raw(head.hash);
  }
  return std::move(out.out);
}

Result<Frontier> read_position(ByteView bytes) {
  if (bytes.size() > limits::kFrontierBytes) return error(Code::damaged, "position: too large");
  Reader in(bytes);
  Frontier out;
  const auto count = in.count(limits::kHeadsInFrontier, LogId::kSize + 1 + TxnHash::kSize);
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    Head head;
    head.log = in.id<LogId>();
    head.seq = static_cast<Seq>(in.varint(std::numeric_limits<Seq>::max()));
    head.hash = in.id<TxnHash>();
    out.heads.push_back(head);
  }
  TRY_VOID(in.finish("position"));
  return out;
}

Result<Standing> standing(Engine& engine, const SpaceId& space, const Frontier& theirs) {
  auto& works = engine.works();
  TRY(const Frontier ours, position_of(engine, space));
  if (ours == theirs) return Standing::same;
  bool have_all = true;
  for (const auto& head : theirs.heads) {
    TRY(const bool here, works.store->has(head));
    have_all = have_all && here;
  }
  if (have_all) return Standing::ahead;
  const bool they_have_all = std::all_of(ours.heads.begin(), ours.heads.end(),
                                         [&](const Head& head) { return covers(theirs, head); });
  return they_have_all ? Standing::behind : Standing::apart;
}

ViewMark view_mark(Engine& engine) {
  auto& works = engine.works();
  auto& records = *works.projection;
  if (records.name() == 0) {
    const auto drawn = works.context.random.draw<RecordId>();
    records.set_name(Reader(drawn).u64() | 1);
    works.image_wanted = true;  // or the next session would not know it
  }
  Writer out;
  out.raw(works.incarnation);
  out.u64(records.name());
  return {hash_to<RecordId>(Label("rukun/view/1"), out.out).hex(), records.arrival()};
}

Result<std::optional<WallTime>> last_exchange(Engine& engine, const SpaceId& space) {
  auto& works = engine.works();
  TRY(const Space* found, works.need(space));
  std::optional<WallTime> out;
  for (const auto& [member, receipt] : found->receipts)
    if (member != works.me && (!out || *out < receipt.at)) out = receipt.at;
  return out;
}

}  // namespace rukun
