// Opened, judged while it is being typed, kept as a draft at every key, and written in the end.
#include "app/ui/presenter/form.h"

#include <algorithm>

#include "app/domain/fields.h"
#include "app/domain/rt_rw.h"
#include "app/domain/rules/roles.h"
#include "app/domain/schema.h"
#include "app/domain/units.h"
#include "app/domain/values.h"
#include "app/ui/presenter/form_fields.h"
#include "app/ui/presenter/form_shape.h"
#include "app/ui/presenter/kind_plans.h"

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

std::optional<Status> FormPart::run(const Command& command) {
  if (const auto* letters = std::get_if<FormTyped>(&command)) return typed(*letters);
  if (const auto* saved = std::get_if<SaveForm>(&command)) return save(*saved);
  if (const auto* left = std::get_if<LeaveForm>(&command)) return leave(left->drop);
  if (const auto* asked = std::get_if<AskRecords>(&command)) {
    find(*asked);
    return Status();
  }
  return std::nullopt;
}

Status FormPart::open(const Deed& deed) {
  if (!desk_.has_space())
    return error(Code::not_allowed, desk_.speaking().words.tr("refused.no_space"));
  OpenForm form;
  std::optional<Row> row;
  if (deed.what == Deed::What::edit) {
    TRY(form.record, record_of(deed.record));
    TRY(row, desk_.row_of(*form.record));
  }
  const KindSpec* kind = row ? find_kind(row->kind) : find_kind(std::string_view(deed.kind));
  if (kind == nullptr) return error(Code::bad_value, deed.kind);
  if (desk_.space().role)
    TRY_VOID(may_write(*desk_.space().role, {kind->id, true}, desk_.language()));
  form.kind = kind->id;
  form.given = deed.fields;
  form.name = "form:" + std::string(kind->name);
  for (const auto& [name, text] : deed.fields) form.name += ":" + text;
  for (const auto& name : deed.asked) form.name += ":" + name;
  form_ = std::move(form);
  desk_.now.form = FormView();
  FormView& view = *desk_.now.form;
  view.number = ++number_;
  view.title = deed.heading.empty() ? std::string(kind->label(desk_.language())) : deed.heading;
  for (const auto& [name, text] : deed.fields) {
    const auto id = record_of(text);
    if (!id) continue;
    view.about += (view.about.empty() ? "" : " · ") + desk_.title_of(*id);
  }
  if (row && view.about.empty()) view.about = desk_.title_of(row->id);
  for (const AskedField& asked : asked_fields(*kind, deed.asked)) {
    const auto& given = deed.fields;
    const auto same = [&](const auto& one) { return one.first == asked.spec->name; };
    if (std::any_of(given.begin(), given.end(), same)) continue;
    TRY(auto field, form_field(desk_, *kind, *asked.spec, form_->record));
    field.rare = asked.rare;
    view.fields.push_back(std::move(field));
  }
  fill_texts(*kind, row ? &*row : nullptr);
  TRY_VOID(shape_form(desk_, *form_, view));
  form_->original = view.texts;
  TRY_VOID(resume());
  form_->texts = view.texts;
  judge();
  return {};
}

void FormPart::fill_texts(const KindSpec& kind, const Row* row) {
  FormView& view = *desk_.now.form;
  for (const FormField& field : view.fields) {
    const FieldSpec& spec = *kind.find_field(std::string_view(field.name));
    std::string& text = view.texts[field.name];
    if (row != nullptr && spec.set) {
      for (const Value& one : set_in(*row, spec.id))
        text += (text.empty() ? "" : ", ") + typed_text(desk_, spec, one);
    } else if (row != nullptr) {
      text = typed_text(desk_, spec, value_in(*row, spec.id));
      if (const auto* id = std::get_if<RecordId>(&value_in(*row, spec.id)))
        view.names[id->hex()] = desk_.title_of(*id);
    } else if (spec.default_text != "now") {
      text = spec.default_text;
    }
  }
  if (row != nullptr) return;
  // A household lives where this neighborhood is, unless somebody says otherwise.
  if (kind.id != fields::household::kKind) return;
  const RtRw named = rt_rw_in(desk_.space().name);
  if (named.rt) view.texts["rt"] = std::to_string(*named.rt);
  if (named.rw) view.texts["rw"] = std::to_string(*named.rw);
}

