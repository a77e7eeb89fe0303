#include "app/ui/presenter/conflicts.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/values.h"
#include "app/engine/authors.h"
#include "app/ui/presenter/record_words.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostWaiting = 100;

std::string value_words(Desk& desk, const Conflict& conflict, const Value& value) {
  const Translator& words = desk.speaking().words;
  if (conflict.field == kLife)
    return words.tr(value == Value(std::int64_t{1}) ? "value.deleted" : "value.kept");
  if (is_none(value)) return words.tr("value.empty");
  const KindSpec* kind = find_kind(conflict.kind);
  const FieldSpec* field = kind == nullptr ? nullptr : kind->find_field(conflict.field);
  if (field == nullptr) return "#" + std::to_string(conflict.field);
  const auto row = field->type == FieldType::quantity ? desk.row_of(conflict.record)
                                                      : Result<Row>(error(Code::not_found, ""));
  return row ? field_words(desk, *row, *field, value) : format_value(*field, value, desk.showing());
}

std::string where_words(Desk& desk, const ConflictValue& value) {
  const Translator& words = desk.speaking().words;
  const LaptopName laptop = laptop_of(desk.engine(), value.write.log);
  return laptop.here ? words.tr("decide.here")
                     : words.tr("decide.elsewhere", {{"device", laptop.name}});
}

Result<Conflict> conflict_of(Desk& desk, const std::string& record, const std::string& field) {
  if (!desk.has_space())
    return error(Code::not_allowed, desk.speaking().words.tr("refused.no_space"));
  TRY(auto conflicts, desk.engine().conflicts(desk.space().id));
  for (Conflict& one : conflicts) {
    if (one.record.hex() == record && std::to_string(one.field) == field) return std::move(one);
  }
  return error(Code::not_found, desk.speaking().words.tr("decide.nothing"));
}

Status settle(Desk& desk, const Conflict& conflict, const Value& value) {
  const std::string title = desk.title_of(conflict.record);
  if (conflict.field != kLife)
    return desk.act(Action{{ResolveField{conflict.record, conflict.field, value}}}, "done.decide",
                    title);
  if (value == Value(std::int64_t{1}))
    return desk.act(Action{{DeleteRecord{conflict.record}}}, "done.decide", title);
  return desk.act(Action{{RestoreRecord{conflict.record}}}, "done.decide", title);
}

Status resolve(Desk& desk, const Resolve& command) {
  TRY(const auto conflict, conflict_of(desk, command.record, command.field));
  for (const ConflictValue& value : conflict.values) {
    if (value.write.txn.hex() == command.write) return settle(desk, conflict, value.value);
  }
  return error(Code::not_found, desk.speaking().words.tr("decide.nothing"));
}

Status resolve_with(Desk& desk, const ResolveWith& command) {
  TRY(const auto conflict, conflict_of(desk, command.record, command.field));
  const KindSpec* kind = find_kind(conflict.kind);
  const FieldSpec* field = kind == nullptr ? nullptr : kind->find_field(conflict.field);
  if (field == nullptr) return error(Code::unsupported, desk.speaking().words.tr("decide.record"));
  TRY(auto value, parse_value(*field, command.value, desk.reading()));
  return settle(desk, conflict, value);
}

}  // namespace

std::optional<Status> run_decide(Desk& desk, const Command& command) {
  if (const auto* taken = std::get_if<Resolve>(&command)) return resolve(desk, *taken);
  if (const auto* written = std::get_if<ResolveWith>(&command)) return resolve_with(desk, *written);
  return std::nullopt;
}

void fill_decide(Desk& desk, const std::vector<AttentionRow>& waiting) {
  DecideView& view = desk.now.decide;
  view.conflicts.clear();
  const std::size_t shown = std::min(waiting.size(), kMostWaiting);
  view.waiting.assign(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(shown));
  view.waiting_more = waiting.size() - shown;
  const auto conflicts = desk.engine().conflicts(desk.space().id);
  if (!conflicts) return desk.refuse(conflicts.error());
  const Speaking how = desk.speaking();
  for (const Conflict& conflict : *conflicts) {
    const KindSpec* kind = find_kind(conflict.kind);
    const FieldSpec* field =
        kind == nullptr || conflict.field == kLife ? nullptr : kind->find_field(conflict.field);
    ConflictView out;
    out.record = conflict.record.hex();
    out.field = std::to_string(conflict.field);
    out.title = desk.title_of(conflict.record);
    if (conflict.kind == fields::need::kKind)
      if (const auto need = desk.row_of(conflict.record))
        out.title += " · " + for_whom(desk, *need, false);
    out.field_label = field == nullptr ? how.words.tr("decide.record")
                                       : std::string(field->label(desk.language()));
    for (const ConflictValue& value : conflict.values) {
      out.choices.push_back({value.write.txn.hex(), value_words(desk, conflict, value.value),
                             value.by_name, when_words(value.at.wall(), how),
                             where_words(desk, value)});
      if (field != nullptr && !is_none(value.value))
        out.choices.back().typed = format_value(*field, value.value, desk.showing());
    }
    view.conflicts.push_back(std::move(out));
  }
}

}  // namespace rukun::ui
