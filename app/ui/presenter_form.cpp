// The form for records of any kind, made from the declared kinds: opened, judged while it is being
// typed, kept as a draft at every key, and written in the end.
#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rules/roles.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"
#include "app/ui/presenter.h"
#include "app/ui/presenter_fields.h"

namespace rukun::ui {
namespace {

constexpr std::size_t kMostFound = 5;

// "a, b" → "a", "b"
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto comma = text.find(',');
    std::string_view one = text.substr(0, comma);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    while (!one.empty() && one.back() == ' ') one.remove_suffix(1);
    if (!one.empty()) out.emplace_back(one);
  }
  return out;
}

// Messages name fields as "Mulai (starts)", for the command line; on the screen the label is
// enough.
std::string without_names(std::string words, const KindSpec& kind) {
  for (const FieldSpec& field : kind.fields) {
    const std::string name = " (" + std::string(field.name) + ")";
    for (auto at = words.find(name); at != std::string::npos; at = words.find(name))
      words.erase(at, name.size());
  }
  return words;
}

std::string said(const Error& failure, const KindSpec& kind) {
  const std::string words = without_names(failure.message, kind);
  return failure.hint.empty() ? words : words + ". " + without_names(failure.hint, kind);
}

const std::string& text_at(const std::map<std::string, std::string>& texts,
                           const std::string& name) {
  static const std::string none;
  const auto found = texts.find(name);
  return found == texts.end() ? none : found->second;
}

}  // namespace

Status Presenter::do_deed(const Deed& deed) {
  switch (deed.what) {
    case Deed::What::nothing: return {};
    case Deed::What::open: enter(deed.screen, deed.record); return {};
    case Deed::What::add:
    case Deed::What::edit: return open_form(deed);
    case Deed::What::write: return write_fields(deed);
    case Deed::What::differ: return keep_apart(deed.record, deed.other);
    case Deed::What::join: return join_myself(deed.record);
    case Deed::What::roster: return plan_roster({});
    case Deed::What::erase: return ask_erase(deed.record);
    case Deed::What::print: return print(deed);
    case Deed::What::copy: return copy(deed);
    case Deed::What::import: open_import(deed.kind); return {};
    case Deed::What::erased: now_.erase = EraseView{.listing = true}; return {};
  }
  return {};
}

Status Presenter::write_fields(const Deed& deed) {
  TRY(const auto id, record_of(deed.record));
  TRY(const auto row, row_of(id));
  const KindSpec& kind = kind_of(row.kind);
  SetFields set{id, {}};
  for (const auto& [name, text] : deed.fields) {
    const FieldSpec* field = kind.find_field(std::string_view(name));
    if (field == nullptr) return error(Code::bad_value, name);
    TRY(auto value, parse_value(*field, text, reading()));
    set.fields.push_back({field->id, OpType::put, std::move(value)});
  }
  return act(Action{{std::move(set)}}, "done.changed", title_of_record(id));
}

// What may be given for a reference when there are few to choose from.
Status Presenter::fill_choices(const FieldSpec& spec, FormField& field) {
  for (const EnumValue& value : spec.values)
    field.choices.push_back({std::string(value.name), std::string(value.label(context_.language))});
  if (spec.type == FieldType::boolean) {
    field.choices = {{"true", format_value(spec, std::int64_t{1}, showing())},
                     {"false", format_value(spec, std::int64_t{0}, showing())}};
  }
  if (spec.type == FieldType::unit) {
    for (const char* unit : kUsualUnits)
      field.choices.push_back({unit, unit_word(unit, context_.language)});
  }
  if (spec.type != FieldType::reference) return {};
  Query query = query_of(spec.target);
  query.limit = kMostChoices + 1;
  TRY(const auto rows, engine_->records().rows(query));
  const bool few = asked_as_choice(spec.target) && rows.size() <= kMostChoices;
  if (!few && !spec.set) return {};
  field.input = spec.set ? InputKind::choices : InputKind::choice;
  for (const Row& row : rows) {
    if (form_->record != row.id) field.choices.push_back({row.id.hex(), title_of_record(row.id)});
  }
  return {};
}

Result<FormField> Presenter::form_field(const KindSpec& kind, const FieldSpec& spec) {
  FormField field;
  field.name = spec.name;
  field.label = spec.label(context_.language);
  field.why = purpose_of(kind.id, spec.id, context_.language);
  field.required = spec.required;
  field.input = input_of(spec);
  field.hint = hint_of(spec, context_.language);
  field.by_name = spec.type == FieldType::item;
  TRY_VOID(fill_choices(spec, field));
  return field;
}

