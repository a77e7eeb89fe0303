// Made the text of sync/dictionary_1.h, the static compression dictionary of segments, from made
// data: a neighborhood's entries, in runs as short as people's days are. It was run once; a
// released dictionary never changes, so it exists to show where the bytes came from and to train a
// next one.
//   build/test/tests/train_dictionary

#include <sodium.h>
#include <zdict.h>

#include <array>
#include <cstdio>
#include <map>

#include "app/domain/fields.h"
#include "platform/base/random.h"
#include "sync/columns.h"
#include "sync/run_codec.h"

namespace rukun {
namespace {

constexpr std::size_t kDictionaryBytes = 8 * 1024;
constexpr std::size_t kAuthors = 60, kActions = 240;
constexpr std::uint64_t kBegin_ms = 1'767'200'400'000;  // 1 January 2026, 00:00 WIB
constexpr std::size_t kColumns = 96;

class SeededRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) {
      state_ = state_ * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
      byte = static_cast<std::uint8_t>(state_ >> 56);
    }
  }

 private:
  std::uint64_t state_ = 20'260'101;
};

struct Thing {
  const char* name;
  const char* unit;
};
constexpr std::array<Thing, 12> kThings{{{"Beras", "kg"},
                                         {"Minyak goreng", "liter"},
                                         {"Mi instan", "bungkus"},
                                         {"Telur", "kg"},
                                         {"Gula pasir", "kg"},
                                         {"Air minum", "liter"},
                                         {"Susu", "kotak"},
                                         {"Selimut", "buah"},
                                         {"Popok bayi", "bungkus"},
                                         {"Obat", "paket"},
                                         {"Pakaian", "potong"},
                                         {"Terpal", "lembar"}}};
constexpr std::array<const char*, 16> kNames{"Sari", "Budi", "Ani",     "Joko",   "Siti", "Wati",
                                             "Agus", "Dewi", "Slamet",  "Rina",   "Eko",  "Yanti",
                                             "Hadi", "Sri",  "Bambang", "Lestari"};

struct Known {
  RecordId id;
  Salt salt;
  std::map<FieldId, WriteRef> last;
};

// One author's days: what people enter most, and what they change most.
class Author {
 public:
  Author(Random& random, const SpaceId& space) : random_(random) {
    std::array<std::uint8_t, 32> seed{};
    random_.fill(seed);
    pair_ = signing_pair_from_seed(seed);
    name_ = {space, pair_.key, random_.draw<Incarnation>(), LogKind::data};
    head_ = {name_.id(), 0, {}};
    now_ms_ = kBegin_ms + random_.below(3'600'000);
  }

  // A run of so many entries, as one segment would hold it.
  Bytes sample(std::size_t entries) {
    Run run = empty_run(name_, head_);
    for (std::size_t i = 0; i < entries; ++i) act(run);
    sign_end(run, pair_);
    head_ = run.head();
    ColumnWriter columns;
    write_run(columns, run);
    return std::move(columns.out.out);
  }

