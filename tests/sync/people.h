#pragma once
// People for the tests of this room: everything about a person follows from the name, so a test
// reads like a story and repeats exactly. A Diary writes one person's log with random but honest
// transactions of every shape. Tests only; one thread.

#include <map>
#include <string>

#include "platform/random.h"
#include "sync/limits.h"
#include "sync/run.h"
#include "sync/wire.h"

namespace rukun::test {

template <class IdType>
IdType id_of(std::string_view name) {
  IdType id;
  std::array<std::uint8_t, 64> full{};
  hash(full, Label("rukun/test"), view(name));
  std::copy_n(full.begin(), IdType::kSize, id.bytes.begin());
  return id;
}

inline SigningPair keys_of(std::string_view name) {
  return signing_pair_from_seed(id_of<TxnHash>(name));
}
inline BoxPair box_of(std::string_view name) { return box_pair_from_seed(id_of<TxnHash>(name)); }
inline Secret epoch_key() { return Secret::copy_of(id_of<TxnHash>("the epoch's key")); }
inline SpaceId sukamaju() { return space_id(keys_of("root of Sukamaju").key); }

inline LogName log_of(std::string_view name, LogKind which = LogKind::data) {
  return {sukamaju(), keys_of(name).key, id_of<Incarnation>(std::string(name) + "'s laptop"),
          which};
}

constexpr std::uint64_t kMorning = std::uint64_t{1'795'500'000'000} << 16;

class Diary {
 public:
  Diary(std::string name, std::uint64_t seed) : name_(std::move(name)), random_(seed) {}

  // Parts that a newer version wrote, and that this one cannot read.
  bool with_newer_parts = false;

  Run write(std::size_t txns, Head from = {}) {
    Run run = empty_run(log_of(name_), from);
    for (std::size_t t = 0; t < txns; ++t) {
      const auto seq = run.last() + 1;
      const auto draft = this->draft(run.log);
      const auto hash = append(run, draft);
      remember(draft, seq, hash);
      if (run.last() % kSignEvery == 0 || random_.below(7) == 0) sign_end(run, keys_of(name_));
    }
    if (run.signatures.empty() || run.signatures.back().seq != run.last())
      sign_end(run, keys_of(name_));
    return run;
  }

