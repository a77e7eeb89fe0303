#include "app/cli/bench_workload.h"

#include <algorithm>
#include <map>

#include "app/cli/bench_tools.h"
#include "platform/random.h"
#include "storage/sqlite.h"

namespace rukun::cli {
namespace {

constexpr KindId kKind = 60'000;
constexpr FieldId kType = 1, kTitle = 2, kCategory = 3, kQuantity = 4, kUnit = 5, kUrgency = 6,
                  kHouse = 7, kStatus = 8;
constexpr std::size_t kRecords = 100, kChanges = 400;
constexpr std::uint64_t kBegin_ms = 1'767'200'400'000;  // 1 January 2026, 00:00 WIB

struct Known {
  RecordId id;
  std::map<FieldId, WriteRef> last;
};

struct Author {
  SigningPair pair;
  Run run;
  std::uint64_t now_ms = 0;
  std::vector<Known> own;
  std::map<RecordId, Salt> salts;
  std::map<std::size_t, std::vector<Known>> others;  // as at the last exchange
  std::vector<Head> new_deps;
};

class Maker {
 public:
  Maker(Random& random, unsigned foreign) : random_(random), foreign_(foreign) {}

  Result<Workload> make(std::size_t authors) {
    out_.space = random_.draw<SpaceId>();
    out_.key = Secret::drawn(32, random_);
    out_.epoch = random_.draw<EpochId>();
    for (std::size_t a = 0; a < authors; ++a) found(a);
    for (std::size_t i = 0; i < kRecords; ++i)
      for (std::size_t a = 0; a < authors; ++a) create(a, i);
    for (std::size_t i = 0; i < kChanges; ++i)
      for (std::size_t a = 0; a < authors; ++a) {
        if (foreign_ != 0 && i % 50 == 0) exchange(a);
        change(a);
      }
    SegmentCodec codec;
    for (auto& author : authors_) {
      if (author.run.signatures.empty() || author.run.signatures.back().seq != author.run.last())
        sign_end(author.run, author.pair);
      TRY(auto segment, codec.seal(author.run, out_.epoch, out_.key, kWireEffort, random_));
      out_.segments.push_back(std::move(segment));
      out_.wire_bytes += out_.segments.back().size();
      out_.transactions += author.run.txns.size();
    }
    out_.records = authors * kRecords;
    return std::move(out_);
  }

 private:
  void found(std::size_t) {
    Author author;
    author.pair = signing_pair_from_seed(Secret::drawn(32, random_).view());
    const LogName name{out_.space, author.pair.key, random_.draw<Incarnation>(), LogKind::data};
    author.run = empty_run(name, {});
    author.now_ms = kBegin_ms + random_.below(3'600'000);
    authors_.push_back(std::move(author));
  }

  TxnHash commit(Author& author, Part part) {
    author.now_ms += 1'000 + random_.below(119'001);
    Draft draft;
    draft.stamp = {author.now_ms << 16, false};
    std::sort(author.new_deps.begin(), author.new_deps.end());
    draft.deps = std::exchange(author.new_deps, {});
    out_.field_writes += part.ops.size();
    draft.parts.push_back(std::move(part));
    const TxnHash hash = append(author.run, draft);
    if (author.run.last() % kSignEvery == 0) sign_end(author.run, author.pair);
    return hash;
  }

  std::int64_t quantity() { return static_cast<std::int64_t>(random_.below(50)) * 1000; }