 private:
  std::string person() { return kNames[random_.below(kNames.size())]; }
  std::string phone() { return "08" + std::to_string(1'000'000'000 + random_.below(999'999'999)); }

  void act(Run& run) {
    const auto what = random_.below(10);
    if (known_[fields::need::kKind].empty() || what < 2) return add_need(run);
    if (known_[fields::household::kKind].empty() || what == 2) return add_household(run);
    if (known_[fields::offer::kKind].empty() || what == 3) return add_offer(run);
    if (what == 4) return add_volunteer(run);
    if (what == 5) return add_pledge(run);
    if (what == 6) return add_handover(run);
    change(run);
  }

  void add_need(Run& run) {
    using namespace fields::need;
    const Thing& thing = kThings[random_.below(kThings.size())];
    const auto quantity = static_cast<std::int64_t>(1 + random_.below(40));
    make(run, kKind,
         {{kTitle, std::string(thing.name) + " " + std::to_string(quantity) + " " + thing.unit},
          {kCategory, static_cast<std::int64_t>(1 + random_.below(8))},
          {kQuantity, quantity * 1000},
          {kUnit, std::string(thing.unit)},
          {kUrgency, static_cast<std::int64_t>(1 + random_.below(4))},
          {kPeople, static_cast<std::int64_t>(1 + random_.below(7))}});
  }

  void add_household(Run& run) {
    using namespace fields::household;
    make(run, kKind,
         {{kName, "Keluarga " + std::string(random_.below(2) == 0 ? "Bu " : "Pak ") + person()},
          {kAddress, "Gang Melati No. " + std::to_string(1 + random_.below(99))},
          {kRt, std::string("003")},
          {kRw, std::string("007")},
          {kPhone, phone()},
          {kPeople, static_cast<std::int64_t>(1 + random_.below(8))},
          {kElderly, static_cast<std::int64_t>(random_.below(3))}});
  }

  void add_offer(Run& run) {
    using namespace fields::offer;
    const Thing& thing = kThings[random_.below(kThings.size())];
    make(run, kKind,
         {{kTitle, std::string(thing.name)},
          {kCategory, static_cast<std::int64_t>(1 + random_.below(8))},
          {kQuantity, static_cast<std::int64_t>(1 + random_.below(60)) * 1000},
          {kUnit, std::string(thing.unit)},
          {kGiver, "Bu " + person()},
          {kGiverType, kGiverTypeResident}});
  }

  void add_volunteer(Run& run) {
    using namespace fields::volunteer;
    make(run, kKind, {{kName, person()}, {kPhone, phone()}, {kSkills, std::string("dapur umum")}});
  }

  void add_pledge(Run& run) {
    using namespace fields::pledge;
    make(run, kKind,
         {{kNeed, some(fields::need::kKind).id},
          {kOffer, some(fields::offer::kKind).id},
          {kQuantity, static_cast<std::int64_t>(1 + random_.below(20)) * 1000},
          {kState, kStatePromised}});
  }

  void add_handover(Run& run) {
    using namespace fields::handover;
    make(run, kKind,
         {{kNeed, some(fields::need::kKind).id},
          {kQuantity, static_cast<std::int64_t>(1 + random_.below(20)) * 1000},
          {kReceivedBy, "Bu " + person()},
          {kAt, static_cast<std::int64_t>(now_ms_)}});
  }

  void change(Run& run) {
    using namespace fields::need;
    Known& need = some(kKind);
    Part part;
    part.record = need.id;
    part.salt = need.salt;
    const FieldId field = random_.below(2) == 0 ? kQuantity : kUrgency;
    const auto value = field == kQuantity ? 1000 * (1 + random_.below(40)) : 1 + random_.below(4);
    part.ops.push_back({field, OpType::put, {need.last[field]}, static_cast<std::int64_t>(value)});
    const auto hash = say(run, std::move(part));
    need.last[field] = {run.log, run.last(), tag_of(hash)};
  }

  Known& some(KindId kind) {
    auto& all = known_[kind];
    return all[random_.below(all.size())];
  }

  void make(Run& run, KindId kind, std::vector<std::pair<FieldId, Value>> values) {
    Part part;
    part.ref = RefType::fresh;
    part.kind = kind;
    part.salt = random_.draw<Salt>();
    for (auto& [field, value] : values)
      part.ops.push_back({field,
                          kind == fields::volunteer::kKind && field == fields::volunteer::kSkills
                              ? OpType::add
                              : OpType::put,
                          {},
                          std::move(value)});
    Known made{{}, part.salt, {}};
    const auto hash = say(run, std::move(part));
    made.id = fresh_record_id(hash, 0);
    for (const auto& [field, value] : values)
      made.last[field] = {run.log, run.last(), tag_of(hash)};
    known_[kind].push_back(std::move(made));
  }

  TxnHash say(Run& run, Part part) {
    now_ms_ += 20'000 + random_.below(600'000);
    Draft draft;
    draft.stamp = {now_ms_ << 16, false};
    draft.parts.push_back(std::move(part));
    return append(run, draft);
  }

  Random& random_;
  SigningPair pair_;
  LogName name_;
  Head head_;
  std::uint64_t now_ms_ = 0;
  std::map<KindId, std::vector<Known>> known_;
};

int train() {
  SeededRandom random;
  const auto space = random.draw<SpaceId>();
  // Mostly what one action or one evening leaves; long runs compress well without a dictionary.
  constexpr std::array<std::size_t, 8> kLengths{1, 1, 1, 1, 2, 3, 6, 20};
  Bytes samples;
  std::vector<std::size_t> sizes;
  for (std::size_t a = 0; a < kAuthors; ++a) {
    Author author(random, space);
    for (std::size_t i = 0; i < kActions; ++i) {
      const auto sample = author.sample(kLengths[i % kLengths.size()]);
      samples.insert(samples.end(), sample.begin(), sample.end());
      sizes.push_back(sample.size());
    }
  }
  Bytes dictionary(kDictionaryBytes);
  const auto size = ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), samples.data(),
                                          sizes.data(), static_cast<unsigned>(sizes.size()));
  if (ZDICT_isError(size)) {
    std::fprintf(stderr, "training failed: %s\n", ZDICT_getErrorName(size));
    return 1;
  }
  std::string text(sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), dictionary.data(), size,
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the terminating zero
  for (std::size_t at = 0; at < text.size(); at += kColumns)
    std::printf("\"%s\"\n", text.substr(at, kColumns).c_str());
  return 0;
}

}  // namespace
}  // namespace rukun

int main() { return rukun::crypto_ready() ? rukun::train() : 1; }