 private:
  Draft draft(const LogId& own) {
    Draft out;
    ticks_ += random_.below(4) == 0 ? random_.below(99) : random_.below(120'000) << 16;
    out.stamp = {ticks_, random_.below(9) == 0};
    if (random_.below(3) == 0) out.deps = deps();
    const auto parts = 1 + random_.below(4);
    for (std::uint64_t p = 0; p < parts; ++p) out.parts.push_back(part(own, p));
    return out;
  }

  std::vector<Head> deps() {
    std::vector<Head> out;
    for (const char* other : {"Sari", "Wati"})
      if (random_.below(2) == 0)
        out.push_back({log_of(other).id(), static_cast<Seq>(1 + random_.below(300)),
                       random_.draw<TxnHash>()});
    std::sort(out.begin(), out.end());
    return out;
  }

  Part part(const LogId& own, std::uint64_t earlier_parts) {
    Part out;
    const auto choice = random_.below(4);
    if (choice == 0 || salts_.empty()) {
      out.ref = RefType::fresh;
    } else if (choice == 1) {
      out.ref = RefType::keyed;
      out.record = id_of<RecordId>("house " + std::to_string(random_.below(9)));
    } else {
      auto known = salts_.begin();
      std::advance(known, static_cast<std::ptrdiff_t>(random_.below(salts_.size())));
      out.record = known->first;
    }
    if (out.ref != RefType::existing) out.kind = static_cast<KindId>(1 + random_.below(5));
    const auto salt = salts_.find(out.record);
    out.salt =
        out.ref != RefType::fresh && salt != salts_.end() ? salt->second : random_.draw<Salt>();
    if (out.ref != RefType::fresh) salts_.emplace(out.record, out.salt);
    if (with_newer_parts && random_.below(4) == 0) {
      // One operation, on field 3, of a type 9 that nobody knows yet.
      out.opaque = Bytes{1, 3, 9, 0, static_cast<std::uint8_t>(random_.below(200))};
      return out;
    }
    const auto ops = random_.below(6);
    for (std::uint64_t i = 0; i < ops; ++i) out.ops.push_back(op(own, out.record, earlier_parts));
    return out;
  }

  Op op(const LogId& own, const RecordId& record, std::uint64_t earlier_parts) {
    Op out;
    out.field = static_cast<FieldId>(random_.below(6));
    out.type = static_cast<OpType>(1 + random_.below(3));
    out.value = value(earlier_parts);
    const auto last = last_.find({record, out.field});
    if (last != last_.end() && random_.below(3) != 0) out.replaces.push_back(last->second);
    while (random_.below(4) == 0)
      out.replaces.push_back({log_of(random_.below(2) == 0 ? "Sari" : "Wati").id(),
                              static_cast<Seq>(1 + random_.below(300)), random_.draw<TxnTag>()});
    if (!last_.empty() && random_.below(9) == 0) out.replaces.push_back(last_.begin()->second);
    static_cast<void>(own);
    return out;
  }

  Value value(std::uint64_t earlier_parts) {
    switch (random_.below(earlier_parts > 0 ? 7 : 6)) {
      case 0: return {};
      case 1: return static_cast<std::int64_t>(random_.next());
      case 2: return static_cast<std::int64_t>(random_.below(50)) * 1000;
      case 3: return "Beras untuk keluarga " + std::to_string(random_.below(30));
      case 4: return std::string(random_.below(40), 'a') + "\xC3\xA9";
      case 5:
        return salts_.empty() ? Value(id_of<RecordId>("elsewhere")) : Value(salts_.begin()->first);
      default: return LocalRef{static_cast<std::uint32_t>(random_.below(earlier_parts))};
    }
  }

  void remember(const Draft& draft, Seq seq, const TxnHash& hash) {
    for (std::uint32_t p = 0; p < draft.parts.size(); ++p) {
      const auto& part = draft.parts[p];
      const auto record = part.ref == RefType::fresh ? fresh_record_id(hash, p) : part.record;
      salts_.emplace(record, part.salt);
      for (const auto& op : part.ops)
        last_[{record, op.field}] = {log_of(name_).id(), seq, tag_of(hash)};
    }
  }

  std::string name_;
  SeededRandom random_;
  std::uint64_t ticks_ = kMorning;
  std::map<RecordId, Salt> salts_;
  std::map<std::pair<RecordId, FieldId>, WriteRef> last_;
};

// Everything that a run says, as text; equal runs, equal stories.
inline std::string story_of(const Run& run) {
  std::string out = run.log.hex() + " after " + run.before.hex() + "\n";
  for (std::size_t t = 0; t < run.txns.size(); ++t) {
    const auto& txn = run.txns[t];
    out += std::to_string(run.first + t) + " " + txn.hash.hex() + " at " +
           std::to_string(txn.stamp.ticks) + (txn.stamp.doubtful ? "?" : "") + " " +
           txn.deps_digest.hex() + "\n";
    for (std::uint32_t d = 0; d < txn.dep_count; ++d)
      out += "  saw " + run.logs[run.deps[txn.first_dep + d].log].hex() + " " +
             std::to_string(run.deps[txn.first_dep + d].seq) + "\n";
    for (std::uint32_t p = txn.first_part; p < run.part_end(t); ++p) {
      const auto part = part_of(run, p);
      out += "  " + std::to_string(static_cast<int>(part.ref)) + " kind " +
             std::to_string(part.kind) + " record " + part.record.hex() + " inner " +
             run.parts[p].inner.hex();
      if (run.parts[p].stub) {
        out += " erased\n";
        continue;
      }
      out += " salt " + part.salt.hex() + " " + to_hex(part.opaque) + " " +
             to_hex(canonical_ops(part.ops, run.log)) + "\n";
    }
  }
  return out;
}

}  // namespace rukun::test