  void create(std::size_t a, std::size_t i) {
    Author& author = authors_[a];
    Part part;
    part.ref = RefType::fresh;
    part.kind = kKind;
    part.salt = random_.draw<Salt>();
    const auto put = [&](FieldId field, Value value) {
      part.ops.push_back({field, OpType::put, {}, std::move(value)});
    };
    put(kType, static_cast<std::int64_t>(1 + random_.below(2)));
    put(kTitle, "Beras untuk keluarga " + std::to_string(a) + "-" + std::to_string(i));
    put(kCategory, static_cast<std::int64_t>(1 + random_.below(20)));
    put(kQuantity, quantity());
    put(kUnit, static_cast<std::int64_t>(1 + random_.below(5)));
    put(kUrgency, static_cast<std::int64_t>(1 + random_.below(4)));
    put(kHouse, "RT 003/RW 007 No. " + std::to_string(random_.below(300)));
    put(kStatus, std::int64_t{1});
    const Salt salt = part.salt;
    const auto hash = commit(author, std::move(part));
    Known known{fresh_record_id(hash, 0), {}};
    for (FieldId field = kType; field <= kStatus; ++field)
      known.last[field] = {author.run.log, author.run.last(), tag_of(hash)};
    author.salts[known.id] = salt;
    author.own.push_back(std::move(known));
  }

  // Learns where three others stand, records and all.
  void exchange(std::size_t a) {
    Author& author = authors_[a];
    for (int i = 0; i < 3; ++i) {
      const std::size_t other = random_.below(authors_.size());
      if (other == a) continue;
      author.others[other] = authors_[other].own;
      std::erase_if(author.new_deps,
                    [&](const Head& head) { return head.log == authors_[other].run.log; });
      author.new_deps.push_back(authors_[other].run.head());
    }
  }

  void change(std::size_t a) {
    Author& author = authors_[a];
    std::vector<Known>* from = &author.own;
    if (random_.below(100) < foreign_ && !author.others.empty()) {
      auto other = author.others.begin();
      std::advance(other, static_cast<std::ptrdiff_t>(random_.below(author.others.size())));
      from = &other->second;
    }
    Known& known = (*from)[random_.below(from->size())];
    Part part;
    part.record = known.id;
    auto salt = author.salts.find(known.id);
    if (salt == author.salts.end())
      salt = author.salts.emplace(known.id, random_.draw<Salt>()).first;
    part.salt = salt->second;
    const bool status = random_.below(10) < 6;
    const FieldId field = status ? kStatus : kQuantity;
    part.ops.push_back(
        {field,
         OpType::put,
         {known.last[field]},
         status ? Value(static_cast<std::int64_t>(1 + random_.below(5))) : Value(quantity())});
    const auto hash = commit(author, std::move(part));
    known.last[field] = {author.run.log, author.run.last(), tag_of(hash)};
  }

  Random& random_;
  unsigned foreign_;
  Workload out_;
  std::vector<Author> authors_;
};

}  // namespace

Schema bench_schema() {
  const auto number = [](FieldId id, const char* name) {
    return ColumnSpec{id, name, ValueType::integer, false, false, false};
  };
  return {{kKind,
           "bench",
           {number(kType, "type"),
            {kTitle, "title", ValueType::text, false, true, false},
            number(kCategory, "category"),
            number(kQuantity, "quantity"),
            number(kUnit, "unit"),
            number(kUrgency, "urgency"),
            {kHouse, "house", ValueType::text, false, false, false},
            number(kStatus, "status")}}};
}

Result<Workload> make_workload(std::size_t authors, unsigned foreign, Random& random) {
  return Maker(random, foreign).make(authors);
}

Result<double> bare_rows_s(const Path& place, std::uint64_t records) {
  TRY(auto db, Db::open_durable({place / "bare.db", {}, true}));
  TRY_VOID(
      db.execute("CREATE TABLE row(id BLOB PRIMARY KEY, a, b, c, d, e, f, g, h) WITHOUT ROWID"));
  TRY(auto insert,
      db.prepare("INSERT INTO row VALUES(?1,1,?2,3,4000,5,6,'RT 003/RW 007 No. 17',8)"));
  SeededRandom random(1);
  const double begin = seconds();
  TRY(auto transaction, Transaction::begin(db));
  for (std::uint64_t i = 0; i < records; ++i) {
    const auto id = random.draw<RecordId>();
    const std::string title = "Beras untuk keluarga " + std::to_string(i);
    TRY_VOID(insert.bind(1, ByteView(id)).bind(2, std::string_view(title)).run());
  }
  TRY_VOID(transaction.commit());
  return seconds() - begin;
}

}  // namespace rukun::cli
