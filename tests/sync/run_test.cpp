#include "sync/run.h"

#include "tests/support/catch.h"
#include "tests/sync/people.h"

namespace rukun::test {

namespace {
Draft one_part(Part part) {
  Draft draft;
  draft.stamp = {kMorning, false};
  draft.parts.push_back(std::move(part));
  return draft;
}
Part need(std::string title) {
  Part part;
  part.ref = RefType::fresh;
  part.kind = 3;
  part.salt = id_of<Salt>("salt of " + title);
  part.ops.push_back({1, OpType::put, {}, std::move(title)});
  return part;
}
}  // namespace

TEST_CASE("a transaction's hash covers everything that it says", "[run]") {
  REQUIRE(crypto_ready());
  const auto hash_of = [](const Draft& draft, const LogName& log = log_of("Sari")) {
    Run run = empty_run(log, {});
    return append(run, draft);
  };
  const Draft told = one_part(need("Beras"));
  const auto hash = hash_of(told);
  CHECK(hash == hash_of(told));
  CHECK(hash != hash_of(told, log_of("Wati")));
  auto other = told;
  other.stamp.ticks += 1;
  CHECK(hash != hash_of(other));
  other = told;
  other.stamp.doubtful = true;
  CHECK(hash != hash_of(other));
  other = told;
  other.parts[0].kind = 4;
  CHECK(hash != hash_of(other));
  other = told;
  other.parts[0].salt.bytes[0] ^= 1;
  CHECK(hash != hash_of(other));
  other = told;
  other.parts[0].ops[0].value = std::string("Gula");
  CHECK(hash != hash_of(other));
  other = told;
  other.deps.push_back({log_of("Wati").id(), 4, id_of<TxnHash>("an entry of Wati")});
  CHECK(hash != hash_of(other));
  auto seen_otherwise = other;
  seen_otherwise.deps[0].hash = id_of<TxnHash>("another entry of Wati");
  CHECK(hash_of(other) != hash_of(seen_otherwise));
  other = told;
  other.parts.push_back(other.parts[0]);
  CHECK(hash != hash_of(other));
}

TEST_CASE("canonical operations are read back as they were said", "[run]") {
  const auto own = log_of("Sari").id();
  const std::vector<Op> ops{
      {1, OpType::put, {{own, 3, id_of<TxnTag>("a")}}, std::string("Gula")},
      {2, OpType::add, {}, std::int64_t{-4}},
      {2, OpType::remove, {{log_of("Wati").id(), 9, id_of<TxnTag>("b")}}, id_of<RecordId>("c")},
      {0, OpType::put, {}, {}}};
  const auto bytes = canonical_ops(ops, own);
  const auto back = read_canonical_ops(bytes, own);
  REQUIRE(back);
  CHECK(canonical_ops(*back, own) == bytes);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    CHECK_FALSE(read_canonical_ops(ByteView(bytes).first(cut), own));
  const auto newer = read_canonical_ops(Bytes{1, 3, 9, 0, 0}, own);
  REQUIRE_FALSE(newer);
  CHECK(newer.error().code == Code::unsupported);
}

TEST_CASE("computing the hashes of a run again changes nothing", "[run]") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    CAPTURE(seed);
    Diary sari("Sari", seed);
    sari.with_newer_parts = true;
    Run run = sari.write(40);
    const auto story = story_of(run);
    REQUIRE(compute_hashes(run));
    CHECK(story_of(run) == story);
  }
}

TEST_CASE("a run cut anywhere and joined again tells the same story", "[run]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    Diary sari("Sari", seed);
    sari.with_newer_parts = seed % 2 == 0;
    const Run whole = sari.write(30);
    const auto story = story_of(whole);
    SeededRandom random(seed);
    const auto cut = static_cast<Seq>(random.below(31));
    Run tail = after(whole, cut);
    CHECK(tail.first == cut + 1);
    CHECK(tail.end() == whole.end());
    REQUIRE(compute_hashes(tail));
    CHECK(tail.end() == whole.end());
    if (tail.txns.empty()) continue;
    CHECK(tail.signatures.back().seq == whole.last());
    CHECK(story.find(story_of(tail).substr(story_of(tail).find('\n'))) != std::string::npos);

    // Joined from three pieces, of which two overlap.
    const auto middle = static_cast<Seq>(cut + random.below(31 - cut));
    Run joined = empty_run(whole.name, {});
    Run head = whole;
    joined = after(head, 0);
    CHECK(story_of(joined) == story);
    Run pieces = empty_run(whole.name, {whole.log, cut, tail.before});
    join(pieces, after(whole, cut));
    join(pieces, after(whole, middle < cut ? cut : middle));
    CHECK(story_of(pieces) == story_of(tail));
    REQUIRE(compute_hashes(pieces));
    CHECK(pieces.end() == whole.end());
  }
}

TEST_CASE("runs that one laptop writes one after the other join into one", "[run]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    Diary once("Sari", seed), often("Sari", seed);
    // Where signatures fall differs, and nothing else.
    Run joined = often.write(7);
    for (int i = 0; i < 4; ++i) join(joined, often.write(7, joined.head()));
    CHECK(joined.last() == 35);
    CHECK(std::count_if(joined.signatures.begin(), joined.signatures.end(),
                        [](const SignedAt& at) { return at.seq <= 28; }) == 0);
    CHECK(joined.signatures.back().seq == 35);
    auto again = joined;
    REQUIRE(compute_hashes(again));
    CHECK(story_of(again) == story_of(joined));
  }
}