// Goes on with what was typed before the form was left.
Status FormPart::resume() {
  TRY(const auto drafts, desk_.engine().local().drafts());
  FormView& view = *desk_.now.form;
  for (const FormDraft& draft : drafts) {
    if (draft.form != form_->name || draft.space != desk_.space().id ||
        draft.record != form_->record.value_or(RecordId{}))
      continue;
    for (const auto& [name, text] : draft.fields) {
      if (view.texts.count(name) != 0) view.texts[name] = text;
      if (const auto id = record_of(text)) view.names[text] = desk_.title_of(*id);
    }
    view.resumed = true;
  }
  return {};
}

// One field's part of the action; what is wrong with it stands beside it.
void FormPart::take_field(const FieldSpec& spec, const Row* row, FormField& field,
                          std::vector<FieldChange>& out) {
  const KindSpec& kind = kind_of(form_->kind);
  const std::string& text = text_at(form_->texts, field.name);
  if (spec.set) {
    std::vector<Value> wanted;
    for (const std::string& one : parts_of(text)) {
      auto value = form_value(desk_, spec, one);
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
      field.problem = desk_.speaking().words.tr("form.needed", {{"field", field.label}});
    // An identifier is not shown whole, so an empty field says nothing about it.
    if (had && spec.type != FieldType::identifier) out.push_back({spec.id, OpType::put, Value{}});
    return;
  }
  auto value = form_value(desk_, spec, text);
  if (!value) {
    field.problem = said(value.error(), kind);
    return;
  }
  if (row == nullptr || *value != value_in(*row, spec.id))
    out.push_back({spec.id, OpType::put, std::move(*value)});
}

// Empty while something is wrong or lacking.
Result<std::optional<Action>> FormPart::wanted() {
  const KindSpec& kind = kind_of(form_->kind);
  std::optional<Row> row;
  if (form_->record) {
    TRY(row, desk_.row_of(*form_->record));
  }
  std::vector<FieldChange> changes;
  for (const auto& [name, text] : form_->given) {
    const FieldSpec* spec = kind.find_field(std::string_view(name));
    if (spec == nullptr) return error(Code::bad_value, name);
    TRY(auto value, form_value(desk_, *spec, text));
    changes.push_back({spec->id, OpType::put, std::move(value)});
  }
  bool whole = true;
  for (FormField& field : desk_.now.form->fields) {
    const FieldSpec& spec = *kind.find_field(std::string_view(field.name));
    field.problem.clear();
    field.warnings.clear();
    if (spec.type == FieldType::quantity && form_->texts.count("unit") != 0)
      field.unit = unit_word(text_at(form_->texts, "unit"), desk_.language());
    take_field(spec, row ? &*row : nullptr, field, changes);
    whole = whole && field.problem.empty() &&
            (!spec.required || !text_at(form_->texts, field.name).empty());
  }
  if (!whole) return std::optional<Action>();
  if (form_->record) return std::optional(Action{{SetFields{*form_->record, std::move(changes)}}});
  return std::optional(Action{{AddRecord{kind.id, std::move(changes)}}});
}

// A refusal of the rules stands beside the field that it names.
void FormPart::place_problem(const Error& failure) {
  FormView& view = *desk_.now.form;
  const std::string words = said(failure, kind_of(form_->kind));
  for (FormField& field : view.fields) {
    if (failure.message.find("(" + field.name + ")") == std::string::npos) continue;
    // Before anybody wanted to save, what is still empty is not a mistake.
    if (!form_->tried && text_at(form_->texts, field.name).empty()) return;
    field.problem = words;
    field.rare = false;
    return;
  }
  if (form_->tried) view.problem = words;
}

// "Mungkin sudah tercatat: Bu Ani (0a1b2c3d)" stands where it was caused, with the record to open.
void FormPart::place_warning(const std::string& words) {
  FormView& view = *desk_.now.form;
  FormWarning warning{words, {}};
  const auto open = words.rfind('(');
  const auto close = words.find(')', open == std::string::npos ? 0 : open);
  if (open != std::string::npos && close == open + 9) {
    const auto found = desk_.engine().records().find_prefix(
        desk_.space().number, words.substr(open + 1, close - open - 1));
    if (found && found->size() == 1) {
      const auto row = desk_.row_of(found->front());
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
std::optional<Action> FormPart::judge() {
  desk_.now.form->problem.clear();
  auto action = wanted();
  if (!action) {
    desk_.now.form->problem = said(action.error(), kind_of(form_->kind));
    return std::nullopt;
  }
  if (!*action) return std::nullopt;
  const auto warnings = desk_.engine().foresee(desk_.space().id, **action);
  if (!warnings) {
    place_problem(warnings.error());
    return std::nullopt;
  }
  for (const std::string& words : *warnings) place_warning(words);
  return std::move(**action);
}

// Only what somebody changed: what a neighbor has corrected since is not put back by it.
FormDraft FormPart::draft_of_it() const {
  FormDraft draft{form_->name,
                  desk_.space().id,
                  form_->record.value_or(RecordId{}),
                  desk_.setup().clock.now(),
                  {}};
  for (const auto& [name, text] : form_->texts) {
    if (text != text_at(form_->original, name)) draft.fields.emplace_back(name, text);
  }
  return draft;
}

Status FormPart::typed(const FormTyped& command) {
  if (!form_ || !desk_.now.form || command.form != desk_.now.form->number) return {};
  form_->texts = command.texts;
  judge();
  const FormDraft draft = draft_of_it();
  return draft.fields.empty() ? desk_.engine().local().drop_draft(draft)
                              : desk_.engine().local().save_draft(draft);
}

Status FormPart::save(const SaveForm& command) {
  if (!form_ || !desk_.now.form || command.form != desk_.now.form->number) return {};
  form_->texts = command.texts;
  form_->tried = true;
  const auto action = judge();
  if (!action) return {};
  const bool added = !form_->record;
  TRY_VOID(desk_.act(*action, added ? "done.added" : "done.changed", ""));
  const auto written = added ? desk_.made() : form_->record;
  TRY_VOID(desk_.engine().local().drop_draft(draft_of_it()));
  const KindId kind = form_->kind;
  close();
  // A new record of this list is what one wants to see next.
  if (added && written && lists(desk_.now.screen, kind) && lists_.opened().empty())
    lists_.open_record(written->hex(), kind);
  return {};
}

Status FormPart::leave(bool drop) {
  if (!form_) return {};
  const FormDraft draft = draft_of_it();
  close();
  return drop ? desk_.engine().local().drop_draft(draft) : Status{};
}

void FormPart::close() {
  form_.reset();
  desk_.now.form.reset();
}

void FormPart::find(const AskRecords& command) {
  if (!form_ || !desk_.now.form) return;
  FormView& view = *desk_.now.form;
  view.asked = command.field;
  view.found.clear();
  const FieldSpec* spec = kind_of(form_->kind).find_field(std::string_view(command.field));
  if (spec == nullptr) return;
  if (spec->type == FieldType::item) {
    for (const Item* item : desk_.setup().items.suggest(command.typed, kMostFound))
      view.found.push_back({item->id, std::string(item->name(desk_.language())), ""});
    return;
  }
  if (spec->type != FieldType::reference) return;
  Query query = desk_.query_of(spec->target);
  query.search = command.typed;
  query.limit = kMostFound;
  const auto rows = desk_.engine().records().rows(query);
  if (!rows) return desk_.refuse(rows.error());
  for (const Row& row : *rows) {
    const std::string detail = row.kind == fields::household::kKind
                                   ? text_in(row, fields::household::kAddress)
                                   : std::string();
    view.found.push_back({row.id.hex(), desk_.title_of(row.id), detail});
  }
}

}  // namespace rukun::ui
