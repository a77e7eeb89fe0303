#include "sync/record.h"

#include <map>
#include <set>

#include "tests/support/catch.h"
#include "tests/sync/people.h"

namespace rukun::test {

namespace {
constexpr FieldId kTitle = 1, kStatus = 2, kSkills = 3;

struct Said {
  FieldId field = 0;
  OpType type = OpType::put;
  Value value;
  std::vector<Replaced> replaces;
};
// A transaction, as far as one record is concerned.
struct Event {
  LogIndex log = 0;
  Seq seq = 0;
  TxnTag txn;
  Stamp stamp;
  KindId kind = 0;  // 0: does not make the record
  std::vector<Said> says;
};

void apply(RecordState& state, const Event& event) {
  if (event.kind != 0) note_made(state, event.kind, event.stamp);
  for (const auto& said : event.says)
    rukun::apply(state, said.field,
                 {event.log, event.seq, event.txn, event.stamp, said.type, said.value},
                 said.replaces);
}

const std::vector<LogId>& logs() {
  static const std::vector<LogId> all = [] {
    std::vector<LogId> out;
    for (const char* name : {"Sari", "Wati", "Pak Budi", "Joko", "Dewi"})
      out.push_back(log_of(name).id());
    return out;
  }();
  return all;
}

std::string text(const Value& value) {
  Writer out;
  write_value(out, value);
  return to_hex(out.out);
}
std::string text(const Write& write) {
  return std::to_string(write.log) + "/" + std::to_string(write.seq) + "/" + write.txn.hex() + "/" +
         std::to_string(static_cast<int>(write.type)) + "/" + text(write.value);
}

// All that people can see of a record, and what later writes build on.
std::string told(const RecordState& state) {
  std::string out = "kind " + std::to_string(state.kind) + " created " +
                    std::to_string(state.created.ticks) + (state.created.doubtful ? "?" : "") +
                    " changed " + std::to_string(last_change(state).ticks) +
                    (last_change(state).doubtful ? "?" : "") + " life " +
                    std::to_string(static_cast<int>(life_of(state, {}))) + " conflicts " +
                    std::to_string(conflict_count(state)) + "\n";
  for (const auto& field : state.fields) {
    if (field.live.empty()) continue;
    out += std::to_string(field.field) + (is_set(field) ? " set" : "") + " shown " +
           text(*shown(field, logs())) + " distinct";
    for (const auto* write : distinct_values(field, logs())) out += " " + text(*write);
    out += " elements";
    for (const auto& element : elements(field)) out += " " + text(element);
    std::multiset<std::string> live;
    for (const auto& write : field.live) live.insert(text(write));
    out += " live";
    for (const auto& write : live) out += " " + write;
    out += "\n";
  }
  return out;
}

// Some people change one record, see some of each other's changes, and now and then lie.
class Village {
 public:
  Village(std::uint64_t seed, bool liars) : random_(seed), liars_(liars) {
    people_.resize(2 + random_.below(4));
  }

  std::vector<Event> live_through(int changes) {
    for (int i = 0; i < changes; ++i) {
      const auto who = static_cast<LogIndex>(random_.below(people_.size()));
      if (i != 0 && random_.below(2) == 0) meet(who);
      events_.push_back(change(who, i == 0));
      see(who, events_.size() - 1);
    }
    return events_;
  }

 private:
  struct Person {
    std::set<std::size_t> seen;
    RecordState view;
    Seq seq = 0;
  };

  void see(LogIndex who, std::size_t event) {
    if (people_[who].seen.insert(event).second) apply(people_[who].view, events_[event]);
  }
  void meet(LogIndex who) {
    const auto other = random_.below(people_.size());
    const auto seen = people_[other].seen;
    for (const auto event : seen) see(who, event);
  }

  Event change(LogIndex who, bool first) {
    Person& person = people_[who];
    Event event{who, ++person.seq, random_.draw<TxnTag>(), {}, 0, {}};
    // Few different times, so that ties happen.
    event.stamp = {kMorning + random_.below(6), random_.below(5) == 0};
    if (first || random_.below(8) == 0)
      event.kind = liars_ ? static_cast<KindId>(1 + random_.below(3)) : KindId{3};
    const auto says = 1 + random_.below(3);
    for (std::uint64_t i = 0; i < says; ++i) event.says.push_back(say(person));
    if (liars_ && random_.below(3) == 0) lie(event);
    return event;
  }

  std::vector<Replaced> live(const RecordState& view, FieldId id) {
    std::vector<Replaced> out;
    if (const auto* field = view.find(id); field != nullptr)
      for (const auto& write : field->live) out.push_back({write.log, write.seq, write.txn});
    return out;
  }

