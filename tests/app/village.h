#pragma once
// A small neighborhood for tests of the rules: a projection, and people by name, each with a role
// and a log of their own, who write through check() as the program does, or past it as a hostile
// or newer program would. Everybody has seen everything before they write, unless told otherwise.
// Tests only.

#include <map>
#include <string>
#include <vector>

#include "app/domain/fields.h"
#include "app/domain/kinds.h"
#include "app/domain/rules/check.h"
#include "app/domain/schema.h"
#include "platform/random.h"
#include "sync/run.h"
#include "tests/app/assets.h"
#include "tests/support/catch.h"

namespace rukun::test {

namespace k = fields;

inline constexpr std::int64_t kHour_ms = 60 * 60 * 1000;

struct Given {
  FieldId field = 0;
  Value value;
};
inline Value num(std::int64_t number) { return number; }
inline Value qty(std::int64_t whole) { return whole * 1000; }
inline Value text(const std::string& words) { return words; }

class Village {
 public:
  Village() : records_(made()), random_(7), items_(shipped_items()) {
    space_id_.bytes[0] = 1;
    space_ = records_.space_number(space_id_);
    join("Pak Budi", Role::head);
    join("Bu Sari", Role::volunteer);
    join("Pak Lurah", Role::office);
    join("Bu Ani", Role::reader);
  }

  Projection& records() { return records_; }
  std::uint32_t space() const { return space_; }
  const ItemCatalogue& items() const { return items_; }
  WallTime now{1'795'300'000'000};
  bool doubtful = false;
  // Off: the writer has not seen what the others wrote.
  bool informed = true;

  void join(const std::string& who, Role role) {
    Member member{
        {space_id_, random_.draw<SigningKey>(), random_.draw<Incarnation>(), LogKind::data},
        {},
        role,
        {}};
    member.head = {member.name.id(), 0, before_first(member.name.id())};
    member.logs = {records_.log_number(member.name.id())};
    members_.emplace(who, member);
  }

  CheckContext context(const std::string& who) {
    const auto& member = members_.at(who);
    CheckContext out{records_, space_, member.role, member.logs, now, &items_};
    out.language = Language::en;
    out.keyed = [this](KindId kind, std::string_view key) -> std::optional<RecordId> {
      const auto found = keyed_.find({kind, std::string(key)});
      return found == keyed_.end() ? std::nullopt : std::optional(found->second);
    };
    return out;
  }

  Result<Checked> try_add(const std::string& who, KindId kind, std::vector<Given> given) {
    return check({{added(kind, given)}}, context(who));
  }
  Result<Checked> try_set(const std::string& who, const RecordId& id, std::vector<Given> given) {
    return check({{SetFields{id, changes(given)}}}, context(who));
  }

  // Through check(), which must agree; warnings are kept.
  RecordId add(const std::string& who, KindId kind, std::vector<Given> given) {
    auto checked = try_add(who, kind, std::move(given));
    INFO((checked ? std::string() : checked.error().message));
    REQUIRE(checked);
    warnings = checked->warnings;
    const auto id = write(who, checked->action.changes[0]);
    if (checked->natural_keys[0]) keyed_.emplace(std::pair(kind, *checked->natural_keys[0]), id);
    return id;
  }
  void set(const std::string& who, const RecordId& id, std::vector<Given> given) {
    auto checked = try_set(who, id, std::move(given));
    INFO((checked ? std::string() : checked.error().message));
    REQUIRE(checked);
    warnings = checked->warnings;
    write(who, checked->action.changes[0]);
  }
  void remove(const std::string& who, const RecordId& id) {
    REQUIRE(check({{DeleteRecord{id}}}, context(who)));
    write(who, DeleteRecord{id});
  }
  // As another program might, without asking.
  RecordId force(const std::string& who, KindId kind, std::vector<Given> given) {
    return write(who, added(kind, given));
  }
  // Many at once, in one transaction, without asking.
  void force_all(const std::string& who, const std::vector<AddRecord>& all) {
    Draft draft = begin(who);
    for (const auto& one : all) draft.parts.push_back(fresh(one));
    commit(who, draft);
  }

