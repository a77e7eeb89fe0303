// Who is entered twice: likely pairs, the link that makes two records one until it is undone, and
// the word that they are two.
#include "app/cli/records.h"
#include "app/domain/fields.h"
#include "app/domain/rules/duplicates.h"
#include "app/domain/schema.h"
#include "app/engine/access_log.h"

namespace rukun::cli {
namespace {

namespace household = fields::household;
namespace resident = fields::resident;

FieldId same_as_field(const KindSpec& kind) {
  return kind.id == household::kKind ? household::kSameAs : resident::kSameAs;
}

FieldId not_same_as_field(const KindSpec& kind) {
  return kind.id == household::kKind ? household::kNotSameAs : resident::kNotSameAs;
}

Result<FoundRecord> person_of(Session& session, std::string_view text) {
  TRY(auto found, session.record(text));
  if (found.kind->id == household::kKind || found.kind->id == resident::kKind) return found;
  return error(Code::bad_value,
               found.id.hex().substr(0, 8) + std::string(session.pick(" adalah ", " is a ")) +
                   std::string(found.kind->name),
               std::string(session.pick("yang dapat dibandingkan: ", "what can be compared: ")) +
                   "household, resident");
}

struct Two {
  FoundRecord a, b;
};

// A and B, of one kind in one neighborhood.
Result<Two> two_of(Session& session, const Arguments& given) {
  TRY(auto a, person_of(session, given.at("A")));
  TRY(auto b, person_of(session, given.at("B")));
  if (a.space.id != b.space.id) {
    return error(Code::bad_value,
                 std::string(session.pick("keduanya dari kelompok RT yang berbeda",
                                          "they are of two neighborhoods")),
                 std::string(session.pick("sepakati dengan RT itu, siapa yang mencatatnya",
                                          "agree with the other one who keeps the record")));
  }
  if (a.kind != b.kind) {
    return error(Code::bad_value, std::string(a.kind->name) + ", " + std::string(b.kind->name) +
                                      std::string(session.pick(": jenisnya harus sama",
                                                               ": they must be of one kind")));
  }
  return Two{std::move(a), std::move(b)};
}

// What takes back that one was told apart from the other; empty when it was not.
Result<std::vector<FieldChange>> no_longer_apart(Engine& engine, const FoundRecord& found,
                                                 const RecordId& other) {
  const auto field = not_same_as_field(*found.kind);
  TRY(const auto row, engine.records().row(found.space.number, found.id));
  if (!row) return std::vector<FieldChange>();
  for (const auto& value : set_in(*row, field))
    if (value == Value{other})
      return std::vector<FieldChange>{{field, OpType::remove, Value{other}}};
  return std::vector<FieldChange>();
}

Result<std::optional<RecordId>> link_of(Engine& engine, const FoundRecord& found) {
  TRY(const auto row, engine.records().row(found.space.number, found.id));
  const auto column = engine.records().table(found.kind->id)->find(same_as_field(*found.kind));
  const auto* id = row && column ? std::get_if<RecordId>(&row->values[*column]) : nullptr;
  return id == nullptr ? std::optional<RecordId>() : std::optional(*id);
}

// "Bu Ani (0a1b2c3d)"
std::string named(Session& session, Engine& engine, const FoundRecord& found, const RecordId& id) {
  return title_of(engine, found.space.id, id, session.language()) + " (" + id.hex().substr(0, 8) +
         ")";
}

Status set_link(Session& session, Output& out, const FoundRecord& found, Value to,
                std::string_view id_text, std::string_view en_text) {
  const Action action{
      {SetFields{found.id, {{same_as_field(*found.kind), OpType::put, std::move(to)}}}}};
  return act_and_say(session, out, found.space, action, id_text, en_text);
}

Status link(Session& session, const Arguments& given, Output& out) {
  TRY(const auto two, two_of(session, given));
  const auto &goes = two.a, &stays = two.b;
  TRY(auto* engine, session.engine());
  TRY(const auto before, link_of(*engine, goes));
  TRY(const auto other_way, link_of(*engine, stays));
  if (other_way == goes.id) {
    return error(Code::bad_value,
                 named(session, *engine, stays, stays.id) +
                     std::string(out.pick(" sudah digabung dengan ", " is linked already to ")) +
                     named(session, *engine, goes, goes.id),
                 std::string(out.pick("untuk membaliknya: unlink ", "to turn it round: unlink ")) +
                     stays.id.hex().substr(0, 8));
  }
  if (before && *before != stays.id) {
    return error(Code::ambiguous,
                 named(session, *engine, goes, goes.id) +
                     std::string(out.pick(" sudah digabung dengan ", " is linked already to ")) +
                     named(session, *engine, goes, *before),
                 std::string(out.pick("lepaskan dahulu: unlink ", "take it apart first: unlink ")) +
                     goes.id.hex().substr(0, 8));
  }
  TRY(auto changes, no_longer_apart(*engine, goes, stays.id));
  changes.insert(changes.begin(), {same_as_field(*goes.kind), OpType::put, Value{stays.id}});
  Action action{{SetFields{goes.id, std::move(changes)}}};
  TRY(auto back, no_longer_apart(*engine, stays, goes.id));
  if (!back.empty()) action.changes.push_back(SetFields{stays.id, std::move(back)});
  TRY_VOID(act_and_say(session, out, goes.space, action,
                       "Digabung (dapat dilepas dengan unlink atau undo):",
                       "Linked (unlink or undo takes it apart):"));
  out.line(std::string(out.pick("  yang tampil di daftar: ", "  lists show: ")) +
           named(session, *engine, stays, stays.id));
  return {};
}

// What is linked straight to it.
Result<std::vector<RecordId>> linked_here(Engine& engine, const FoundRecord& found) {
  const Query query{.kind = found.kind->id,
                    .spaces = {found.space.number},
                    .where = {{same_as_field(*found.kind), Compare::equal, Value{found.id}}}};
  TRY(const auto rows, engine.records().rows(query));
  std::vector<RecordId> out;
  for (const auto& row : rows) out.push_back(row.id);
  return out;
}

Status unlink(Session& session, const Arguments& given, Output& out) {
  TRY(auto found, person_of(session, given.at("A")));
  TRY(auto* engine, session.engine());
  TRY(const auto before, link_of(*engine, found));
  if (!before) {
    TRY(const auto others, linked_here(*engine, found));
    if (others.size() != 1) {
      std::string hint;
      for (const auto& one : others) hint += (hint.empty() ? "unlink " : ", unlink ") + one.hex();
      return error(others.empty() ? Code::not_found : Code::ambiguous,
                   named(session, *engine, found, found.id) +
                       std::string(others.empty() ? out.pick(" tidak digabung dengan catatan lain",
                                                             " is not linked to another record")
                                                  : out.pick(" mewakili beberapa catatan",
                                                             " stands for several records")),
                   hint);
    }
    found.id = others.front();
  }
  return set_link(session, out, found, {},
                  "Dilepas, berdiri sendiri lagi:", "Taken apart, on its own again:");
}

Status tell_apart(Session& session, const Arguments& given, Output& out) {
  TRY(const auto two, two_of(session, given));
  TRY(auto* engine, session.engine());
  Action action{
      {SetFields{two.a.id, {{not_same_as_field(*two.a.kind), OpType::add, Value{two.b.id}}}}}};
  // Who was linked by mistake is taken apart by the same word.
  TRY(const auto forth, link_of(*engine, two.a));
  TRY(const auto back, link_of(*engine, two.b));
  const FieldChange no_link{same_as_field(*two.a.kind), OpType::put, {}};
  if (forth == two.b.id) std::get<SetFields>(action.changes[0]).fields.push_back(no_link);
  if (back == two.a.id) action.changes.push_back(SetFields{two.b.id, {no_link}});
  return act_and_say(session, out, two.a.space, action,
                     "Dua yang berbeda; tidak ditanyakan lagi di semua laptop:",
                     "Two that differ; no laptop asks about them again:");
}

struct Alike {
  LikelyDuplicate people;
  const KindSpec* kind = nullptr;
};

Result<std::vector<Alike>> find_pairs(Session& session, const Arguments& given) {
  std::vector<const KindSpec*> kinds{&kind_of(household::kKind), &kind_of(resident::kKind)};
  if (given.has("KIND")) {
    TRY(const auto* kind, session.kind(given.at("KIND")));
    kinds = {kind};
  }
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  std::vector<std::uint32_t> numbers;
  for (const auto& space : spaces) numbers.push_back(space.number);
  std::vector<Alike> out;
  if (numbers.empty()) return out;
  for (const auto* kind : kinds) {
    TRY(auto found, find_duplicates(engine->records(), numbers, kind->id));
    for (auto& one : found) out.push_back({std::move(one), kind});
  }
  return out;
}

// For people: the commands with as much of each id as is needed.
void print_pair(const LikelyDuplicate& pair, const std::string& why, bool here, Output& out) {
  const auto a = pair.a.id.hex().substr(0, 8), b = pair.b.id.hex().substr(0, 8);
  auto line = a + " " + pair.a.name + "  ~  " + b + " " + pair.b.name + "  (" + why;
  if (here) {
    const auto words = link_command(pair);
    const bool b_goes = words.find(pair.b.id.hex()) < words.find(pair.a.id.hex());
    line += ")  -> rukunctl link " + (b_goes ? b + " " + a : a + " " + b);
    line +=
        std::string(out.pick("  atau bukan: rukunctl distinct ", "  or not: rukunctl distinct ")) +
        a + " " + b;
  } else {
    line += std::string(out.pick("; dua kelompok RT", "; two neighborhoods")) +
            ")  -> rukunctl show " + b;
  }
  out.line(line);
}

Status duplicates(Session& session, const Arguments& given, Output& out) {
  TRY(const auto pairs, find_pairs(session, given));
  TRY(auto* engine, session.engine());
  // Before anything is shown: what was opened is on record even if the pipe breaks.
  if (!pairs.empty()) {
    TRY_VOID(note_access(engine->local(), session.world().clock, Access::list, "duplicates",
                         2 * pairs.size()));
  }
  if (out.json()) out.document().array();
  for (const auto& [people, kind] : pairs) {
    const auto& [a, b, score] = people;
    const bool here = a.space == b.space;
    const auto apart = here ? distinct_command(people) : std::string();
    const auto command = here ? link_command(people) : "show " + b.id.hex();
    const auto why = in_common(a, b).in(session.language());
    if (out.json()) {
      auto& json = out.document().object();
      json.pair("kind", kind->name).pair("id", a.id.hex()).pair("other", b.id.hex());
      json.pair("name", a.name).pair("other_name", b.name).key("score").number(score);
      json.pair("why", why).pair("command", command);
      if (here) json.pair("distinct", apart);
      json.end_object();
    }
    print_pair(people, why, here, out);
  }
  if (out.json()) out.document().end_array();
  if (pairs.empty())
    out.line(out.pick("Tidak ada yang tampak tercatat dua kali.",
                      "Nobody seems to be on record twice."));
  return {};
}

}  // namespace

Commands same_as_commands() {
  return {
      {"duplicates",
       "[KIND]",
       "siapa yang mungkin tercatat dua kali",
       "who may be on record twice",
       {{"KIND", Param::one, false, "household atau resident; tanpa ini keduanya",
         "household or resident; without it both"}},
       duplicates},
      {"link",
       "A B",
       "catatan A ternyata sama dengan B: daftar menampilkan B; dapat dilepas lagi",
       "record A is the same as B: lists show B; can be taken apart again",
       {{"A", Param::one, true, "keluarga atau warga yang tercatat dua kali",
         "the household or resident that was entered twice"},
        {"B", Param::one, true, "catatan yang tetap tampil", "the record that stays in the lists"}},
       link},
      {"unlink",
       "A",
       "melepas gabungan",
       "take a link apart",
       {{"A", Param::one, true, "catatan yang digabung", "the record that was linked"}},
       unlink},
      {"distinct",
       "A B",
       "A dan B adalah dua yang berbeda: tidak ditanyakan lagi di laptop mana pun (batalkan dengan "
       "undo)",
       "A and B are two that differ: no laptop asks about them again (undo takes it back)",
       {{"A", Param::one, true, "keluarga atau warga", "a household or resident"},
        {"B", Param::one, true, "yang mirip dengannya", "the one that is like it"}},
       tell_apart},
  };
}

}  // namespace rukun::cli