  Said say(const Person& person) {
    switch (random_.below(6)) {
      case 0: {
        Said out{kLife, OpType::put, std::int64_t{1}, {}};
        for (const auto& field : person.view.fields)
          for (const auto& name : live(person.view, field.field)) out.replaces.push_back(name);
        return out;
      }
      case 1: return {kLife, OpType::put, std::int64_t{0}, live(person.view, kLife)};
      case 2: return {kSkills, OpType::add, word(), {}};
      case 3: {
        Said out{kSkills, OpType::remove, word(), {}};
        if (const auto* field = person.view.find(kSkills); field != nullptr)
          for (const auto& write : field->live)
            if (write.value == out.value) out.replaces.push_back({write.log, write.seq, write.txn});
        return out;
      }
      default: {
        const FieldId field = random_.below(2) == 0 ? kTitle : kStatus;
        return {field, OpType::put, word(), live(person.view, field)};
      }
    }
  }

  Value word() {
    static constexpr std::array<const char*, 4> kWords{"beras", "gula", "minyak", "telur"};
    return std::string(kWords[random_.below(kWords.size())]);
  }

  void lie(Event& event) {
    switch (random_.below(4)) {
      case 0: event.says.push_back({kTitle, OpType::put, word(), {}}); break;
      case 1: event.says.push_back({kTitle, OpType::add, word(), {}}); break;
      case 2:
        event.says.push_back({kSkills, OpType::remove, {}, {{0, 1, random_.draw<TxnTag>()}}});
        break;
      default:
        for (auto& said : event.says)
          said.replaces.push_back({1, 1, events_.empty() ? TxnTag{} : events_.front().txn});
    }
  }

  SeededRandom random_;
  bool liars_;
  std::vector<Person> people_;
  std::vector<Event> events_;
};

void shuffle(std::vector<Event>& events, SeededRandom& random) {
  for (std::size_t i = events.size(); i > 1; --i) std::swap(events[i - 1], events[random.below(i)]);
}

RecordState merged(const std::vector<Event>& events) {
  RecordState state;
  for (const auto& event : events) apply(state, event);
  return state;
}

Event put(LogIndex who, Seq seq, std::uint64_t time, FieldId field, Value value,
          std::vector<Replaced> replaces = {}) {
  return {who,           seq, id_of<TxnTag>(std::to_string(who) + "/" + std::to_string(seq)),
          {time, false}, 0,   {{field, OpType::put, std::move(value), std::move(replaces)}}};
}
Replaced name(const Event& event) { return {event.log, event.seq, event.txn}; }
Event made(KindId kind = 3) {
  auto event = put(0, 1, 1, kTitle, std::string("Beras"));
  event.kind = kind;
  return event;
}
Value shown_value(const RecordState& state, FieldId field) {
  return shown(*state.find(field), logs())->value;
}
}  // namespace

TEST_CASE("any history merges alike in any order and any batches", "[record]") {
  REQUIRE(crypto_ready());
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    const auto events = Village(seed, seed % 2 == 0).live_through(24);
    const auto expected = told(merged(events));
    SeededRandom random(seed);
    for (int turn = 0; turn < 8; ++turn) {
      auto order = events;
      shuffle(order, random);
      REQUIRE(told(merged(order)) == expected);
      // In batches, between which the state goes to the disk and back.
      RecordState state;
      for (const auto& event : order) {
        apply(state, event);
        if (random.below(3) != 0) continue;
        auto back = decode_state(encode_state(state));
        REQUIRE(back);
        state = std::move(*back);
      }
      REQUIRE(told(state) == expected);
    }
  }
}

TEST_CASE("a write that its successor saw is gone, one that nobody saw is in conflict",
          "[record]") {
  const auto first = made();
  const auto sari = put(1, 1, 5, kTitle, std::string("Gula"), {name(first)});
  const auto wati = put(2, 1, 4, kTitle, std::string("Telur"), {name(first)});
  auto state = merged({first, sari, wati});
  CHECK(shown_value(state, kTitle) == Value(std::string("Gula")));
  CHECK(conflict_count(state) == 1);
  CHECK(distinct_values(*state.find(kTitle), logs()).size() == 2);
  apply(state, put(0, 2, 2, kTitle, std::string("Telur"), {name(sari), name(wati)}));
  CHECK(conflict_count(state) == 0);
  CHECK(shown_value(state, kTitle) == Value(std::string("Telur")));
}

TEST_CASE("the same value from two people is no conflict", "[record]") {
  const auto state = merged({made(), put(1, 1, 5, kStatus, std::string("gula")),
                             put(2, 1, 6, kStatus, std::string("gula"))});
  CHECK(conflict_count(state) == 0);
  CHECK(distinct_values(*state.find(kStatus), logs()).size() == 1);
}

