#pragma once
// One small neighborhood, made the same way for ever: the files in tests/golden/sync/ were written
// from it once, and the fuzz targets hold its keys. What compresses may be packed otherwise by
// another version of zstd, so files are compared by what they say. Tests only; one thread.

#include "sync/bundle.h"
#include "sync/envelope.h"
#include "tests/sync/people.h"

namespace rukun::test {

inline EpochId golden_epoch() { return epoch_id(epoch_key()); }

inline const Secret* golden_key(const EpochId& epoch) {
  static const Secret key = epoch_key();
  return epoch == epoch_id(key) ? &key : nullptr;
}

// Bu Sari tells of a need, corrects it and deletes it.
inline Run golden_run() {
  Run run = empty_run(log_of("Sari"), {});
  Draft draft;
  draft.stamp = {kMorning, false};
  Part need;
  need.ref = RefType::fresh;
  need.kind = 3;
  need.salt = id_of<Salt>("salt");
  need.ops = {{1, OpType::put, {}, std::string("Beras untuk keluarga A")},
              {3, OpType::put, {}, std::int64_t{-25'000}},
              {4, OpType::add, {}, id_of<RecordId>("house")}};
  Part house;
  house.ref = RefType::keyed;
  house.kind = 1;
  house.record = id_of<RecordId>("house");
  house.salt = id_of<Salt>("salt of the house");
  house.ops = {{2, OpType::put, {}, LocalRef{0}}};
  draft.parts = {need, house};
  const auto first = append(run, draft);
  const auto record = fresh_record_id(first, 0);

  Draft correction;
  correction.stamp = {kMorning + 7, true};
  correction.deps = {{log_of("Wati").id(), 5, id_of<TxnHash>("the fifth of Wati")}};
  Part change;
  change.record = record;
  change.salt = need.salt;
  change.ops = {{3, OpType::put, {{run.log, 1, tag_of(first)}}, std::int64_t{30'000}}};
  correction.parts = {change};
  const auto second = append(run, correction);

  Draft deletion;
  deletion.stamp = {kMorning + (std::uint64_t{60'000} << 16), false};
  change.ops = {{0,
                 OpType::put,
                 {{run.log, 1, tag_of(first)},
                  {run.log, 2, tag_of(second)},
                  {log_of("Wati").id(), 4, id_of<TxnTag>("the fourth of Wati")}},
                 std::int64_t{1}}};
  deletion.parts = {change};
  append(run, deletion);
  sign_end(run, keys_of("Sari"));
  return run;
}

inline SignedFrontier golden_frontier() {
  Frontier frontier;
  advance(frontier, {}, golden_run().head());
  advance(frontier, {}, {log_of("Wati").id(), 5, id_of<TxnHash>("the fifth of Wati")});
  return sign_frontier(sukamaju(), keys_of("Pak Budi"), 300, {1'795'500'000'000}, frontier);
}

inline Result<Envelope> golden_envelope() {
  SeededRandom random(1);
  const auto invited = invitation_keys(id_of<TxnHash>("the seed"));
  return make_envelope(sukamaju(), keys_of("root of Sukamaju").key, epoch_key(),
                       {{box_tag(member_id(keys_of("Sari").key)), box_of("Sari").key},
                        {invited.tag, invited.box.key}},
                       id_of<TxnTag>("act"), keys_of("Pak Budi"), random);
}

inline Result<Bytes> golden_segment() {
  SegmentCodec codec;
  SeededRandom random(2);
  return codec.seal(golden_run(), golden_epoch(), epoch_key(), 19, random);
}

inline Result<Bytes> golden_bundle() {
  Bytes out;
  SeededRandom random(3);
  BundleWriter writer(
      [&](ByteView bytes) {
        append(out, bytes);
        return Status();
      },
      random);
  TRY(const auto envelope, golden_envelope());
  TRY(const auto segment, golden_segment());
  const auto key = epoch_key();
  TRY_VOID(writer.begin_space(sukamaju()));
  TRY_VOID(writer.envelope(encode_envelope(envelope)));
  TRY_VOID(writer.segment(segment));
  TRY_VOID(writer.frontier(golden_frontier(), golden_epoch(), key));
  TRY_VOID(writer.end_space(golden_epoch(), key));
  TRY_VOID(writer.finish());
  return out;
}

inline Result<Bytes> golden_invitation(std::optional<std::string_view> code) {
  SeededRandom random(4);
  TRY(const auto bundle, golden_bundle());
  const auto seed = Secret::copy_of(id_of<TxnHash>("the seed"));
  return write_invitation(seed, code, bundle, kArgonLeast, random);
}

}  // namespace rukun::test
