// One record at a time: add, set, delete, show, undo; and what kinds there are.
#include "app/cli/records.h"
#include "app/domain/purposes.h"
#include "app/engine/access_log.h"
#include "app/engine/authors.h"

namespace rukun::cli {
namespace {

constexpr std::size_t kUndoDepth = 10'000;

Status schema(Session& session, const Arguments& given, Output& out) {
  const KindSpec* only = nullptr;
  if (given.has("KIND")) {
    TRY(only, session.kind(given.at("KIND")));
  }
  if (out.json()) out.document().array();
  for (const auto& kind : all_kinds()) {
    if (only != nullptr && only != &kind) continue;
    if (out.json()) {
      out.document().object().pair("kind", kind.name).key("id").number(kind.id);
      out.document().pair("label_id", kind.label_id).pair("label_en", kind.label_en);
      out.document().key("fields").array();
    }
    out.line(std::string(kind.name) + ": " + std::string(kind.label(out.language())));
    for (const auto& field : kind.fields) {
      if (out.json()) {
        out.document().object().pair("field", field.name).key("id").number(field.id);
        out.document().pair("type", type_text(field)).pair("class", name_of(field.privacy));
        out.document().pair("label_id", field.label_id).pair("label_en", field.label_en);
        out.document().pair("hxl", field.hxl).flag("required", field.required);
        if (field.erasable()) {
          const auto why = [&](Language in) { return purpose_of(kind.id, field.id, in); };
          out.document().pair("purpose_id", why(Language::id));
          out.document().pair("purpose_en", why(Language::en));
        }
        out.document().end_object();
      }
      out.line("  " + std::string(field.name) + "  " + type_text(field) + "  " +
               std::string(field.label(out.language())) +
               std::string(field.required ? out.pick("  (wajib)", "  (required)") : "") +
               (field.erasable() ? "  " + std::string(purpose_of(kind.id, field.id, out.language()))
                                 : std::string()));
    }
    if (out.json()) {
      out.document().end_array().key("derived").array();
      for (const auto& field : derived_fields(kind.id)) {
        out.document().object().pair("field", field.name).pair("type", type_text(field));
        out.document().end_object();
      }
      out.document().end_array().end_object();
    }
    for (const auto& field : derived_fields(kind.id)) {
      out.line("  " + std::string(field.name) + "  " + type_text(field) +
               std::string(out.pick("  (dihitung)", "  (derived)")));
    }
  }
  if (out.json()) out.document().end_array();
  return {};
}

Status add(Session& session, const Arguments& given, Output& out) {
  TRY(const auto* kind, session.kind(given.at("KIND")));
  TRY_VOID(session.engine());
  TRY(const auto space, session.space());
  TRY(auto fields,
      read_assignments(*kind, given.all("FIELD=VALUE"), session.reading(space), nullptr, nullptr));
  return act_and_say(session, out, space, {{AddRecord{kind->id, std::move(fields)}}},
                     "Tersimpan di sini:", "Stored here:");
}

Result<Row> row_of(Session& session, const FoundRecord& found) {
  TRY(auto* engine, session.engine());
  TRY(auto row, engine->records().row(found.space.number, found.id));
  if (!row) return error(Code::not_found, found.id.hex());
  return std::move(*row);
}

Status set(Session& session, const Arguments& given, Output& out) {
  TRY(const auto found, session.record(given.at("ID")));
  TRY(auto* engine, session.engine());
  TRY(const auto row, row_of(session, found));
  TRY(auto fields,
      read_assignments(*found.kind, given.all("FIELD=VALUE"), session.reading(found.space), &row,
                       engine->records().table(found.kind->id)));
  if (fields.empty()) {
    return error(Code::bad_value,
                 std::string(out.pick("tidak ada yang diubah", "nothing to change")));
  }
  return act_and_say(session, out, found.space, {{SetFields{found.id, std::move(fields)}}},
                     "Tersimpan di sini:", "Stored here:");
}

Status remove(Session& session, const Arguments& given, Output& out) {
  TRY(const auto found, session.record(given.at("ID")));
  return act_and_say(session, out, found.space, {{DeleteRecord{found.id}}},
                     "Dihapus (dapat diurungkan):", "Deleted (can be undone):");
}

std::string change_text(const KindSpec& kind, const FieldChange& change,
                        const FormatContext& showing) {
  if (change.field == kLife) {
    const auto* number = std::get_if<std::int64_t>(&change.value);
    const bool deleted = number != nullptr && *number != 0;
    return std::string(deleted ? pick(showing.language, "dihapus", "deleted")
                               : pick(showing.language, "dikembalikan", "brought back"));
  }
  const auto* field = kind.find_field(change.field);
  if (field == nullptr) return "#" + std::to_string(change.field);
  const char* sign = change.type == OpType::add      ? " + "
                     : change.type == OpType::remove ? " - "
                                                     : ": ";
  return std::string(field->label(showing.language)) + sign +
         (is_none(change.value) ? std::string("-") : format_value(*field, change.value, showing));
}

void print_change(Json& json, const KindSpec& kind, const FieldChange& change) {
  const auto* field = change.field == kLife ? nullptr : kind.find_field(change.field);
  json.object();
  if (change.field == kLife) {
    const auto* number = std::get_if<std::int64_t>(&change.value);
    json.pair("field", "deleted").flag("value", number != nullptr && *number != 0);
  } else {
    json.pair("field",
              field == nullptr ? "#" + std::to_string(change.field) : std::string(field->name));
    json.pair("op", change.type == OpType::add      ? "add"
                    : change.type == OpType::remove ? "remove"
                                                    : "put");
    if (field != nullptr && !is_none(change.value)) {
      json.key("value");
      print_value(json, *field, change.value);
    }
  }
  json.end_object();
}

Status print_history(Session& session, const FoundRecord& found, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto history, engine->history(found.space.id, found.id));
  if (out.json()) out.document().key("history").array();
  const auto showing = session.showing(found.space);
  for (const auto& entry : history) {
    if (out.json()) {
      out.document().object().pair("txn", entry.entry.hash.hex()).pair("by", entry.by.hex());
      out.document().pair("name", entry.by_name);
      print_stamp(out.document(), "at", entry.at);
      out.document().flag("created", entry.created).key("changes").array();
      for (const auto& change : entry.changes) print_change(out.document(), *found.kind, change);
      out.document().end_array().end_object();
    }
    out.line(stamp_text(entry.at, out.language()) + "  " + entry.by_name + "  " +
             entry.entry.hash.hex().substr(0, 8));
    for (const auto& change : entry.changes)
      out.line("    " + change_text(*found.kind, change, showing));
  }
  if (out.json()) out.document().end_array().key("reached").array();
  std::string names;
  if (const Head* word = last_word(history, engine->member())) {
    TRY(const auto holders, engine->holders(found.space.id, *word));
    for (const Holder& one : holders) {
      if (out.json())
        out.document()
            .object()
            .pair("member", one.member.hex())
            .pair("name", one.name)
            .end_object();
      names += (names.empty() ? "" : ", ") + one.name;
    }
  }
  if (out.json()) out.document().end_array();
  if (!names.empty()) out.line(std::string(out.pick("Sampai ke: ", "Reached: ")) + names);
  return {};
}

Status show(Session& session, const Arguments& given, Output& out) {
  TRY(const auto found, session.record(given.at("ID")));
  TRY(auto* engine, session.engine());
  if (found.life == Life::erased) {
    if (out.json()) print_erased_record(out.document(), *found.kind, found.id);
    out.line(std::string(found.kind->label(out.language())) + " " + found.id.hex());
    out.line(out.pick("  (data telah dihapus)", "  (erased)"));
    return {};
  }
  TRY(const auto row, row_of(session, found));
  const std::uint32_t number = found.space.number;
  TRY(const auto derived,
      Derived::load(engine->records(), {&number, 1}, found.kind->id, derived_context(*engine)));
  const RecordForm form{found.kind, engine->records().table(found.kind->id), &derived};
  // Before it is shown: what was opened is on record even if the pipe breaks.
  if (holds_personal(*form.kind, *form.table, row)) {
    TRY_VOID(note_access(engine->local(), session.world().clock, Access::show,
                         std::string(found.kind->name) + " " + found.id.hex(), 1));
  }
  if (out.json()) begin_record(out.document(), found.space.id, row, form);
  const auto showing = session.showing(found.space);
  out.line(std::string(found.kind->label(out.language())) + " " + found.id.hex());
  if (row.life == Life::deleted) out.line(out.pick("  (sudah dihapus)", "  (deleted)"));
  for (const auto& field : found.kind->fields) {
    const auto text = shown_field(row, *form.table, field, showing);
    if (!text.empty()) out.line("  " + std::string(field.label(out.language())) + ": " + text);
  }
  for (const auto& [field, value] : derived.values_for(row)) {
    if (is_none(value)) continue;
    out.line("  " + std::string(field->label(out.language())) + ": " +
             format_value(*field, value, showing));
  }
  if (row.conflicts > 0) {
    out.line(out.pick("  Ada isian yang perlu diputuskan: rukunctl conflicts",
                      "  A field needs a decision: rukunctl conflicts"));
  }
  if (given.has("--history")) TRY_VOID(print_history(session, found, out));
  if (out.json()) out.document().end_object();
  return {};
}

Result<std::optional<TxnHash>> txn_from(Session& session, const SpaceInfo& space,
                                        const std::string& text) {
  if (text.empty()) return std::optional<TxnHash>();
  TRY(auto* engine, session.engine());
  TRY(const auto lines, engine->log(space.id, engine->member(), kUndoDepth));
  std::optional<TxnHash> found;
  for (const auto& line : lines) {
    if (!line.txn.hex().starts_with(text)) continue;
    if (found) {
      return error(Code::ambiguous,
                   text + std::string(session.pick(": lebih dari satu tindakan cocok",
                                                   ": several actions fit")));
    }
    found = line.txn;
  }
  if (!found) {
    return error(Code::not_found,
                 text + std::string(session.pick(": tidak ada tindakan sendiri dengan tanda ini",
                                                 ": no action of your own is named so")),
                 std::string(session.pick("lihat rukunctl log", "see rukunctl log")));
  }
  return found;
}

Status undo(Session& session, const Arguments& given, Output& out) {
  TRY(auto* engine, session.engine());
  TRY(const auto space, session.space());
  TRY(const auto txn, txn_from(session, space, given.at("TXN")));
  TRY(const auto outcome, engine->undo(space.id, txn));
  session.wrote();
  if (out.json()) out.document().object().pair("txn", outcome.txn.hex()).end_object();
  out.line(out.pick("Diurungkan.", "Undone."));
  return {};
}

}  // namespace