TEST_CASE("of equal stamps the greater log is shown, everywhere", "[record]") {
  const auto a = put(1, 1, 5, kTitle, std::string("Gula"));
  const auto b = put(2, 1, 5, kTitle, std::string("Telur"));
  const auto& greater = logs()[1] > logs()[2] ? a : b;
  for (const auto& state : {merged({a, b}), merged({b, a})})
    CHECK(shown_value(state, kTitle) == greater.says[0].value);
}

TEST_CASE("an element added while another removes it stays", "[record]") {
  auto add = put(0, 1, 1, kSkills, std::string("menjahit"));
  add.says[0].type = OpType::add;
  auto remove = put(1, 1, 2, kSkills, std::string("menjahit"), {name(add)});
  remove.says[0].type = OpType::remove;
  auto again = put(2, 1, 1, kSkills, std::string("menjahit"));
  again.says[0].type = OpType::add;
  CHECK(elements(*merged({add, remove}).find(kSkills)).empty());
  CHECK(elements(*merged({remove, add}).find(kSkills)).empty());
  for (const auto& state : {merged({add, remove, again}), merged({again, remove, add})})
    CHECK(elements(*state.find(kSkills)) == std::vector<Value>{std::string("menjahit")});
}

TEST_CASE("removing one of two elements that were added together leaves the other", "[record]") {
  auto add = put(0, 1, 1, kSkills, std::string("menjahit"));
  add.says[0].type = OpType::add;
  add.says.push_back({kSkills, OpType::add, std::string("memasak"), {}});
  auto remove = put(1, 1, 2, kSkills, std::string("menjahit"), {name(add)});
  remove.says[0].type = OpType::remove;
  for (const auto& state : {merged({add, remove}), merged({remove, add})})
    CHECK(elements(*state.find(kSkills)) == std::vector<Value>{std::string("memasak")});
}

TEST_CASE("a deleted record is gone until somebody wrote unseen", "[record]") {
  const auto first = made();
  const auto deletion = put(1, 1, 5, kLife, std::int64_t{1}, {name(first)});
  CHECK(life_of(merged({first}), {}) == Life::alive);
  CHECK(life_of(merged({deletion}), {}) == Life::absent);
  auto state = merged({first, deletion});
  CHECK(life_of(state, {}) == Life::deleted);
  const std::array unseen_reference{id_of<TxnTag>("a handover")};
  CHECK(life_of(state, unseen_reference) == Life::disputed);
  const auto meanwhile = put(2, 1, 4, kStatus, std::string("gula"));
  apply(state, meanwhile);
  CHECK(life_of(state, {}) == Life::disputed);
  // Somebody looks, and deletes again.
  apply(state,
        put(1, 2, 6, kLife, std::int64_t{1}, {name(first), name(deletion), name(meanwhile)}));
  CHECK(life_of(state, {}) == Life::deleted);
}

TEST_CASE("a deletion that is taken back leaves the record as it was", "[record]") {
  const auto first = made();
  const auto deletion = put(1, 1, 5, kLife, std::int64_t{1}, {name(first)});
  const auto undo = put(2, 1, 6, kLife, std::int64_t{0}, {name(deletion)});
  for (const auto& state : {merged({first, deletion, undo}), merged({undo, deletion, first})}) {
    CHECK(life_of(state, {}) == Life::alive);
    CHECK(shown_value(state, kTitle) == Value(std::string("Beras")));
  }
  // A second deletion that nobody took back still stands.
  const auto other = put(3, 1, 5, kLife, std::int64_t{1}, {name(first)});
  CHECK(life_of(merged({first, deletion, other, undo}), {}) == Life::disputed);
}

TEST_CASE("of two kinds for one record the smaller counts, and the earlier time", "[record]") {
  auto lie = put(1, 1, 0, kStatus, std::string("gula"));
  lie.kind = 2;
  for (const auto& state : {merged({made(3), lie}), merged({lie, made(3)})}) {
    CHECK(state.kind == 2);
    CHECK(state.created.ticks == 0);
  }
  // One time, told by two clocks of which one was doubted.
  auto doubted = made(3);
  doubted.stamp.doubtful = true;
  CHECK(merged({made(3), doubted}).created == merged({doubted, made(3)}).created);
}

TEST_CASE("a state that is damaged on the disk is an error", "[record]") {
  const auto bytes = encode_state(merged(Village(3, false).live_through(12)));
  REQUIRE(decode_state(bytes));
  CHECK(encode_state(*decode_state(bytes)) == bytes);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    CHECK_FALSE(decode_state(ByteView(bytes).first(cut)));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    auto flipped = bytes;
    flipped[at] ^= 0x41;
    const auto read = decode_state(flipped);
    if (read) CHECK(encode_state(*read).size() > 0);
  }
}

}  // namespace rukun::test