  Row row(const RecordId& id) {
    const auto found = records_.row(space_, id);
    REQUIRE(found);
    REQUIRE(*found);
    return **found;
  }

  std::vector<std::string> warnings;
  std::vector<Run> said;  // every transaction, in the order in which they were merged here
  const SpaceId& space_id() const { return space_id_; }

  static AddRecord added(KindId kind, const std::vector<Given>& given) {
    return {kind, changes(given)};
  }

 private:
  struct Member {
    LogName name;
    Head head;
    Role role = Role::reader;
    std::vector<LogIndex> logs;
  };

  static Projection made() {
    auto projection = Projection::create(projection_schema());
    REQUIRE(projection);
    return std::move(*projection);
  }

  static std::vector<FieldChange> changes(const std::vector<Given>& given) {
    std::vector<FieldChange> out;
    for (const auto& one : given) out.push_back({one.field, OpType::put, one.value});
    return out;
  }

  Draft begin(const std::string& who) {
    Draft draft;
    now.ms += 1000;
    draft.stamp = {static_cast<std::uint64_t>(now.ms) << 16, doubtful};
    for (const auto& [name, member] : members_)
      if (informed && name != who && member.head.seq > 0) draft.deps.push_back(member.head);
    std::sort(draft.deps.begin(), draft.deps.end());
    return draft;
  }

  Part fresh(const AddRecord& add) {
    Part part{.ref = RefType::fresh, .kind = add.kind, .salt = random_.draw<Salt>()};
    for (const auto& one : add.fields) part.ops.push_back({one.field, one.type, {}, one.value});
    return part;
  }

  // Replaces everything that stands in the field.
  Op replacing(const RecordState& state, FieldId field, const Value& value) {
    Op op{field, OpType::put, {}, value};
    for (const auto& one : state.fields)
      if (field == kLife || one.field == field)
        for (const auto& write : one.live)
          op.replaces.push_back({records_.logs()[write.log], write.seq, write.txn});
    std::sort(op.replaces.begin(), op.replaces.end());
    op.replaces.erase(std::unique(op.replaces.begin(), op.replaces.end()), op.replaces.end());
    return op;
  }

  RecordId write(const std::string& who, const Change& change) {
    Draft draft = begin(who);
    if (const auto* add = std::get_if<AddRecord>(&change)) {
      draft.parts.push_back(fresh(*add));
      return commit(who, draft);
    }
    Part part{.ref = RefType::existing, .salt = random_.draw<Salt>()};
    const auto* set = std::get_if<SetFields>(&change);
    const auto* gone = std::get_if<DeleteRecord>(&change);
    part.record = set != nullptr ? set->record : gone->record;
    const auto view = records_.record(space_, part.record);
    REQUIRE(view);
    REQUIRE(*view);
    if (gone != nullptr) part.ops.push_back(replacing((*view)->state, kLife, num(1)));
    if (set != nullptr)
      for (const auto& one : set->fields)
        part.ops.push_back(replacing((*view)->state, one.field, one.value));
    draft.parts.push_back(std::move(part));
    commit(who, draft);
    return set != nullptr ? set->record : gone->record;
  }

  RecordId commit(const std::string& who, const Draft& draft) {
    auto& member = members_.at(who);
    Run run = empty_run(member.name, member.head);
    const TxnHash hash = append(run, draft);
    member.head = run.head();
    said.push_back(run);
    REQUIRE(records_.begin());
    const auto merged = records_.merge(
        run, {}, true, [](const LogId&, Seq, const TxnHash&) -> Result<Past> { return Past{}; });
    INFO((merged ? std::string() : merged.error().message));
    REQUIRE(merged);
    REQUIRE(records_.commit());
    return fresh_record_id(hash, 0);
  }

  Projection records_;
  SeededRandom random_;
  ItemCatalogue items_;
  SpaceId space_id_;
  std::uint32_t space_ = 0;
  std::map<std::string, Member> members_;
  std::map<std::pair<KindId, std::string>, RecordId> keyed_;
};

}  // namespace rukun::test