Commands record_commands() {
  const Param id{"ID", Param::one, true, "id catatan, atau paling sedikit 6 angka pertamanya",
                 "the record's id, or at least its first 6 digits"};
  const Param fields{
      "FIELD=VALUE", Param::many, false,
      "isian=nilai; isian= mengosongkan; isian+=nilai dan isian-=nilai untuk himpunan",
      "field=value; field= clears; field+=value and field-=value for sets"};
  return {
      {"schema",
       "[KIND]",
       "jenis catatan dan isiannya",
       "the kinds of records and their fields",
       {{"KIND", Param::one, false, "hanya jenis ini, misalnya need", "only this kind, as need"}},
       schema},
      {"add",
       "KIND field=value ...",
       "mencatat yang baru",
       "make a record",
       {{"KIND", Param::one, true, "jenis, misalnya need; semuanya: rukunctl schema",
         "the kind, for example need; all of them: rukunctl schema"},
        {fields.name, fields.shape, fields.required,
         "isian=nilai; isian yang ada: rukunctl schema KIND; himpunan: isian+=nilai",
         "field=value; the fields there are: rukunctl schema KIND; sets: field+=value"}},
       add},
      {"set", "ID field=value ...", "mengubah catatan", "change a record", {id, fields}, set},
      {"delete", "ID", "menghapus catatan", "delete a record", {id}, remove},
      {"show",
       "ID [--history]",
       "menampilkan satu catatan",
       "show one record",
       {id,
        {"--history", Param::flag, false, "dengan riwayatnya, dan sampai ke siapa",
         "with its history, and whom it has reached"}},
       show},
      {"undo",
       "[TXN]",
       "mengurungkan tindakan sendiri yang terakhir, atau yang disebut",
       "take back your last action, or the one that is named",
       {{"TXN", Param::one, false, "tanda tindakan, dari log", "the action's name, from log"}},
       undo},
  };
}

}  // namespace rukun::cli