// What is written there now, as somebody would type it.
std::string Presenter::typed_text(const FieldSpec& spec, const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (is_none(value)) return {};
  if (spec.type == FieldType::quantity && number != nullptr) return typed_words(*number);
  if (spec.type == FieldType::item) return format_value(spec, value, showing());
  if (spec.type == FieldType::date && number != nullptr && *number % 100 != 0)
    return format_date(*number, context_.language);
  if (spec.type == FieldType::instant && number != nullptr)
    return format_date(local_date({*number}, setup_.utc_offset_min), context_.language) + " " +
           clock_words({*number}, speaking());
  if (spec.type == FieldType::identifier) return {};  // never shown whole; left alone if empty
  return machine_value(spec, value);
}

void Presenter::fill_form_texts(const KindSpec& kind, const Row* row) {
  FormView& view = *now_.form;
  for (const FormField& field : view.fields) {
    const FieldSpec& spec = *kind.find_field(std::string_view(field.name));
    std::string& text = view.texts[field.name];
    if (row != nullptr && spec.set) {
      for (const Value& one : set_in(*row, spec.id))
        text += (text.empty() ? "" : ", ") + typed_text(spec, one);
    } else if (row != nullptr) {
      text = typed_text(spec, value_in(*row, spec.id));
      if (const auto* id = std::get_if<RecordId>(&value_in(*row, spec.id)))
        view.names[id->hex()] = title_of_record(*id);
    } else if (spec.default_text != "now") {
      text = spec.default_text;
    }
  }
  if (row != nullptr) return;
  // A household lives where this neighborhood is, unless somebody says otherwise.
  if (kind.id != fields::household::kKind) return;
  if (const auto rt = number_after(space_->name, "RT ")) view.texts["rt"] = std::to_string(*rt);
  if (const auto rw = number_after(space_->name, "RW ")) view.texts["rw"] = std::to_string(*rw);
}

// Goes on with what was typed before the form was left.
Status Presenter::resume_form() {
  TRY(const auto drafts, engine_->local().drafts());
  FormView& view = *now_.form;
  for (const FormDraft& draft : drafts) {
    if (draft.form != form_->name || draft.space != space_->id ||
        draft.record != form_->record.value_or(RecordId{}))
      continue;
    for (const auto& [name, text] : draft.fields) {
      if (view.texts.count(name) != 0) view.texts[name] = text;
      if (const auto id = record_of(text)) view.names[text] = title_of_record(*id);
    }
    view.resumed = true;
  }
  return {};
}

Status Presenter::open_form(const Deed& deed) {
  if (!space_) return error(Code::not_allowed, speaking().words.tr("refused.no_space"));
  OpenForm form;
  std::optional<Row> row;
  if (deed.what == Deed::What::edit) {
    TRY(form.record, record_of(deed.record));
    TRY(row, row_of(*form.record));
  }
  const KindSpec* kind = row ? find_kind(row->kind) : find_kind(std::string_view(deed.kind));
  if (kind == nullptr) return error(Code::bad_value, deed.kind);
  if (space_->role) TRY_VOID(may_write(*space_->role, {kind->id, true}, context_.language));
  form.kind = kind->id;
  form.given = deed.fields;
  form.name = "form:" + std::string(kind->name);
  for (const auto& [name, text] : deed.fields) form.name += ":" + text;
  for (const auto& name : deed.asked) form.name += ":" + name;
  form_ = std::move(form);
  now_.form = FormView();
  FormView& view = *now_.form;
  view.number = ++form_number_;
  view.title = deed.heading.empty() ? std::string(kind->label(context_.language)) : deed.heading;
  for (const auto& [name, text] : deed.fields) {
    const auto id = record_of(text);
    if (!id) continue;
    view.about += (view.about.empty() ? "" : " · ") + title_of_record(*id);
  }
  if (row && view.about.empty()) view.about = title_of_record(row->id);
  for (const AskedField& asked : asked_fields(*kind, deed.asked)) {
    const auto& given = deed.fields;
    const auto same = [&](const auto& one) { return one.first == asked.spec->name; };
    if (std::any_of(given.begin(), given.end(), same)) continue;
    TRY(auto field, form_field(*kind, *asked.spec));
    field.rare = asked.rare;
    view.fields.push_back(std::move(field));
  }
  fill_form_texts(*kind, row ? &*row : nullptr);
  TRY_VOID(shape_form());
  form_->original = view.texts;
  TRY_VOID(resume_form());
  form_texts_ = view.texts;
  judge_form();
  return {};
}

