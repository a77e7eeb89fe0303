// What a person has to decide: fields changed in two places, and all else that needs attention.
#include <charconv>

#include "app/cli/records.h"
#include "app/engine/authors.h"

namespace rukun::cli {
namespace {

// A disputed deletion is shown as a field of this name.
constexpr std::string_view kLifeName = "deleted";
constexpr std::size_t kLeastWrite = 6;

std::string value_text(const Conflict& conflict, const Value& value, const FormatContext& showing) {
  if (conflict.field == kLife) {
    return std::string(value == Value(std::int64_t{1})
                           ? pick(showing.language, "dihapus", "deleted")
                           : pick(showing.language, "tetap ada", "kept"));
  }
  if (is_none(value)) return std::string(pick(showing.language, "(kosong)", "(empty)"));
  const auto* kind = find_kind(conflict.kind);
  const auto* field = kind == nullptr ? nullptr : kind->find_field(conflict.field);
  return field == nullptr ? "#" + std::to_string(conflict.field)
                          : format_value(*field, value, showing);
}

std::string field_name(const Conflict& conflict) {
  if (conflict.field == kLife) return std::string(kLifeName);
  const auto* kind = find_kind(conflict.kind);
  const auto* field = kind == nullptr ? nullptr : kind->find_field(conflict.field);
  return field == nullptr ? "#" + std::to_string(conflict.field) : std::string(field->name);
}

void print_conflict(Json& json, const Conflict& conflict) {
  const auto* kind = find_kind(conflict.kind);
  const auto* field = kind == nullptr ? nullptr : kind->find_field(conflict.field);
  json.object().pair("id", conflict.record.hex());
  json.pair("kind",
            kind == nullptr ? "#" + std::to_string(conflict.kind) : std::string(kind->name));
  json.pair("field", field_name(conflict)).key("values").array();
  for (const auto& one : conflict.values) {
    json.object().key("value");
    if (conflict.field == kLife) {
      json.boolean(one.value == Value(std::int64_t{1}));
    } else if (field == nullptr || is_none(one.value)) {
      json.text("");
    } else {
      print_value(json, *field, one.value);
    }
    json.pair("by", one.by.hex());
    print_stamp(json, "at", one.at);
    json.pair("write", one.write.txn.hex()).end_object();
  }
  json.end_array().end_object();
}

Status conflicts(Session& session, const Arguments&, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  if (out.json()) out.document().array();
  bool any = false;
  for (const auto& space : spaces) {
    TRY(const auto found, engine->conflicts(space.id));
    const auto showing = session.showing(space);
    for (const auto& one : found) {
      any = true;
      if (out.json()) {
        print_conflict(out.document(), one);
        continue;
      }
      out.line(one.record.hex().substr(0, 8) + "  " +
               title_of(*engine, space.id, one.record, out.language()) + "  " + field_name(one));
      for (std::size_t i = 0; i < one.values.size(); ++i) {
        const auto& value = one.values[i];
        out.line("  " + std::to_string(i + 1) + ". " + value_text(one, value.value, showing) +
                 "  (" + value.by_name + ", " + stamp_text(value.at, out.language()) + ")");
      }
      out.line("  rukunctl resolve " + one.record.hex().substr(0, 8) + " " + field_name(one) +
               " --take 1");
    }
  }
  if (out.json()) out.document().end_array();
  if (!any) out.line(out.pick("Tidak ada yang perlu diputuskan.", "There is nothing to decide."));
  return {};
}

// N from 1 in the order printed, or the beginning of a write's name.
Result<Value> taken_value(const Conflict& conflict, std::string_view text, Language language) {
  std::size_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number =
      failed == std::errc() && end == text.data() + text.size() && text.size() < kLeastWrite;
  if (is_number && number >= 1 && number <= conflict.values.size())
    return conflict.values[number - 1].value;
  if (text.size() >= kLeastWrite) {
    for (const auto& one : conflict.values) {
      if (one.write.txn.hex().starts_with(text)) return one.value;
    }
  }
  return error(
      Code::bad_value, "--take: " + std::string(text),
      std::string(pick(language, "nomor dari 1 sampai ", "a number from 1 to ")) +
          std::to_string(conflict.values.size()) +
          std::string(pick(language, ", atau tanda \"write\"", ", or the name of a write")));
}

// The change that ends a dispute about the record's own life.
Result<Change> settled_life(const RecordId& record, const Value& value) {
  if (value == Value(std::int64_t{1})) return Change(DeleteRecord{record});
  return Change(RestoreRecord{record});
}

Result<Value> life_value(std::string_view text) {
  if (text == "true") return Value(std::int64_t{1});
  if (text == "false") return Value(std::int64_t{0});
  return error(Code::bad_value, "--value: " + std::string(text), "true, false");
}

Status resolve(Session& session, const Arguments& given, Output& out) {
  if (given.has("--take") == given.has("--value")) {
    return error(
        Code::bad_value,
        std::string(out.pick("sebutkan satu: --take atau --value", "name one: --take or --value")),
        "resolve ID FIELD (--take N|WRITE | --value V)");
  }
  TRY(const auto found, session.record(given.at("ID")));
  TRY(auto* engine, session.engine());
  const bool life = given.at("FIELD") == kLifeName;
  const auto* field = life ? nullptr : found.kind->find_field(given.at("FIELD"));
  if (!life && field == nullptr) {
    return error(Code::bad_value,
                 given.at("FIELD") +
                     std::string(out.pick(": bukan isian dari ", ": is no field of ")) +
                     std::string(found.kind->name));
  }
  Value value;
  if (given.has("--value")) {
    if (life) {
      TRY(value, life_value(given.at("--value")));
    } else {
      TRY(value, parse_value(*field, given.at("--value"), session.reading(found.space)));
    }
  } else {
    TRY(const auto all, engine->conflicts(found.space.id));
    const FieldId id = life ? kLife : field->id;
    const auto conflict = std::find_if(all.begin(), all.end(), [&](const Conflict& one) {
      return one.record == found.id && one.field == id;
    });
    if (conflict == all.end()) {
      return error(Code::not_found,
                   given.at("FIELD") + std::string(out.pick(": isian ini tidak perlu diputuskan",
                                                            ": this field needs no decision")),
                   std::string(out.pick("lihat rukunctl conflicts", "see rukunctl conflicts")));
    }
    TRY(value, taken_value(*conflict, given.at("--take"), session.language()));
  }
  Change change = ResolveField{found.id, life ? kLife : field->id, value};
  if (life) {
    TRY(change, settled_life(found.id, value));
  }
  return act_and_say(session, out, found.space, {{std::move(change)}}, "Diputuskan:", "Decided:");
}

struct Need {
  std::string code;
  std::string record;
  std::string text;
  std::string command;
  std::string distinct = {};  // the other way to settle it
};

// Each entry that does not count, for a head to adopt or to leave out.
Status add_masked(Session& session, const SpaceInfo& space, std::vector<Need>& needs) {
  TRY(auto* engine, session.engine());
  TRY(const auto masked, engine->masked(space.id));
  for (const auto& one : masked) {
    const auto record = one.records.empty() ? std::string() : one.records.front().first.hex();
    const auto why =
        one.cut ? session.pick("belum sampai saat penulisnya dikeluarkan, jadi tidak berlaku",
                               "had not arrived when its author was removed, so it does not count")
                : session.pick("tidak berlaku menurut peran penulisnya",
                               "does not count, by its author's role");
    needs.push_back({"masked", record,
                     space.name + ": " + one.by_name + ", " +
                         stamp_text(one.at, session.language()) + ": " + std::string(why),
                     "member adopt " + one.txn.hex().substr(0, 12)});
  }
  return {};
}

// What only the engine knows: work that nobody else has yet, and writes that do not count.
Status add_exchange_needs(Session& session, std::vector<Need>& needs) {
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  for (const auto& space : spaces) {
    TRY(const auto status, engine->status(space.id));
    if (status.masked > 0 && space.role == Role::head) TRY_VOID(add_masked(session, space, needs));
    if (status.unsent > 0) {
      needs.push_back({"unsent", "",
                       space.name + ": " + std::to_string(status.unsent) +
                           std::string(session.pick(" catatan belum sampai ke siapa pun",
                                                    " entries have reached nobody yet")),
                       "sync folder DIR"});
    }
  }
  return {};
}

Status attention(Session& session, const Arguments&, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto spaces, session.spaces());
  AttentionContext context{
      engine->records(), {}, session.world().clock.now(), kWibOffset_min, &session.world().items};
  for (const auto& space : spaces) context.spaces.push_back(space.number);
  add_asker(*engine, context);
  std::vector<Need> needs;
  if (!spaces.empty()) {
    TRY(const auto found, rukun::attention(context));
    for (const auto& one : found) {
      needs.push_back(
          {one.code, one.record.hex(), one.text.in(out.language()), one.command, one.distinct});
    }
    TRY_VOID(add_exchange_needs(session, needs));
  }
  if (out.json()) out.document().array();
  for (const auto& one : needs) {
    if (out.json()) {
      out.document().object().pair("code", one.code).pair("record", one.record);
      out.document().pair("text", one.text).pair("command", one.command);
      if (!one.distinct.empty()) out.document().pair("distinct", one.distinct);
      out.document().end_object();
    }
    auto line = one.text + (one.command.empty() ? "" : "  -> rukunctl " + one.command);
    if (!one.distinct.empty())
      line +=
          std::string(out.pick("  atau bukan: rukunctl ", "  or not: rukunctl ")) + one.distinct;
    out.line(line);
  }
  if (out.json()) out.document().end_array();
  if (needs.empty()) out.line(out.pick("Tidak ada yang perlu Anda lakukan.", "Nothing needs you."));
  return {};
}

}  // namespace

Commands decision_commands() {
  return {
      {"conflicts",
       "",
       "isian yang diubah di dua tempat",
       "fields changed in two places",
       {},
       conflicts},
      {"resolve",
       "ID FIELD (--take N|WRITE | --value V)",
       "memutuskan isian yang berbeda",
       "decide a field that differs",
       {{"ID", Param::one, true, "catatan", "the record"},
        {"FIELD", Param::one, true, "isian", "the field"},
        {"--take", Param::one, false, "nomor menurut conflicts, atau tanda write",
         "the number that conflicts shows, or a write's name"},
        {"--value", Param::one, false, "isian yang benar", "the right value"}},
       resolve},
      {"attention", "", "yang perlu Anda lakukan", "what needs you", {}, attention},
  };
}

}  // namespace rukun::cli