TEST_CASE("a joined run keeps the signatures of every 256th entry", "[run]") {
  Diary sari("Sari", 1);
  Run run = sari.write(200);
  join(run, sari.write(200, run.head()));
  join(run, sari.write(200, run.head()));
  std::vector<Seq> at;
  for (const auto& signature : run.signatures)
    if (signature.seq <= 400) at.push_back(signature.seq);
  CHECK(at == std::vector<Seq>{256});
  CHECK(run.signatures.back().seq == 600);
  for (const auto& signature : run.signatures)
    CHECK(verify_entry(run.name.author, run.name.space, run.txns[signature.seq - 1].hash,
                       signature.signature));
}

TEST_CASE("rows that point outside their run are damaged, not followed", "[run]") {
  Run sound = empty_run(log_of("Sari"), {});
  Draft draft = one_part(need("Beras"));
  draft.deps.push_back({log_of("Wati").id(), 4, id_of<TxnHash>("an entry of Wati")});
  append(sound, draft);
  Part change;
  change.record = sound.records[0].id;
  change.salt = sound.records[0].salt;
  change.ops.push_back({2, OpType::put, {{sound.log, 1, tag_of(sound.end())}}, change.record});
  append(sound, one_part(change));

  const auto breaks = [&](auto&& edit) {
    Run run = sound;
    edit(run);
    return !compute_hashes(run);
  };
  CHECK_FALSE(breaks([](Run&) {}));
  CHECK(breaks([](Run& run) { run.parts[1].record = 9; }));
  CHECK(breaks([](Run& run) { run.parts[1].op_count = 9; }));
  CHECK(breaks([](Run& run) { run.ops[0].text_size = 99; }));
  CHECK(breaks([](Run& run) { run.ops[1].number = 9; }));
  CHECK(breaks([](Run& run) { run.ops[1].number = -1; }));
  CHECK(breaks([](Run& run) { run.ops[1].replaced_count = 9; }));
  CHECK(breaks([](Run& run) { run.replaced[0].log = 9; }));
  CHECK(breaks([](Run& run) { run.deps[0].log = 9; }));
  CHECK(breaks([](Run& run) { run.replaced[0] = {0, 2, {}}; }));
  CHECK(breaks([](Run& run) { run.replaced[0] = {1, 1, {}}; }));
}

TEST_CASE("a record cannot be named before the transaction that makes it", "[run]") {
  // Before this was refused, such a run was taken whole and refused when only its tail was sent.
  Run run = empty_run(log_of("Sari"), {});
  Part first = need("Beras");
  first.ops.push_back({2, OpType::put, {}, id_of<RecordId>("a house")});
  append(run, one_part(first));
  append(run, one_part(need("Gula")));
  REQUIRE(compute_hashes(run));
  auto by_value = run;
  by_value.ops[1].number = by_value.parts[1].record;
  CHECK_FALSE(compute_hashes(by_value));
  auto own_record = run;
  own_record.ops[1].number = own_record.parts[0].record;
  CHECK_FALSE(compute_hashes(own_record));
  auto by_part = run;
  by_part.parts[0].ref = RefType::existing;
  by_part.parts[0].record = by_part.parts[1].record;
  CHECK_FALSE(compute_hashes(by_part));
}

TEST_CASE("a local reference stays within its own transaction", "[run]") {
  // Else what it means would depend on which entries a run happens to hold.
  Run run = empty_run(log_of("Sari"), {});
  Part first = need("Beras");
  first.ops.push_back({2, OpType::put, {}, LocalRef{0}});
  append(run, one_part(first));
  append(run, one_part(need("Gula")));
  REQUIRE(compute_hashes(run));
  run.ops[1].number = 1;
  CHECK_FALSE(compute_hashes(run));
}

TEST_CASE("a run that no reader would take does not fit", "[run]") {
  Run run = empty_run(log_of("Sari"), {});
  append(run, one_part(need("Beras")));
  REQUIRE(check_fits(run));
  auto long_text = run;
  append(long_text, one_part(need(std::string(limits::kText + 1, 'x'))));
  CHECK_FALSE(check_fits(long_text));
  auto many_ops = run;
  Part part = need("Gula");
  part.ops.resize(limits::kOpsInPart + 1);
  append(many_ops, one_part(part));
  CHECK_FALSE(check_fits(many_ops));
  auto many_names = run;
  part = need("Gula");
  part.ops[0].replaces.assign(limits::kReplacesInOp + 1, {run.log, 1, tag_of(run.end())});
  append(many_names, one_part(part));
  CHECK_FALSE(check_fits(many_names));
  auto much_text = run;
  for (std::size_t i = 0; i <= limits::kSegmentText / limits::kText; ++i)
    append(much_text, one_part(need(std::string(limits::kText, 'x'))));
  CHECK_FALSE(check_fits(much_text));
}

}  // namespace rukun::test