Result<Value> Presenter::form_value(const FieldSpec& spec, const std::string& text) {
  ParseContext context = reading();
  // A name that was typed and not chosen counts when just one record has it.
  context.resolve = [this](const FieldSpec& field, std::string_view typed) -> Result<RecordId> {
    if (auto id = record_of(typed)) return *id;
    Query query = query_of(field.target);
    query.search = typed;
    query.limit = kMostFound;
    TRY(const auto rows, engine_->records().rows(query));
    std::vector<RecordId> same;
    for (const Row& row : rows)
      if (title_of_record(row.id) == typed) same.push_back(row.id);
    if (same.size() == 1) return same.front();
    return error(Code::bad_value, speaking().words.tr("form.choose", {{"typed", typed}}));
  };
  return parse_value(spec, text, context);
}

// One field's part of the action; what is wrong with it stands beside it.
void Presenter::take_field(const FieldSpec& spec, const Row* row, FormField& field,
                           std::vector<FieldChange>& out) {
  const KindSpec& kind = kind_of(form_->kind);
  const std::string& text = text_at(form_texts_, field.name);
  if (spec.set) {
    std::vector<Value> wanted;
    for (const std::string& one : parts_of(text)) {
      auto value = form_value(spec, one);
      if (!value) {
        field.problem = said(value.error(), kind);
        return;
      }
      wanted.push_back(std::move(*value));
    }
    static const std::vector<Value> nothing;
    const auto& had = row == nullptr ? nothing : set_in(*row, spec.id);
    for (const Value& one : had)
      if (std::find(wanted.begin(), wanted.end(), one) == wanted.end())
        out.push_back({spec.id, OpType::remove, one});
    for (Value& one : wanted)
      if (std::find(had.begin(), had.end(), one) == had.end())
        out.push_back({spec.id, OpType::add, std::move(one)});
    return;
  }
  const bool had = row != nullptr && !is_none(value_in(*row, spec.id));
  if (text.empty()) {
    if (spec.required && form_->tried)
      field.problem = speaking().words.tr("form.needed", {{"field", field.label}});
    // An identifier is not shown whole, so an empty field says nothing about it.
    if (had && spec.type != FieldType::identifier) out.push_back({spec.id, OpType::put, Value{}});
    return;
  }
  auto value = form_value(spec, text);
  if (!value) {
    field.problem = said(value.error(), kind);
    return;
  }
  if (row == nullptr || *value != value_in(*row, spec.id))
    out.push_back({spec.id, OpType::put, std::move(*value)});
}

// Empty while something is wrong or lacking.
Result<std::optional<Action>> Presenter::form_action() {
  const KindSpec& kind = kind_of(form_->kind);
  std::optional<Row> row;
  if (form_->record) {
    TRY(row, row_of(*form_->record));
  }
  std::vector<FieldChange> changes;
  for (const auto& [name, text] : form_->given) {
    const FieldSpec* spec = kind.find_field(std::string_view(name));
    if (spec == nullptr) return error(Code::bad_value, name);
    TRY(auto value, form_value(*spec, text));
    changes.push_back({spec->id, OpType::put, std::move(value)});
  }
  bool whole = true;
  for (FormField& field : now_.form->fields) {
    const FieldSpec& spec = *kind.find_field(std::string_view(field.name));
    field.problem.clear();
    field.warnings.clear();
    if (spec.type == FieldType::quantity && form_texts_.count("unit") != 0)
      field.unit = unit_word(text_at(form_texts_, "unit"), context_.language);
    take_field(spec, row ? &*row : nullptr, field, changes);
    whole = whole && field.problem.empty() &&
            (!spec.required || !text_at(form_texts_, field.name).empty());
  }
  if (!whole) return std::optional<Action>();
  if (form_->record) return std::optional(Action{{SetFields{*form_->record, std::move(changes)}}});
  return std::optional(Action{{AddRecord{kind.id, std::move(changes)}}});
}

// A refusal of the rules stands beside the field that it names.
void Presenter::place_problem(const Error& failure) {
  FormView& view = *now_.form;
  const std::string words = said(failure, kind_of(form_->kind));
  for (FormField& field : view.fields) {
    if (failure.message.find("(" + field.name + ")") == std::string::npos) continue;
    // Before anybody wanted to save, what is still empty is not a mistake.
    if (!form_->tried && text_at(form_texts_, field.name).empty()) return;
    field.problem = words;
    field.rare = false;
    return;
  }
  if (form_->tried) view.problem = words;
}

