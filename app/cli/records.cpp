#include "app/cli/records.h"

namespace rukun::cli {
namespace {

struct Assignment {
  std::string_view field;
  std::string_view value;
  char sign = '=';  // + - or =
};

Result<Assignment> split(std::string_view text, Language language) {
  const auto at = text.find('=');
  if (at == text.npos || at == 0) {
    return error(Code::bad_value,
                 std::string(text) + std::string(pick(language, ": bukan isian", ": not a field")),
                 std::string(pick(language, "tulis isian=nilai", "write field=value")));
  }
  Assignment out{text.substr(0, at), text.substr(at + 1)};
  const char before = out.field.back();
  if (before == '+' || before == '-') {
    out.sign = before;
    out.field.remove_suffix(1);
  }
  return out;
}

Result<const FieldSpec*> field_named(const KindSpec& kind, std::string_view name,
                                     Language language) {
  if (const auto* field = kind.find_field(name)) return field;
  std::string names;
  for (const auto& field : kind.fields) {
    if (!field.made_by_program) names += (names.empty() ? "" : ", ") + std::string(field.name);
  }
  return error(Code::bad_value,
               std::string(name) +
                   std::string(pick(language, ": bukan isian dari ", ": is no field of ")) +
                   std::string(kind.name),
               std::string(pick(language, "yang ada: ", "there are: ")) + names);
}

tl::unexpected<Error> set_needs_sign(const FieldSpec& field, Language language) {
  const std::string name(field.name);
  return error(
      Code::bad_value,
      name + std::string(pick(language, ": isian ini berupa himpunan", ": this field is a set")),
      std::string(pick(language, "tulis ", "write ")) + name + "+=... / " + name + "-=...");
}

void clear_set(std::vector<FieldChange>& out, FieldId field, const Row* now,
               const TableSpec* table) {
  if (now == nullptr || table == nullptr) return;
  const auto column = table->find(field);
  if (!column) return;
  for (const auto& element : now->sets[*column]) out.push_back({field, OpType::remove, element});
}

}  // namespace

Result<std::vector<FieldChange>> read_assignments(const KindSpec& kind,
                                                  const std::vector<std::string>& texts,
                                                  const ParseContext& reading, const Row* now,
                                                  const TableSpec* table) {
  std::vector<FieldChange> out;
  for (const auto& text : texts) {
    TRY(const auto part, split(text, reading.language));
    TRY(const auto* field, field_named(kind, part.field, reading.language));
    if (field->set && part.sign == '=') {
      if (!part.value.empty()) return set_needs_sign(*field, reading.language);
      clear_set(out, field->id, now, table);
      continue;
    }
    if (!field->set && part.sign != '=') {
      return error(Code::bad_value,
                   std::string(field->name) +
                       std::string(pick(reading.language, ": bukan himpunan, tulis ",
                                        ": is no set, write ")) +
                       std::string(field->name) + "=...");
    }
    TRY(auto value, parse_value(*field, part.value, reading));
    if (is_none(value) && (field->set || now == nullptr)) continue;
    const auto type = part.sign == '+'   ? OpType::add
                      : part.sign == '-' ? OpType::remove
                                         : OpType::put;
    out.push_back({field->id, type, std::move(value)});
  }
  return out;
}

Result<FieldChange> read_field(const KindSpec& kind, FieldId field, std::string_view text,
                               const ParseContext& reading) {
  TRY(auto value, parse_value(kind.field(field), text, reading));
  return FieldChange{field, OpType::put, std::move(value)};
}

Status take_option(std::vector<FieldChange>& fields, KindId kind, FieldId field,
                   const Arguments& given, std::string_view option, const ParseContext& reading) {
  const auto text = given.find(option);
  if (!text) return {};
  TRY(auto change, read_field(kind_of(kind), field, *text, reading));
  if (!is_none(change.value)) fields.push_back(std::move(change));
  return {};
}

tl::unexpected<Error> unexpected_kind(const FoundRecord& found, std::string_view expected,
                                      Language language) {
  return error(
      Code::bad_value,
      found.id.hex().substr(0, 8) + std::string(pick(language, " adalah ", " is a ")) +
          std::string(found.kind->name),
      std::string(pick(language, "yang diharapkan: ", "expected: ")) + std::string(expected));
}

Result<FoundRecord> record_of(Session& session, std::string_view text, KindId kind) {
  TRY(auto found, session.record(text));
  if (found.kind->id != kind) return unexpected_kind(found, kind_of(kind).name, session.language());
  return found;
}

Result<Outcome> act(Session& session, Output& out, const SpaceInfo& space, const Action& action) {
  TRY(auto* engine, session.engine());
  TRY(auto outcome, engine->execute(space.id, action));
  session.wrote();
  for (const auto& warning : outcome.warnings) out.remark(warning);
  for (const auto& one : outcome.alike) {
    const auto id = one.hex().substr(0, 8);
    out.remark(std::string(out.pick("  lihat: rukunctl show ", "  see: rukunctl show ")) + id +
               std::string(out.pick("; bila memang sama: rukunctl link ",
                                    "; if they are the same: rukunctl link ")) +
               outcome.records.front().hex().substr(0, 8) + " " + id +
               std::string(out.pick("; bila bukan: rukunctl distinct ",
                                    "; if they differ: rukunctl distinct ")) +
               outcome.records.front().hex().substr(0, 8) + " " + id);
  }
  return outcome;
}

Status act_and_say(Session& session, Output& out, const SpaceInfo& space, const Action& action,
                   std::string_view id_text, std::string_view en_text) {
  TRY(const auto outcome, act(session, out, space, action));
  session.made(outcome.records.front());
  const auto id = outcome.records.front().hex();
  if (out.json()) out.document().object().pair("id", id).end_object();
  out.line(std::string(out.pick(id_text, en_text)) + " " + id);
  return {};
}

void print_value(Json& json, const FieldSpec& field, const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (field.type == FieldType::boolean && number != nullptr && fits(field, value)) {
    json.boolean(*number != 0);
  } else if (field.type == FieldType::integer && number != nullptr) {
    json.number(*number);
  } else {
    json.text(machine_value(field, value));
  }
}

void print_erased_record(Json& json, const KindSpec& kind, const RecordId& id) {
  json.object().pair("id", id.hex()).pair("kind", kind.name).flag("erased", true).end_object();
}

void begin_record(Json& json, const SpaceId& space, const Row& row, const RecordForm& form) {
  json.object().pair("id", row.id.hex()).pair("kind", form.kind->name).pair("space", space.hex());
  if (row.life == Life::deleted) json.flag("deleted", true);
  if (row.created.doubtful || row.changed.doubtful) json.flag("doubtful", true);
  for (const auto& field : form.kind->fields) {
    const auto column = form.table->find(field.id);
    if (!column) continue;
    if (field.set) {
      if (row.sets[*column].empty()) continue;
      json.key(field.name).array();
      for (const auto& element : row.sets[*column]) print_value(json, field, element);
      json.end_array();
    } else if (!is_none(row.values[*column])) {
      json.key(field.name);
      print_value(json, field, row.values[*column]);
    }
  }
  if (form.derived == nullptr) return;
  for (const auto& [field, value] : form.derived->values_for(row)) {
    // A shift says its own slots itself.
    const auto* declared = form.kind->find_field(field->name);
    if (is_none(value) ||
        (declared != nullptr && !machine_field(row, *form.table, *declared).empty()))
      continue;
    json.key(field->name);
    print_value(json, *field, value);
  }
}

std::string shown_field(const Row& row, const TableSpec& table, const FieldSpec& field,
                        const FormatContext& context) {
  const auto column = table.find(field.id);
  if (!column) return {};
  if (!field.set) {
    const auto& value = row.values[*column];
    return is_none(value) ? std::string() : format_value(field, value, context);
  }
  std::string out;
  for (const auto& element : row.sets[*column]) {
    out += (out.empty() ? "" : "; ") + format_value(field, element, context);
  }
  return out;
}

std::string machine_field(const Row& row, const TableSpec& table, const FieldSpec& field) {
  const auto column = table.find(field.id);
  if (!column) return {};
  if (!field.set) {
    const auto& value = row.values[*column];
    return is_none(value) ? std::string() : machine_value(field, value);
  }
  std::string out;
  for (const auto& element : row.sets[*column]) {
    out += (out.empty() ? "" : "; ") + machine_value(field, element);
  }
  return out;
}

void print_stamp(Json& json, std::string_view name, Stamp stamp) {
  json.pair(name, rfc3339_utc(stamp.wall()));
  if (stamp.doubtful) json.flag("doubtful", true);
}

std::string stamp_text(Stamp stamp, Language language) {
  auto out = format_instant(stamp.wall(), kWibOffset_min, language);
  if (stamp.doubtful) out += pick(language, " (jam diragukan)", " (doubtful clock)");
  return out;
}

}  // namespace rukun::cli