// "Mungkin sudah tercatat: Bu Ani (0a1b2c3d)" stands where it was caused, with the record to open.
void Presenter::place_warning(const std::string& words) {
  FormView& view = *now_.form;
  FormWarning warning{words, {}};
  const auto open = words.rfind('(');
  const auto close = words.find(')', open == std::string::npos ? 0 : open);
  if (open != std::string::npos && close == open + 9) {
    const auto found =
        engine_->records().find_prefix(space_->number, words.substr(open + 1, close - open - 1));
    if (found && found->size() == 1) {
      const auto row = row_of(found->front());
      if (row && screen_of(row->kind))
        warning.open = {
            .what = Deed::What::open, .screen = *screen_of(row->kind), .record = row->id.hex()};
      warning.words = words.substr(0, open == 0 ? 0 : open - 1) + words.substr(close + 1);
    }
  }
  const std::string_view cause = warned_field(form_->kind);
  for (FormField& field : view.fields) {
    if (field.name != cause && !cause.empty()) continue;
    field.warnings.push_back(std::move(warning));
    return;
  }
  if (!view.fields.empty()) view.fields.back().warnings.push_back(std::move(warning));
}

// Says beside each field what is wrong with it or unusual about it; nothing is written.
std::optional<Action> Presenter::judge_form() {
  now_.form->problem.clear();
  auto action = form_action();
  if (!action) {
    now_.form->problem = said(action.error(), kind_of(form_->kind));
    return std::nullopt;
  }
  if (!*action) return std::nullopt;
  const auto warnings = engine_->foresee(space_->id, **action);
  if (!warnings) {
    place_problem(warnings.error());
    return std::nullopt;
  }
  for (const std::string& words : *warnings) place_warning(words);
  return std::move(**action);
}

// Only what somebody changed: what a neighbor has corrected since is not put back by it.
FormDraft Presenter::form_draft() const {
  FormDraft draft{
      form_->name, space_->id, form_->record.value_or(RecordId{}), setup_.clock.now(), {}};
  for (const auto& [name, text] : form_texts_) {
    if (text != text_at(form_->original, name)) draft.fields.emplace_back(name, text);
  }
  return draft;
}

Status Presenter::form_typed(const FormTyped& command) {
  if (!form_ || !now_.form || command.form != now_.form->number) return {};
  form_texts_ = command.texts;
  judge_form();
  const FormDraft draft = form_draft();
  return draft.fields.empty() ? engine_->local().drop_draft(draft)
                              : engine_->local().save_draft(draft);
}

Status Presenter::save_form(const SaveForm& command) {
  if (!form_ || !now_.form || command.form != now_.form->number) return {};
  form_texts_ = command.texts;
  form_->tried = true;
  const auto action = judge_form();
  if (!action) return {};
  const bool added = !form_->record;
  TRY_VOID(act(*action, added ? "done.added" : "done.changed", ""));
  const auto written = added ? made_ : form_->record;
  TRY_VOID(engine_->local().drop_draft(form_draft()));
  const KindId kind = form_->kind;
  close_form();
  // A new record of this list is what one wants to see next.
  if (added && written && lists(now_.screen, kind) && open_record_.empty())
    open_record(written->hex(), kind);
  return {};
}

Status Presenter::leave_form(bool drop) {
  if (!form_) return {};
  const FormDraft draft = form_draft();
  close_form();
  return drop ? engine_->local().drop_draft(draft) : Status{};
}

void Presenter::close_form() {
  form_.reset();
  form_texts_.clear();
  now_.form.reset();
}

void Presenter::find_for_form(const AskRecords& command) {
  if (!form_ || !now_.form) return;
  FormView& view = *now_.form;
  view.asked = command.field;
  view.found.clear();
  const FieldSpec* spec = kind_of(form_->kind).find_field(std::string_view(command.field));
  if (spec == nullptr) return;
  if (spec->type == FieldType::item) {
    for (const Item* item : setup_.items.suggest(command.typed, kMostFound))
      view.found.push_back({item->id, std::string(item->name(context_.language)), ""});
    return;
  }
  if (spec->type != FieldType::reference) return;
  Query query = query_of(spec->target);
  query.search = command.typed;
  query.limit = kMostFound;
  const auto rows = engine_->records().rows(query);
  if (!rows) return refuse(rows.error());
  for (const Row& row : *rows) {
    const std::string detail = row.kind == fields::household::kKind
                                   ? text_in(row, fields::household::kAddress)
                                   : std::string();
    view.found.push_back({row.id.hex(), title_of_record(row.id), detail});
  }
}

}  // namespace rukun::ui
